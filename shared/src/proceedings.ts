import { z } from 'zod'
import { command, query } from './contract.js'
import { QuestionNo } from './dialogue.js'
import { Done, Id, Instant, Language, May, Paragraph, Revision } from './values.js'

/*
 * What the rapporteur makes of a thread: key points while people speak, and a summary that rests on statements.
 * A published summary is never changed; the next one takes its place and the earlier ones stay readable.
 */

const Cites = z.array(Id).max(500)
const Words = { language: Language, dir: z.enum(['ltr', 'rtl']), cites: Cites, byName: z.string(), at: Instant }

export const KeyPoint = z.object({
  id: Id,
  text: z.string(),
  question: QuestionNo.nullable(),
  ...Words,
})
export type KeyPoint = z.infer<typeof KeyPoint>

export const Summary = z.object({
  /** Counts the published ones from 1; null of a draft. */
  no: z.int().nullable(),
  body: z.string(),
  ...Words,
  revision: Revision,
})
export type Summary = z.infer<typeof Summary>

export const Proceedings = z.object({
  threadId: Id,
  statements: z.int(),
  /** Statements on which the summary that stands does not rest, in the order they were made. */
  uncited: z.array(Id),
  keyPoints: z.array(KeyPoint),
  /** The published ones, the one that stands first. */
  summaries: z.array(Summary),
  /** Shown to those who keep or conduct the debate. */
  draft: Summary.nullable(),
  questions: z.array(
    z.object({
      no: QuestionNo,
      text: z.string(),
      /** Of the statements and key points that answer it. */
      statements: z.array(Id),
      keyPoints: z.int(),
    }),
  ),
  following: z.boolean(),
  followers: z.int(),
  may: May,
})
export type Proceedings = z.infer<typeof Proceedings>

export const getProceedings = query('dialogue.getProceedings', 'GET /threads/:threadId/proceedings', {
  summary: 'Key points, summaries and the guiding questions of a thread.',
  input: z.object({ threadId: Id }),
  output: Proceedings,
})
export const publishKeyPoint = command('dialogue.publishKeyPoint', 'POST /threads/:threadId/key-points', {
  summary: 'Publish a key point that rests on statements of the thread.',
  input: z.object({
    threadId: Id,
    text: Paragraph,
    language: Language,
    cites: Cites.min(1),
    question: QuestionNo.optional(),
  }),
  output: KeyPoint,
})
export const withdrawKeyPoint = command('dialogue.withdrawKeyPoint', 'DELETE /key-points/:keyPointId', {
  summary: 'Withdraw a key point.',
  input: z.object({ keyPointId: Id }),
  output: Done,
})
export const draftSummary = command('dialogue.draftSummary', 'PUT /threads/:threadId/summary', {
  summary: 'Write the summary of a thread and name the statements it rests on. Nobody else is told.',
  input: z.object({
    threadId: Id,
    body: z.string().trim().min(1).max(20_000),
    language: Language,
    cites: Cites,
    /** Of the draft; null: there is none yet. */
    revision: Revision.nullable(),
  }),
  output: Summary,
})
export const publishSummary = command('dialogue.publishSummary', 'POST /threads/:threadId/summary/publication', {
  summary: 'Publish the draft. It takes the place of the summary before it, which stays readable.',
  input: z.object({ threadId: Id, revision: Revision }),
  output: Summary,
})
