import type { AssessmentQuestion, Review, WrittenQuestion } from '@multilogue/shared/reviews'
import type { EntityManager } from 'typeorm'
import { isStaff, type ActingSeat } from '../access/caller.js'
import { mayAsk, mayAssess, maySpeakFor, type ReviewRow } from '../access/review.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { isAhead } from '../rounds/rounds.workflow.js'

/* What is shown of a review, and what keeps its session from opening. */

export async function reviewView(db: EntityManager, seat: ActingSeat, review: ReviewRow): Promise<Review> {
  const isOpen = isAhead(review.status)
  const speaks = maySpeakFor(seat, review)
  const { title, delegation, discussant } = await partiesOf(db, review)
  const questions = await questionsOf(db, review)
  const written = await writtenOf(db, review)
  return {
    id: review.id,
    roundId: review.round_id,
    sessionId: review.session_id,
    sessionTitle: title,
    delegation,
    discussant,
    statement: await statementOf(db, review),
    questions,
    answered: questions.filter(({ answer }) => answer !== '').length,
    written: written.map((one) => ({ ...one, may: named({ answer: speaks && one.answer === null }) })),
    drafts: speaks && review.statement_id === null ? await draftsOf(db, review) : [],
    may: named({
      assess: isOpen && mayAssess(seat, review),
      submit: isOpen && speaks && review.statement_id === null,
      'name-discussant': isStaff(seat) && review.status !== 'ended' && review.status !== 'cancelled',
      ask: review.status !== 'ended' && review.status !== 'cancelled' && mayAsk(seat, review),
    }),
  }
}

/** Whom it is on, and who opens the debate. */
export const partiesOf = async (db: EntityManager, { id }: ReviewRow) =>
  (await row<{ title: string } & Pick<Review, 'delegation' | 'discussant'>>(
    db,
    `SELECT s.title, json_build_object('id', d.id, 'code', d.code, 'name', d.name) AS delegation,
       CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'code', p.code, 'name', p.name) END AS discussant
     FROM review r JOIN session s ON s.id = r.session_id JOIN delegation d ON d.id = r.delegation_id
     LEFT JOIN delegation p ON p.id = r.discussant_id WHERE r.id = $1`,
    [id],
  ))!

const questionsOf = (db: EntityManager, { id }: ReviewRow): Promise<AssessmentQuestion[]> =>
  rows<AssessmentQuestion>(
    db,
    `SELECT q.no, q.question, q.answer, q.source_url AS source, p.name AS "answeredBy",
       ${instant('q.answered_at')} AS "answeredAt", q.revision
     FROM review_question q LEFT JOIN person p ON p.id = q.person_id WHERE q.review_id = $1 ORDER BY q.no`,
    [id],
  )

const writtenOf = (db: EntityManager, { id }: ReviewRow): Promise<Omit<WrittenQuestion, 'may'>[]> =>
  rows<Omit<WrittenQuestion, 'may'>>(
    db,
    `SELECT w.id, d.code, d.name, w.body, w.language, ${instant('w.asked_at')} AS "askedAt",
       CASE WHEN w.answer IS NOT NULL THEN json_build_object('body', w.answer, 'language', w.answer_language,
         'answeredAt', ${instant('w.answered_at')}) END AS answer
     FROM written_question w JOIN delegation d ON d.id = w.delegation_id WHERE w.review_id = $1 ORDER BY w.asked_at, w.id`,
    [id],
  )

const statementOf = async (db: EntityManager, { statement_id }: ReviewRow): Promise<Review['statement']> =>
  (await row<NonNullable<Review['statement']>>(
    db,
    `SELECT id AS "issuedId", symbol, title, ${instant('issued_at')} AS "issuedAt" FROM issued_document WHERE id = $1`,
    [statement_id],
  )) ?? null

const draftsOf = (db: EntityManager, { round_id, delegation_id }: ReviewRow): Promise<Review['drafts']> =>
  rows<Review['drafts'][number]>(
    db,
    `SELECT id AS "documentId", title FROM document WHERE round_id = $1 AND owner_delegation_id = $2
       AND kind = 'policy_statement' AND symbol IS NULL ORDER BY created_at, id`,
    [round_id, delegation_id],
  )

/** What is missing before the session can open, as a sentence; undefined when it holds no review, or all is there. */
export async function missingOf(db: EntityManager, sessionId: string): Promise<string | undefined> {
  const found = await row<{ name: string; has_statement: boolean; open: number; all: number }>(
    db,
    `SELECT d.name, r.statement_id IS NOT NULL AS has_statement, count(*) FILTER (WHERE q.answer = '')::int AS open,
       count(*)::int AS all FROM review r JOIN delegation d ON d.id = r.delegation_id
       JOIN review_question q ON q.review_id = r.id WHERE r.session_id = $1 GROUP BY d.name, r.statement_id`,
    [sessionId],
  )
  if (!found || (found.has_statement && found.open === 0)) return undefined
  const missing = [
    ...(found.has_statement ? [] : ['the policy statement is not submitted']),
    ...(found.open === 0 ? [] : [`${found.open} of ${found.all} questions of the self-assessment are not answered`]),
  ]
  return `The review of ${found.name} cannot begin: ${missing.join(', and ')}.`
}
