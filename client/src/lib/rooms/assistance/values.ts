import type {
  Commitment,
  CommitmentState,
  InKind,
  ListingState,
  Match,
  MatchState,
} from '@multilogue/shared/assistance'
import type { Money } from '@multilogue/shared/values'
import type { z } from 'zod'
import { formatMoney, formatNumber, t } from '$lib/i18n/i18n.svelte'

export interface Worth {
  money: Money | null
  inKind: z.infer<typeof InKind> | null
}

/** What something is worth in words, money first; empty when nothing was named. */
export const worthOf = ({ money, inKind }: Worth): string[] => [
  ...(money ? [formatMoney(money)] : []),
  ...(inKind ? [t(`assistance.inKind.${inKind.unit}`, { quantity: inKind.quantity })] : []),
]

/** "Germany assists Ghana". */
export const matchName = ({ parties }: Match): string => {
  const name = (role: 'provider' | 'beneficiary') => parties.find((party) => party.role === role)?.name
  return t('assistance.matchOf', { provider: name('provider'), beneficiary: name('beneficiary') })
}

export interface Sum {
  /** A currency code or the name of a unit. */
  name: string
  count: number
  committed: string
  delivered: string
}

/** Sums per currency, then per unit. Amounts of two currencies are never added. */
export function sumsOf(commitments: Pick<Commitment, 'money' | 'inKind' | 'state'>[]): Sum[] {
  const currencies = totals(commitments.map(({ money, state }) => money && [money.currency, money.amount, state]))
  const units = totals(commitments.map(({ inKind, state }) => inKind && [inKind.unit, inKind.quantity, state]))
  return [
    ...currencies.map(([currency, { count, committed, delivered }]) => ({
      name: currency,
      count,
      committed: formatMoney({ amount: committed, currency }),
      delivered: formatMoney({ amount: delivered, currency }),
    })),
    ...units.map(([unit, { count, committed, delivered }]) => ({
      name: t(`assistance.unit.${unit}`),
      count,
      committed: formatNumber(committed),
      delivered: formatNumber(delivered),
    })),
  ]
}

interface Total {
  count: number
  committed: number
  delivered: number
}

function totals<K extends string>(parts: ([K, number, z.infer<typeof CommitmentState>] | null)[]): [K, Total][] {
  const found = new Map<K, Total>()
  for (const part of parts) {
    if (!part) continue
    const [name, amount, state] = part
    const total = found.get(name) ?? { count: 0, committed: 0, delivered: 0 }
    total.count += 1
    total.committed += amount
    if (state === 'delivered') total.delivered += amount
    found.set(name, total)
  }
  return [...found].sort(([a], [b]) => a.localeCompare(b))
}

type Tone = 'neutral' | 'info' | 'ok' | 'bad'
export const LISTING_TONES: Record<z.infer<typeof ListingState>, Tone> = {
  draft: 'neutral',
  published: 'info',
  matched: 'ok',
  withdrawn: 'neutral',
}
export const MATCH_TONES: Record<z.infer<typeof MatchState>, Tone> = { proposed: 'info', agreed: 'ok', declined: 'bad' }
