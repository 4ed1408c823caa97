import type { RoundAct } from '@multilogue/shared/round-report'
import type { EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'
import { SUPERSEDED } from '../recommendations/lineage.js'

export interface Became {
  id: string
  roundNumber: number
  number: number
  title: string
  act: RoundAct
  reason: string
  /** Numbers of those that stand in its place. */
  into: string[] | null
  /** It was adopted in a round before. */
  isEarlier: boolean
}

/**
 * What adopted recommendations became in a round: each of them once. Where the register puts another one in the place
 * of what was carried over, the act of the register stands, as it does in the figures.
 */
export const becameOf = (db: EntityManager, roundId: string): Promise<Became[]> =>
  rows<Became>(
    db,
    `SELECT c.id, r.number AS "roundNumber", c.number, c.title, x.act, x.reason, c.round_id <> $1 AS "isEarlier",
       (SELECT array_agg('R' || ir.number || '-' || i.number ORDER BY ir.number, i.number)
        FROM recommendation i JOIN round ir ON ir.id = i.round_id WHERE i.id = ANY(x.into_ids)) AS into
     FROM (SELECT o.recommendation_id AS id, o.act, o.reason, ARRAY[o.into_id] AS into_ids FROM carry_over o
           WHERE o.round_id = $1 AND NOT ${SUPERSEDED('o.recommendation_id', '$1')}
         UNION ALL
           SELECT s.from_id, s.act, s.reason, array_agg(s.to_id) FROM succession s
           WHERE s.round_id = $1 GROUP BY s.from_id, s.act, s.reason) x
     JOIN recommendation c ON c.id = x.id JOIN round r ON r.id = c.round_id
     WHERE c.state = 'adopted' ORDER BY x.act, r.number, c.number`,
    [roundId],
  )
