import { z } from 'zod'
import { command, query } from './contract.js'
import { Day, Id, Instant, Language, Line, May, Money, Paragraph, Revision, SdgTarget } from './values.js'

export const Side = z.enum(['request', 'offer'])
export const COOPERATION_TYPES = [
  'knowledge_sharing',
  'technical_cooperation',
  'investment_related',
  'finance',
] as const
export const CooperationType = z.enum(COOPERATION_TYPES)
export const MODALITIES = [
  'study_tour',
  'workshop',
  'video_conference',
  'help_desk',
  'community_of_practice',
  'peer_learning',
  'expert',
  'training',
  'twinning',
  'funding',
] as const
export const Modality = z.enum(MODALITIES)
export const ListingState = z.enum(['draft', 'published', 'matched', 'withdrawn'])
export const MATCH_STATES = ['proposed', 'agreed', 'declined'] as const
export const MatchState = z.enum(MATCH_STATES)
export const CommitmentState = z.enum(['confirmed', 'delivered'])
export const IN_KIND_UNITS = ['days', 'places', 'units'] as const
export const InKind = z.object({
  quantity: z.number().positive().max(1e6),
  unit: z.enum(IN_KIND_UNITS),
})
const Party = z.object({ delegationId: Id, code: z.string(), name: z.string() })

export const Listing = z.object({
  id: Id,
  roundId: Id,
  side: Side,
  owner: Party,
  title: z.string(),
  description: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  cooperationType: CooperationType,
  modalities: z.array(Modality),
  sdgTargets: z.array(z.string()),
  money: Money.nullable(),
  inKind: InKind.nullable(),
  state: ListingState,
  createdAt: Instant,
  revision: Revision,
  may: May,
})
export type Listing = z.infer<typeof Listing>

export const Commitment = z.object({
  id: Id,
  matchId: Id,
  provider: Party,
  money: Money.nullable(),
  inKind: InKind.nullable(),
  dueOn: Day,
  state: CommitmentState,
})
export type Commitment = z.infer<typeof Commitment>

export const Match = z.object({
  id: Id,
  roundId: Id,
  recommendationId: Id,
  recommendationTitle: z.string(),
  offerId: Id,
  offerTitle: z.string(),
  requestId: Id.nullable(),
  state: MatchState,
  /** Both sides decide; the one that proposed has not accepted by that. */
  parties: z.array(Party.extend({ role: z.enum(['provider', 'beneficiary']), acceptedAt: Instant.nullable() })),
  declinedReason: z.string(),
  dueOn: Day,
  commitment: Commitment.nullable(),
  revision: Revision,
  may: May,
})
export type Match = z.infer<typeof Match>

export const listListings = query('assistance.listListings', 'GET /listings', {
  summary: 'Requests and offers of a round; drafts only to their owner.',
  input: z.object({ roundId: Id }),
  output: z.array(Listing),
})
export const draftListing = command('assistance.draftListing', 'POST /listings', {
  summary: 'Draft a request or an offer for the delegation.',
  input: z.object({
    roundId: Id,
    side: Side,
    title: Line,
    description: Paragraph,
    language: Language,
    cooperationType: CooperationType,
    modalities: z.array(Modality).min(1).max(10),
    sdgTargets: z.array(SdgTarget).max(20).default([]),
    money: Money.nullable().default(null),
    inKind: InKind.nullable().default(null),
    /** A request may say which recommendation it serves. */
    recommendationId: Id.optional(),
    /** The statement that it came of. */
    messageId: Id.optional(),
  }),
  output: Listing,
})
export const moveListing = command('assistance.moveListing', 'PATCH /listings/:listingId', {
  summary: 'Publish a draft, or withdraw.',
  input: z.object({ listingId: Id, state: z.enum(['published', 'withdrawn']), revision: Revision }),
  output: Listing,
})
export const listMatches = query('assistance.listMatches', 'GET /matches', {
  summary: 'Matches of a round: agreed ones to all, proposed and declined ones to their parties and the secretariat.',
  input: z.object({ roundId: Id, recommendationId: Id.optional() }),
  output: z.array(Match),
})
export const proposeMatch = command('assistance.proposeMatch', 'POST /matches', {
  summary: 'Link an offer to an adopted recommendation, for one of its addressees.',
  input: z.object({
    recommendationId: Id,
    offerId: Id,
    beneficiaryId: Id,
    requestId: Id.optional(),
    dueOn: Day,
  }),
  output: Match,
})
export const acceptMatch = command('assistance.acceptMatch', 'POST /matches/:matchId/acceptance', {
  summary: 'Accept for the delegation. The second acceptance makes the commitment.',
  input: z.object({ matchId: Id, revision: Revision }),
  output: Match,
})
export const declineMatch = command('assistance.declineMatch', 'POST /matches/:matchId/refusal', {
  summary: 'Decline for the delegation, with a reason.',
  input: z.object({ matchId: Id, reason: Paragraph, revision: Revision }),
  output: Match,
})
export const listCommitments = query('assistance.listCommitments', 'GET /commitments', {
  summary: 'The commitments of a round.',
  input: z.object({ roundId: Id }),
  output: z.array(Commitment.extend({ recommendationId: Id, recommendationTitle: z.string(), beneficiary: Party })),
})
export const deliverCommitment = command('assistance.deliverCommitment', 'POST /commitments/:commitmentId/delivery', {
  summary: 'The beneficiary or the secretariat confirms delivery.',
  input: z.object({ commitmentId: Id }),
  output: Commitment,
})
