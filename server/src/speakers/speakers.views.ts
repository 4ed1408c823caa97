import { secondsSpoken, type ListAct, type Slot, type Speakers } from '@multilogue/shared/speakers'
import type { RoundRules } from '@multilogue/shared/rules'
import { directionOf, type Language } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import {
  isOwnTurn,
  mayAsk,
  mayAskForGroup,
  mayConductList,
  mayDissociate,
  mayReadStatement,
  mayRule,
  mayShowPassage,
  mayWithdraw,
  type ItemRow,
} from '../access/speaker.access.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

interface Stored extends Omit<Slot, 'statement' | 'spokenSeconds' | 'overrunSeconds' | 'may'> {
  statement: { body: string; language: Language } | null
  /** Which right of reply of its delegation on the item it is; counts from 1. */
  replyNo: number
}

/** Which right of reply of its delegation on the item a turn `s` is; 0 for what is none. */
export const REPLY_NO = `CASE WHEN s.kind = 'reply' THEN (SELECT count(*)::int FROM speaker_slot e
  WHERE e.agenda_item_id = s.agenda_item_id AND e.delegation_id = s.delegation_id AND e.kind = 'reply'
    AND e.state <> 'withdrawn' AND e.id <= s.id) ELSE 0 END`

const SLOTS = `
  SELECT s.id, s.agenda_item_id AS "agendaItemId", s.kind, s.state, ${instant('s.asked_at')} AS "askedAt",
    ${instant('s.began_at')} AS "beganAt", ${instant('s.ended_at')} AS "endedAt", ${instant('s.paused_at')} AS "pausedAt",
    s.paused_ms AS "pausedMs", s.limit_seconds AS "limitSeconds", s.ruling, s.message_id AS "messageId",
    json_build_object('id', d.id, 'code', d.code, 'name', d.name) AS delegation,
    CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'code', b.code, 'name', b.name, 'members',
      (SELECT coalesce(json_agg(json_build_object('id', md.id, 'code', md.code, 'name', md.name,
           'out', EXISTS (SELECT 1 FROM speaker_dissociation o WHERE o.slot_id = s.id AND o.delegation_id = md.id))
           ORDER BY md.code), '[]')
         FROM body_member m JOIN delegation md ON md.id = m.delegation_id WHERE m.body_id = b.id)) END AS "group",
    CASE WHEN w.slot_id IS NOT NULL THEN json_build_object('body', w.body, 'language', w.language) END AS statement,
    ${REPLY_NO} AS "replyNo"
  FROM speaker_slot s JOIN delegation d ON d.id = s.delegation_id LEFT JOIN body b ON b.id = s.body_id
  LEFT JOIN speaker_statement w ON w.slot_id = s.id
  WHERE s.agenda_item_id = $1 ORDER BY s.place, s.ended_at DESC, s.id`

/** What the rules give a turn. null: no limit. */
export function limitFor(kind: Slot['kind'], replyNo: number, rules: RoundRules): number | null {
  if (kind === 'statement') return rules.speakSeconds
  if (kind === 'point_of_order') return null
  return rules.replySeconds[replyNo - 1] ?? rules.replySeconds.at(-1) ?? null
}

