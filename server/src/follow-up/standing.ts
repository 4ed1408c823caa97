import { Injectable } from '@nestjs/common'
import type { Assurance } from '@multilogue/shared/recommendations'
import type { z } from 'zod'
import type { ReportRow } from '../access/report.access.js'
import { row } from '../common/sql.js'
import { ProgressService } from '../plans/progress.service.js'
import { RecommendationsService } from '../recommendations/recommendations.service.js'
import type { Writing } from '../work/work.js'

type Subject = Pick<ReportRow, 'recommendation_id' | 'plan_id' | 'action_id' | 'addressee_id'>
type Named = { recommendationId: string; addresseeId: string } | { documentId: string; itemId: string }

/** Where the status stands that a report is on: an addressee's part of a recommendation, or an action of a plan. */
@Injectable()
export class Standing {
  constructor(
    private readonly recommendations: RecommendationsService,
    private readonly progress: ProgressService,
  ) {}

  /** The report was validated: what it proposes is the status now. */
  async set(work: Writing, report: Subject & Pick<ReportRow, 'proposed_status'>): Promise<void> {
    const on = named(report)
    const status = report.proposed_status
    if ('itemId' in on) await this.progress.setStatus(work, on, { status, assurance: 'validated' })
    else await this.recommendations.setStatus(work, on.recommendationId, on.addresseeId, status, 'validated')
  }

  async setAssurance(
    work: Writing,
    report: Subject,
    assurance: Extract<z.infer<typeof Assurance>, 'self_reported' | 'validated'>,
  ) {
    const on = named(report)
    if ('itemId' in on) await this.progress.setAssurance(work, on, assurance)
    else await this.recommendations.setAssurance(work, { ...on, assurance })
  }

  /** Does the status stand on this report? Whoever validates another one meanwhile waits. */
  async isOn({ db }: Writing, report: Subject & Pick<ReportRow, 'state' | 'reviewed_at'>): Promise<boolean> {
    const { recommendation_id, addressee_id, plan_id, action_id, state, reviewed_at } = report
    if (state !== 'validated') return false
    await db.query(
      plan_id === null
        ? `SELECT 1 FROM recommendation_addressee WHERE recommendation_id = $1 AND delegation_id = $2 FOR UPDATE`
        : `SELECT 1 FROM plan_progress WHERE plan_id = $1 AND action_id = $2 FOR UPDATE`,
      plan_id === null ? [recommendation_id, addressee_id] : [plan_id, action_id],
    )
    const later = await row(
      db,
      `SELECT 1 FROM report WHERE state = 'validated' AND reviewed_at > $1 AND (plan_id, action_id) = ($2, $3)
       UNION ALL
       SELECT 1 FROM report WHERE state = 'validated' AND reviewed_at > $1 AND (recommendation_id, addressee_id) = ($4, $5)`,
      [reviewed_at, plan_id, action_id, recommendation_id, addressee_id],
    )
    return !later
  }
}

function named({ recommendation_id, addressee_id, plan_id, action_id }: Subject): Named {
  return recommendation_id === null
    ? { documentId: plan_id!, itemId: action_id! }
    : { recommendationId: recommendation_id, addresseeId: addressee_id }
}
