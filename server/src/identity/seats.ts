import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { row, rows } from '../common/sql.js'

export type SeatView = ActingSeat & { roundTitle: string }

const SEATS = `
  SELECT s.id, s.role, s.round_id AS "roundId", r.title AS "roundTitle", d.id AS "delegationId",
         d.code AS "delegationCode", d.name AS "delegationName", d.kind AS "delegationKind", d.credentials
  FROM seat s JOIN round r ON r.id = s.round_id LEFT JOIN delegation d ON d.id = s.delegation_id
  WHERE s.ended_at IS NULL AND `

/** The seats a person holds now, those of the newest round first. */
export const seatsOf = (db: EntityManager, personId: string): Promise<SeatView[]> =>
  rows<SeatView>(db, `${SEATS} s.person_id = $1 ORDER BY r.number DESC, s.starts_at, s.id`, [personId])

/** One seat if it is held now by this person. */
export const seatHeld = (db: EntityManager, personId: string, seatId: string): Promise<SeatView | undefined> =>
  row<SeatView>(db, `${SEATS} s.id = $2 AND s.person_id = $1`, [personId, seatId])
