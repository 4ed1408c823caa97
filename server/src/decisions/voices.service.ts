import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { breakSilence, castVote, gavel, giveReason, objectTo, takeStance } from '@multilogue/shared/decisions'
import { must, mustBe } from '../access/caller.js'
import { isEntitled, mayGavel, visibleProcedure, type ProcedureRow } from '../access/decision.access.js'
import type { DocumentRow } from '../access/document.access.js'
import { newId } from '../common/ids.js'
import { nothingHere } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { membersPresent } from '../presence/presence.views.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { mustBeIn } from './decided-on.js'
import { procedureOf, tallyOf } from './decisions.views.js'
import { resultOf, stateAt } from './procedure.workflow.js'
import { Settling } from './settling.js'

const NOT_ENTITLED = 'Heads and alternates of member delegations speak for them in a decision.'

/** What delegations say in a decision, one voice each, and the gavel that ends it. */
@Injectable()
export class VoicesService {
  constructor(private readonly settling: Settling) {}

  /** What comes too late is kept, and its sender told; nobody may say afterwards that it was not received. */
  @Handles(breakSilence)
  async breakSilence(work: Writing, { procedureId, paragraphIds, text, language }: InputOf<typeof breakSilence>) {
    const { procedure, document, seat } = await visibleProcedure(work, procedureId, 'alone')
    must(isEntitled(seat), NOT_ENTITLED)
    mustBe(procedure.method === 'silence', 'It is not decided by silence.')
    mustBeIn(procedure, paragraphIds, (at) => `#/paragraphIds/${at}`)
    const state = stateAt(procedure, work.now)
    const isLate = work.now >= procedure.deadline!
    mustBe(state === 'running' || isLate, `Silence is ${state}.`)
    await this.say(work, procedure, {
      kind: 'break',
      paragraph_ids: [...new Set(paragraphIds)],
      text,
      language,
      is_late: isLate,
    })
    if (isLate) {
      await this.settling.settle(work, procedure, document)
      return procedureOf(work, seat, procedureId)
    }
    const brokenAt = procedure.broken_at ?? work.now
    const ends = procedure.rules.breakEnds === 'at_once'
    await work.db.query(
      `UPDATE procedure SET broken_at = $2, ended_at = $3, ended_as = $4, revision = revision + 1 WHERE id = $1`,
      [procedureId, brokenAt, ends ? work.now : null, ends ? 'broken' : null],
    )
    if (ends) {
      const ended = { broken_at: brokenAt, ended_at: work.now, ended_as: 'broken' as const }
      await this.settling.settle(work, { ...procedure, ...ended }, document)
    } else this.tell(work, procedure)
    return procedureOf(work, seat, procedureId)
  }

  /** The procedure's row decides between an objection and a gavel of the same moment: whoever holds it first. */
  @Handles(objectTo)
  async objectTo(work: Writing, { procedureId, text, language }: InputOf<typeof objectTo>) {
    const { procedure, document, seat } = await visibleProcedure(work, procedureId, 'alone')
    must(isEntitled(seat), NOT_ENTITLED)
    mustBe(procedure.method === 'consensus', 'Nobody waits for objections here.')
    mustBeRunning(procedure, work.now)
    await this.say(work, procedure, { kind: 'objection', text, language })
    const present = await this.present(work, procedure)
    await this.end(work, { ...procedure, present }, document, 'broken', null)
    return procedureOf(work, seat, procedureId)
  }

  @Handles(giveReason)
  async giveReason(work: Writing, { objectionId, text, language }: InputOf<typeof giveReason>) {
    const known = await row<{ procedure_id: string; delegation_id: string }>(
      work.db,
      `SELECT procedure_id, delegation_id FROM stance WHERE id = $1 AND kind = 'objection'`,
      [objectionId],
    )
    if (!known) throw nothingHere()
    const { procedure, seat } = await visibleProcedure(work, known.procedure_id, 'alone')
    must(isEntitled(seat) && seat.delegationId === known.delegation_id, 'Only the delegation that objects says why.')
    await work.db.query(`UPDATE stance SET text = $2, language = $3 WHERE id = $1`, [objectionId, text, language])
    this.tell(work, procedure)
    return procedureOf(work, seat, procedure.id)
  }

