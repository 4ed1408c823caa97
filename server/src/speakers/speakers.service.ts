import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  askForFloor,
  dissociate,
  getSpeakers,
  handIn,
  withdrawFromList,
  type Slot,
  type SpeakingKind,
} from '@multilogue/shared/speakers'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import {
  isOwnTurn,
  listOfItem,
  lockedList,
  lockedSlot,
  mayAsk,
  mayAskForGroup,
  mayDissociate,
  mayWithdraw,
  type ItemRow,
} from '../access/speaker.access.js'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { heard, listedOn, renumber } from './list.rows.js'
import { placeAmong } from './speaking-order.js'
import { slotView, speakersView } from './speakers.views.js'

/** What delegations do with a list of speakers. */
@Injectable()
export class SpeakersService {
  @Handles(getSpeakers)
  async getSpeakers(work: Reading, { agendaItemId }: InputOf<typeof getSpeakers>) {
    return speakersView({ ...work, ...(await listOfItem(work, agendaItemId)) })
  }

  /** Asking is possible before the session, and while it is suspended. */
  @Handles(askForFloor)
  async askForFloor(work: Writing, { agendaItemId, kind, onBehalfOf }: InputOf<typeof askForFloor>): Promise<Slot> {
    const { db, caller, now } = work
    const { item, seat, list } = await lockedList(work, agendaItemId)
    must(mayAsk(seat, item, kind), 'Your seat has no floor on this item.')
    if (onBehalfOf) await this.mustSpeakFor(work, { item, seat, kind, bodyId: onBehalfOf })
    mustBe(item.status !== 'ended' && item.status !== 'cancelled', 'The session is over.')
    if (kind === 'statement' && !list.open) throw new Refusal('list-closed')
    await this.mustNotAskTwice(work, { item, seat, kind, bodyId: onBehalfOf ?? null })
    const listed = await listedOn(db, agendaItemId)
    const at = placeAmong(listed, { kind, forGroup: onBehalfOf !== undefined }, item.rules.groupsFirst)
    const id = newId()
    await insert(db, 'speaker_slot', {
      id,
      agenda_item_id: agendaItemId,
      delegation_id: seat.delegationId,
      body_id: onBehalfOf ?? null,
      person_id: caller.personId,
      seat_id: seat.id,
      kind,
      state: 'listed',
      place: listed.length + 1,
      asked_at: now,
    })
    const order = listed.map((turn) => turn.id)
    await renumber(db, agendaItemId, [...order.slice(0, at), id, ...order.slice(at)])
    heard(work, item)
    return slotView({ ...work, item, seat }, id)
  }

  @Handles(withdrawFromList)
  async withdrawFromList(work: Writing, { slotId }: InputOf<typeof withdrawFromList>): Promise<Slot> {
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(mayWithdraw(seat, slot), 'A turn is withdrawn by its delegation, or by who conducts the list.')
    mustBe(slot.state === 'listed', `The turn is ${slot.state}.`)
    await work.db.query(`UPDATE speaker_slot SET state = 'withdrawn', place = NULL WHERE id = $1`, [slotId])
    await renumber(work.db, item.agenda_item_id)
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  /** A member that was out and joins again leaves no mark: what is shown is how the group stands. */
  @Handles(dissociate)
  async dissociate(work: Writing, { slotId, out }: InputOf<typeof dissociate>): Promise<Slot> {
    const { db, now } = work
    const { item, seat, slot } = await lockedSlot(work, slotId)
    const members = await rows<{ id: string }>(db, `SELECT delegation_id AS id FROM body_member WHERE body_id = $1`, [
      slot.body_id,
    ])
    const mayDo = mayDissociate(
      seat,
      slot,
      members.map(({ id }) => id),
    )
    must(mayDo, 'Only the head or alternate of another member of the group says that it does not join.')
    mustBe(slot.state !== 'withdrawn', 'The turn is withdrawn.')
    await db.query(`DELETE FROM speaker_dissociation WHERE slot_id = $1 AND delegation_id = $2`, [
      slotId,
      seat.delegationId,
    ])
    if (out) await insert(db, 'speaker_dissociation', { slot_id: slotId, delegation_id: seat.delegationId, at: now })
    heard(work, item)
    return slotView({ ...work, item, seat }, slotId)
  }

  @Handles(handIn)
  async handIn(work: Writing, { slotId, body, language }: InputOf<typeof handIn>): Promise<Slot> {
    const { db, caller, now } = work
    const { item, seat, slot } = await lockedSlot(work, slotId)
    must(isOwnTurn(seat, slot), 'Only the delegation hands in the words of its own turn.')
    mustBe(slot.state === 'listed' || slot.state === 'speaking', `The turn is ${slot.state}.`)
    mustBe(slot.message_id === null, 'The statement is published; it is corrected in the thread.')
    await db.query(
      `INSERT INTO speaker_statement (slot_id, person_id, seat_id, language, body, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (slot_id) DO UPDATE SET person_id = $2, seat_id = $3, language = $4, body = $5, at = $6`,
      [slotId, caller.personId, seat.id, language, body, now],
    )
    heard(work, item, { delegationIds: [slot.delegation_id], secretariat: true })
    return slotView({ ...work, item, seat }, slotId)
  }

  /** A group speaks through the head or alternate of one of its members. */
  private async mustSpeakFor(
    { db }: Reading,
    { item, seat, kind, bodyId }: { item: ItemRow; seat: ActingSeat; kind: SpeakingKind; bodyId: string },
  ): Promise<void> {
    const member = mayAskForGroup(seat, item)
      ? await row(db, `SELECT 1 FROM body_member WHERE body_id = $1 AND delegation_id = $2`, [
          bodyId,
          seat.delegationId,
        ])
      : undefined
    must(member !== undefined, 'Only the head or alternate of a member speaks for a group.')
    mustBe(kind === 'statement', 'A group makes statements; replies and points of order are single delegations’.')
  }

  private async mustNotAskTwice(
    { db }: Reading,
    { item, seat, kind, bodyId }: { item: ItemRow; seat: ActingSeat; kind: SpeakingKind; bodyId: string | null },
  ): Promise<void> {
    const turns = await rows<{ body_id: string | null; state: string }>(
      db,
      `SELECT body_id, state FROM speaker_slot
       WHERE agenda_item_id = $1 AND delegation_id = $2 AND kind = $3 AND state <> 'withdrawn'`,
      [item.agenda_item_id, seat.delegationId, kind],
    )
    if (kind === 'reply') {
      if (turns.length >= item.rules.replySeconds.length) throw new Refusal('no-more-replies')
      return
    }
    const isListed = turns.some((turn) => turn.state === 'listed' && turn.body_id === bodyId)
    mustBe(!isListed, 'Your delegation is on the list already.')
  }
}
