import { Injectable } from '@nestjs/common'
import type { InputOf, OutputOf } from '@multilogue/shared/contract'
import { followThread } from '@multilogue/shared/notices'
import { visibleThread } from '../access/dialogue.access.js'
import { row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'

/** Who follows a thread. */
@Injectable()
export class Following {
  @Handles(followThread)
  async followThread(work: Writing, { threadId, follow }: InputOf<typeof followThread>) {
    const { seat } = await visibleThread(work, threadId)
    if (follow)
      await work.db.query(
        `INSERT INTO thread_follower (thread_id, seat_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [threadId, seat.id, work.now],
      )
    else await work.db.query(`DELETE FROM thread_follower WHERE thread_id = $1 AND seat_id = $2`, [threadId, seat.id])
    return following(work, threadId, seat.id)
  }
}

export async function following(
  { db }: Reading,
  threadId: string,
  seatId: string,
): Promise<OutputOf<typeof followThread>> {
  const found = await row<OutputOf<typeof followThread>>(
    db,
    `SELECT coalesce(bool_or(seat_id = $2), false) AS following, count(*)::int AS followers
     FROM thread_follower WHERE thread_id = $1`,
    [threadId, seatId],
  )
  return found!
}
