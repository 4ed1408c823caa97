import { z } from 'zod'
import { isMoney, type Commitment } from './commitments.js'
import { query } from './contract.js'
import { AGREED_STATES, type Match } from './matches.js'
import { Id } from './values.js'

/* How much was asked for, matched and committed: one definition, for every page and every reader. */

/** Of one currency or one unit. Amounts of two are never added. */
export const CommitmentSum = z.object({
  unit: z.string(),
  count: z.int(),
  pledged: z.number(),
  confirmed: z.number(),
  delivered: z.number(),
  /** What was pledged and is not confirmed. */
  gap: z.number(),
  /** What of the confirmed falls into years after the present one. */
  later: z.number(),
})
export type CommitmentSum = z.infer<typeof CommitmentSum>

export const AssistanceFigures = z.object({
  /** Agreed requests of those published, matched ones included. */
  requests: z.object({ agreed: z.int(), published: z.int() }),
  /** Currencies first. */
  sums: z.array(CommitmentSum),
})
export type AssistanceFigures = z.infer<typeof AssistanceFigures>

export const getAssistanceFigures = query('assistanceFigures.getAssistanceFigures', 'GET /assistance/figures', {
  summary: 'Requests matched, and what is pledged, confirmed and delivered, in each currency and unit.',
  input: z.object({ roundId: Id }),
  output: AssistanceFigures,
})

export type CountedCommitment = Pick<Commitment, 'unit' | 'pledged' | 'confirmed' | 'delivered' | 'tranches' | 'state'>

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
