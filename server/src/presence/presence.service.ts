import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { declareInRoom, getPresence } from '@multilogue/shared/presence'
import { must, mustBe } from '../access/caller.js'
import { mayDeclare } from '../access/presence.access.js'
import { inRound } from '../access/round.access.js'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { presenceView } from './presence.views.js'

/** Who is at the table, as everybody sees it, and the desk that says who is in the room. */
@Injectable()
export class PresenceService {
  @Handles(getPresence)
  async getPresence(work: Reading, { sessionId }: InputOf<typeof getPresence>) {
    const { seat } = await inRound(work, 'session', sessionId)
    return presenceView(work, seat, sessionId)
  }

  /** Since when a delegation is in the room stays as it was first said. */
  @Handles(declareInRoom)
  async declareInRoom(work: Writing, { sessionId, delegationId, inRoom }: InputOf<typeof declareInRoom>) {
    const { db, caller, now } = work
    const { found, seat } = await inRound<{ status: string }>(work, 'session', sessionId)
    must(mayDeclare(seat), 'The chair or the secretariat says who is in the room.')
    mustBe(found.status !== 'ended' && found.status !== 'cancelled', `The session is ${found.status}.`)
    const known = await row(db, `SELECT 1 FROM delegation WHERE id = $1 AND round_id = $2`, [
      delegationId,
      found.round_id,
    ])
    if (!known) throw nothingHere()
    await db.query(
      `INSERT INTO attendance AS a (session_id, delegation_id, in_room, room_at, person_id, seat_id)
       SELECT $1, $2, $3, $4, $5, $6 WHERE $3 OR EXISTS (SELECT 1 FROM attendance WHERE session_id = $1 AND delegation_id = $2)
       ON CONFLICT (session_id, delegation_id) DO UPDATE SET in_room = $3, room_at = coalesce(a.room_at, $4),
         person_id = $5, seat_id = $6`,
      [sessionId, delegationId, inRoom, now, caller.personId, seat.id],
    )
    work.record(found.round_id, 'presence.changed', { sessionId })
    return presenceView(work, seat, sessionId)
  }
}
