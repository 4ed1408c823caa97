import { z } from 'zod'
import { command, query } from './contract.js'
import { Document, DocumentVisibility } from './documents.js'
import {
  Day,
  Done,
  Id,
  Instant,
  Language,
  Line,
  May,
  OptionalLine,
  OptionalParagraph,
  ParagraphId,
  Revision,
} from './values.js'

/** What a diagnosis can bring to light; leverage: a point at which little effort moves much. */
export const FINDING_KINDS = ['strength', 'obstacle', 'gap', 'leverage', 'risk'] as const
export const FindingKind = z.enum(FINDING_KINDS)
export type FindingKind = z.infer<typeof FindingKind>
const SourceUrl = z
  .url({ protocol: /^https?$/, error: 'A web address that starts with https:// or http://.' })
  .max(2000)

/** A paragraph that rests on something. */
const Resting = z.object({ documentId: Id, documentTitle: z.string(), paragraphId: z.string() })

/** One thing that a diagnosis has brought to light, about one country or about all. */
export const DiagnosticFinding = z.object({
  id: Id,
  /** The country it is about; null: the round as a whole. */
  code: z.string().nullable(),
  kind: FindingKind,
  title: z.string(),
  body: z.string(),
  /** Where it is from, in words. */
  source: z.string(),
  sourceUrl: z.string().nullable(),
  language: Language,
  by: z.string(),
  at: Instant,
  withdrawn: z.boolean(),
  /** In the vision statements that the seat may see. */
  paragraphs: z.array(Resting),
  revision: Revision,
  may: May,
})
export type DiagnosticFinding = z.infer<typeof DiagnosticFinding>

export const GuidingQuestion = z.object({
  id: Id,
  code: z.string().nullable(),
  body: z.string(),
  language: Language,
  withdrawn: z.boolean(),
  paragraphs: z.array(Resting),
  revision: Revision,
  may: May,
})
export type GuidingQuestion = z.infer<typeof GuidingQuestion>

export const Diagnosis = z.object({
  findings: z.array(DiagnosticFinding),
  questions: z.array(GuidingQuestion),
  /** diagnose: write findings and questions about the own country, or about all. make-vision: make a statement of them. */
  may: May,
})
export type Diagnosis = z.infer<typeof Diagnosis>

/** due: its review date has come; computed when it is read. */
export const VisionState = z.enum(['drafting', 'adopted', 'due'])
export type VisionState = z.infer<typeof VisionState>

export const ORIGIN_KINDS = ['finding', 'question', 'recommendation'] as const
export const OriginKind = z.enum(ORIGIN_KINDS)
export type OriginKind = z.infer<typeof OriginKind>
/** What a paragraph came from. */
export const Origin = z.object({
  id: Id,
  paragraphId: z.string(),
  kind: OriginKind,
  targetId: Id,
  title: z.string(),
  by: z.string(),
  at: Instant,
  /** The paragraph is not in the text any more. */
  orphaned: z.boolean(),
})
export type Origin = z.infer<typeof Origin>

const ServingPlan = z.object({ documentId: Id, title: z.string(), adopted: z.boolean(), items: z.number().int() })
const facts = {
  documentId: Id,
  title: z.string(),
  language: Language,
  code: z.string().nullable(),
  state: VisionState,
  reviewOn: Day.nullable(),
  adoptedAt: Instant.nullable(),
  adoptedBy: z.string().nullable(),
  /** What it was issued as when it was adopted. */
  issued: z.object({ id: Id, symbol: z.string() }).nullable(),
}
export const VisionFacts = z.object({
  ...facts,
  /** Whether the seat may read the text, and not only what was issued. */
  open: z.boolean(),
  /** Of the plans that serve it, those that the seat may see. */
  planIds: z.array(Id),
})
export type VisionFacts = z.infer<typeof VisionFacts>
export const Vision = z.object({
  ...facts,
  plans: z.array(ServingPlan),
  origins: z.array(Origin),
  may: May,
})
export type Vision = z.infer<typeof Vision>

