import { randomInt } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  cancelProcedure,
  extendSilence,
  getProcedure,
  listProcedures,
  openProcedure,
  releaseNames,
} from '@multilogue/shared/decisions'
import type { RoundRules } from '@multilogue/shared/rules'
import { must, mustBe } from '../access/caller.js'
import { mayAsk, visibleProcedure, type ProcedureRow } from '../access/decision.access.js'
import type { DocumentRow } from '../access/document.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { Modes } from '../documents/modes.js'
import { Table } from '../negotiation/table.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { deadlineAt, mustNotEndBefore } from './deadline.js'
import { issuedWords, paragraphWords } from './decided-on.js'
import { procedureOf, proceduresOf, withParagraphs } from './decisions.views.js'
import { stateAt } from './procedure.workflow.js'
import { Settling } from './settling.js'

const HOUR = 3_600_000
const NOT_YOURS = 'The chair or the secretariat asks for decisions.'

type Asked = InputOf<typeof openProcedure>

/** What the chair and the secretariat do about decisions, and how everybody sees them. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly table: Table,
    private readonly modes: Modes,
    private readonly settling: Settling,
    private readonly links: TraceLinks,
  ) {}

  @Handles(listProcedures)
  async listProcedures(work: Reading, { roundId }: InputOf<typeof listProcedures>) {
    const seat = seatIn(work.caller, roundId)
    await this.settling.settleDue(work, roundId)
    return { procedures: await proceduresOf(work, seat), may: mayAsk(seat) ? ['ask'] : [] }
  }

  @Handles(getProcedure)
  async getProcedure(work: Reading, { procedureId }: InputOf<typeof getProcedure>) {
    const { procedure } = await visibleProcedure(work, procedureId)
    await this.settling.settleDue(work, procedure.round_id)
    const { seat } = await visibleProcedure(work, procedureId)
    return withParagraphs(work.db, procedure, await procedureOf(work, seat, procedureId))
  }

  @Handles(openProcedure)
  async openProcedure(work: Writing, input: Asked) {
    const { db, caller, now } = work
    const { document, seat, contents, no } = await this.table.text(work, input.documentId, 'lock')
    must(mayAsk(seat), NOT_YOURS)
    must(document.visibility === 'participants' && document.kind !== 'translation', 'It is not a text of the round.')
    const on = input.issuedId
      ? await issuedWords(db, document.id, input.issuedId, contents)
      : paragraphWords(contents, no, input.paragraph!)
    const holds = input.issuedId !== undefined && input.method !== 'straw_poll'
    if (holds) mustBeDecidable(document)
    const rules = await rulesIn(db, seat.roundId)
    if (input.method === 'vote')
      mustBe(rules.decision === 'vote', 'By the rules of the round, decisions are taken by consensus.')
    await this.mustBeInRound(work, input.sessionId)
    const id = newId()
    await insert(db, 'procedure', {
      ...{ id, round_id: seat.roundId, session_id: input.sessionId, document_id: document.id },
      ...{ issued_id: input.issuedId ?? null, paragraph_id: input.paragraph?.id ?? null },
      ...{ wording: JSON.stringify(on.wording), no: on.no, hash: on.hash },
      ...{ method: input.method, ballot: input.ballot ?? null, rules, mode_before: document.mode },
      ...this.times(input, rules, now),
      ...{ members: await membersIn(db, seat.roundId, input.ballot), person_id: caller.personId, seat_id: seat.id },
    })
    if (input.ballot === 'secret') await insert(db, 'secret_tally', { procedure_id: id })
    if (holds) await this.modes.hold(work, document, id)
    const act = input.method === 'straw_poll' ? 'poll-asked' : `${input.method}-asked`
    await this.table.trace(work, document, seat, { act, words: on.symbol ?? '', no: on.no })
    await this.trace(work, id, input)
    return this.told(work, id)
  }

  @Handles(extendSilence)
  async extendSilence(work: Writing, { procedureId, revision, deadline }: InputOf<typeof extendSilence>) {
    const { procedure } = await this.toConduct(work, procedureId, revision)
    mustBe(procedure.method === 'silence', 'Only a silence procedure has a deadline.')
    const until = deadlineAt(deadline)
    mustNotEndBefore(until, procedure.deadline!, 'A deadline is extended and never shortened. It stands at')
    await work.db.query(`UPDATE procedure SET deadline = $2, revision = revision + 1 WHERE id = $1`, [
      procedureId,
      until,
    ])
    return this.told(work, procedureId)
  }

  @Handles(cancelProcedure)
  async cancelProcedure(work: Writing, { procedureId, revision, reason }: InputOf<typeof cancelProcedure>) {
    const { procedure, document, seat } = await this.toConduct(work, procedureId, revision)
    const ended = { ended_at: work.now, ended_as: 'cancelled' as const }
    const by = { ended_person_id: work.caller.personId, ended_seat_id: seat.id }
    await work.db.query(
      `UPDATE procedure SET ended_at = $2, ended_as = 'cancelled', ended_person_id = $3, ended_seat_id = $4, reason = $5
       WHERE id = $1`,
      [procedureId, work.now, by.ended_person_id, by.ended_seat_id, reason],
    )
    await this.settling.settle(work, { ...procedure, ...ended, ...by }, document)
    return procedureOf(work, seat, procedureId)
  }

  @Handles(releaseNames)
  async releaseNames(work: Writing, { procedureId, revision }: InputOf<typeof releaseNames>) {
    const { procedure, seat } = await visibleProcedure(work, procedureId, 'alone')
    must(mayAsk(seat), 'The chair or the secretariat releases the names.')
    mustBe(procedure.broken_at !== null && procedure.released_at === null, 'There are no names to release.')
    mustStandAt(procedure.revision, revision)
    await work.db.query(`UPDATE procedure SET released_at = $2, revision = revision + 1 WHERE id = $1`, [
      procedureId,
      work.now,
    ])
    return this.told(work, procedureId)
  }

  /** Running or about to run, with nothing else happening to it. */
  private async toConduct(work: Writing, procedureId: string, revision: number) {
    const found = await visibleProcedure(work, procedureId, 'alone')
    must(mayAsk(found.seat), NOT_YOURS)
    const state = stateAt(found.procedure, work.now)
    mustBe(state === 'scheduled' || state === 'running', `The decision is ${state}.`)
    mustStandAt(found.procedure.revision, revision)
    return found
  }

  /** @throws Refusal invalid-input */
  private times({ opensAt, deadline, method }: Asked, rules: RoundRules, now: Date) {
    const opens = opensAt ? new Date(opensAt) : now
    if (opens < now) throw invalidInput('opensAt', 'It cannot have begun before it is asked for.')
    if (method === 'consensus')
      return { opens_at: opens, deadline: new Date(opens.getTime() + rules.objectionSeconds * 1000) }
    if (deadline === undefined) return { opens_at: opens, deadline: null }
    const until = deadlineAt(deadline)
    const least = new Date(opens.getTime() + rules.silenceHours * HOUR)
    mustNotEndBefore(until, least, `Silence is open for ${rules.silenceHours} hours at least: not before`)
    return { opens_at: opens, deadline: until }
  }

  private async mustBeInRound({ db, caller }: Writing, sessionId: string): Promise<void> {
    const session = await row<{ round_id: string }>(db, `SELECT round_id FROM session WHERE id = $1`, [sessionId])
    if (session?.round_id !== caller.seat?.roundId) throw nothingHere()
  }

  private async trace(work: Writing, id: string, { sessionId, documentId, paragraph }: Asked) {
    const decision = { kind: 'decision', id } as const
    await this.links.add(work, { kind: 'session', id: sessionId }, decision)
    await this.links.add(work, { kind: 'document', id: documentId }, decision)
    if (paragraph) await this.links.add(work, { kind: 'paragraph', id: paragraph.id }, decision)
  }

  private async told(work: Writing, procedureId: string) {
    const { procedure, seat } = await visibleProcedure(work, procedureId)
    work.unsigned(procedure.round_id, 'decision.moved', { procedureId, documentId: procedure.document_id })
    return procedureOf(work, seat, procedureId)
  }
}

function mustBeDecidable(document: DocumentRow): void {
  mustBe(document.kind === 'outcome', 'Vision statements and plans are adopted where they are written.')
  mustBe(document.adopted_at === null, 'The text is adopted already.')
  mustBe(document.procedure_id === null, 'A decision is being taken on the text.')
}

async function rulesIn(db: Writing['db'], roundId: string): Promise<RoundRules> {
  return (await row<{ rules: RoundRules }>(db, `SELECT rules FROM round WHERE id = $1`, [roundId]))!.rules
}

/** Those who can take part, in the order of the roll: by name, and when it is called, from one that is drawn by lot. */
async function membersIn(db: Writing['db'], roundId: string, ballot: ProcedureRow['ballot'] | undefined) {
  const found = await row<{ ids: string[] }>(
    db,
    `SELECT coalesce(array_agg(id::text ORDER BY name), '{}') AS ids FROM delegation
     WHERE round_id = $1 AND kind = 'member' AND credentials IN ('accepted', 'provisional')`,
    [roundId],
  )
  const { ids } = found!
  if (ballot !== 'roll_call') return ids
  const first = randomInt(Math.max(ids.length, 1))
  return [...ids.slice(first), ...ids.slice(0, first)]
}
