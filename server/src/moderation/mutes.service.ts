import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import type { Role } from '@multilogue/shared/identity'
import { liftMute, mutePerson } from '@multilogue/shared/moderation'
import { must, mustBe } from '../access/caller.js'
import { keepsOrder } from '../access/dialogue.access.js'
import { seatIn } from '../access/round.access.js'
import { insert, row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { keepersAnd } from './keepers.js'
import { mutesOf } from './moderation.views.js'

/** A mute holds for all seats of the person in the round and ends by the clock. It touches nothing but statements. */
@Injectable()
export class MutesService {
  @Handles(mutePerson)
  async mutePerson(work: Writing, { seatId, minutes, reason }: InputOf<typeof mutePerson>) {
    const { db, now } = work
    const { seat, found } = await this.person(work, seatId)
    mustBe(found.role !== 'chair' && found.role !== 'secretariat', 'Who conducts the round is not muted.')
    await this.end(work, found)
    const until = new Date(now.getTime() + minutes * 60_000)
    const { round_id, person_id } = found
    await insert(db, 'mute', { round_id, person_id, reason, at: now, until, by_seat_id: seat.id })
    await this.tell(work, found)
    return (await mutesOf(work, round_id)).find((mute) => mute.seatId === seatId)!
  }

  @Handles(liftMute)
  async liftMute(work: Writing, { seatId }: InputOf<typeof liftMute>) {
    const { found } = await this.person(work, seatId)
    mustBe(await this.end(work, found), 'The person is not muted.')
    await this.tell(work, found)
    return { done: true as const }
  }

  private async person(work: Writing, seatId: string) {
    type Found = { id: string; role: Role; round_id: string; person_id: string }
    const found = await row<Found>(
      work.db,
      `SELECT id, role, round_id, person_id FROM seat WHERE id = $1 AND ended_at IS NULL FOR UPDATE`,
      [seatId],
    )
    const seat = seatIn(work.caller, found?.round_id)
    must(keepsOrder(seat), 'Only the chair or the secretariat keeps order.')
    return { seat, found: found! }
  }

  /** @returns whether there was one */
  private async end({ db, caller, now }: Writing, { round_id, person_id }: { round_id: string; person_id: string }) {
    const ended = await rows(
      db,
      `UPDATE mute SET lifted_at = $3, lifted_by_seat_id = $4
       WHERE round_id = $1 AND person_id = $2 AND lifted_at IS NULL AND until > $3 RETURNING id`,
      [round_id, person_id, now, caller.seat!.id],
    )
    return ended.length > 0
  }

  private async tell(work: Writing, { round_id, person_id }: { round_id: string; person_id: string }) {
    const seats = await rows<{ id: string }>(
      work.db,
      `SELECT id FROM seat WHERE round_id = $1 AND person_id = $2 AND ended_at IS NULL`,
      [round_id, person_id],
    )
    const concerned = keepersAnd(seats.map(({ id }) => id))
    work.record(round_id, 'moderation.changed', { threadId: null }, concerned)
  }
}
