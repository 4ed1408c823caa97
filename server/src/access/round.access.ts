import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { seatOf, type ActingSeat, type Caller } from './caller.js'

/** A table whose rows belong to a round by `round_id`. */
type OfRound = 'delegation' | 'body' | 'session' | 'thread' | 'document' | 'listing' | 'match' | 'report'

/**
 * The acting seat, once it is known to sit in that round. Everything of a round is reached through here: a
 * seat of another round finds nothing, just as if the id did not exist.
 */
export function seatIn(caller: Caller, roundId: string | undefined): ActingSeat {
  const seat = seatOf(caller)
  if (seat.roundId !== roundId) throw nothingHere()
  return seat
}

/** Waits for whoever else changes what the round holds, and lets nobody else do it until the transaction ends. */
export async function lockRound(db: EntityManager, roundId: string): Promise<{ status: string; revision: number }> {
  const round = await row<{ status: string; revision: number }>(
    db,
    `SELECT status, revision FROM round WHERE id = $1 FOR UPDATE`,
    [roundId],
  )
  if (!round) throw nothingHere()
  return round
}

/** The round of an object, locked for a change when `lock`. @throws Refusal not-found */
export async function inRound<T extends object>(
  { db, caller }: { db: EntityManager; caller: Caller },
  table: OfRound,
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ found: T & { round_id: string }; seat: ActingSeat }> {
  const found = await row<T & { round_id: string }>(
    db,
    `SELECT * FROM ${table} WHERE id = $1 ${lock === 'lock' ? 'FOR UPDATE' : ''}`,
    [id],
  )
  return { seat: seatIn(caller, found?.round_id), found: found! }
}
