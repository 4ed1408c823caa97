import { Injectable } from '@nestjs/common'
import { closeItem, getBoard, park, raiseLater, settleAction, type Action } from '@multilogue/shared/actions'
import type { InputOf } from '@multilogue/shared/contract'
import { must, mustBe } from '../access/caller.js'
import {
  itemOf,
  keepsBoard,
  mayCloseItem,
  mayRaiseLater,
  openMessage,
  type ItemRow,
} from '../access/dialogue.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { actionsOf, boardOf, laterThan } from './board.views.js'
import { bareThread } from './dialogue.views.js'

const KEEP = 'Chair, secretariat and rapporteur keep the board of an item.'

/** What comes of an agenda item. The item's row is locked, so that nothing is parked while the chair closes it. */
@Injectable()
export class BoardService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(getBoard)
  async getBoard(work: Reading, { agendaItemId }: InputOf<typeof getBoard>) {
    const { item, seat } = await itemOf(work, agendaItemId)
    return boardOf(work.db, item, seat)
  }

  @Handles(park)
  async park(work: Writing, { messageId, title, reason, owner, dueOn }: InputOf<typeof park>) {
    const { item, seat } = await this.itemOfMessage(work, messageId)
    must(keepsBoard(seat), KEEP)
    mustBe(item.state === 'open', 'The agenda item is closed.')
    return this.keep(work, item, { message_id: messageId, kind: 'parked', title, reason, owner, due_on: dueOn })
  }

  @Handles(raiseLater)
  async raiseLater(work: Writing, { messageId, title, reason, toItemId }: InputOf<typeof raiseLater>) {
    const { item, seat } = await this.itemOfMessage(work, messageId)
    must(mayRaiseLater(seat), 'Only the chair or the secretariat sends a matter to a later session.')
    mustBe(item.state === 'open', 'The agenda item is closed.')
    const later = await laterThan(work.db, item)
    if (!later.some(({ id }) => id === toItemId)) throw invalidInput('toItemId', 'Not an open item of a later session.')
    const { item: target } = await itemOf(work, toItemId)
    await this.links.add(work, { kind: 'message', id: messageId }, { kind: 'thread', id: target.thread_id })
    work.record(item.round_id, 'board.changed', { agendaItemId: toItemId })
    const arising = { kind: 'arising', title, reason, to_item_id: toItemId }
    return this.keep(work, item, { message_id: messageId, ...arising })
  }

  @Handles(settleAction)
  async settleAction(work: Writing, { actionId, owner, dueOn, state, revision }: InputOf<typeof settleAction>) {
    const known = await row<{ agenda_item_id: string }>(
      work.db,
      `SELECT agenda_item_id FROM item_action WHERE id = $1`,
      [actionId],
    )
    if (!known) throw nothingHere()
    const { item, seat } = await itemOf(work, known.agenda_item_id, 'lock')
    must(keepsBoard(seat), KEEP)
    const stands = await row<{ revision: number; to_item_id: string | null }>(
      work.db,
      `SELECT revision, to_item_id FROM item_action WHERE id = $1`,
      [actionId],
    )
    mustStandAt(stands!.revision, revision)
    await work.db.query(
      `UPDATE item_action SET owner = $2, due_on = $3, state = $4, revision = revision + 1 WHERE id = $1`,
      [actionId, owner, dueOn, state],
    )
    work.record(item.round_id, 'board.changed', { agendaItemId: item.id })
    if (stands!.to_item_id) work.record(item.round_id, 'board.changed', { agendaItemId: stands!.to_item_id })
    return (await actionsOf(work.db, item.id, seat, actionId))[0]!
  }

  /** The thread is closed and opened with its item. */
  @Handles(closeItem)
  async closeItem(work: Writing, { agendaItemId, state, reason, revision }: InputOf<typeof closeItem>) {
    const { db, now, record } = work
    const { item, seat } = await itemOf(work, agendaItemId, 'lock')
    must(mayCloseItem(seat), 'Only the chair closes an agenda item.')
    mustStandAt(item.revision, revision)
    mustBe(item.state !== state, `The agenda item is ${state} already.`)
    const closes = state === 'closed'
    if (closes && reason === '') {
      const unowned = (await actionsOf(db, agendaItemId, seat)).filter((action) => action.unowned)
      if (unowned.length > 0)
        throw new Refusal('action-unowned', undefined, { actions: unowned.map(({ id, title }) => ({ id, title })) })
    }
    await db.query(
      `UPDATE agenda_item SET state = $2, closed_at = $3, closed_reason = $4, revision = revision + 1 WHERE id = $1`,
      [agendaItemId, state, closes ? now : null, closes ? reason : ''],
    )
    await db.query(`UPDATE thread SET state = $2, revision = revision + 1 WHERE id = $1`, [item.thread_id, state])
    record(item.round_id, 'agenda.changed', { sessionId: item.session_id, agendaItemId })
    record(item.round_id, 'board.changed', { agendaItemId })
    record(item.round_id, 'thread.changed', { thread: (await bareThread(db, item.thread_id))! })
    return boardOf(db, item, seat)
  }

  private async itemOfMessage(work: Writing, messageId: string) {
    const { thread } = await openMessage(work, messageId)
    return itemOf(work, thread.agenda_item_id, 'lock')
  }

  private async keep(work: Writing, item: ItemRow, kept: Record<string, unknown>): Promise<Action> {
    const { db, caller, now, record } = work
    const seat = caller.seat!
    const id = newId()
    const by = { person_id: caller.personId, seat_id: seat.id, at: now }
    await insert(db, 'item_action', { id, agenda_item_id: item.id, ...kept, ...by })
    record(item.round_id, 'board.changed', { agendaItemId: item.id })
    return (await actionsOf(db, item.id, seat, id))[0]!
  }
}
