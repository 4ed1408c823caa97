import { z } from 'zod'
import { command, query } from './contract.js'
import { Id, Instant, Language, Line, May, Paragraph, Revision } from './values.js'

/*
 * A session that reviews a country, among its peers: another delegation may be named to open the debate. It does not open before the country has submitted its policy statement and answered
 * every question of its self-assessment. Other delegations ask in writing, and the answers are on file before it begins.
 */

/** A web address where the answer can be checked. */
const Source = z.url({ protocol: /^https?$/, error: 'A web address that starts with https:// or http://.' }).max(500)

export const AssessmentQuestion = z.object({
  no: z.int().positive(),
  question: z.string(),
  /** Empty while it is not answered. */
  answer: z.string(),
  source: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
  revision: Revision,
})
export type AssessmentQuestion = z.infer<typeof AssessmentQuestion>

export const WrittenQuestion = z.object({
  id: Id,
  /** Who asks. */
  code: z.string(),
  name: z.string(),
  body: z.string(),
  language: Language,
  askedAt: Instant,
  answer: z.object({ body: z.string(), language: Language, answeredAt: Instant }).nullable(),
  may: May,
})
export type WrittenQuestion = z.infer<typeof WrittenQuestion>

export const Party = z.object({ id: Id, code: z.string(), name: z.string() })
export const Review = z.object({
  id: Id,
  roundId: Id,
  sessionId: Id,
  sessionTitle: z.string(),
  delegation: Party,
  /** Who opens the debate, and says how peers see the country. */
  discussant: Party.nullable(),
  /** The policy statement, once it is submitted. */
  statement: z.object({ issuedId: Id, symbol: z.string(), title: z.string(), issuedAt: Instant }).nullable(),
  questions: z.array(AssessmentQuestion),
  answered: z.int().nonnegative(),
  written: z.array(WrittenQuestion),
  /** Texts of the country that could be its policy statement; for those who may submit it. */
  drafts: z.array(z.object({ documentId: Id, title: z.string() })),
  may: May,
})
export type Review = z.infer<typeof Review>

export const getReview = query('reviews.getReview', 'GET /sessions/:sessionId/review', {
  summary: 'The review that a session holds: policy statement, self-assessment, questions in writing.',
  input: z.object({ sessionId: Id }),
  output: Review,
})
export const prepareReview = command('reviews.prepareReview', 'POST /sessions/:sessionId/review', {
  summary: 'Say which country a session reviews, and what it is asked of itself.',
  input: z.object({
    sessionId: Id,
    delegationId: Id,
    discussantId: Id.nullable().default(null),
    questions: z.array(Line).min(1).max(100),
  }),
  output: Review,
})
export const nameDiscussant = command('reviews.nameDiscussant', 'PUT /reviews/:reviewId/discussant', {
  summary: 'Name the member delegation that opens the debate on a country, or none.',
  input: z.object({ reviewId: Id, delegationId: Id.nullable() }),
  output: Review,
})
export const assess = command('reviews.assess', 'PUT /reviews/:reviewId/questions/:no', {
  summary: 'Answer a question of the self-assessment.',
  input: z.object({
    reviewId: Id,
    no: z.coerce.number().pipe(z.int().positive().max(100)),
    answer: Paragraph,
    source: Source.optional(),
    revision: Revision,
  }),
  output: Review,
})
export const submitStatement = command('reviews.submitStatement', 'POST /reviews/:reviewId/statement', {
  summary: 'Submit the policy statement: the text is frozen and issued under the next symbol of the round.',
  input: z.object({ reviewId: Id, documentId: Id }),
  output: Review,
})
export const askInWriting = command('reviews.askInWriting', 'POST /reviews/:reviewId/written-questions', {
  summary: 'Ask the country under review a question in writing.',
  input: z.object({ reviewId: Id, body: Paragraph, language: Language }),
  output: Review,
})
export const answerInWriting = command('reviews.answerInWriting', 'PUT /written-questions/:questionId/answer', {
  summary: 'Answer a question that was asked in writing. An answer is given once.',
  input: z.object({ questionId: Id, body: Paragraph, language: Language }),
  output: Review,
})
