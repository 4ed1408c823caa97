import { z } from 'zod'
import { command, query } from './contract.js'
import {
  Day,
  Id,
  Instant,
  Language,
  Line,
  May,
  OptionalLine,
  OptionalParagraph,
  Paragraph,
  ParagraphId,
  Revision,
  SdgTarget,
} from './values.js'

export const FORCES = ['voluntary', 'agreed_commitment', 'binding'] as const
export const Force = z.enum(FORCES)
export const PRIORITIES = ['high', 'medium', 'low'] as const
export const Priority = z.enum(PRIORITIES)
/** superseded: another one stands in its place. It stays readable and is followed up there. */
export const RecommendationState = z.enum(['proposed', 'adopted', 'withdrawn', 'superseded'])
export const RESPONSES = ['pending', 'supported', 'supported_in_part', 'noted'] as const
export const Response = z.enum(RESPONSES)
export type Response = z.infer<typeof Response>
/** What an addressee can answer. */
export const Answer = Response.exclude(['pending'])
/** In force: plans are made from it. */
export const isAccepted = (response: Response): boolean => response === 'supported' || response === 'supported_in_part'
/** How far done, as the last validated report says. */
export const IMPLEMENTATION_STATUSES = [
  'not_started',
  'in_progress',
  'partially_implemented',
  'implemented',
  'not_pursued',
  'no_longer_applicable',
] as const
export const ImplementationStatus = z.enum(IMPLEMENTATION_STATUSES)
export type ImplementationStatus = z.infer<typeof ImplementationStatus>
/** How well proven. Only validated counts as done. */
export const Assurance = z.enum(['none', 'self_reported', 'evidenced', 'validated'])
/** Computed from the clock whenever it is read, never stored. */
export const FLAGS = ['due_soon', 'overdue', 'stale', 'no_response', 'no_owner', 'unmatched'] as const
export const Flag = z.enum(FLAGS)
/** The parts of the actionable test. */
export const MISSING = ['owner', 'action', 'date', 'measure'] as const
export const Missing = z.enum(MISSING)

export const Addressee = z.object({
  delegationId: Id,
  code: z.string(),
  name: z.string(),
  response: Response,
  responseText: z.string(),
  respondedAt: Instant.nullable(),
  status: ImplementationStatus,
  assurance: Assurance,
  statusAt: Instant.nullable(),
  flags: z.array(Flag),
  may: May,
})
export type Addressee = z.infer<typeof Addressee>

/** What one was made from; own: from nothing but itself. */
export const SOURCES = ['message', 'paragraph', 'recommendation', 'file', 'own'] as const
export const Source = z.enum(SOURCES)

/** One that another came from, or led to. */
export const Relative = z.object({ id: Id, roundNumber: z.int(), number: z.int(), title: z.string() })
export type Relative = z.infer<typeof Relative>

/**
 * merged: several became one. split: one became several. superseded: one took the place of another.
 */
export const SUCCESSION_ACTS = ['merged', 'split', 'superseded'] as const
export const SuccessionAct = z.enum(SUCCESSION_ACTS)
export type SuccessionAct = z.infer<typeof SuccessionAct>

export const Recommendation = z.object({
  id: Id,
  roundId: Id,
  roundNumber: z.number().int(),
  number: z.number().int(),
  title: z.string(),
  action: z.string(),
  rationale: z.string(),
  force: Force,
  priority: Priority.nullable(),
  owner: z.string(),
  dueOn: Day.nullable(),
  measure: z.string(),
  sdgTargets: z.array(z.string()),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  state: RecommendationState,
  /** The least advanced of the addressees. */
  status: ImplementationStatus,
  missing: z.array(Missing),
  flags: z.array(Flag),
  addressees: z.array(Addressee),
  /** The words that it was made from. */
  quote: z.string(),
  source: z.object({
    kind: Source,
    /** Of what was read from a file, which one and which row of it. */
    fileName: z.string().nullable(),
    row: z.int().nullable(),
  }),
  /** What stands in its place, and why. */
  succeeded: z
    .object({
      act: SuccessionAct,
      reason: z.string(),
      byName: z.string(),
      at: Instant,
      into: z.array(Relative),
    })
    .nullable(),
  /** Those in whose place it stands. */
  replaces: z.array(Relative.extend({ act: SuccessionAct })),
  createdAt: Instant,
  revision: Revision,
  may: May,
})
export type Recommendation = z.infer<typeof Recommendation>

