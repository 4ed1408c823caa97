import type { EventPayload } from '@multilogue/shared/events'
import type { ThreadRow } from '../access/dialogue.access.js'
import { hearersOf } from '../access/thread.access.js'
import { row } from '../common/sql.js'
import type { Writing } from '../work/work.js'

type InThread = 'message.posted' | 'message.edited' | 'message.positioned' | 'thread.opened'

/** Says what happened in a thread, to those who see the thread. */
export async function tellIn<N extends InThread>(
  { db, record }: Writing,
  threadId: string,
  name: N,
  payload: EventPayload<N>,
): Promise<void> {
  const thread = (await row<ThreadRow>(db, `SELECT * FROM thread WHERE id = $1`, [threadId]))!
  record(thread.round_id, name, payload, await hearersOf(db, thread))
}
