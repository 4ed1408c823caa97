import type { EntityManager } from 'typeorm'
import { SEES_THREAD } from '../access/thread.access.js'
import { row } from '../common/sql.js'
import type { Audience } from '../work/work.js'

/*
 * Who is told of what
 *
 * Of sessions, items, decisions and issued documents, everybody in the round; of what is asked of a delegation, its
 * seats; of a thread, those who follow it and whom a
 * statement mentions; of an answer to a comment, those who have spoken in it. And nobody is told
 * of what the seat may not hear.
 */
const seatIdsIn = async (db: EntityManager, where: string, values: unknown[]): Promise<string[]> => {
  const found = await row<{ ids: string[] }>(
    db,
    `SELECT coalesce(array_agg(s.id::text), '{}') AS ids FROM seat s WHERE s.ended_at IS NULL AND ${where}`,
    values,
  )
  return found!.ids
}

export const everybodyIn = (db: EntityManager, roundId: string): Promise<string[]> =>
  seatIdsIn(db, `s.round_id = $1`, [roundId])

export const seatsOfDelegations = (db: EntityManager, delegationIds: readonly string[]): Promise<string[]> =>
  seatIdsIn(db, `s.delegation_id = ANY($1)`, [delegationIds])

/** A party keeps its code from round to round. */
export const seatsOfCode = (db: EntityManager, roundId: string, code: string): Promise<string[]> =>
  seatIdsIn(db, `s.delegation_id IN (SELECT id FROM delegation WHERE round_id = $1 AND code = $2)`, [roundId, code])

export const followersOf = (db: EntityManager, threadId: string): Promise<string[]> =>
  seatIdsIn(
    db,
    `EXISTS (SELECT 1 FROM thread_follower f JOIN thread t ON t.id = f.thread_id
       WHERE f.seat_id = s.id AND t.id = $1 AND ${SEES_THREAD('s.id')})`,
    [threadId],
  )

export const mentionedIn = (db: EntityManager, messageId: string): Promise<string[]> =>
  seatIdsIn(
    db,
    `EXISTS (SELECT 1 FROM message_mention x JOIN message m ON m.id = x.message_id JOIN thread t ON t.id = m.thread_id
       WHERE m.id = $1 AND (x.seat_id = s.id OR x.delegation_id = s.delegation_id) AND ${SEES_THREAD('s.id')})`,
    [messageId],
  )

export const speakersIn = (db: EntityManager, commentId: string, audience: Audience | null): Promise<string[]> =>
  seatIdsIn(
    db,
    `s.id IN (SELECT seat_id FROM remark WHERE comment_id = $1 AND withdrawn_at IS NULL)
     AND ($2 OR s.delegation_id::text = ANY($3) OR s.id::text = ANY($4) OR ($5 AND s.role = 'secretariat'))`,
    [
      ...[commentId, audience === null, audience?.delegationIds ?? [], audience?.seatIds ?? []],
      audience?.secretariat ?? false,
    ],
  )
