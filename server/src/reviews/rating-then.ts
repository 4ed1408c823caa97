import type { Rating } from '@multilogue/shared/change-table'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

/*
 * How things stood at an instant that is past. It is not kept anywhere: the status is that of the last report that had
 * been validated by then, and it is proven unless its evidence was withdrawn at that time.
 */

export const NOTHING: Rating = { status: 'not_started', assurance: 'none', at: null }

/** When the round before ended for this one: when it was closed, at the latest when this one opened. Null: not yet. */
export async function endOfLast(db: EntityManager, roundId: string): Promise<Date | null> {
  const found = await row<{ at: Date | null }>(
    db,
    `SELECT least(p.closed_at, r.opened_at) AS at FROM round r LEFT JOIN round p ON p.id = r.previous_id WHERE r.id = $1`,
    [roundId],
  )
  return found?.at ?? null
}

/** The part of one party in each of these recommendations. */
export async function ratingsAt(
  db: EntityManager,
  at: Date,
  { code, recommendationIds }: { code: string; recommendationIds: string[] },
): Promise<Map<string, Rating>> {
  const found = await rows<Rating & { id: string }>(
    db,
    `SELECT DISTINCT ON (e.recommendation_id) e.recommendation_id AS id, e.proposed_status AS status,
       CASE WHEN EXISTS (SELECT 1 FROM evidence_withdrawal w WHERE w.report_id = e.id AND w.at <= $1
         AND (w.restored_at IS NULL OR w.restored_at > $1)) THEN 'self_reported' ELSE 'validated' END AS assurance,
       ${instant('e.reviewed_at')} AS at
     FROM report e JOIN delegation d ON d.id = e.addressee_id
     WHERE e.recommendation_id = ANY($2) AND d.code = $3 AND e.state = 'validated' AND e.reviewed_at <= $1
     ORDER BY e.recommendation_id, e.reviewed_at DESC, e.id DESC`,
    [at, recommendationIds, code],
  )
  return new Map(found.map(({ id, ...rating }) => [id, rating]))
}
