import type { Action } from '@multilogue/shared/actions'
import type { Procedure, ProcedureDetail } from '@multilogue/shared/decisions'
import { streamOfRound } from '@multilogue/shared/events'
import type { Credentials, DelegationKind } from '@multilogue/shared/identity'
import type { AgendaItem, Session } from '@multilogue/shared/rounds'
import { secondsSpoken, type SpeakingKind } from '@multilogue/shared/speakers'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import type { ActingSeat } from '../access/caller.js'
import type { ProcedureRow } from '../access/decision.access.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { proceduresOf, withParagraphs } from '../decisions/decisions.views.js'
import { actionsOf } from '../dialogue/board.views.js'
import { itemsOf, sessionView } from '../rounds/rounds.views.js'
import type { Reading } from '../work/work.js'

/** What the rooms know of a session, before it is told in any language. */
export interface Happened {
  session: Session
  /** When it was opened and closed, and which items were called up when. */
  moves: Move[]
  attended: Attended[]
  items: (AgendaItem & { actions: Action[] })[]
  turns: Turn[]
  statements: Statement[]
  decisions: ProcedureDetail[]
  issued: { id: string; symbol: string; title: string }[]
}

export interface Move {
  /** In the round's stream. */
  seq: string
  at: Date
  is: 'opened' | 'closed' | 'called'
  itemId: string | null
}

export interface Attended {
  id: string
  name: string
  kind: z.infer<typeof DelegationKind>
  credentials: z.infer<typeof Credentials>
}

export interface Statement {
  itemId: string
  messageId: string
  speaker: string
  group: string | null
  body: string
  language: Language
}

export interface Turn {
  id: string
  itemId: string
  kind: SpeakingKind
  speaker: string
  group: string | null
  /** Members of the group that dissociated themselves. */
  out: string[]
  seconds: number
  ruling: string | null
  messageId: string | null
  body: string | null
  language: Language | null
}

/** Nothing in it depends on the reader: what a delegation has for itself alone is left out. */
export async function happenedIn(
  work: Pick<Reading, 'db' | 'now'>,
  seat: ActingSeat,
  sessionId: string,
): Promise<Happened> {
  const { db } = work
  const anybody = { ...seat, delegationId: null }
  const session = (await sessionView(db, sessionId, seat))!
  const moves = await movesOf(db, session)
  const items: Happened['items'] = []
  for (const item of await itemsOf(db, sessionId)) {
    const actions = await actionsOf(db, item.id, anybody)
    items.push({ ...item, actions: actions.filter(({ arrived }) => !arrived) })
  }
  return {
    session,
    moves,
    items,
    attended: await rows<Attended>(db, ATTENDED, [sessionId]),
    turns: await turnsOf(db, sessionId),
    statements: await rows<Statement>(db, STATEMENTS, [sessionId]),
    decisions: await decisionsOf(work, anybody, (one) => one.session.id === sessionId),
    issued: await issuedDuring(db, session.roundId, moves),
  }
}

const ATTENDED = `SELECT d.id, d.name, d.kind, d.credentials FROM attendance a JOIN delegation d ON d.id = a.delegation_id
  WHERE a.session_id = $1 ORDER BY d.name`

async function movesOf(db: EntityManager, { id, roundId }: Session): Promise<Move[]> {
  const told = await rows<{ seq: string; at: Date; status: string; itemId: string | null }>(
    db,
    `SELECT seq, at, payload->>'status' AS status, payload->>'currentItemId' AS "itemId" FROM event
     WHERE name = 'session.changed' AND payload->>'sessionId' = $1 AND stream = $2 ORDER BY seq`,
    [id, streamOfRound(roundId)],
  )
  return told.flatMap(({ seq, at, status, itemId }, place): Move[] => {
    const before = told[place - 1]
    const isNew = status !== before?.status
    return [
      ...(isNew && status === 'live' ? [{ seq, at, is: 'opened' as const, itemId: null }] : []),
      ...(status === 'live' && itemId && (isNew || itemId !== before?.itemId)
        ? [{ seq, at, is: 'called' as const, itemId }]
        : []),
      ...(isNew && status === 'ended' ? [{ seq, at, is: 'closed' as const, itemId: null }] : []),
    ]
  })
}

