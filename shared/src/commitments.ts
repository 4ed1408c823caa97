import { z } from 'zod'
import { Party } from './assistance.js'
import { command, query } from './contract.js'
import { Day, Id, May, PageSize, Paragraph, Revision } from './values.js'

/* What providers have promised in agreed matches: pledged, confirmed, delivered in parts. */

export const COMMITMENT_STATES = ['pledged', 'confirmed', 'partly_delivered', 'delivered', 'withdrawn'] as const
export const CommitmentState = z.enum(COMMITMENT_STATES)
const Amount = z.number().min(0.01).max(1e12)
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
  summary: 'The commitments of a round, a page at a time, those due first at its beginning.',
  input: z.object({
    roundId: Id,
    /** Those of one match. */
    matchId: Id.optional(),
    /** `next` of the page before. */
    after: Id.optional(),
    limit: PageSize,
  }),
  output: z.object({
    commitments: z.array(Commitment),
    /** How many there are on all pages; counted with the first one. */
    total: z.int().nullable(),
    /** Null on the last page. */
    next: Id.nullable(),
  }),
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

/** Of what is promised in money the unit is the code of a currency. */
export const isMoney = (unit: string): boolean => /^[A-Z]{3}$/.test(unit)
