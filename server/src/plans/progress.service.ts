import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { listProgress, readProgress } from '@multilogue/shared/progress'
import type { Assurance, ImplementationStatus } from '@multilogue/shared/recommendations'
import type { z } from 'zod'
import { mustBe } from '../access/caller.js'
import { visiblePlan } from '../access/plan.access.js'
import { seatIn } from '../access/round.access.js'
import { nothingHere } from '../common/problem.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { progressOf, summaryOf } from './progress.views.js'

interface ActionOfPlan {
  documentId: string
  itemId: string
}

/** Actions of adopted plans as they are carried out. What is reported of them is the follow-up room's. */
@Injectable()
export class ProgressService {
  @Handles(readProgress)
  async readProgress(work: Reading, { documentId }: InputOf<typeof readProgress>) {
    const { document, seat } = await visiblePlan(work, documentId)
    const { db, now } = work
    const [plan] = await progressOf(db, seat, { roundId: document.round_id, documentIds: [documentId], now })
    mustBe(plan !== undefined, 'The plan is not adopted.')
    return plan
  }

  @Handles(listProgress)
  async listProgress({ db, caller, now }: Reading, { roundId }: InputOf<typeof listProgress>) {
    return (await progressOf(db, seatIn(caller, roundId), { roundId, measured: 'last', now })).map(summaryOf)
  }

  /** An action of an adopted plan, and the plan. @throws Refusal not-found, wrong-state */
  async actionOf(work: Writing, { documentId, itemId }: ActionOfPlan) {
    const plan = await this.readProgress(work, { documentId })
    const action = plan.actions.find(({ id }) => id === itemId)
    if (!action) throw nothingHere()
    return { plan, action }
  }

  async setStatus(
    { db, now }: Writing,
    { documentId, itemId }: ActionOfPlan,
    stands: { status: ImplementationStatus; assurance: z.infer<typeof Assurance> },
  ): Promise<void> {
    await db.query(
      `INSERT INTO plan_progress (plan_id, action_id, status, assurance, status_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (plan_id, action_id) DO UPDATE SET status = $3, assurance = $4, status_at = $5`,
      [documentId, itemId, stands.status, stands.assurance, now],
    )
  }

  /** What the status rests on was withdrawn, or is back; the status and its day stay. */
  async setAssurance({ db }: Writing, { documentId, itemId }: ActionOfPlan, assurance: z.infer<typeof Assurance>) {
    await db.query(`UPDATE plan_progress SET assurance = $3 WHERE plan_id = $1 AND action_id = $2`, [
      documentId,
      itemId,
      assurance,
    ])
  }
}
