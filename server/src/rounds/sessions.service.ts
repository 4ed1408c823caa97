import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import type { SessionChange } from '@multilogue/shared/events'
import { addAgendaItem, conductSession, getSession, scheduleSession, type AgendaItem } from '@multilogue/shared/rounds'
import { conducts, isStaff, must, mustBe } from '../access/caller.js'
import { inRound, seatIn } from '../access/round.access.js'
import { visibleDocument } from '../access/document.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { DialogueService } from '../dialogue/dialogue.service.js'
import { missingOf } from '../reviews/reviews.views.js'
import { FloorService } from '../speakers/floor.service.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { sessionMay } from './rounds.workflow.js'
import { itemsOf, sessionView } from './rounds.views.js'

interface Sitting {
  formality: string
  suspended_until: Date | string | null
}

interface ItemBehind {
  roundId: string
  sessionId: string
  title: string
  questions?: string[]
  documentId?: string | null
}

/** How the session sits after the act. Until when it is suspended is known only while it is. */
function sittingAfter(found: Sitting, input: InputOf<typeof conductSession>, status: string): Sitting {
  const { formality = found.formality, suspendedUntil } = input
  if (formality !== found.formality) mustBe(status === 'live', 'How a session sits is said while it is live.')
  if (formality === 'suspended')
    return { formality, suspended_until: suspendedUntil === undefined ? found.suspended_until : suspendedUntil }
  if (suspendedUntil) throw invalidInput('suspendedUntil', 'Only a suspended session goes on later.')
  return { formality, suspended_until: null }
}

/** @throws Refusal invalid-input */
export function mustEndAfter(startsAt: string, endsAt: string): void {
  if (Date.parse(endsAt) <= Date.parse(startsAt)) throw invalidInput('endsAt', 'The end must be after the start.')
}

