import type { Side } from '@multilogue/shared/change-table'
import type { EntityManager } from 'typeorm'
import { row } from '../common/sql.js'
import { accredited, decides, isStaff, type ActingSeat, type Caller } from './caller.js'
import { seatIn } from './round.access.js'

/*
 * The country under review answers for itself: any of its members fills in the self-assessment until the session
 * opens, its head or alternate submits the policy statement and answers in writing. Every other delegation may ask.
 * What became of earlier recommendations is assessed by the secretariat, and for the peers by the head or alternate of
 * the discussant.
 */
export interface ReviewRow {
  id: string
  round_id: string
  session_id: string
  delegation_id: string
  discussant_id: string | null
  statement_id: string | null
  /** Of its session. */
  status: string
  round_status: string
}

const isOwn = (seat: ActingSeat, review: ReviewRow) => seat.delegationId === review.delegation_id

export const mayAssess = (seat: ActingSeat, review: ReviewRow) => isOwn(seat, review) && accredited(seat)
export const maySpeakFor = (seat: ActingSeat, review: ReviewRow) => isOwn(seat, review) && decides(seat)
export const mayAsk = (seat: ActingSeat, review: ReviewRow) => !isOwn(seat, review) && accredited(seat)
export const sideOf = (seat: ActingSeat, review: ReviewRow): Side | null =>
  isStaff(seat) ? 'secretariat' : seat.delegationId === review.discussant_id && decides(seat) ? 'peer' : null
/** What comes of a review is often known after its session. */
export const isStanding = ({ status, round_status }: ReviewRow) => status !== 'cancelled' && round_status !== 'closed'

const REVIEW = `SELECT r.*, s.status, o.status AS round_status FROM review r JOIN session s ON s.id = r.session_id
  JOIN round o ON o.id = r.round_id`

/** @param by  how the review is known. @throws Refusal not-found */
export async function reviewIn(
  { db, caller }: { db: EntityManager; caller: Caller },
  by: { reviewId: string } | { sessionId: string } | { questionId: string },
  lock: 'lock' | 'look' = 'look',
): Promise<{ review: ReviewRow; seat: ActingSeat }> {
  const [where, id] =
    'reviewId' in by
      ? ['r.id = $1', by.reviewId]
      : 'sessionId' in by
        ? ['r.session_id = $1', by.sessionId]
        : ['r.id = (SELECT review_id FROM written_question WHERE id = $1)', by.questionId]
  const review = await row<ReviewRow>(db, `${REVIEW} WHERE ${where} ${lock === 'lock' ? 'FOR UPDATE OF r' : ''}`, [id])
  return { seat: seatIn(caller, review?.round_id), review: review! }
}
