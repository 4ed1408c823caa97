import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { listReports, reviewReport, reviseReport, submitReport } from '@multilogue/shared/follow-up'
import { decides, isStaff, must, mustBe, seatOf, type ActingSeat } from '../access/caller.js'
import { ownPlace, visibleRecommendation } from '../access/recommendation.access.js'
import { visibleReport, type ReportRow } from '../access/report.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { ProgressService } from '../plans/progress.service.js'
import { FOLLOWED } from '../recommendations/lineage.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Audience, Reading, Writing } from '../work/work.js'
import { heardOf } from './hearers.js'
import { mustFit, putMeasurements } from './measuring.js'
import { putBack } from './putting-back.js'
import { reportsOf } from './reports.views.js'
import { Standing } from './standing.js'

type Submitted = InputOf<typeof submitReport>
type Said = Omit<Submitted, 'recommendationId' | 'action'>
type Told = Pick<ReportRow, 'id' | 'recommendation_id' | 'plan_id'>

const UNDER_REVIEW = 'A report of your delegation is under review already.'

@Injectable()
export class ReportsService {
  constructor(
    private readonly progress: ProgressService,
    private readonly standing: Standing,
    private readonly links: TraceLinks,
  ) {}

  @Handles(listReports)
  listReports({ db, caller }: Reading, input: InputOf<typeof listReports>) {
    const { roundId, recommendationId, reportId: id, ...which } = input
    const recommendationIds = recommendationId ? [recommendationId] : undefined
    return reportsOf(db, seatIn(caller, roundId), { ...which, id, recommendationIds })
  }

  @Handles(submitReport)
  submitReport(work: Writing, { recommendationId, action, ...said }: Submitted) {
    if (recommendationId && !action) return this.onRecommendation(work, recommendationId, said)
    if (action && !recommendationId) return this.onAction(work, action, said)
    throw invalidInput('recommendationId', 'A report is on a recommendation or on an action of a plan.')
  }

  private async onRecommendation(work: Writing, recommendationId: string, said: Said) {
    const { db } = work
    if (said.measurements.length > 0) throw invalidInput('measurements', 'Only the actions of a plan are measured.')
    const { recommendation, seat } = await visibleRecommendation(work, recommendationId)
    const place = seat.delegationCode === null ? undefined : await ownPlace(db, recommendation.id, seat)
    must(place !== undefined && decides(seat), 'Only the head or alternate of an addressee reports.')
    mustBe(recommendation.state === 'adopted', `The recommendation is ${recommendation.state}.`)
    mustBe(await isFollowed(db, recommendation.id, seat.roundId), 'The round has closed the recommendation.')
    const open = await row(
      db,
      `SELECT 1 FROM report WHERE recommendation_id = $1 AND addressee_id = $2 AND state <> 'validated'`,
      [recommendation.id, place.delegation_id],
    )
    mustBe(!open, UNDER_REVIEW)
    const on = { recommendation_id: recommendation.id, addressee_id: place.delegation_id }
    const id = await this.put(work, seat, on, said)
    await this.links.add(work, { kind: 'recommendation', id: recommendation.id }, { kind: 'report', id })
    const commitment = await row<{ id: string }>(
      db,
      `SELECT k.id FROM commitment k JOIN match m ON m.id = k.match_id
       JOIN match_party p ON p.match_id = m.id AND p.role = 'beneficiary' JOIN delegation b ON b.id = p.delegation_id
       WHERE k.state <> 'withdrawn' AND m.recommendation_id = $1 AND b.code = $2 ORDER BY k.created_at DESC LIMIT 1`,
      [recommendation.id, seat.delegationCode],
    )
    if (commitment) await this.links.add(work, { kind: 'commitment', id: commitment.id }, { kind: 'report', id })
    return this.told(work, seat, { id, ...on, plan_id: null }, ownAndSecretariat(seat))
  }

