import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { listPositions, standDown, standOn } from '@multilogue/shared/message-positions'
import { must, mustBe } from '../access/caller.js'
import {
  mayStand,
  visibleMessage,
  standingMessage,
  type MessageRow,
  type ThreadRow,
} from '../access/dialogue.access.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { tellIn } from './hearers.js'
import { messageView, positionsEver } from './dialogue.views.js'

const NOT_ENTITLED = 'Heads and alternates of member delegations say where they stand.'

/**
 * Where delegations stand on a statement, one voice each. On the record nothing is lost: a position that is changed or
 * withdrawn stays as one that ended. Off the record nothing is kept of it.
 */
@Injectable()
export class PositionsService {
  @Handles(listPositions)
  async listPositions(work: Reading, { messageId }: InputOf<typeof listPositions>) {
    await visibleMessage(work, messageId)
    return positionsEver(work.db, messageId)
  }

  /** Positions on one statement are taken one after the other, on the words that were read. */
  @Handles(standOn)
  async standOn(work: Writing, { messageId, kind, revision }: InputOf<typeof standOn>) {
    const { db, caller, now } = work
    const { message, thread, seat } = await standingMessage(work, messageId, 'lock')
    must(mayStand(seat), NOT_ENTITLED)
    mustBe(thread.state === 'open', 'The thread is closed.')
    await mustBeOfOthers(work, message, seat.delegationId)
    mustStandAt(message.revision, revision)
    await this.end(work, messageId, seat.delegationId)
    await insert(db, 'message_position', {
      ...{ message_id: messageId, delegation_id: seat.delegationId, kind, revision },
      ...{ on_record: thread.positions_on_record, person_id: caller.personId, seat_id: seat.id, at: now },
    })
    return this.tell(work, thread, messageId)
  }

  @Handles(standDown)
  async standDown(work: Writing, { messageId }: InputOf<typeof standDown>) {
    const { thread, seat } = await standingMessage(work, messageId, 'lock')
    must(mayStand(seat), NOT_ENTITLED)
    mustBe(thread.state === 'open', 'The thread is closed.')
    mustBe(await this.end(work, messageId, seat.delegationId), 'The delegation has taken no position.')
    return this.tell(work, thread, messageId)
  }

  /** @returns whether there was one */
  private async end({ db, now }: Writing, messageId: string, delegationId: string): Promise<boolean> {
    const standing = await row<{ number: string; on_record: boolean }>(
      db,
      `SELECT number, on_record FROM message_position
       WHERE message_id = $1 AND delegation_id = $2 AND ended_at IS NULL FOR UPDATE`,
      [messageId, delegationId],
    )
    if (!standing) return false
    if (standing.on_record)
      await db.query(`UPDATE message_position SET ended_at = $2 WHERE number = $1`, [standing.number, now])
    else await db.query(`DELETE FROM message_position WHERE number = $1`, [standing.number])
    return true
  }

  private async tell(work: Writing, thread: ThreadRow, messageId: string) {
    const { positions } = (await messageView(work.db, messageId))!
    await tellIn(work, thread.id, 'message.positioned', { threadId: thread.id, messageId, positions })
    return positions
  }
}

async function mustBeOfOthers({ db }: Reading, message: MessageRow, delegationId: string): Promise<void> {
  const own = await row(db, `SELECT 1 FROM seat WHERE id = $1 AND delegation_id = $2`, [message.seat_id, delegationId])
  mustBe(!own, 'A delegation stands by its own statement.')
}