/** What is written in a recommendation. */
export const recommendationFields = {
  title: Line,
  action: OptionalParagraph.default(''),
  rationale: OptionalParagraph.default(''),
  force: Force,
  priority: Priority.nullable().default(null),
  owner: OptionalLine.default(''),
  dueOn: Day.nullable().default(null),
  measure: OptionalLine.default(''),
  sdgTargets: z.array(SdgTarget).max(20).default([]),
  addresseeIds: z.array(Id).min(1).max(250),
}

export const listRecommendations = query('recommendations.listRecommendations', 'GET /recommendations', {
  summary: 'The recommendations of a round and those carried over from earlier ones.',
  input: z.object({ roundId: Id }),
  output: z.array(Recommendation),
})
export const getRecommendation = query('recommendations.getRecommendation', 'GET /recommendations/:recommendationId', {
  summary: 'One recommendation.',
  input: z.object({ recommendationId: Id }),
  output: Recommendation,
})
export const makeRecommendation = command('recommendations.makeRecommendation', 'POST /recommendations', {
  summary: 'Make a recommendation from a statement, from a paragraph, or of its own.',
  input: z.object({
    roundId: Id,
    language: Language,
    ...recommendationFields,
    from: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('message'), messageId: Id }),
        z.object({
          kind: z.literal('paragraph'),
          documentId: Id,
          paragraphId: ParagraphId,
          /** The statement that the paragraph goes back to. */
          messageId: Id.optional(),
        }),
      ])
      .optional(),
  }),
  output: Recommendation,
})
export const reviseRecommendation = command(
  'recommendations.reviseRecommendation',
  'PATCH /recommendations/:recommendationId',
  {
    summary: 'Change a recommendation that is not adopted yet.',
    input: z.object({ recommendationId: Id, revision: Revision, ...recommendationFields }),
    output: Recommendation,
  },
)
export const adoptRecommendation = command(
  'recommendations.adoptRecommendation',
  'POST /recommendations/:recommendationId/adoption',
  {
    summary: 'Adopt; refused while the actionable test lists something missing.',
    input: z.object({ recommendationId: Id, revision: Revision }),
    output: Recommendation,
  },
)
export const withdrawRecommendation = command(
  'recommendations.withdrawRecommendation',
  'POST /recommendations/:recommendationId/withdrawal',
  {
    summary: 'Withdraw a recommendation that is not adopted yet.',
    input: z.object({ recommendationId: Id, revision: Revision, reason: Paragraph }),
    output: Recommendation,
  },
)
export const respond = command('recommendations.respond', 'PUT /recommendations/:recommendationId/response', {
  summary:
    "The addressee's answer: supported, supported in part with words saying which, or noted. Each is followed up.",
  input: z
    .object({
      recommendationId: Id,
      response: Answer,
      text: OptionalParagraph.default(''),
    })
    .refine(({ response, text }) => response !== 'supported_in_part' || text !== '', {
      path: ['text'],
      error: 'Say which part is supported.',
    }),
  output: Recommendation,
})

const Standing = z.object({ kind: z.literal('standing'), recommendationId: Id })
const Made = z.object({ kind: z.literal('new'), language: Language, ...recommendationFields })

export const succeedRecommendations = command(
  'recommendations.succeedRecommendations',
  'POST /rounds/:roundId/successions',
  {
    summary: 'Merge recommendations into one, split one into several, or put one in the place of another.',
    input: z.object({
      roundId: Id,
      act: SuccessionAct,
      reason: Paragraph,
      /** Those that are followed up no more. */
      from: z
        .array(z.object({ recommendationId: Id, revision: Revision }))
        .min(1)
        .max(50),
      /** Those that stand in their place: of the register, or made now, as proposals. */
      into: z
        .array(z.discriminatedUnion('kind', [Standing, Made]))
        .min(1)
        .max(20),
    }),
    output: z.array(Recommendation),
  },
)