  private async onAction(work: Writing, at: { documentId: string; itemId: string }, said: Said) {
    const { plan, action } = await this.progress.actionOf(work, at)
    const seat = seatOf(work.caller)
    must(seat.delegationCode === action.lead && decides(seat), 'Only the head or alternate of its lead reports.')
    mustBe(!action.underReview, UNDER_REVIEW)
    mustBe(action.may.includes('report'), 'The action is settled.')
    mustFit(said.measurements, { action, plan, now: work.now })
    const on = { plan_id: at.documentId, action_id: at.itemId, addressee_id: seat.delegationId! }
    const id = await this.put(work, seat, on, said)
    await putMeasurements(work, id, said.measurements)
    for (const served of action.recommendations)
      await this.links.add(work, { kind: 'recommendation', id: served }, { kind: 'report', id })
    return this.told(work, seat, { id, ...on, recommendation_id: null }, ownAndSecretariat(seat))
  }

  private async put({ db, now }: Writing, seat: ActingSeat, on: object, said: Said): Promise<string> {
    const id = newId()
    await insert(db, 'report', {
      ...{ id, round_id: seat.roundId, ...on, seat_id: seat.id },
      ...{ narrative: said.narrative, language: said.language, proposed_status: said.proposedStatus },
      ...{ evidence_url: said.evidenceUrl, evidence_title: said.evidenceTitle, state: 'submitted', submitted_at: now },
    })
    return id
  }

  @Handles(reviseReport)
  async reviseReport(work: Writing, input: InputOf<typeof reviseReport>) {
    const { report, seat } = await visibleReport(work, input.reportId)
    must(
      report.code === seat.delegationCode && decides(seat),
      'Only the head or alternate of its delegation submits a report again.',
    )
    mustBe(report.state === 'returned', `The report is ${report.state}.`)
    mustStandAt(report.revision, input.revision)
    await work.db.query(
      `UPDATE report SET narrative = $2, proposed_status = $3, evidence_url = $4, evidence_title = $5, state = 'submitted',
         submitted_at = $6, seat_id = $7, revision = revision + 1 WHERE id = $1`,
      [report.id, input.narrative, input.proposedStatus, input.evidenceUrl, input.evidenceTitle, work.now, seat.id],
    )
    const isOther = input.evidenceUrl !== report.evidence_url || input.evidenceTitle !== report.evidence_title
    if (isOther) await putBack(work, seat, report.id)
    if (input.measurements) await this.remeasure(work, report, input.measurements)
    return this.told(work, seat, report, ownAndSecretariat(seat))
  }

  @Handles(reviewReport)
  async reviewReport(work: Writing, { reportId, verdict, note, revision }: InputOf<typeof reviewReport>) {
    const { report, seat } = await visibleReport(work, reportId)
    must(isStaff(seat), 'Only the secretariat validates or returns a report.')
    mustBe(report.state === 'submitted', `The report is ${report.state}.`)
    mustStandAt(report.revision, revision)
    mustBe(
      verdict === 'returned' || !report.is_withdrawn,
      'Its evidence was withdrawn: return it, or put the evidence back.',
    )
    await work.db.query(
      `UPDATE report SET state = $2, review_note = $3, reviewed_at = $4, revision = revision + 1 WHERE id = $1`,
      [reportId, verdict, note, work.now],
    )
    if (verdict === 'validated') await this.standing.set(work, report)
    const heard = await heardOf(work, seat, { ...report, state: verdict })
    return this.told(work, seat, report, heard)
  }

  private async remeasure(work: Writing, { id, plan_id, action_id }: ReportRow, measured: Said['measurements']) {
    if (plan_id === null) throw invalidInput('measurements', 'Only the actions of a plan are measured.')
    const found = await this.progress.actionOf(work, { documentId: plan_id, itemId: action_id! })
    mustFit(measured, { ...found, now: work.now })
    await putMeasurements(work, id, measured)
  }

  private async told(work: Writing, seat: ActingSeat, report: Told, heard?: Audience) {
    const { id: reportId, recommendation_id: recommendationId, plan_id: documentId } = report
    work.record(seat.roundId, 'report.changed', { reportId, recommendationId, documentId }, heard)
    return (await reportsOf(work.db, seat, { id: reportId }))[0]!
  }
}

const isFollowed = async (db: Writing['db'], id: string, roundId: string): Promise<boolean> =>
  (await row(db, `SELECT 1 FROM recommendation c WHERE c.id = $2 AND ${FOLLOWED('$1')}`, [roundId, id])) !== undefined

const ownAndSecretariat = (seat: ActingSeat): Audience => ({
  delegationIds: seat.delegationId ? [seat.delegationId] : [],
  secretariat: true,
})
