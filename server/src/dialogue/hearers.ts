import type { Message } from '@multilogue/shared/dialogue'
import type { EventPayload } from '@multilogue/shared/events'
import type { ThreadRow } from '../access/dialogue.access.js'
import { hearersOf } from '../access/thread.access.js'
import { row } from '../common/sql.js'
import { keepersAnd } from '../moderation/keepers.js'
import type { Writing } from '../work/work.js'

type InThread =
  | 'message.posted'
  | 'message.edited'
  | 'message.positioned'
  | 'message.translated'
  | 'thread.opened'
  | 'moderation.changed'

/**
 * Says what happened in a thread, to those who see the thread.
 * @param about  the statement that it is about: of one that is not shown hear its author and those who keep order
 */
export async function tellIn<N extends InThread>(
  { db, record }: Writing,
  threadId: string,
  name: N,
  payload: EventPayload<N>,
  about?: Pick<Message, 'state' | 'seatId'>,
): Promise<void> {
  const thread = (await row<ThreadRow>(db, `SELECT * FROM thread WHERE id = $1`, [threadId]))!
  const isWithheld = about && about.state !== 'shown' && about.state !== 'hidden'
  record(thread.round_id, name, payload, isWithheld ? keepersAnd([about.seatId]) : await hearersOf(db, thread))
}
