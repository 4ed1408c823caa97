import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import type { Role } from '@multilogue/shared/identity'
import { endSeat, giveSeat, inviteAgain } from '@multilogue/shared/seats'
import type { EntityManager } from 'typeorm'
import { must, mustBe, seatOf, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { isRoleOf, managesSeats, mayEnd, mayGive, type Place } from '../access/seat.access.js'
import { invalidInput, nothingHere, Refusal } from '../common/problem.js'
import { row } from '../common/sql.js'
import { Bus } from '../work/bus.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { Invitations } from './invitations.js'
import { People } from './people.js'

/** Who sits in a round: seats are given, and ended. */
@Injectable()
export class SeatsService {
  constructor(
    private readonly people: People,
    private readonly invitations: Invitations,
    private readonly bus: Bus,
  ) {}

  @Handles(giveSeat)
  async giveSeat(work: Writing, input: InputOf<typeof giveSeat>) {
    const { db, caller, record } = work
    const { roundId, delegationId, role, email, name, language } = input
    const acting = seatIn(caller, roundId)
    if (delegationId) {
      const of = await row(db, `SELECT 1 FROM delegation WHERE id = $1 AND round_id = $2`, [delegationId, roundId])
      if (!of) throw nothingHere()
    }
    must(mayGive(acting, input), 'Only the secretariat or the head of the delegation gives a seat.')
    await mustBeOpen(db, roundId)
    if (!isRoleOf(input))
      throw invalidInput('role', delegationId ? 'Not a role in a delegation.' : 'Only in a delegation.')
    const person = await this.people.known(work, email)
    const personId = person?.id ?? (await this.people.enrol(work, { email, name, language }))
    if (person && (await sits(db, { personId, roundId, delegationId }))) throw new Refusal('already-exists')
    const seatId = await this.people.seat(work, { personId, roundId, role, delegationId: delegationId ?? undefined })
    record(roundId, 'seat.given', { seatId })
    const invitation = person?.hasPassword
      ? { mailed: false, link: null }
      : await this.invitations.invite(work, { personId, seatId, handOver: managesSeats(acting) })
    return { seatId, name: person?.name ?? name, invitation }
  }

  @Handles(inviteAgain)
  async inviteAgain(work: Writing, { seatId }: InputOf<typeof inviteAgain>) {
    const { acting, seat } = await this.seatToManage(work, seatId)
    must(managesSeats(acting), 'The secretariat sends a new link.')
    work.record(acting.roundId, 'seat.invited', { seatId })
    return this.invitations.invite(work, { personId: seat.personId, seatId, handOver: true })
  }

  @Handles(endSeat)
  async endSeat(work: Writing, { seatId }: InputOf<typeof endSeat>) {
    const { db, now, record } = work
    const { acting, seat } = await this.seatToManage(work, seatId)
    must(mayEnd(acting, seat), 'Only the secretariat or the head of the delegation ends a seat.')
    await db.query(`UPDATE seat SET ended_at = $2 WHERE id = $1`, [seatId, now])
    record(acting.roundId, 'seat.ended', { seatId })
    await this.bus.wakeOnCommit(db, 'rights', seatId)
    return { done: true as const }
  }

  private async seatToManage({ db, caller }: Writing, seatId: string): Promise<{ acting: ActingSeat; seat: Held }> {
    const acting = seatOf(caller)
    const seat = await row<Held>(
      db,
      `SELECT round_id AS "roundId", delegation_id AS "delegationId", role, person_id AS "personId"
       FROM seat WHERE id = $1 AND ended_at IS NULL FOR UPDATE`,
      [seatId],
    )
    if (seat?.roundId !== acting.roundId) throw nothingHere()
    return { acting, seat }
  }
}

interface Held extends Place {
  roundId: string
  personId: string
  role: Role
}

async function mustBeOpen(db: EntityManager, roundId: string): Promise<void> {
  const round = await row<{ status: string }>(db, `SELECT status FROM round WHERE id = $1 FOR SHARE`, [roundId])
  mustBe(round?.status !== 'closed', 'The round is closed.')
}

const sits = (
  db: EntityManager,
  { personId, roundId, delegationId }: { personId: string; roundId: string; delegationId: string | null },
) =>
  row(
    db,
    `SELECT 1 FROM seat WHERE person_id = $1 AND round_id = $2 AND delegation_id IS NOT DISTINCT FROM $3
       AND ended_at IS NULL`,
    [personId, roundId, delegationId],
  )