  /** Those who vote at the same time do not wait for each other; a gavel waits for all of them. */
  @Handles(castVote)
  async castVote(work: Writing, { procedureId, choice }: InputOf<typeof castVote>) {
    const { procedure, seat } = await visibleProcedure(work, procedureId, 'beside')
    must(isEntitled(seat), NOT_ENTITLED)
    mustBe(procedure.method === 'vote' || procedure.method === 'straw_poll', 'It is not voted on.')
    mustBeRunning(procedure, work.now)
    must(
      procedure.members.includes(seat.delegationId),
      'The delegation was not a member with credentials when the vote began.',
    )
    if (procedure.ballot === 'secret') {
      await insert(work.db, 'secret_voter', {
        ...{ procedure_id: procedureId, delegation_id: seat.delegationId },
        ...{ person_id: work.caller.personId, seat_id: seat.id, at: work.now },
      })
      // One row for all, and all of it written anew by every vote: nothing in it tells of a single one.
      await work.db.query(
        `UPDATE secret_tally SET yes = yes + $2, no = no + $3, abstain = abstain + $4 WHERE procedure_id = $1`,
        [procedureId, ...(['yes', 'no', 'abstain'] as const).map((one) => Number(one === choice))],
      )
    } else await this.say(work, procedure, { kind: 'vote', choice, language: 'en' })
    work.unsigned(procedure.round_id, 'decision.voted', { procedureId, delegationId: seat.delegationId })
    return procedureOf(work, seat, procedureId)
  }

  @Handles(gavel)
  async gavel(work: Writing, { procedureId }: InputOf<typeof gavel>) {
    const { procedure: known } = await visibleProcedure(work, procedureId)
    // Symbols are given in the order in which decisions are taken.
    await this.settling.settleDue(work, known.round_id)
    const { procedure, document, seat } = await visibleProcedure(work, procedureId, 'alone')
    must(mayGavel(seat), 'The gavel is the chair’s.')
    mustBe(procedure.method !== 'silence', 'Silence ends at its deadline.')
    mustBeRunning(procedure, work.now)
    if (procedure.method === 'consensus')
      mustBe(work.now >= procedure.deadline!, `Objections are waited for until ${procedure.deadline!.toISOString()}.`)
    const present = await this.present(work, procedure)
    const tally = await tallyOf(work.db, procedure)
    const count = { tally, members: procedure.members.length, present: present.length }
    const passes = procedure.method !== 'vote' || resultOf(procedure.rules, count) === 'adopted'
    await this.end(work, { ...procedure, present }, document, passes ? 'passed' : 'broken', seat.id)
    return procedureOf(work, seat, procedureId)
  }

  @Handles(takeStance)
  async takeStance(work: Writing, { procedureId, kind, paragraphId, text, language }: InputOf<typeof takeStance>) {
    const { procedure, document, seat } = await visibleProcedure(work, procedureId, 'alone')
    must(isEntitled(seat), NOT_ENTITLED)
    mustBe(
      procedure.issued_id !== null && procedure.method !== 'straw_poll' && stateAt(procedure, work.now) === 'passed',
      'Positions are taken on what is adopted.',
    )
    if (paragraphId) mustBeIn(procedure, [paragraphId], () => '#/paragraphId')
    await this.settling.settle(work, procedure, document)
    await this.say(work, procedure, { kind, paragraph_ids: paragraphId ? [paragraphId] : [], text, language })
    this.tell(work, procedure)
    return procedureOf(work, seat, procedureId)
  }

  private async say({ db, caller, now }: Writing, { id }: ProcedureRow, said: Record<string, unknown>): Promise<void> {
    const { id: seatId, delegationId } = caller.seat!
    await insert(db, 'stance', {
      ...{ id: newId(), procedure_id: id, delegation_id: delegationId, ...said },
      ...{ person_id: caller.personId, seat_id: seatId, at: now },
    })
  }

  /** @param seatId  of the chair; null when it is not in the name of who acts */
  private async end(
    work: Writing,
    procedure: ProcedureRow,
    document: DocumentRow,
    endedAs: 'passed' | 'broken',
    seatId: string | null,
  ): Promise<void> {
    const ended = { ended_at: work.now, ended_as: endedAs }
    const by = { ended_person_id: seatId ? work.caller.personId : null, ended_seat_id: seatId }
    await work.db.query(
      `UPDATE procedure SET ended_at = $2, ended_as = $3, ended_person_id = $4, ended_seat_id = $5,
         present = $6 WHERE id = $1`,
      [procedure.id, work.now, endedAs, by.ended_person_id, by.ended_seat_id, procedure.present],
    )
    await this.settling.settle(work, { ...procedure, ...ended, ...by }, document)
  }

  /** Of those who could take part, who is at the table; whoever has voted is. */
  private async present(work: Writing, { id, session_id, members }: ProcedureRow): Promise<string[]> {
    const voted = await rows<{ id: string }>(
      work.db,
      `SELECT delegation_id AS id FROM stance WHERE procedure_id = $1 AND kind = 'vote'
       UNION SELECT delegation_id FROM secret_voter WHERE procedure_id = $1`,
      [id],
    )
    const here = new Set([...(await membersPresent(work, session_id)), ...voted.map((one) => one.id)])
    return members.filter((member) => here.has(member))
  }

  private tell(work: Writing, { id, round_id, document_id }: ProcedureRow): void {
    work.unsigned(round_id, 'decision.moved', { procedureId: id, documentId: document_id })
  }
}

function mustBeRunning(procedure: ProcedureRow, now: Date): void {
  const state = stateAt(procedure, now)
  mustBe(state === 'running', `The decision is ${state}.`)
}
