import type { Mute, QueueItem, ReviewQueue } from '@multilogue/shared/moderation'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { fullMessagesOf, wordingsOf } from '../dialogue/dialogue.views.js'
import type { Reading } from '../work/work.js'
import { reviewsOf } from './review.workflow.js'

const WITHHELD_SHOWN = 100

export async function flagsOn(db: EntityManager, messageId: string): Promise<number> {
  const found = await row<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM message_flag WHERE message_id = $1 AND settled_at IS NULL`,
    [messageId],
  )
  return found!.count
}

interface Queued {
  id: string
  threadTitle: string
  href: string
  flags: number
  isOpen: boolean
}

const QUEUE = `
  SELECT m.id, t.title AS "threadTitle", '/sessions/' || i.session_id || '?item=' || i.id || '#m-' || m.id AS href,
    coalesce(f.count, 0) AS flags, m.state IN ('shown', 'waiting') AS "isOpen"
  FROM message m JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
  LEFT JOIN LATERAL (SELECT count(*)::int AS count, min(at) AS first FROM message_flag
    WHERE message_id = m.id AND settled_at IS NULL) f ON true
  WHERE t.round_id = $1 AND (m.state <> 'shown' OR f.count > 0)
  ORDER BY CASE WHEN m.state IN ('hidden', 'declined') THEN NULL ELSE coalesce(f.first, m.posted_at) END,
    m.state_at DESC, m.number`

export async function queueOf(work: Reading, roundId: string): Promise<ReviewQueue> {
  const queued = await rows<Queued>(work.db, QUEUE, [roundId])
  const open = queued.filter(({ isOpen }) => isOpen)
  const withheld = queued.filter(({ isOpen }) => !isOpen).slice(0, WITHHELD_SHOWN)
  const items = await itemsOf(work.db, [...open, ...withheld])
  return {
    open: items.slice(0, open.length),
    withheld: items.slice(open.length),
    mutes: await mutesOf(work, roundId),
    now: work.now.toISOString(),
  }
}

async function itemsOf(db: EntityManager, queued: Queued[]): Promise<QueueItem[]> {
  const ids = queued.map(({ id }) => id)
  const messages = await fullMessagesOf(db, ids)
  const acts = await rows<QueueItem['trail'][number] & { messageId: string }>(
    db,
    `SELECT a.message_id AS "messageId", a.act, a.reason, p.name AS "byName", s.role, d.code AS "delegationCode",
       ${instant('a.at')} AS at
     FROM moderation_act a JOIN person p ON p.id = a.person_id JOIN seat s ON s.id = a.seat_id
     LEFT JOIN delegation d ON d.id = s.delegation_id WHERE a.message_id = ANY($1) ORDER BY a.id`,
    [ids],
  )
  const wordings = await wordingsOf(db, ids)
  return queued.map(({ id, threadTitle, href, flags }) => {
    const message = messages.find((one) => one.id === id)!
    const isOfficers = message.role === 'chair' || message.role === 'secretariat'
    return {
      ...{ message, threadTitle, href, flags },
      trail: acts.filter(({ messageId }) => messageId === id).map(({ messageId: _, ...act }) => act),
      wordings: wordings.filter(({ messageId }) => messageId === id).map(({ messageId: _, ...wording }) => wording),
      may: [...reviewsOf(message.state, flags), ...(isOfficers ? [] : ['mute'])],
    }
  })
}

/** Those that hold now; once for each seat of the person. */
export function mutesOf({ db, now }: Reading, roundId: string): Promise<Mute[]> {
  return rows<Mute>(
    db,
    `SELECT s.id AS "seatId", p.name, d.code AS "delegationCode", u.reason, ${instant('u.until')} AS until, b.name AS "byName"
     FROM mute u JOIN person p ON p.id = u.person_id
     JOIN seat s ON s.person_id = u.person_id AND s.round_id = u.round_id AND s.ended_at IS NULL
     LEFT JOIN delegation d ON d.id = s.delegation_id
     JOIN seat k ON k.id = u.by_seat_id JOIN person b ON b.id = k.person_id
     WHERE u.round_id = $1 AND u.lifted_at IS NULL AND u.until > $2 ORDER BY u.until, p.name, s.id`,
    [roundId, now],
  )
}
