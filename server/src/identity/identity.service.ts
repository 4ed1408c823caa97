import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { endSeat, setLanguage } from '@multilogue/shared/identity'
import { isStaff, must, seatOf } from '../access/caller.js'
import { nothingHere } from '../common/problem.js'
import { Bus } from '../work/bus.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'

@Injectable()
export class IdentityService {
  constructor(private readonly bus: Bus) {}

  @Handles(setLanguage)
  async setLanguage({ db, caller }: Writing, { language }: InputOf<typeof setLanguage>) {
    await db.query(`UPDATE person SET language = $2 WHERE id = $1`, [caller.personId, language])
    return { done: true as const }
  }

  /** The secretariat ends any seat of its round, the head of a delegation those of the delegation. */
  @Handles(endSeat)
  async endSeat({ db, caller, now, record }: Writing, { seatId }: InputOf<typeof endSeat>) {
    const acting = seatOf(caller)
    const [seat] = await db.query<{ round_id: string; delegation_id: string | null }[]>(
      `SELECT round_id, delegation_id FROM seat WHERE id = $1 AND ended_at IS NULL FOR UPDATE`,
      [seatId],
    )
    if (seat?.round_id !== acting.roundId) throw nothingHere()
    const ownDelegation = acting.role === 'head' && seat.delegation_id === acting.delegationId
    must(
      isStaff(acting) || acting.role === 'admin' || ownDelegation,
      'Only the secretariat or the head of the delegation ends a seat.',
    )
    await db.query(`UPDATE seat SET ended_at = $2 WHERE id = $1`, [seatId, now])
    record(acting.roundId, 'seat.ended', { seatId })
    await this.bus.wakeOnCommit(db, 'rights', seatId)
    return { done: true as const }
  }
}
