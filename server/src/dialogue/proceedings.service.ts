import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  draftSummary,
  getProceedings,
  publishKeyPoint,
  publishSummary,
  withdrawKeyPoint,
  type Summary,
} from '@multilogue/shared/proceedings'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { keepsProceedings, visibleThread, type ThreadRow } from '../access/dialogue.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { mustBeQuestionOf } from './dialogue.service.js'
import { keyPointsOf, proceedingsOf, summariesOf } from './proceedings.views.js'

/** What the rapporteur makes of a thread. The thread's row is locked: versions are numbered one after the other. */
@Injectable()
export class ProceedingsService {
  @Handles(getProceedings)
  async getProceedings(work: Reading, { threadId }: InputOf<typeof getProceedings>) {
    const { thread, seat } = await visibleThread(work, threadId)
    return proceedingsOf(work, thread, seat)
  }

  @Handles(publishKeyPoint)
  async publishKeyPoint(work: Writing, input: InputOf<typeof publishKeyPoint>) {
    const { db, caller, now, record } = work
    const { thread, seat } = await visibleThread(work, input.threadId, 'lock')
    mustKeep(seat, thread)
    if (input.question) await mustBeQuestionOf(work, thread, input.question)
    const id = newId()
    await insert(db, 'key_point', {
      ...{ id, thread_id: thread.id, text: input.text, language: input.language, question: input.question ?? null },
      ...{ person_id: caller.personId, seat_id: seat.id, at: now },
    })
    await this.cite(work, thread.id, 'key_point', id, input.cites)
    record(thread.round_id, 'keyPoint.changed', { threadId: thread.id })
    return (await keyPointsOf(work, thread.id, id))[0]!
  }

  @Handles(withdrawKeyPoint)
  async withdrawKeyPoint(work: Writing, { keyPointId }: InputOf<typeof withdrawKeyPoint>) {
    const point = await row<{ thread_id: string; withdrawn_at: Date | null }>(
      work.db,
      `SELECT thread_id, withdrawn_at FROM key_point WHERE id = $1 FOR UPDATE`,
      [keyPointId],
    )
    if (!point) throw nothingHere()
    const { thread, seat } = await visibleThread(work, point.thread_id)
    mustKeep(seat, thread)
    mustBe(point.withdrawn_at === null, 'The key point is withdrawn already.')
    await work.db.query(`UPDATE key_point SET withdrawn_at = $2 WHERE id = $1`, [keyPointId, work.now])
    work.record(thread.round_id, 'keyPoint.changed', { threadId: thread.id })
    return { done: true as const }
  }

  /** Nobody hears of a draft: it is told when it is published. */
  @Handles(draftSummary)
  async draftSummary(work: Writing, input: InputOf<typeof draftSummary>): Promise<Summary> {
    const { db, caller, now } = work
    const { threadId, body, language, cites, revision } = input
    const { thread, seat } = await visibleThread(work, threadId, 'lock')
    mustKeep(seat, thread)
    const draft = await this.draft(work, threadId)
    mustStandAt(draft?.revision ?? 0, revision ?? 0)
    const id = draft?.id ?? newId()
    const by = { person_id: caller.personId, seat_id: seat.id, at: now }
    if (draft)
      await db.query(
        `UPDATE summary SET body = $2, language = $3, person_id = $4, seat_id = $5, at = $6, revision = revision + 1
         WHERE id = $1`,
        [id, body, language, by.person_id, by.seat_id, by.at],
      )
    else await insert(db, 'summary', { id, thread_id: threadId, body, language, ...by })
    await db.query(`DELETE FROM summary_citation WHERE summary_id = $1`, [id])
    await this.cite(work, threadId, 'summary', id, cites)
    return (await summariesOf(work, threadId))[0]!
  }

  @Handles(publishSummary)
  async publishSummary(work: Writing, { threadId, revision }: InputOf<typeof publishSummary>): Promise<Summary> {
    const { db, now, record } = work
    const { thread, seat } = await visibleThread(work, threadId, 'lock')
    mustKeep(seat, thread)
    const draft = await this.draft(work, threadId)
    mustBe(draft !== undefined, 'There is no draft to publish.')
    mustStandAt(draft.revision, revision)
    const cited = await row(db, `SELECT 1 FROM summary_citation WHERE summary_id = $1 LIMIT 1`, [draft.id])
    mustBe(cited !== undefined, 'A summary names the statements that it rests on.')
    await db.query(
      `UPDATE summary SET at = $3, revision = revision + 1,
         no = (SELECT coalesce(max(no), 0) + 1 FROM summary WHERE thread_id = $2) WHERE id = $1`,
      [draft.id, threadId, now],
    )
    const published = (await summariesOf(work, threadId))[0]!
    record(thread.round_id, 'summary.published', { threadId, no: published.no! })
    return published
  }

  private draft({ db }: Writing, threadId: string) {
    return row<{ id: string; revision: number }>(
      db,
      `SELECT id, revision FROM summary WHERE thread_id = $1 AND no IS NULL FOR UPDATE`,
      [threadId],
    )
  }

  /** @throws Refusal invalid-input when one of them is not of this thread */
  private async cite(
    { db }: Writing,
    threadId: string,
    by: 'key_point' | 'summary',
    id: string,
    messageIds: string[],
  ): Promise<void> {
    const named = [...new Set(messageIds)]
    const found = await row<{ ids: string[] }>(
      db,
      `SELECT coalesce(array_agg(id::text), '{}') AS ids FROM message WHERE thread_id = $1 AND state = 'shown' AND id = ANY($2)`,
      [threadId, named],
    )
    const foreign = messageIds.findIndex((one) => !found!.ids.includes(one))
    if (foreign >= 0) throw invalidInput(`cites/${foreign}`, 'Not a statement of this thread.')
    await db.query(`INSERT INTO ${by}_citation (${by}_id, message_id) SELECT $1, unnest($2::uuid[])`, [id, named])
  }
}

function mustKeep(seat: ActingSeat, thread: ThreadRow): void {
  must(keepsProceedings(seat), 'Only the rapporteur or the secretariat keeps the proceedings.')
  mustBe(thread.visibility === 'room', 'Nothing is recorded of a private thread.')
}