function viewOf({ replyNo, ...slot }: Stored, item: ItemRow, seat: ActingSeat, lastDone: boolean, now: Date): Slot {
  const { state, kind } = slot
  const owned = { delegation_id: slot.delegation.id }
  const conducts = mayConductList(seat)
  const limitSeconds = slot.beganAt === null ? limitFor(kind, replyNo, item.rules) : slot.limitSeconds
  const spokenSeconds = secondsSpoken(slot, now.getTime())
  const members = slot.group?.members.map(({ id }) => id) ?? []
  const isOpen = state === 'listed' || state === 'speaking'
  const acts = named({
    withdraw: state === 'listed' && mayWithdraw(seat, owned),
    give: state === 'listed' && conducts,
    move: state === 'listed' && conducts,
    end: state === 'speaking' && conducts,
    pause: state === 'speaking' && conducts && slot.pausedAt === null,
    resume: state === 'speaking' && conducts && slot.pausedAt !== null,
    return: state === 'done' && conducts && lastDone,
    rule: kind === 'point_of_order' && (state === 'speaking' || state === 'done') && mayRule(seat),
    'hand-in': isOpen && isOwnTurn(seat, owned),
    dissociate: state !== 'withdrawn' && mayDissociate(seat, owned, members),
  })
  return {
    ...slot,
    limitSeconds,
    spokenSeconds,
    overrunSeconds: Math.max(0, (spokenSeconds ?? 0) - (limitSeconds ?? Infinity)),
    statement:
      slot.statement && mayReadStatement(seat, owned)
        ? { ...slot.statement, dir: directionOf(slot.statement.language) }
        : null,
    may: acts,
  }
}

interface Reader {
  db: EntityManager
  item: ItemRow
  seat: ActingSeat
  now: Date
}

/** Every turn on the item's list that was not withdrawn, or the one turn whatever became of it. */
async function slotsOf({ db, item, seat, now }: Reader): Promise<Slot[]> {
  const stored = await rows<Stored>(db, SLOTS, [item.agenda_item_id])
  const lastDone = stored.find(({ state }) => state === 'done')?.id
  return stored.map((slot) => viewOf(slot, item, seat, slot.id === lastDone, now))
}

export async function slotView(reader: Reader, slotId: string): Promise<Slot> {
  return (await slotsOf(reader)).find(({ id }) => id === slotId)!
}

export async function speakersView(reader: Reader): Promise<Speakers> {
  const { db, item, seat, now } = reader
  const slots = await slotsOf(reader)
  const list = await row<{ open: boolean; revision: number; paragraph_id: string | null }>(
    db,
    `SELECT open, revision, paragraph_id FROM speakers_list WHERE agenda_item_id = $1`,
    [item.agenda_item_id],
  )
  const speaking = slots.filter(({ state }) => state === 'speaking')
  const pointOfOrder = speaking.find(({ kind }) => kind === 'point_of_order')
  const speaker = speaking.find(({ kind }) => kind !== 'point_of_order')
  const acts = named({
    statement: mayAsk(seat, item, 'statement'),
    group: mayAskForGroup(seat, item),
    reply: mayAsk(seat, item, 'reply'),
    point_of_order: mayAsk(seat, item, 'point_of_order'),
    conduct: mayConductList(seat),
    show: item.document_id !== null && mayShowPassage(seat),
  })
  const isOver = item.status === 'ended' || item.status === 'cancelled'
  return {
    agendaItemId: item.agenda_item_id,
    sessionId: item.session_id,
    open: list?.open ?? true,
    revision: list?.revision ?? 1,
    now: now.toISOString(),
    current: pointOfOrder ?? speaker ?? null,
    interrupted: pointOfOrder && speaker ? speaker : null,
    listed: slots.filter(({ state }) => state === 'listed'),
    spoken: slots.filter(({ state }) => state === 'done'),
    paragraphId: list?.paragraph_id ?? null,
    trail: await trailOf(db, item.agenda_item_id),
    may: isOver ? [] : acts,
  }
}

const trailOf = (db: EntityManager, agendaItemId: string): Promise<ListAct[]> =>
  rows<ListAct>(
    db,
    `SELECT a.act, d.code AS "delegationCode", a.from_place AS "from", a.to_place AS "to", p.name AS by,
       ${instant('a.at')} AS at
     FROM speakers_act a JOIN person p ON p.id = a.person_id LEFT JOIN speaker_slot s ON s.id = a.slot_id
     LEFT JOIN delegation d ON d.id = s.delegation_id WHERE a.agenda_item_id = $1 ORDER BY a.number DESC`,
    [agendaItemId],
  )
