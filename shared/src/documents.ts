import { z } from 'zod'
import { command, query } from './contract.js'
import { Part } from './numbering.js'
import { CellPlace } from './tables.js'
import { Id, Instant, Language, Line, May, Revision } from './values.js'

export const DOCUMENT_KINDS = ['vision_statement', 'action_plan', 'outcome', 'policy_statement'] as const
export const DocumentKind = z.enum(DOCUMENT_KINDS)
/** drafting: every entitled delegation writes. negotiating: the facilitator holds the pen. frozen: nobody. */
export const DOCUMENT_MODES = ['drafting', 'negotiating', 'frozen'] as const
export const DocumentMode = z.enum(DOCUMENT_MODES)
/** delegation: the owning delegation and nobody else. */
export const DocumentVisibility = z.enum(['delegation', 'participants'])

export const Document = z.object({
  id: Id,
  roundId: Id,
  /** proposal: the text of a proposal, opened and ended by it. translation: another text in another language. report: a record. */
  kind: z.enum([...DOCUMENT_KINDS, 'proposal', 'translation', 'agenda', 'report', 'informal']),
  /** Of a translation, the text that it renders. */
  sourceId: Id.nullable(),
  title: z.string(),
  symbol: z.string().nullable(),
  mode: DocumentMode,
  adoptedAt: Instant.nullable(),
  /** invited: informal consultations, for who is invited to them. */
  visibility: z.enum([...DocumentVisibility.options, 'invited']),
  ownerDelegationId: Id.nullable(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  changedAt: Instant,
  revision: Revision,
  may: May,
})
export type Document = z.infer<typeof Document>

export const DocumentParagraph = z.object({
  id: z.string(),
  kind: z.enum(['heading', 'paragraph', 'listItem']),
  level: z.number().int().optional(),
  part: Part.optional(),
  depth: z.number().int().optional(),
  bis: z.literal(true).optional(),
  cell: CellPlace.optional(),
  text: z.string(),
  /** Footnotes, in order, each behind so many UTF-16 code units of `text`. */
  footnotes: z.array(z.object({ at: z.int().nonnegative(), text: z.string() })).optional(),
})
export type DocumentParagraph = z.infer<typeof DocumentParagraph>

const Bytes = z.base64().max(1_500_000)

export const listDocuments = query('documents.listDocuments', 'GET /documents', {
  summary: 'The texts of a round that the seat may see.',
  input: z.object({ roundId: Id }),
  output: z.array(Document),
})
export const getDocument = query('documents.getDocument', 'GET /documents/:documentId', {
  summary: 'A text with its paragraphs as they are now.',
  input: z.object({ documentId: Id }),
  output: Document.extend({ paragraphs: z.array(DocumentParagraph) }),
})
export const openDocument = command('documents.openDocument', 'POST /documents', {
  summary: 'Open a text for drafting.',
  input: z.object({
    roundId: Id,
    kind: DocumentKind,
    title: Line,
    language: Language,
    visibility: DocumentVisibility.default('participants'),
  }),
  output: Document,
})
export const setMode = command('documents.setMode', 'PATCH /documents/:documentId', {
  summary: 'Say who holds the pen; takes effect on open editors at once.',
  input: z.object({ documentId: Id, mode: DocumentMode, revision: Revision }),
  output: Document,
})
export const syncDocument = command('documents.syncDocument', 'POST /documents/:documentId/sync', {
  summary: 'Merge without WebSocket: state vector and update in, missing update and log number out.',
  input: z.object({ documentId: Id, vector: Bytes.optional(), update: Bytes.optional() }),
  output: z.object({
    update: z.base64(),
    no: z.number().int(),
    /** Version of what texts are made of (text-schema.ts): a program that knows an older one must not write. */
    schema: z.int(),
  }),
})
