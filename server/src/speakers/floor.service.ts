import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  conductList,
  endFloor,
  giveFloor,
  moveSpeaker,
  pauseTimer,
  returnSpeaker,
  rule,
  type Slot,
} from '@multilogue/shared/speakers'
import type { EntityManager } from 'typeorm'
import { must, mustBe } from '../access/caller.js'
import {
  lockedList,
  lockedSlot,
  mayConductList,
  mayRule,
  type ItemRow,
  type SlotRow,
} from '../access/speaker.access.js'
import { Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row, rows } from '../common/sql.js'
import { DialogueService } from '../dialogue/dialogue.service.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { heard, listedOn, renumber } from './list.rows.js'
import { moved } from './speaking-order.js'
import { limitFor, REPLY_NO, slotView, speakersView } from './speakers.views.js'

const CONDUCT = 'Only the chair or the secretariat conducts the list of speakers.'

/** What chair and secretariat do with a list of speakers. */
@Injectable()
export class FloorService {
  constructor(private readonly dialogue: DialogueService) {}

  @Handles(giveFloor)
  async giveFloor(work: Writing, { slotId, ending }: InputOf<typeof giveFloor>): Promise<Slot> {
    const { db, now } = work
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayConductList(seat), CONDUCT)
    mustBe(item.status === 'live', 'The floor is given while the session is live.')
    mustBe(item.current_item_id === item.agenda_item_id, 'Another item is on the floor.')
    if (item.formality === 'suspended') throw new Refusal('sitting-suspended')
    mustBe(slot.state === 'listed', `The turn is ${slot.state}.`)
    await this.makeRoom(work, { item, slot, ending })
    const replyNo = await this.replyNo(db, slotId)
    await db.query(
      `UPDATE speaker_slot SET state = 'speaking', place = NULL, began_at = $2, limit_seconds = $3 WHERE id = $1`,
      [slotId, now, limitFor(slot.kind, replyNo, item.rules)],
    )
    await renumber(db, item.agenda_item_id)
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(endFloor)
  async endFloor(work: Writing, { slotId }: InputOf<typeof endFloor>): Promise<Slot> {
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayConductList(seat), CONDUCT)
    mustBe(slot.state === 'speaking', `The turn is ${slot.state}.`)
    await this.end(work, item, slot)
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(pauseTimer)
  async pauseTimer(work: Writing, { slotId, paused }: InputOf<typeof pauseTimer>): Promise<Slot> {
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayConductList(seat), CONDUCT)
    mustBe(slot.state === 'speaking', `The turn is ${slot.state}.`)
    mustBe((slot.paused_at !== null) !== paused, `The timer ${paused ? 'stands' : 'runs'} already.`)
    if (!paused && item.formality === 'suspended') throw new Refusal('sitting-suspended')
    await work.db.query(paused ? PAUSE : RESUME, [[slotId], work.now])
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(moveSpeaker)
  async moveSpeaker(work: Writing, { slotId, to, revision }: InputOf<typeof moveSpeaker>): Promise<Slot> {
    const { db } = work
    const { item, seat, slot, list } = await lockedSlot(work, slotId)
    must(mayConductList(seat), CONDUCT)
    mustBe(slot.state === 'listed', `The turn is ${slot.state}.`)
    mustStandAt(list.revision, revision)
    const listed = await listedOn(db, item.agenda_item_id)
    const order = moved(
      listed.map(({ id }) => id),
      slot.place! - 1,
      to - 1,
    )
    await renumber(db, item.agenda_item_id, order)
    const places = { from_place: slot.place, to_place: order.indexOf(slotId) + 1 }
    await this.note(work, item, { slot_id: slotId, act: 'moved', ...places })
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  /** Its timer begins anew when it has the floor again; what was published stays in the thread. */
  @Handles(returnSpeaker)
  async returnSpeaker(work: Writing, { slotId }: InputOf<typeof returnSpeaker>): Promise<Slot> {
    const { db } = work
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayConductList(seat), CONDUCT)
    const last = await row<{ id: string }>(
      db,
      `SELECT id FROM speaker_slot WHERE agenda_item_id = $1 AND state = 'done' ORDER BY ended_at DESC, id LIMIT 1`,
      [item.agenda_item_id],
    )
    mustBe(slot.state === 'done' && slot.id === last?.id, 'Only the one who spoke last is put back.')
    const order = (await listedOn(db, item.agenda_item_id)).map(({ id }) => id)
    await db.query(
      `UPDATE speaker_slot SET state = 'listed', place = $2, began_at = NULL, ended_at = NULL, paused_ms = 0,
         limit_seconds = NULL WHERE id = $1`,
      [slotId, order.length + 1],
    )
    await renumber(db, item.agenda_item_id, [slotId, ...order])
    await this.note(work, item, { slot_id: slotId, act: 'returned' })
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(rule)
  async rule(work: Writing, { slotId, ruling }: InputOf<typeof rule>): Promise<Slot> {
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayRule(seat), 'Only the chair rules on a point of order.')
    mustBe(slot.kind === 'point_of_order', 'There is no point of order to rule on.')
    mustBe(slot.state === 'speaking' || slot.state === 'done', `The point of order is ${slot.state}.`)
    await work.db.query(`UPDATE speaker_slot SET ruling = $2 WHERE id = $1`, [slotId, ruling])
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(conductList)
  async conductList(work: Writing, { agendaItemId, open, revision }: InputOf<typeof conductList>) {
    const { db } = work
    const { item, seat, list } = await lockedList(work, agendaItemId)
    must(mayConductList(seat), CONDUCT)
    mustStandAt(list.revision, revision)
    mustBe(list.open !== open, `The list is ${open ? 'open' : 'closed'} already.`)
    await db.query(`UPDATE speakers_list SET open = $2, revision = revision + 1 WHERE agenda_item_id = $1`, [
      agendaItemId,
      open,
    ])
    await this.note(work, item, { act: open ? 'opened' : 'closed' })
    heard(work, item)
    return speakersView({ ...work, item, seat })
  }

  /** The timers stand while the sitting is suspended. Called by the rounds room, which holds the session. */
  async pauseAll(work: Writing, session: { id: string; round_id: string }): Promise<void> {
    const speaking = await rows<{ id: string; agenda_item_id: string }>(
      work.db,
      `SELECT s.id, s.agenda_item_id FROM speaker_slot s JOIN agenda_item i ON i.id = s.agenda_item_id
       WHERE i.session_id = $1 AND s.state = 'speaking' AND s.paused_at IS NULL`,
      [session.id],
    )
    await work.db.query(PAUSE, [speaking.map(({ id }) => id), work.now])
    for (const { agenda_item_id: agendaItemId } of speaking)
      work.record(session.round_id, 'speakers.changed', { sessionId: session.id, agendaItemId })
  }

  /**
   * A point of order stops who speaks; everybody else waits until the floor is free, or is freed with this act.
   * @throws Refusal floor-taken, also when `ending` has ended meanwhile
   */
  private async makeRoom(
    work: Writing,
    { item, slot, ending }: { item: ItemRow; slot: SlotRow; ending: string | undefined },
  ): Promise<void> {
    const speaking = await rows<SlotRow>(
      work.db,
      `SELECT * FROM speaker_slot WHERE agenda_item_id = $1 AND state = 'speaking'`,
      [item.agenda_item_id],
    )
    const ended = speaking.find(({ id }) => id === ending)
    if (ending !== undefined && !ended) throw new Refusal('floor-taken')
    const others = speaking.filter((turn) => turn !== ended)
    const isInterrupting = slot.kind === 'point_of_order' && others.every(({ kind }) => kind !== 'point_of_order')
    if (others.length > 0 && !isInterrupting) throw new Refusal('floor-taken')
    if (ended) await this.end(work, item, ended)
    const running = others.filter((turn) => turn.paused_at === null)
    await work.db.query(PAUSE, [running.map(({ id }) => id), work.now])
  }

  private async end(work: Writing, item: ItemRow, slot: SlotRow): Promise<void> {
    const { db, now } = work
    await db.query(RESUME, [[slot.id], now])
    await db.query(`UPDATE speaker_slot SET state = 'done', ended_at = $2 WHERE id = $1`, [slot.id, now])
    type Words = { body: string; language: string; person_id: string; seat_id: string }
    const words = await row<Words>(db, `SELECT * FROM speaker_statement WHERE slot_id = $1`, [slot.id])
    if (!words || slot.message_id) return
    const { person_id: personId, seat_id: seatId, body, language } = words
    const messageId = await this.dialogue.publish(work, item.thread_id, {
      personId,
      seatId,
      onBehalfOf: slot.body_id,
      body,
      language,
    })
    await db.query(`UPDATE speaker_slot SET message_id = $2 WHERE id = $1`, [slot.id, messageId])
  }

  private async replyNo(db: EntityManager, slotId: string): Promise<number> {
    const found = await row<{ no: number }>(db, `SELECT ${REPLY_NO} AS no FROM speaker_slot s WHERE s.id = $1`, [
      slotId,
    ])
    return found!.no
  }

  private async note({ db, caller, now }: Writing, item: ItemRow, act: Record<string, unknown>): Promise<void> {
    await insert(db, 'speakers_act', {
      agenda_item_id: item.agenda_item_id,
      ...act,
      person_id: caller.personId,
      seat_id: caller.seat!.id,
      at: now,
    })
  }
}

const PAUSE = `UPDATE speaker_slot SET paused_at = $2 WHERE id = ANY($1) AND paused_at IS NULL`
/** What stood is added up, so that the time spoken never depends on how often the timer was stopped. */
const RESUME = `UPDATE speaker_slot SET paused_at = NULL,
  paused_ms = paused_ms + (extract(epoch FROM $2::timestamptz - paused_at) * 1000)::int
  WHERE id = ANY($1) AND paused_at IS NOT NULL`
