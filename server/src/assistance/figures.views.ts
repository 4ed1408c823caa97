import type { AssistanceFigures, CommitmentSum } from '@multilogue/shared/assistance-figures'
import { AGREED_STATES } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import { row, rows } from '../common/sql.js'

/** The figures of a round, the same for whoever reads them; counted by the database as `sumsOf` and `matchRateOf` define them. */
export async function assistanceFiguresOf(db: EntityManager, roundId: string, now: Date): Promise<AssistanceFigures> {
  const [requests, sums] = await Promise.all([
    row<AssistanceFigures['requests']>(
      db,
      `SELECT count(m.request_id)::int AS agreed, count(*)::int AS published
       FROM listing l LEFT JOIN (SELECT DISTINCT request_id FROM match WHERE round_id = $1 AND state = ANY($2)) m ON m.request_id = l.id
       WHERE l.round_id = $1 AND l.side = 'request' AND l.state IN ('published', 'matched')`,
      [roundId, AGREED_STATES],
    ),
    rows<CommitmentSum>(
      db,
      `SELECT k.unit, count(*)::int AS count, sum(CASE WHEN k.off THEN k.delivered ELSE k.pledged END)::float8 AS pledged,
         sum(CASE WHEN k.off THEN k.delivered ELSE coalesce(k.confirmed, 0) END)::float8 AS confirmed,
         sum(k.delivered)::float8 AS delivered,
         coalesce(sum(greatest(0, k.pledged - coalesce(k.confirmed, 0))) FILTER (WHERE NOT k.off), 0)::float8 AS gap,
         coalesce(sum(k.later) FILTER (WHERE NOT k.off), 0)::float8 AS later
       FROM (SELECT k.*, k.state = 'withdrawn' AS off, (SELECT sum((part->>'amount')::numeric)
           FROM jsonb_array_elements(k.tranches) part WHERE (part->>'year')::int > $2) AS later
         FROM commitment k JOIN match m ON m.id = k.match_id WHERE m.round_id = $1) k
       GROUP BY k.unit ORDER BY k.unit !~ '^[A-Z]{3}$', k.unit COLLATE "C"`,
      [roundId, now.getUTCFullYear()],
    ),
  ])
  return { requests: requests!, sums }
}
