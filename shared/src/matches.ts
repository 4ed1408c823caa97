import { z } from 'zod'
import { InKind, Party, type Listing } from './assistance.js'
import { Commitment } from './commitments.js'
import { command, query } from './contract.js'
import { Weighing } from './matching.js'
import { Day, Id, Instant, Line, May, Money, OptionalParagraph, PageSize, Paragraph, Revision } from './values.js'

export const MATCH_STATES = [
  'negotiating',
  'proposed',
  'agreed',
  'active',
  'completed',
  'cancelled',
  'declined',
] as const
export const MatchState = z.enum(MATCH_STATES)
/** Agreed, whatever came after. */
export const AGREED_STATES: readonly z.infer<typeof MatchState>[] = ['agreed', 'active', 'completed']
/** With three parties or more, one brings what it knows and another helps with means. */
export const PROVIDER_ROLES = ['provider', 'pivotal', 'facilitating'] as const
export const PartyRole = z.enum(['beneficiary', ...PROVIDER_ROLES])
export const DIRECTIONS = [
  'north_south',
  'south_south',
  'south_north',
  'north_north',
  'triangular',
  'trilateral',
  'other',
] as const
export const Direction = z.enum(DIRECTIONS)

const Named = z.object({ id: Id, title: z.string() })
const Share = { money: Money.nullable().default(null), inKind: InKind.nullable().default(null) }

export const MatchParty = Party.extend({
  role: PartyRole,
  /** What a provider brings is of its offer. */
  offer: Named.nullable(),
  money: Money.nullable(),
  inKind: InKind.nullable(),
  /** How the offer went with the request when it was proposed. */
  weighing: Weighing.nullable(),
  /** What it gains itself, said with the acceptance. */
  gains: z.string(),
  acceptedAt: Instant.nullable(),
})
export type MatchParty = z.infer<typeof MatchParty>

/** A line from what is done to what it is good for. */
export const Outcome = z.object({
  id: Id,
  code: z.string().nullable(),
  activity: z.string(),
  /** The capacity that is there afterwards. */
  outcome: z.string(),
  goal: z.string(),
})

export const Match = z.object({
  id: Id,
  roundId: Id,
  title: z.string(),
  request: Named.nullable(),
  recommendation: Named.nullable(),
  state: MatchState,
  /** Everybody decides; who proposed has not accepted by that. The beneficiary comes first. */
  parties: z.array(MatchParty),
  direction: Direction,
  mode: z.enum(['bilateral', 'multilateral']),
  scope: z.string(),
  dueOn: Day,
  /** Proposed by the secretariat, with the interest that it declares. */
  brokered: z.boolean(),
  interest: z.string(),
  /** Why the broker proposes what the score does not. */
  overrideReason: z.string(),
  declinedReason: z.string(),
  cancelledReason: z.string(),
  outcomes: z.array(Outcome),
  commitments: z.array(Commitment),
  createdAt: Instant,
  agreedAt: Instant.nullable(),
  revision: Revision,
  may: May,
})
export type Match = z.infer<typeof Match>

const offers = z
  .array(z.object({ offerId: Id, role: z.enum(PROVIDER_ROLES).optional(), ...Share }))
  .min(1)
  .max(10)

export const listMatches = query('matches.listMatches', 'GET /matches', {
  summary:
    'Matches of a round, a page at a time, by state and the oldest first: agreed ones to all, the others to their ' +
    'parties and the secretariat.',
  input: z.object({
    roundId: Id,
    recommendationId: Id.optional(),
    /** Those of a request or an offer. */
    listingId: Id.optional(),
    /** That one alone. */
    matchId: Id.optional(),
    /** `next` of the page before. */
    after: z
      .string()
      .regex(/^[a-z]{1,20} [0-9a-f-]{36}$/)
      .optional(),
    limit: PageSize,
  }),
  output: z.object({
    matches: z.array(Match),
    /** How many there are on all pages, by state in the order of the list; counted with the first one. */
    counts: z.array(z.object({ state: MatchState, count: z.int(), agreed: z.int() })).nullable(),
    /** Null on the last page. */
    next: z.string().nullable(),
  }),
})
export const proposeMatch = command('matches.proposeMatch', 'POST /matches', {
  summary:
    'Bring offers and a request, or a recommendation of one addressee, together. The secretariat declares its interest, ' +
    'and gives a reason when it does not propose what the score says.',
  input: z.object({
    requestId: Id.optional(),
    recommendationId: Id.optional(),
    /** An addressee of the recommendation, where there is no request. */
    beneficiaryId: Id.optional(),
    /** A provider brings the whole of its offer when no share is named. */
    offers,
    scope: OptionalParagraph.default(''),
    dueOn: Day,
    interest: OptionalParagraph.default(''),
    overrideReason: OptionalParagraph.default(''),
  }),
  output: Match,
})
export const reviseMatch = command('matches.reviseMatch', 'PATCH /matches/:matchId', {
  summary: 'Propose other terms; everybody decides anew.',
  input: z.object({
    matchId: Id,
    scope: OptionalParagraph,
    dueOn: Day,
    /** New shares of those offers that it names. */
    shares: z
      .array(z.object({ offerId: Id, ...Share }))
      .max(10)
      .default([]),
    revision: Revision,
  }),
  output: Match,
})
export const acceptMatch = command('matches.acceptMatch', 'POST /matches/:matchId/acceptance', {
  summary: 'Accept for the delegation and say what it gains. The last acceptance pledges what is brought.',
  input: z.object({ matchId: Id, gains: Line, revision: Revision }),
  output: Match,
})
export const declineMatch = command('matches.declineMatch', 'POST /matches/:matchId/refusal', {
  summary: 'Decline for the delegation, with a reason.',
  input: z.object({ matchId: Id, reason: Paragraph, revision: Revision }),
  output: Match,
})
export const addOutcome = command('matches.addOutcome', 'POST /matches/:matchId/outcomes', {
  summary: 'Say which capacity will be there, through which activity, and what for.',
  input: z.object({
    matchId: Id,
    activity: OptionalParagraph.default(''),
    outcome: Paragraph,
    goal: OptionalParagraph.default(''),
  }),
  output: Match,
})
export const activateMatch = command('matches.activateMatch', 'POST /matches/:matchId/activation', {
  summary: 'Begin; refused while no capacity outcome is named.',
  input: z.object({ matchId: Id, revision: Revision }),
  output: Match,
})
export const completeMatch = command('matches.completeMatch', 'POST /matches/:matchId/completion', {
  summary: 'The beneficiary or the secretariat says that it is done.',
  input: z.object({ matchId: Id, revision: Revision }),
  output: Match,
})
export const cancelMatch = command('matches.cancelMatch', 'POST /matches/:matchId/cancellation', {
  summary: 'End an agreed match, with a reason: what is not delivered is withdrawn, and its request is open again.',
  input: z.object({ matchId: Id, reason: Paragraph, revision: Revision }),
  output: Match,
})

/** Of several, those who bring money facilitate, and those who bring what they know are the pivot. */
export function usualRoleOf(
  { cooperationType, inKind }: Pick<Listing, 'cooperationType' | 'inKind'>,
  of: number,
): (typeof PROVIDER_ROLES)[number] {
  if (of === 1) return 'provider'
  return cooperationType === 'finance' && !inKind ? 'facilitating' : 'pivotal'
}