type StoredTurn = Omit<Turn, 'seconds'> & { beganAt: string; endedAt: string; pausedMs: number }

async function turnsOf(db: EntityManager, sessionId: string): Promise<Turn[]> {
  const stored = await rows<StoredTurn>(
    db,
    `SELECT s.id, s.agenda_item_id AS "itemId", s.kind, d.name AS speaker, b.name AS "group", s.ruling,
       ${instant('s.began_at')} AS "beganAt", ${instant('s.ended_at')} AS "endedAt", s.paused_ms AS "pausedMs",
       s.message_id AS "messageId", m.body, m.language,
       ARRAY(SELECT o.name FROM speaker_dissociation x JOIN delegation o ON o.id = x.delegation_id
         WHERE x.slot_id = s.id ORDER BY o.name) AS out
     FROM speaker_slot s JOIN agenda_item i ON i.id = s.agenda_item_id JOIN delegation d ON d.id = s.delegation_id
     LEFT JOIN body b ON b.id = s.body_id LEFT JOIN message m ON m.id = s.message_id AND m.state = 'shown'
     WHERE i.session_id = $1 AND s.state = 'done' ORDER BY s.began_at, s.id`,
    [sessionId],
  )
  return stored.map(({ beganAt, endedAt, pausedMs, ...turn }) => ({
    ...turn,
    seconds: secondsSpoken({ beganAt, endedAt, pausedAt: null, pausedMs }, Date.parse(endedAt)) ?? 0,
  }))
}

/** Those that were not spoken: handed in to the thread. Answers within the thread are part of the dialogue. */
const STATEMENTS = `SELECT i.id AS "itemId", m.id AS "messageId", coalesce(d.name, p.name) AS speaker, b.name AS "group",
    m.body, m.language
  FROM message m JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
  JOIN seat s ON s.id = m.seat_id JOIN person p ON p.id = m.person_id LEFT JOIN delegation d ON d.id = s.delegation_id
  LEFT JOIN body b ON b.id = m.body_id
  WHERE i.session_id = $1 AND m.parent_id IS NULL AND t.visibility = 'room' AND m.state = 'shown'
    AND NOT EXISTS (SELECT 1 FROM speaker_slot x WHERE x.message_id = m.id) ORDER BY m.number`

/** What silence has adopted without anybody having looked has no symbol yet, and waits for it. */
export async function decisionsOf(
  work: Pick<Reading, 'db' | 'now'>,
  seat: ActingSeat,
  isTold: (one: Procedure) => boolean,
): Promise<ProcedureDetail[]> {
  const all = await proceduresOf(work, seat)
  const waits = ({ result, issued, decision }: Procedure) => result === 'adopted' && issued && !decision
  const over = all.filter((one) => one.result !== null && !waits(one) && isTold(one))
  const detailed: ProcedureDetail[] = []
  for (const one of over.toSorted((a, b) => Date.parse(a.endedAt!) - Date.parse(b.endedAt!))) {
    const stored = await row<ProcedureRow>(work.db, `SELECT * FROM procedure WHERE id = $1`, [one.id])
    detailed.push(await withParagraphs(work.db, stored!, one))
  }
  return detailed
}

/** Decisions are told as decisions. */
async function issuedDuring(db: EntityManager, roundId: string, moves: Move[]): Promise<Happened['issued']> {
  const opened = moves.find(({ is }) => is === 'opened')
  if (!opened) return []
  const closed = moves.findLast(({ is }) => is === 'closed')
  return rows<Happened['issued'][number]>(
    db,
    `SELECT i.id, i.symbol, i.title FROM issued_document i JOIN document d ON d.id = i.document_id
     WHERE i.round_id = $1 AND d.kind NOT IN ('agenda', 'report') AND i.issued_at >= $2
       AND ($3::timestamptz IS NULL OR i.issued_at <= $3)
       AND NOT EXISTS (SELECT 1 FROM procedure p WHERE p.decision_id = i.id) ORDER BY i.issued_at, i.id`,
    [roundId, opened.at, closed?.at ?? null],
  )
}
