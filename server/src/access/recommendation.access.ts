import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { LINEAGE, SUPERSEDED } from '../recommendations/lineage.js'
import { seatOf, type ActingSeat, type Caller } from './caller.js'

/*
 * Who may see a recommendation
 *
 * Every seat of its round, and of every later round that follows it up.
 */
export interface RecommendationRow {
  id: string
  round_id: string
  state: 'proposed' | 'adopted' | 'withdrawn' | 'superseded'
  seat_id: string
  owner: string
  action: string
  due_on: Date | null
  measure: string
  title: string
  revision: number
}

/** @throws Refusal not-found, for hidden and absent alike */
export async function visibleRecommendation(
  { db, caller }: { db: EntityManager; caller: Caller },
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ recommendation: RecommendationRow; seat: ActingSeat }> {
  const seat = seatOf(caller)
  const recommendation = await row<RecommendationRow>(
    db,
    `SELECT * FROM recommendation WHERE id = $1 AND round_id IN ${LINEAGE('$2')} ${lock === 'lock' ? 'FOR UPDATE' : ''}`,
    [id, seat.roundId],
  )
  if (!recommendation) throw nothingHere()
  // Asked once the row is locked: who superseded it meanwhile held the lock.
  const isSuperseded = await row(db, `SELECT 1 WHERE ${SUPERSEDED('$1', '$2')}`, [id, seat.roundId])
  return { recommendation: isSuperseded ? { ...recommendation, state: 'superseded' } : recommendation, seat }
}

/** The acting delegation's own place among the addressees; a party keeps its code from round to round. */
export const ownPlace = (db: EntityManager, recommendationId: string, seat: ActingSeat) =>
  row<{ delegation_id: string; response: string }>(
    db,
    `SELECT a.delegation_id, a.response FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
     WHERE a.recommendation_id = $1 AND d.code = $2 FOR UPDATE OF a`,
    [recommendationId, seat.delegationCode],
  )
