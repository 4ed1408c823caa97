import { z } from 'zod'
import { Party } from './assistance.js'
import { command, query } from './contract.js'
import { Day, Id, May, Paragraph, Revision } from './values.js'

/* What providers have promised in agreed matches: pledged, confirmed, delivered in parts. */

export const COMMITMENT_STATES = ['pledged', 'confirmed', 'partly_delivered', 'delivered', 'withdrawn'] as const
export const CommitmentState = z.enum(COMMITMENT_STATES)
const Amount = z.number().positive().max(1e12)
/** What of a commitment falls into which year. */
export const Tranche = z.object({ year: z.number().int().min(2000).max(2200), amount: Amount })

/** `unit` is an ISO 4217 code for money, or one of the units of what is given in kind. */
export const Commitment = z.object({
  id: Id,
  matchId: Id,
  title: z.string(),
  recommendationId: Id.nullable(),
  provider: Party,
  beneficiary: Party,
  unit: z.string(),
  pledged: z.number(),
  confirmed: z.number().nullable(),
  delivered: z.number(),
  tranches: z.array(Tranche),
  dueOn: Day,
  state: CommitmentState,
  withdrawnReason: z.string(),
  revision: Revision,
  may: May,
})
export type Commitment = z.infer<typeof Commitment>

export const listCommitments = query('commitments.listCommitments', 'GET /commitments', {
  summary: 'The commitments of a round.',
  input: z.object({ roundId: Id }),
  output: z.array(Commitment),
})
export const confirmCommitment = command(
  'commitments.confirmCommitment',
  'POST /commitments/:commitmentId/confirmation',
  {
    summary: 'The provider confirms what was pledged, all or a part of it, for several years where it is given so.',
    input: z.object({
      commitmentId: Id,
      amount: Amount,
      tranches: z.array(Tranche).max(20).default([]),
      revision: Revision,
    }),
    output: Commitment,
  },
)
export const deliverCommitment = command('commitments.deliverCommitment', 'POST /commitments/:commitmentId/delivery', {
  summary:
    'The beneficiary or the secretariat confirms that so much more has arrived; all the rest when no amount is named.',
  input: z.object({ commitmentId: Id, amount: Amount.nullable().default(null), revision: Revision }),
  output: Commitment,
})
export const withdrawCommitment = command(
  'commitments.withdrawCommitment',
  'POST /commitments/:commitmentId/withdrawal',
  {
    summary: 'The provider takes back what is not delivered, with a reason.',
    input: z.object({ commitmentId: Id, reason: Paragraph, revision: Revision }),
    output: Commitment,
  },
)

/** Of one currency or one unit. Amounts of two are never added. */
export interface CommitmentSum {
  unit: string
  count: number
  pledged: number
  confirmed: number
  delivered: number
  /** What was pledged and is not confirmed. */
  gap: number
  /** What of the confirmed falls into years after the present one. */
  later: number
}

/** The one definition of the sums, for every page. Withdrawn ones count for what was delivered alone. Currencies come first. */
export function sumsOf(
  commitments: readonly Pick<Commitment, 'unit' | 'pledged' | 'confirmed' | 'delivered' | 'tranches' | 'state'>[],
  year: number,
): CommitmentSum[] {
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

export const isMoney = (unit: string): boolean => /^[A-Z]{3}$/.test(unit)
