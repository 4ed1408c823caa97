import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  formBody,
  getRound,
  listRounds,
  moveRound,
  registerDelegation,
  setCredentials,
} from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import type { EntityManager } from 'typeorm'
import { isStaff, must, mustBe } from '../access/caller.js'
import { inRound, lockRound, seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, rows } from '../common/sql.js'
import { Bus } from '../work/bus.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { credentialsMay, roundMay } from './rounds.workflow.js'
import {
  agendaOf,
  bodiesOf,
  delegationsOf,
  delegationView,
  officersOf,
  roundsOf,
  roundView,
  sessionsOf,
} from './rounds.views.js'

@Injectable()
export class RoundsService {
  constructor(private readonly bus: Bus) {}

  @Handles(listRounds)
  listRounds({ db, caller }: Reading) {
    return roundsOf(db, caller.personId, caller.seat)
  }

  @Handles(getRound)
  async getRound({ db, caller }: Reading, { roundId }: InputOf<typeof getRound>) {
    const seat = seatIn(caller, roundId)
    const [round, sessions, delegations, bodies, officers, agenda] = await Promise.all([
      roundView(db, roundId, seat),
      sessionsOf(db, roundId, seat),
      delegationsOf(db, roundId, seat),
      bodiesOf(db, roundId),
      officersOf(db, roundId, seat),
      agendaOf(db, roundId),
    ])
    if (!round) throw nothingHere()
    return { ...round, sessions, delegations, bodies, officers, agenda }
  }

  @Handles(moveRound)
  async moveRound({ db, caller, now, record }: Writing, { roundId, status, revision }: InputOf<typeof moveRound>) {
    const seat = seatIn(caller, roundId)
    must(isStaff(seat), 'Only the secretariat moves a round.')
    const round = await lockedAt(db, roundId, revision)
    mustBe(roundMay(round.status, status), `A round that is ${round.status} cannot become ${status}.`)
    await db.query(
      `UPDATE round SET status = $2, revision = revision + 1, opened_at = CASE $2 WHEN 'open' THEN $3 ELSE opened_at END,
         closed_at = CASE $2 WHEN 'closed' THEN $3 ELSE closed_at END WHERE id = $1`,
      [roundId, status, now],
    )
    record(roundId, 'round.moved', { roundId, status })
    return (await roundView(db, roundId, seat))!
  }

  @Handles(setRules)
  async setRules({ db, caller, record }: Writing, { roundId, rules, revision }: InputOf<typeof setRules>) {
    const seat = seatIn(caller, roundId)
    must(isStaff(seat), 'Only the secretariat sets the rules of a round.')
    const round = await lockedAt(db, roundId, revision)
    mustBe(round.status !== 'closed', 'The round is closed.')
    await db.query(`UPDATE round SET rules = $2, revision = revision + 1 WHERE id = $1`, [
      roundId,
      JSON.stringify(rules),
    ])
    record(roundId, 'round.ruled', { roundId })
    return { roundId, rules, revision: revision + 1 }
  }

  @Handles(registerDelegation)
  async registerDelegation({ db, caller, record }: Writing, input: InputOf<typeof registerDelegation>) {
    const seat = seatIn(caller, input.roundId)
    must(isStaff(seat), 'Only the secretariat registers delegations.')
    const id = newId()
    const { roundId, code, name, kind } = input
    await insert(db, 'delegation', { id, round_id: roundId, code, name, kind, credentials: 'none' })
    record(roundId, 'delegation.changed', { delegationId: id })
    return (await delegationView(db, id, seat))!
  }

  @Handles(setCredentials)
  async setCredentials(work: Writing, { delegationId, credentials, revision }: InputOf<typeof setCredentials>) {
    const { db, record } = work
    const { found, seat } = await inRound<{ credentials: string; revision: number }>(
      work,
      'delegation',
      delegationId,
      'lock',
    )
    must(isStaff(seat), 'Only the secretariat records credentials.')
    mustStandAt(found.revision, revision)
    mustBe(
      credentialsMay(found.credentials, credentials),
      `Credentials that are ${found.credentials} cannot become ${credentials}.`,
    )
    await db.query(`UPDATE delegation SET credentials = $2, revision = revision + 1 WHERE id = $1`, [
      delegationId,
      credentials,
    ])
    record(found.round_id, 'delegation.changed', { delegationId })
    await this.bus.wakeOnCommit(db, 'rights', delegationId)
    return (await delegationView(db, delegationId, seat))!
  }

  @Handles(formBody)
  async formBody({ db, caller, record }: Writing, input: InputOf<typeof formBody>) {
    const seat = seatIn(caller, input.roundId)
    must(isStaff(seat), 'Only the secretariat forms groups.')
    const { roundId, code, name } = input
    const delegationIds = [...new Set(input.delegationIds)]
    const known = await rows(db, `SELECT 1 FROM delegation WHERE round_id = $1 AND id = ANY($2)`, [
      roundId,
      delegationIds,
    ])
    if (known.length !== delegationIds.length) throw invalidInput('delegationIds', 'Not a delegation of this round.')
    const id = newId()
    await insert(db, 'body', { id, round_id: roundId, code, name })
    await db.query(`INSERT INTO body_member (body_id, delegation_id) SELECT $1, unnest($2::uuid[])`, [
      id,
      delegationIds,
    ])
    record(roundId, 'body.formed', { bodyId: id })
    return { id, roundId, code, name, delegationIds }
  }
}

/** @throws Refusal not-found, or stale-revision when the caller has seen an older one */
async function lockedAt(db: EntityManager, roundId: string, revision: number): Promise<{ status: string }> {
  const round = await lockRound(db, roundId)
  mustStandAt(round.revision, revision)
  return round
}
