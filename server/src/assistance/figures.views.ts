import {
  matchRateOf,
  sumsOf,
  type AssistanceFigures,
  type CountedCommitment,
} from '@multilogue/shared/assistance-figures'
import type { Match } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'

/** The figures of a round, the same for whoever reads them. */
export async function assistanceFiguresOf(db: EntityManager, roundId: string, now: Date): Promise<AssistanceFigures> {
  const requests = await rows<{ id: string; state: string }>(
    db,
    `SELECT id, state FROM listing WHERE round_id = $1 AND side = 'request'`,
    [roundId],
  )
  const matches = await rows<{ requestId: string | null; state: Match['state'] }>(
    db,
    `SELECT request_id AS "requestId", state FROM match WHERE round_id = $1`,
    [roundId],
  )
  const commitments = await rows<CountedCommitment>(
    db,
    `SELECT k.unit, k.pledged::float8, k.confirmed::float8, k.delivered::float8, k.tranches, k.state
     FROM commitment k JOIN match m ON m.id = k.match_id WHERE m.round_id = $1`,
    [roundId],
  )
  return { requests: matchRateOf(requests, matches), sums: sumsOf(commitments, now.getUTCFullYear()) }
}
