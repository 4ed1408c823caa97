import type { PlanItem } from '@multilogue/shared/plans'

/** Budgets by currency, in the order of the codes; amounts of different currencies are never added up. */
export function budgetsOf(items: Pick<PlanItem, 'budget' | 'currency'>[]): { currency: string; amount: number }[] {
  const cents = new Map<string, bigint>()
  for (const { budget, currency } of items) {
    if (budget === null || currency === null) continue
    const [whole = '0', rest = ''] = budget.split('.')
    cents.set(currency, (cents.get(currency) ?? 0n) + BigInt(whole) * 100n + BigInt(rest.padEnd(2, '0')))
  }
  return [...cents]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([currency, sum]) => ({ currency, amount: Number(sum) / 100 }))
}
