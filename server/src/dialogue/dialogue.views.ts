import type { Message, Thread } from '@multilogue/shared/dialogue'
import { directionOf } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { accredited, conducts, isMember, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

/*
 * Who may speak
 *
 * Members' delegations speak while the thread is open. Observers and stakeholders speak when the chair has
 * opened the floor to all. Chair, facilitator, rapporteur and secretariat speak in their function. Rejected
 * or missing credentials take the floor away; provisional ones do not.
 */
export function maySpeak(seat: ActingSeat, thread: { state: string; floor: string }): boolean {
  if (thread.state !== 'open') return false
  if (seat.delegationId !== null) return isMember(seat) || (accredited(seat) && thread.floor === 'all')
  return seat.role !== 'admin'
}

export type BareThread = Omit<Thread, 'may'>

const THREAD = `SELECT id, round_id AS "roundId", agenda_item_id AS "agendaItemId", title, state, floor, revision FROM thread`

export const bareThread = (db: EntityManager, id: string): Promise<BareThread | undefined> =>
  row<BareThread>(db, `${THREAD} WHERE id = $1`, [id])

export const withThreadActs = (thread: BareThread, seat: ActingSeat): Thread => ({
  ...thread,
  may: [...(maySpeak(seat, thread) ? ['post'] : []), ...(conducts(seat) ? ['conduct'] : [])],
})

const MESSAGE = `SELECT m.id, m.thread_id AS "threadId", m.parent_id AS "parentId", p.name AS "authorName",
  m.seat_id AS "seatId", d.id AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName", s.role,
  CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'code', b.code, 'name', b.name) END AS "onBehalfOf",
  m.language, m.body, ${instant('m.posted_at')} AS "postedAt", ${instant('m.edited_at')} AS "editedAt", m.revision
  FROM message m JOIN person p ON p.id = m.person_id JOIN seat s ON s.id = m.seat_id
  LEFT JOIN delegation d ON d.id = s.delegation_id LEFT JOIN body b ON b.id = m.body_id`

const withDirection = (message: Omit<Message, 'dir'>): Message => ({ ...message, dir: directionOf(message.language) })

export async function messagesOf(db: EntityManager, threadId: string): Promise<Message[]> {
  return (await rows<Omit<Message, 'dir'>>(db, `${MESSAGE} WHERE m.thread_id = $1 ORDER BY m.number`, [threadId])).map(
    withDirection,
  )
}

export async function messageView(db: EntityManager, id: string): Promise<Message | undefined> {
  const found = await row<Omit<Message, 'dir'>>(db, `${MESSAGE} WHERE m.id = $1`, [id])
  return found && withDirection(found)
}
