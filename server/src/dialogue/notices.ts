import { Injectable } from '@nestjs/common'
import type { InputOf, OutputOf } from '@multilogue/shared/contract'
import { followThread, listNotices, seeNotices, type Notice } from '@multilogue/shared/notices'
import { seatOf } from '../access/caller.js'
import { visibleThread, type ThreadRow } from '../access/dialogue.access.js'
import { SEES_THREAD } from '../access/thread.access.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { THREAD_HREF } from './place.js'

const SHOWN = 50

/** Who follows a thread, and what each seat is told because of it. */
@Injectable()
export class Notices {
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

  @Handles(listNotices)
  listNotices({ db, caller }: Reading): Promise<Notice[]> {
    return rows<Notice>(
      db,
      `SELECT n.number::int, n.kind, t.title AS "threadTitle", ${instant('n.at')} AS at, ${instant('n.seen_at')} AS "seenAt",
         ${THREAD_HREF} || coalesce('#m-' || n.message_id, '') AS href
       FROM notice n JOIN thread t ON t.id = n.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
       WHERE n.seat_id = $1 ORDER BY n.number DESC LIMIT ${SHOWN}`,
      [seatOf(caller).id],
    )
  }

  @Handles(seeNotices)
  async seeNotices({ db, caller, now }: Writing, { upTo }: InputOf<typeof seeNotices>) {
    await db.query(`UPDATE notice SET seen_at = $3 WHERE seat_id = $1 AND number <= $2 AND seen_at IS NULL`, [
      seatOf(caller).id,
      upTo,
      now,
    ])
    return { done: true as const }
  }

  /** Tells everybody who follows and still has a seat, but not the one who acts. */
  async tellFollowers(work: Writing, thread: ThreadRow, kind: Notice['kind']): Promise<void> {
    const told = await rows<{ seat_id: string }>(
      work.db,
      `INSERT INTO notice (seat_id, thread_id, kind, at)
       SELECT f.seat_id, f.thread_id, $3, $4 FROM thread_follower f JOIN seat s ON s.id = f.seat_id
       WHERE f.thread_id = $1 AND s.ended_at IS NULL AND f.seat_id <> $2
       RETURNING seat_id`,
      [thread.id, seatOf(work.caller).id, kind, work.now],
    )
    announce(work, thread, kind, told)
  }

  /** Tells those whom a statement mentions, if they see the thread, but not the one who speaks. */
  async tellMentioned(work: Writing, threadId: string, messageId: string): Promise<void> {
    const told = await rows<{ seat_id: string }>(
      work.db,
      `INSERT INTO notice (seat_id, thread_id, kind, message_id, at)
       SELECT DISTINCT s.id, t.id, 'mention', m.id, m.posted_at FROM message m JOIN thread t ON t.id = m.thread_id
       JOIN message_mention x ON x.message_id = m.id JOIN seat s ON s.id = x.seat_id OR s.delegation_id = x.delegation_id
       WHERE m.id = $1 AND s.ended_at IS NULL AND s.id <> m.seat_id AND ${SEES_THREAD('s.id')} RETURNING seat_id`,
      [messageId],
    )
    const { round_id } = (await row<{ round_id: string }>(work.db, `SELECT round_id FROM thread WHERE id = $1`, [
      threadId,
    ]))!
    announce(work, { id: threadId, round_id }, 'mention', told)
  }
}

function announce(
  { record }: Writing,
  { id, round_id }: Pick<ThreadRow, 'id' | 'round_id'>,
  kind: Notice['kind'],
  told: { seat_id: string }[],
): void {
  const seatIds = told.map(({ seat_id }) => seat_id)
  if (seatIds.length > 0)
    record(round_id, 'notice.made', { threadId: id, kind }, { delegationIds: [], secretariat: false, seatIds })
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
