import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  askQuestion,
  readDiagnosis,
  recordFinding,
  reviseFinding,
  withdrawFinding,
  withdrawQuestion,
} from '@multilogue/shared/visions'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { diagnosed, isOwnDiagnosis, mayDiagnose } from '../access/vision.access.js'
import { newId } from '../common/ids.js'
import { mustStandAt } from '../common/revision.js'
import { insert } from '../common/sql.js'
import { mayOpenDocument } from '../rounds/rounds.views.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { findingsOf, questionsOf } from './diagnosis.views.js'

const DONE = { done: true } as const

/** What a diagnosis has brought to light, and the questions that a vision has to answer. */
@Injectable()
export class DiagnosisService {
  @Handles(readDiagnosis)
  async readDiagnosis({ db, caller }: Reading, { roundId }: InputOf<typeof readDiagnosis>) {
    const seat = seatIn(caller, roundId)
    return {
      findings: await findingsOf(db, seat),
      questions: await questionsOf(db, seat),
      may: [...(mayDiagnose(seat) ? ['diagnose'] : []), ...(mayOpenDocument(seat) ? ['make-vision'] : [])],
    }
  }

  @Handles(recordFinding)
  async recordFinding(work: Writing, { roundId, sourceUrl, ...written }: InputOf<typeof recordFinding>) {
    const { id, seat } = await this.write(work, 'finding', roundId, { ...written, source_url: sourceUrl })
    return find(await findingsOf(work.db, seat), id)
  }

  @Handles(reviseFinding)
  async reviseFinding(work: Writing, input: InputOf<typeof reviseFinding>) {
    const { findingId, revision, kind, title, body, source, sourceUrl } = input
    const seat = await this.own(work, 'finding', findingId, revision)
    await work.db.query(
      `UPDATE finding SET kind = $2, title = $3, body = $4, source = $5, source_url = $6, revision = revision + 1
       WHERE id = $1`,
      [findingId, kind, title, body, source, sourceUrl],
    )
    return find(await findingsOf(work.db, seat), findingId)
  }

  @Handles(withdrawFinding)
  withdrawFinding(work: Writing, { findingId, revision }: InputOf<typeof withdrawFinding>) {
    return this.withdraw(work, 'finding', findingId, revision)
  }

  @Handles(askQuestion)
  async askQuestion(work: Writing, { roundId, ...written }: InputOf<typeof askQuestion>) {
    const { id, seat } = await this.write(work, 'guiding_question', roundId, written)
    return find(await questionsOf(work.db, seat), id)
  }

  @Handles(withdrawQuestion)
  withdrawQuestion(work: Writing, { questionId, revision }: InputOf<typeof withdrawQuestion>) {
    return this.withdraw(work, 'guiding_question', questionId, revision)
  }

  private async write(
    { db, caller, now, record }: Writing,
    table: 'finding' | 'guiding_question',
    roundId: string,
    written: Record<string, unknown>,
  ): Promise<{ id: string; seat: ActingSeat }> {
    const seat = seatIn(caller, roundId)
    must(mayDiagnose(seat), 'A member delegation writes about its own country, the conduct of the round about all.')
    const id = newId()
    const by = { person_id: caller.personId, seat_id: seat.id, created_at: now }
    await insert(db, table, { id, round_id: roundId, delegation_id: seat.delegationId, ...written, ...by })
    record(roundId, 'diagnosis.changed', { roundId })
    return { id, seat }
  }

  private async withdraw(work: Writing, table: 'finding' | 'guiding_question', id: string, revision: number) {
    await this.own(work, table, id, revision)
    await work.db.query(`UPDATE ${table} SET withdrawn_at = $2, revision = revision + 1 WHERE id = $1`, [id, work.now])
    return DONE
  }

  private async own(work: Writing, table: 'finding' | 'guiding_question', id: string, revision: number) {
    const { found, seat } = await diagnosed(work, table, id)
    must(isOwnDiagnosis(seat, found.delegation_id), 'It is changed by those whom it is about.')
    mustBe(found.withdrawn_at === null, 'It is withdrawn.')
    mustStandAt(found.revision, revision)
    work.record(found.round_id, 'diagnosis.changed', { roundId: found.round_id })
    return seat
  }
}

function find<T extends { id: string }>(all: T[], id: string): T {
  return all.find((one) => one.id === id)!
}
