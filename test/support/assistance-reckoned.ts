import type { AssistanceFigures, CommitmentSum } from '@multilogue/shared/assistance-figures'
import { isMoney, type Commitment } from '@multilogue/shared/commitments'
import { AGREED_STATES, type Match } from '@multilogue/shared/matches'

/* What the database counts of assistance, reckoned one by one. */

type CountedCommitment = Pick<Commitment, 'unit' | 'pledged' | 'confirmed' | 'delivered' | 'tranches' | 'state'>

/** Withdrawn ones count for what was delivered alone. */
export function sumsOf(commitments: readonly CountedCommitment[], year: number): CommitmentSum[] {
  const sums = new Map<string, CommitmentSum>()
  for (const { unit, pledged, confirmed, delivered, tranches, state } of commitments) {
    const sum = sums.get(unit) ?? { unit, count: 0, pledged: 0, confirmed: 0, delivered: 0, gap: 0, later: 0 }
    sums.set(unit, sum)
    const isOff = state === 'withdrawn'
    sum.count += 1
    sum.pledged += isOff ? delivered : pledged
    sum.confirmed += isOff ? delivered : (confirmed ?? 0)
    sum.delivered += delivered
    if (isOff) continue
    sum.gap += Math.max(0, pledged - (confirmed ?? 0))
    sum.later += tranches.filter((part) => part.year > year).reduce((all, { amount }) => all + amount, 0)
  }
  return [...sums.values()].sort(
    (a, b) => Number(isMoney(b.unit)) - Number(isMoney(a.unit)) || (a.unit < b.unit ? -1 : 1),
  )
}

export function matchRateOf(
  requests: readonly { id: string; state: string }[],
  matches: readonly { requestId: string | null; state: Match['state'] }[],
): AssistanceFigures['requests'] {
  const published = requests.filter(({ state }) => state === 'published' || state === 'matched')
  const agreed = new Set(matches.filter(({ state }) => AGREED_STATES.includes(state)).map(({ requestId }) => requestId))
  return { agreed: published.filter(({ id }) => agreed.has(id)).length, published: published.length }
}
