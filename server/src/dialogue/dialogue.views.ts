import type { OutputOf } from '@multilogue/shared/contract'
import type { Message, Thread } from '@multilogue/shared/dialogue'
import type { listPositions } from '@multilogue/shared/message-positions'
import { directionOf } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { conducts, type ActingSeat } from '../access/caller.js'
import { keepsOrder, mayFlag, maySeeStatement, maySetRecord, maySpeak, mayStand } from '../access/dialogue.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

export type BareThread = Omit<Thread, 'may'>

const THREAD = `SELECT id, round_id AS "roundId", agenda_item_id AS "agendaItemId", title, state, floor,
  positions_on_record AS "positionsOnRecord", slow_seconds AS "slowSeconds", reviewed, revision FROM thread`

export const bareThread = (db: EntityManager, id: string): Promise<BareThread | undefined> =>
  row<BareThread>(db, `${THREAD} WHERE id = $1`, [id])

export const withThreadActs = (thread: BareThread, seat: ActingSeat): Thread => ({
  ...thread,
  may: named({
    post: maySpeak(seat, thread),
    conduct: conducts(seat),
    order: keepsOrder(seat),
    flag: mayFlag(seat),
    'set-record': maySetRecord(seat),
    stand: thread.state === 'open' && mayStand(seat),
  }),
})

const POSITION = `json_build_object('delegationId', d.id, 'code', d.code, 'name', d.name, 'kind', x.kind,
  'byName', p.name, 'role', s.role, 'at', x.at, 'onRecord', x.on_record, 'revision', x.revision, 'endedAt', x.ended_at)`
const POSITIONS_FROM = `FROM message_position x JOIN delegation d ON d.id = x.delegation_id
  JOIN person p ON p.id = x.person_id JOIN seat s ON s.id = x.seat_id`
const POSITIONS = (message: string) => `coalesce((SELECT json_agg(${POSITION}::jsonb - 'endedAt' ORDER BY x.number)
  ${POSITIONS_FROM} WHERE x.message_id = ${message} AND x.ended_at IS NULL), '[]')`

/** @param body  what is shown as its words */
const message = (
  body: string,
) => `SELECT m.id, m.thread_id AS "threadId", m.parent_id AS "parentId", p.name AS "authorName",
  m.seat_id AS "seatId", d.id AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName", s.role,
  CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'code', b.code, 'name', b.name) END AS "onBehalfOf",
  m.language, ${body} AS body, m.state, CASE WHEN m.state IN ('hidden', 'declined') THEN json_build_object(
    'reason', m.state_reason, 'role', w.role, 'at', ${instant('m.state_at')}) END AS withheld, m.question, ${POSITIONS('m.id')} AS positions, ${instant('m.posted_at')} AS "postedAt", ${instant('m.edited_at')} AS "editedAt", m.revision
  FROM message m JOIN person p ON p.id = m.person_id JOIN seat s ON s.id = m.seat_id
  LEFT JOIN delegation d ON d.id = s.delegation_id LEFT JOIN body b ON b.id = m.body_id
  LEFT JOIN seat w ON w.id = m.state_seat_id`

const MESSAGE = message(`CASE WHEN m.state = 'hidden' THEN '' ELSE m.body END`)

const withDirection = (message: Omit<Message, 'dir'>): Message => ({ ...message, dir: directionOf(message.language) })

/** As far as the seat may see them. */
export async function messagesOf(db: EntityManager, threadId: string, seat: ActingSeat): Promise<Message[]> {
  const found = await rows<Omit<Message, 'dir'>>(db, `${MESSAGE} WHERE m.thread_id = $1 ORDER BY m.number`, [threadId])
  return found.filter(({ seatId, state }) => maySeeStatement(seat, { seat_id: seatId, state })).map(withDirection)
}

/** For those who keep order: with the words of those that are hidden. */
export async function fullMessagesOf(db: EntityManager, ids: string[]): Promise<Message[]> {
  const found = await rows<Omit<Message, 'dir'>>(db, `${message('m.body')} WHERE m.id = ANY($1)`, [ids])
  return found.map(withDirection)
}

type Wording = { messageId: string; body: string; at: string; revision: number }

/** All wordings that the statements had, oldest first. */
export const wordingsOf = (db: EntityManager, messageIds: string[]): Promise<Wording[]> =>
  rows<Wording>(
    db,
    `SELECT message_id AS "messageId", body, ${instant('at')} AS at, revision FROM (
       SELECT message_id, body, at, revision FROM message_wording WHERE message_id = ANY($1)
       UNION ALL SELECT id, body, coalesce(edited_at, posted_at), revision FROM message WHERE id = ANY($1)) w
     ORDER BY message_id, revision`,
    [messageIds],
  )

export async function messageView(db: EntityManager, id: string): Promise<Message | undefined> {
  const found = await row<Omit<Message, 'dir'>>(db, `${MESSAGE} WHERE m.id = $1`, [id])
  return found && withDirection(found)
}

/** Those that stand, and on the record also those that did. */
export async function positionsEver(db: EntityManager, messageId: string): Promise<OutputOf<typeof listPositions>> {
  const found = await rows<{ position: OutputOf<typeof listPositions>[number] }>(
    db,
    `SELECT ${POSITION} AS position ${POSITIONS_FROM} WHERE x.message_id = $1 ORDER BY x.number`,
    [messageId],
  )
  return found.map(({ position }) => position)
}