/** One thing that stands between a vision statement and its adoption. */
export const VisionGap = z.object({
  what: z.enum(['empty', 'no-review-date', 'review-date-past', 'unanswered']),
  /** Of an unanswered question, the question. */
  name: z.string(),
})
export type VisionGap = z.infer<typeof VisionGap>

const written = {
  kind: FindingKind,
  title: Line,
  body: OptionalParagraph.default(''),
  source: OptionalLine.default(''),
  sourceUrl: SourceUrl.nullable().default(null),
}

export const readDiagnosis = query('visions.readDiagnosis', 'GET /diagnosis', {
  summary: 'The findings and guiding questions of a round, and which paragraphs rest on them.',
  input: z.object({ roundId: Id }),
  output: Diagnosis,
})
export const recordFinding = command('visions.recordFinding', 'POST /findings', {
  summary: 'Write down what a diagnosis has brought to light; a delegation about its own country, others about all.',
  input: z.object({ roundId: Id, language: Language, ...written }),
  output: DiagnosticFinding,
})
export const reviseFinding = command('visions.reviseFinding', 'PATCH /findings/:findingId', {
  summary: 'Correct a finding.',
  input: z.object({ findingId: Id, revision: Revision, ...written }),
  output: DiagnosticFinding,
})
export const withdrawFinding = command('visions.withdrawFinding', 'POST /findings/:findingId/withdraw', {
  summary: 'Withdraw a finding; paragraphs that rest on it keep their link.',
  input: z.object({ findingId: Id, revision: Revision }),
  output: Done,
})
export const askQuestion = command('visions.askQuestion', 'POST /guiding-questions', {
  summary: 'Ask a guiding question that a vision statement has to answer.',
  input: z.object({ roundId: Id, language: Language, body: Line }),
  output: GuidingQuestion,
})
export const withdrawQuestion = command('visions.withdrawQuestion', 'POST /guiding-questions/:questionId/withdraw', {
  summary: 'Withdraw a guiding question.',
  input: z.object({ questionId: Id, revision: Revision }),
  output: Done,
})
export const listVisions = query('visions.listVisions', 'GET /visions', {
  summary: 'The vision statements that the seat may see, and those that were issued.',
  input: z.object({ roundId: Id }),
  output: z.array(VisionFacts),
})
export const makeVision = command('visions.makeVision', 'POST /visions', {
  summary: 'Open a vision statement with a heading for each question and a paragraph for each finding, linked to them.',
  input: z.object({
    roundId: Id,
    title: Line,
    language: Language,
    visibility: DocumentVisibility.default('participants'),
    findingIds: z.array(Id).max(100),
    questionIds: z.array(Id).max(50),
  }),
  output: Document,
})
export const readVision = query('visions.readVision', 'GET /visions/:documentId', {
  summary: 'Where a vision statement stands, what its paragraphs came from, and the plans that serve it.',
  input: z.object({ documentId: Id }),
  output: Vision,
})
export const adoptVision = command('visions.adoptVision', 'POST /visions/:documentId/adoption', {
  summary: 'Adopt a vision statement with the day of its review; freezes the text and issues it under a symbol.',
  input: z.object({ documentId: Id, revision: Revision, reviewOn: Day.nullable() }),
  output: Vision,
})
export const linkOrigin = command('visions.linkOrigin', 'POST /visions/:documentId/origins', {
  summary: 'Say what a paragraph came from.',
  input: z.object({ documentId: Id, paragraphId: ParagraphId, kind: OriginKind, targetId: Id }),
  output: Vision,
})
export const unlinkOrigin = command('visions.unlinkOrigin', 'DELETE /visions/:documentId/origins/:originId', {
  summary: 'Take back what was said of where a paragraph came from.',
  input: z.object({ documentId: Id, originId: Id }),
  output: Vision,
})
export const serveVision = command('visions.serveVision', 'PUT /plans/:documentId/vision', {
  summary: 'Name the vision statement that a plan serves; null takes it back.',
  input: z.object({ documentId: Id, visionId: Id.nullable() }),
  output: Done,
})