function changesIn(
  before: { status: string; current_item_id: string | null; formality: string },
  after: { status: string; currentItemId: string | null; formality: string },
): SessionChange[] {
  return [
    ...(after.status !== before.status ? ([after.status === 'cancelled' ? 'cancelled' : 'status'] as const) : []),
    ...(after.currentItemId !== before.current_item_id ? (['item'] as const) : []),
    ...(after.formality !== before.formality ? (['sitting'] as const) : []),
  ]
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly dialogue: DialogueService,
    private readonly links: TraceLinks,
    private readonly floor: FloorService,
  ) {}

  @Handles(scheduleSession)
  async scheduleSession({ db, caller, record }: Writing, input: InputOf<typeof scheduleSession>) {
    const seat = seatIn(caller, input.roundId)
    must(isStaff(seat), 'Only the secretariat schedules sessions.')
    const { roundId, kind, title, startsAt, endsAt, timeZone, venue } = input
    mustEndAfter(startsAt, endsAt)
    const id = newId()
    const times = { starts_at: startsAt, ends_at: endsAt, time_zone: timeZone }
    await insert(db, 'session', { id, round_id: roundId, kind, title, ...times, venue, status: 'confirmed' })
    record(roundId, 'session.changed', {
      ...{ sessionId: id, currentItemId: null, status: 'confirmed' },
      changes: ['scheduled'],
    })
    return (await sessionView(db, id, seat))!
  }

  @Handles(getSession)
  async getSession(work: Reading, { sessionId }: InputOf<typeof getSession>) {
    const { seat } = await inRound(work, 'session', sessionId)
    const items = await itemsOf(work.db, sessionId)
    return { ...(await sessionView(work.db, sessionId, seat))!, items }
  }

  @Handles(conductSession)
  async conductSession(work: Writing, input: InputOf<typeof conductSession>) {
    const { db, record } = work
    const { sessionId, status, currentItemId, revision } = input
    type Row = Sitting & { status: string; revision: number; current_item_id: string | null }
    const { found, seat } = await inRound<Row & { id: string }>(work, 'session', sessionId, 'lock')
    must(conducts(seat), 'Only the chair or the secretariat conducts a session.')
    mustStandAt(found.revision, revision)
    if (status !== undefined && status !== found.status)
      mustBe(sessionMay(found.status, status), `A session that is ${found.status} cannot become ${status}.`)
    const missing = status === 'live' ? await missingOf(db, sessionId) : undefined
    if (missing) throw new Refusal('wrong-state', missing)
    if (currentItemId !== undefined) {
      mustBe((status ?? found.status) === 'live', 'An item can be called up only while the session is live.')
      const item = await row(db, `SELECT 1 FROM agenda_item WHERE id = $1 AND session_id = $2`, [
        currentItemId,
        sessionId,
      ])
      if (!item) throw invalidInput('currentItemId', 'Not an item of this session.')
    }
    const now = { status: status ?? found.status, currentItemId: currentItemId ?? found.current_item_id }
    const sitting = sittingAfter(found, input, now.status)
    const isCancelled = now.status === 'cancelled' && found.status !== 'cancelled'
    await db.query(
      `UPDATE session SET status = $2, current_item_id = $3, formality = $4, suspended_until = $5, revision = revision + 1,
         sequence = sequence + $6 WHERE id = $1`,
      [...[sessionId, now.status, now.currentItemId, sitting.formality, sitting.suspended_until], isCancelled ? 1 : 0],
    )
    const isInterrupted = now.status !== 'live' || now.currentItemId !== found.current_item_id
    if (sitting.formality === 'suspended' || isInterrupted) await this.floor.pauseAll(work, found)
    record(found.round_id, 'session.changed', {
      ...{ sessionId, ...now },
      changes: changesIn(found, { ...now, formality: sitting.formality }),
    })
    return (await sessionView(db, sessionId, seat))!
  }

  @Handles(addAgendaItem)
  async addAgendaItem(
    work: Writing,
    { sessionId, number, title, questions, documentId }: InputOf<typeof addAgendaItem>,
  ) {
    const { found, seat } = await inRound<{ status: string }>(work, 'session', sessionId, 'lock')
    must(isStaff(seat), 'Only the secretariat adds agenda items.')
    mustBe(found.status !== 'ended' && found.status !== 'cancelled', `The session is ${found.status}.`)
    if (documentId) await visibleDocument(work, documentId)
    const item = { sessionId, number, title, questions, documentId: documentId ?? null }
    return this.add(work, { roundId: found.round_id, ...item })
  }

  /** An item behind the others, whatever has become of the session; who may is asked before. */
  async addBehind(
    work: Writing,
    { roundId, sessionId, title, questions = [], documentId = null }: ItemBehind,
  ): Promise<AgendaItem> {
    await work.db.query(`SELECT 1 FROM session WHERE id = $1 FOR UPDATE`, [sessionId])
    const last = await row<{ number: number }>(
      work.db,
      `SELECT coalesce(max(split_part(number, '.', 1)::int), 0) AS number FROM agenda_item WHERE session_id = $1`,
      [sessionId],
    )
    return this.add(work, { roundId, sessionId, number: String(last!.number + 1), title, questions, documentId })
  }

  private async add(
    work: Writing,
    item: Omit<AgendaItem, 'id' | 'threadId' | 'state'> & { roundId: string },
  ): Promise<AgendaItem> {
    const { roundId, ...shown } = item
    const { sessionId, number, title, questions, documentId } = shown
    const id = newId()
    await insert(work.db, 'agenda_item', {
      id,
      session_id: sessionId,
      number,
      title,
      questions,
      document_id: documentId,
    })
    const threadId = await this.dialogue.openThread(work, { roundId, agendaItemId: id, title })
    await this.links.add(work, { kind: 'session', id: sessionId }, { kind: 'thread', id: threadId })
    work.record(roundId, 'agenda.changed', { sessionId, agendaItemId: id })
    return { id, ...shown, threadId, state: 'open' }
  }
}
