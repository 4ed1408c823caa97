import type { OutputOf } from '@multilogue/shared/contract'
import type { Message, Thread } from '@multilogue/shared/dialogue'
import type { listPositions } from '@multilogue/shared/message-positions'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { conducts, type ActingSeat } from '../access/caller.js'
import { keepsOrder, mayFlag, maySeeStatement, maySetRecord, maySpeak, mayStand } from '../access/dialogue.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { ATTACHMENT } from './attaching.js'
import { MESSAGE_HREF } from './place.js'

export type BareThread = Omit<Thread, 'may'>

const THREAD = `SELECT id, round_id AS "roundId", agenda_item_id AS "agendaItemId", title, visibility, state, floor,
  positions_on_record AS "positionsOnRecord", slow_seconds AS "slowSeconds", reviewed, revision FROM thread`

export const bareThread = (db: EntityManager, id: string): Promise<BareThread | undefined> =>
  row<BareThread>(db, `${THREAD} WHERE id = $1`, [id])

export const withThreadActs = (thread: BareThread, seat: ActingSeat): Thread => ({
  ...thread,
  may: named({
    post: maySpeak(seat, thread),
    conduct: conducts(seat) && thread.visibility === 'room',
    order: keepsOrder(seat) && thread.visibility === 'room',
    flag: mayFlag(seat) && thread.visibility === 'room',
    'set-record': maySetRecord(seat) && thread.visibility === 'room',
    stand: thread.state === 'open' && thread.visibility !== 'delegation' && mayStand(seat),
  }),
})

const POSITION = `json_build_object('delegationId', d.id, 'code', d.code, 'name', d.name, 'kind', x.kind,
  'byName', p.name, 'role', s.role, 'at', x.at, 'onRecord', x.on_record, 'revision', x.revision, 'endedAt', x.ended_at)`
const POSITIONS_FROM = `FROM message_position x JOIN delegation d ON d.id = x.delegation_id
  JOIN person p ON p.id = x.person_id JOIN seat s ON s.id = x.seat_id`
const POSITIONS = (message: string) => `coalesce((SELECT json_agg(${POSITION}::jsonb - 'endedAt' ORDER BY x.number)
  ${POSITIONS_FROM} WHERE x.message_id = ${message} AND x.ended_at IS NULL), '[]')`

const MENTIONS = `coalesce((SELECT json_agg(json_build_object('kind', CASE WHEN x.seat_id IS NULL THEN 'delegation' ELSE 'seat' END,
    'id', coalesce(x.seat_id, x.delegation_id), 'name', coalesce(d.name, p.name)) ORDER BY x.place)
  FROM message_mention x LEFT JOIN delegation d ON d.id = x.delegation_id
  LEFT JOIN seat s ON s.id = x.seat_id LEFT JOIN person p ON p.id = s.person_id WHERE x.message_id = said.id), '[]')`

const QUOTE = `(SELECT json_build_object('messageId', m.id, 'revision', said.quoted_revision, 'words', CASE WHEN m.state = 'hidden' THEN '…' ELSE said.quoted_words END,
    'speaker', coalesce(d.name, p.name), 'language', m.language, 'href', ${MESSAGE_HREF},
    'reworded', m.revision > said.quoted_revision)
  FROM message m JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
  JOIN person p ON p.id = m.person_id JOIN seat s ON s.id = m.seat_id LEFT JOIN delegation d ON d.id = s.delegation_id
  WHERE m.id = said.quoted_id)`

const ATTACHMENTS = `coalesce((SELECT json_agg(${ATTACHMENT} ORDER BY a.place) FROM attachment a WHERE a.message_id = said.id), '[]')`

/**
 * @param body  what is shown as its words
 * @param attachments  and as its files
 */
const message = (
  body: string,
  attachments: string,
) => `SELECT said.id, said.thread_id AS "threadId", said.parent_id AS "parentId", p.name AS "authorName",
  said.seat_id AS "seatId", d.id AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName", s.role,
  CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'code', b.code, 'name', b.name) END AS "onBehalfOf",
  said.language, ${body} AS body, said.state, CASE WHEN said.state IN ('hidden', 'declined') THEN json_build_object(
    'reason', said.state_reason, 'role', w.role, 'at', ${instant('said.state_at')}) END AS withheld, said.question, ${MENTIONS} AS mentions, ${QUOTE} AS quote, ${attachments} AS attachments, ${POSITIONS('said.id')} AS positions,
  ${instant('said.posted_at')} AS "postedAt", ${instant('said.edited_at')} AS "editedAt", said.revision
  FROM message said JOIN person p ON p.id = said.person_id JOIN seat s ON s.id = said.seat_id
  LEFT JOIN delegation d ON d.id = s.delegation_id LEFT JOIN body b ON b.id = said.body_id
  LEFT JOIN seat w ON w.id = said.state_seat_id`

const unlessHidden = (empty: string, shown: string) => `CASE WHEN said.state = 'hidden' THEN ${empty} ELSE ${shown} END`
const MESSAGE = message(unlessHidden(`''`, 'said.body'), unlessHidden(`'[]'`, ATTACHMENTS))

type Found = Omit<Message, 'dir' | 'quote'> & { quote: Omit<NonNullable<Message['quote']>, 'dir'> | null }

const withDirection = (message: Found): Message => ({
  ...message,
  dir: directionOf(message.language),
  quote: message.quote && { ...message.quote, dir: directionOf(message.quote.language) },
})

/** As far as the seat may see them. */
export async function messagesOf(db: EntityManager, threadId: string, seat: ActingSeat): Promise<Message[]> {
  const found = await rows<Found>(db, `${MESSAGE} WHERE said.thread_id = $1 ORDER BY said.number`, [threadId])
  return found.filter(({ seatId, state }) => maySeeStatement(seat, { seat_id: seatId, state })).map(withDirection)
}

/** For those who keep order: with the words of those that are hidden. */
export async function fullMessagesOf(db: EntityManager, ids: string[]): Promise<Message[]> {
  const found = await rows<Found>(db, `${message('said.body', ATTACHMENTS)} WHERE said.id = ANY($1)`, [ids])
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
  const found = await row<Found>(db, `${MESSAGE} WHERE said.id = $1`, [id])
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
