import type { Assessment, Change, ChangeTable } from '@multilogue/shared/change-table'
import { figuresOf } from '@multilogue/shared/figures'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { isStanding, sideOf, type ReviewRow } from '../access/review.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { reportsOf } from '../follow-up/reports.views.js'
import { LINEAGE } from '../recommendations/lineage.js'
import { trackedOf } from '../recommendations/tracked.views.js'
import { becameOf } from '../records/became.views.js'
import { partiesOf } from './reviews.views.js'
import { endOfLast, NOTHING, ratingsAt } from './rating-then.js'

/** What earlier rounds have recommended to the country under review, then and now. */
export async function changeTableOf(
  db: EntityManager,
  seat: ActingSeat,
  { review, now }: { review: ReviewRow; now: Date },
): Promise<ChangeTable> {
  const { delegation, discussant } = await partiesOf(db, review)
  const { code } = delegation
  const since = await endOfLast(db, review.round_id)
  const found = await trackedOf(db, review.round_id, now, { left: 'found' })
  const earlier = found.flatMap((one) => {
    const addressee = one.addressees.find((each) => each.code === code)
    return addressee ? [{ one, addressee }] : []
  })
  const recommendationIds = earlier.map(({ one }) => one.id)
  const before = since && (await ratingsAt(db, since, { code, recommendationIds }))
  const reports = (await reportsOf(db, seat, { recommendationIds })).filter((one) => one.delegationCode === code)
  const assessments = await assessmentsOf(db, review)
  const acts = new Map((await becameOf(db, review.round_id)).map(({ id, act }) => [id, act]))
  const figures = { then: figuresOf([]), now: figuresOf(earlier.map(({ addressee }) => addressee)) }
  const changes = earlier.map(({ one, addressee: { status, assurance, statusAt } }): Change => {
    const { id, roundNumber, number, title, language, dir, dueOn } = one
    const rating = { status, assurance, at: statusAt }
    const last = reports.find(({ recommendationId }) => recommendationId === id)
    return {
      ...{ id, roundNumber, number, title, language, dir, dueOn, now: rating },
      then: before ? (before.get(id) ?? NOTHING) : rating,
      reported: last
        ? {
            ...{ status: last.proposedStatus, state: last.state, narrative: last.narrative, language: last.language },
            ...{ dir: last.dir, byName: last.authorName, at: last.submittedAt },
          }
        : null,
      assessments: assessments.filter((each) => each.recommendationId === id).map(({ shown }) => shown),
      act: acts.get(id) ?? null,
    }
  })
  figures.then = figuresOf(changes.map(({ then }) => ({ ...then, flags: [] })))
  const side = sideOf(seat, review)
  return {
    reviewId: review.id,
    ...{ delegation, discussant },
    since: since?.toISOString() ?? null,
    reviewed: await reviewedBefore(db, review, code),
    figures,
    changes,
    side,
    may: named({ assess: side !== null && isStanding(review) }),
  }
}

/** How many assessments of one side stand. */
export async function countOf(
  db: EntityManager,
  { reviewId, recommendationId, side }: { reviewId: string; recommendationId: string; side: string },
): Promise<number> {
  const found = await row<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM review_assessment WHERE review_id = $1 AND recommendation_id = $2 AND side = $3`,
    [reviewId, recommendationId, side],
  )
  return found!.count
}

const reviewedBefore = (db: EntityManager, review: ReviewRow, code: string) =>
  rows<ChangeTable['reviewed'][number]>(
    db,
    `SELECT o.number AS "roundNumber", s.starts_at::date::text AS "on" FROM review r JOIN session s ON s.id = r.session_id
     JOIN round o ON o.id = r.round_id JOIN delegation d ON d.id = r.delegation_id
     WHERE d.code = $2 AND r.round_id IN ${LINEAGE('$1')} AND r.round_id <> $1 AND s.status = 'ended' ORDER BY s.starts_at`,
    [review.round_id, code],
  )

async function assessmentsOf(db: EntityManager, { id }: ReviewRow) {
  const found = await rows<Omit<Assessment, 'dir'> & { recommendationId: string }>(
    db,
    `SELECT a.recommendation_id AS "recommendationId", a.side, a.no, a.status, a.impact, a.words, a.language,
       p.name AS "byName", d.name AS "delegationName", ${instant('a.at')} AS at
     FROM review_assessment a JOIN person p ON p.id = a.person_id JOIN seat s ON s.id = a.seat_id
     LEFT JOIN delegation d ON d.id = s.delegation_id WHERE a.review_id = $1 ORDER BY a.at DESC, a.no DESC`,
    [id],
  )
  return found.map(({ recommendationId, ...one }) => ({
    recommendationId,
    shown: { ...one, dir: directionOf(one.language) },
  }))
}
