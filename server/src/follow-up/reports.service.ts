import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { listReports, reviewReport, reviseReport, submitReport } from '@multilogue/shared/follow-up'
import { decides, isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { ownPlace, visibleRecommendation } from '../access/recommendation.access.js'
import { visibleReport } from '../access/report.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { RecommendationsService } from '../recommendations/recommendations.service.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Audience, Reading, Writing } from '../work/work.js'
import { heardOf } from './hearers.js'
import { putBack } from './putting-back.js'
import { reportsOf } from './reports.views.js'

@Injectable()
export class ReportsService {
  constructor(
    private readonly recommendations: RecommendationsService,
    private readonly links: TraceLinks,
  ) {}

  @Handles(listReports)
  listReports({ db, caller }: Reading, { roundId, recommendationId }: InputOf<typeof listReports>) {
    return reportsOf(db, seatIn(caller, roundId), { recommendationId })
  }

  @Handles(submitReport)
  async submitReport(work: Writing, input: InputOf<typeof submitReport>) {
    const { db, now } = work
    const { recommendation, seat } = await visibleRecommendation(work, input.recommendationId)
    const place = seat.delegationCode === null ? undefined : await ownPlace(db, recommendation.id, seat)
    must(place !== undefined && decides(seat), 'Only the head or alternate of an addressee reports.')
    mustBe(recommendation.state === 'adopted', `The recommendation is ${recommendation.state}.`)
    const open = await row(
      db,
      `SELECT 1 FROM report WHERE recommendation_id = $1 AND addressee_id = $2 AND state <> 'validated'`,
      [recommendation.id, place.delegation_id],
    )
    mustBe(!open, 'A report of your delegation is under review already.')
    const id = newId()
    await insert(db, 'report', {
      id,
      round_id: seat.roundId,
      recommendation_id: recommendation.id,
      addressee_id: place.delegation_id,
      seat_id: seat.id,
      narrative: input.narrative,
      language: input.language,
      proposed_status: input.proposedStatus,
      evidence_url: input.evidenceUrl,
      evidence_title: input.evidenceTitle,
      state: 'submitted',
      submitted_at: now,
    })
    await this.links.add(work, { kind: 'recommendation', id: recommendation.id }, { kind: 'report', id })
    const commitment = await row<{ id: string }>(
      db,
      `SELECT k.id FROM commitment k JOIN match m ON m.id = k.match_id
       JOIN match_party p ON p.match_id = m.id AND p.role = 'beneficiary' JOIN delegation b ON b.id = p.delegation_id
       WHERE k.state <> 'withdrawn' AND m.recommendation_id = $1 AND b.code = $2 ORDER BY k.created_at DESC LIMIT 1`,
      [recommendation.id, seat.delegationCode],
    )
    if (commitment) await this.links.add(work, { kind: 'commitment', id: commitment.id }, { kind: 'report', id })
    return this.told(work, seat, id, recommendation.id, ownAndSecretariat(seat))
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
    return this.told(work, seat, report.id, report.recommendation_id, ownAndSecretariat(seat))
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
    if (verdict === 'validated')
      await this.recommendations.setStatus(
        work,
        report.recommendation_id,
        report.addressee_id,
        report.proposed_status,
        'validated',
      )
    const heard = await heardOf(work, seat, { ...report, state: verdict })
    return this.told(work, seat, reportId, report.recommendation_id, heard)
  }

  private async told(work: Writing, seat: ActingSeat, reportId: string, recommendationId: string, heard?: Audience) {
    work.record(seat.roundId, 'report.changed', { reportId, recommendationId }, heard)
    return (await reportsOf(work.db, seat, { id: reportId }))[0]!
  }
}

const ownAndSecretariat = (seat: ActingSeat): Audience => ({
  delegationIds: seat.delegationId ? [seat.delegationId] : [],
  secretariat: true,
})
