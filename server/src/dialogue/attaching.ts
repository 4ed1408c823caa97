import { invalidInput } from '../common/problem.js'
import { rows } from '../common/sql.js'
import type { Reading } from '../work/work.js'

/** SQL: an attachment `a` as it is shown. */
export const ATTACHMENT = `json_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'size', a.size, 'sha256', a.sha256)`

/**
 * Puts what was uploaded with the statement that it was uploaded for, in this order.
 * @throws Refusal invalid-input when one was not uploaded by the seat for this thread, or goes with another statement
 */
export async function keepAttachments(
  { db }: Reading,
  message: { id: string; threadId: string; seatId: string },
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  const kept = await rows<{ id: string }>(
    db,
    `UPDATE attachment a SET message_id = $1, place = x.place
     FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, place)
     WHERE a.id = x.id AND a.thread_id = $3 AND a.seat_id = $4 AND a.message_id IS NULL RETURNING a.id`,
    [message.id, ids, message.threadId, message.seatId],
  )
  if (kept.length === ids.length) return
  const missing = ids.findIndex((id, index) => ids.indexOf(id) < index || !kept.some((one) => one.id === id))
  throw invalidInput(`attachmentIds/${missing}`, 'No file that was uploaded for this statement.')
}
