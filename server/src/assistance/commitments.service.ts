import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  confirmCommitment,
  deliverCommitment,
  listCommitments,
  withdrawCommitment,
} from '@multilogue/shared/commitments'
import { decides, isStaff, must, mustBe } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { nextOf } from '../common/pages.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { commitmentsOf, countCommitments } from './commitments.views.js'

interface CommitmentRow {
  id: string
  state: string
  pledged: number
  confirmed: number | null
  delivered: number
  unit: string
  revision: number
  provider_id: string
  beneficiary_id: string
  round_id: string
  recommendation_id: string | null
}

/** What providers promised. The provider says what it stands for, the beneficiary what has arrived. */
@Injectable()
export class CommitmentsService {
  @Handles(listCommitments)
  async listCommitments({ db, caller }: Reading, { roundId, matchId, after, limit }: InputOf<typeof listCommitments>) {
    const seat = seatIn(caller, roundId)
    const which = matchId ? { matchIds: [matchId] } : {}
    const [commitments, total] = await Promise.all([
      commitmentsOf(db, seat, { ...which, after, limit }),
      after ? null : countCommitments(db, seat, which),
    ])
    return { commitments, total, next: nextOf(commitments, limit) }
  }

  @Handles(confirmCommitment)
  async confirmCommitment(work: Writing, input: InputOf<typeof confirmCommitment>) {
    const { found, seat } = await this.find(work, input.commitmentId)
    must(
      seat.delegationId === found.provider_id && decides(seat),
      'Only the head or alternate of the provider confirms.',
    )
    mustBe(found.state === 'pledged', `The commitment is ${found.state}.`)
    mustStandAt(found.revision, input.revision)
    const { amount, tranches } = input
    if (amount > found.pledged) throw invalidInput('amount', 'More than was pledged.')
    const parted = tranches.reduce((sum, part) => sum + part.amount, 0)
    if (tranches.length > 0 && Math.abs(parted - amount) > 0.005)
      throw invalidInput('tranches', 'The years do not add up to the amount.')
    if (new Set(tranches.map(({ year }) => year)).size < tranches.length)
      throw invalidInput('tranches', 'A year is named twice.')
    await work.db.query(
      `UPDATE commitment SET state = 'confirmed', confirmed = $2, tranches = $3, confirmed_at = $4, revision = revision + 1 WHERE id = $1`,
      [found.id, amount, JSON.stringify(tranches), work.now],
    )
    return this.told(work, found)
  }

  @Handles(deliverCommitment)
  async deliverCommitment(work: Writing, { commitmentId, amount, revision }: InputOf<typeof deliverCommitment>) {
    const { found, seat } = await this.find(work, commitmentId)
    const receives = seat.delegationId === found.beneficiary_id && decides(seat)
    must(receives || isStaff(seat), 'Only the beneficiary or the secretariat confirms delivery.')
    mustBe(found.state === 'confirmed' || found.state === 'partly_delivered', `The commitment is ${found.state}.`)
    mustStandAt(found.revision, revision)
    // In the database's own decimals: what is left of 1000.3 after 1000.1 is 0.2.
    const moved = await rows(
      work.db,
      `UPDATE commitment SET delivered = delivered + coalesce($2::numeric, confirmed - delivered), delivered_at = $3, revision = revision + 1,
         state = CASE WHEN delivered + coalesce($2::numeric, confirmed - delivered) >= confirmed THEN 'delivered' ELSE 'partly_delivered' END
       WHERE id = $1 AND delivered + coalesce($2::numeric, confirmed - delivered) <= confirmed RETURNING id`,
      [found.id, amount, work.now],
    )
    if (moved.length === 0) throw invalidInput('amount', 'More than is left to deliver.')
    return this.told(work, found)
  }

  @Handles(withdrawCommitment)
  async withdrawCommitment(work: Writing, { commitmentId, reason, revision }: InputOf<typeof withdrawCommitment>) {
    const { found, seat } = await this.find(work, commitmentId)
    must(
      seat.delegationId === found.provider_id && decides(seat),
      'Only the head or alternate of the provider withdraws.',
    )
    mustBe(found.state !== 'delivered' && found.state !== 'withdrawn', `The commitment is ${found.state}.`)
    mustStandAt(found.revision, revision)
    await work.db.query(
      `UPDATE commitment SET state = 'withdrawn', withdrawn_reason = $2, revision = revision + 1 WHERE id = $1`,
      [found.id, reason],
    )
    return this.told(work, found)
  }

  private async find({ db, caller }: Writing, id: string) {
    const found = await row<CommitmentRow>(
      db,
      `SELECT k.id, k.state, k.pledged::float8, k.confirmed::float8, k.delivered::float8, k.unit, k.revision,
         k.delegation_id AS provider_id, b.delegation_id AS beneficiary_id, m.round_id, m.recommendation_id
       FROM commitment k JOIN match m ON m.id = k.match_id JOIN match_party b ON b.match_id = m.id AND b.role = 'beneficiary'
       WHERE k.id = $1 FOR UPDATE OF k`,
      [id],
    )
    const seat = seatIn(caller, found?.round_id)
    if (!found) throw nothingHere()
    return { found, seat }
  }

  private async told(work: Writing, found: CommitmentRow) {
    const { id, round_id: roundId, recommendation_id: recommendationId } = found
    work.record(roundId, 'commitment.changed', { commitmentId: id, recommendationId })
    return (await commitmentsOf(work.db, seatIn(work.caller, roundId), { id }))[0]!
  }
}
