import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { restoreEvidence, withdrawEvidence } from '@multilogue/shared/follow-up'
import { decides, isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { visibleReport, type ReportRow } from '../access/report.access.js'
import { newId } from '../common/ids.js'
import { mustStandAt } from '../common/revision.js'
import { insert } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { heardOf } from './hearers.js'
import { putBack } from './putting-back.js'
import { reportsOf } from './reports.views.js'
import { Standing } from './standing.js'

/** What a report rests on may turn out to be wrong: what was proven by it is then only said, until it is back. */
@Injectable()
export class EvidenceService {
  constructor(private readonly standing: Standing) {}

  @Handles(withdrawEvidence)
  async withdrawEvidence(work: Writing, { reportId, reason, revision }: InputOf<typeof withdrawEvidence>) {
    const { report, seat } = await visibleReport(work, reportId)
    must(
      isStaff(seat) || (report.code === seat.delegationCode && decides(seat)),
      'Only the head or alternate of its delegation, or the secretariat, withdraws evidence.',
    )
    mustBe(Boolean(report.evidence_url ?? report.evidence_title), 'The report has no evidence.')
    mustBe(!report.is_withdrawn, 'The evidence is withdrawn already.')
    mustStandAt(report.revision, revision)
    await insert(work.db, 'evidence_withdrawal', {
      ...{ id: newId(), report_id: reportId, reason, person_id: work.caller.personId, seat_id: seat.id, at: work.now },
    })
    return this.changed(work, seat, report, 'self_reported')
  }

  @Handles(restoreEvidence)
  async restoreEvidence(work: Writing, { reportId, revision }: InputOf<typeof restoreEvidence>) {
    const { report, seat } = await visibleReport(work, reportId)
    must(isStaff(seat), 'Only the secretariat puts evidence back, as it validates.')
    mustBe(report.is_withdrawn, 'The evidence is not withdrawn.')
    mustStandAt(report.revision, revision)
    await putBack(work, seat, reportId)
    return this.changed(work, seat, report, 'validated')
  }

  /** The assurance follows when this report is the one that the status stands on. Whoever validates meanwhile is told. */
  private async changed(work: Writing, seat: ActingSeat, report: ReportRow, assurance: 'self_reported' | 'validated') {
    const { id, recommendation_id: recommendationId, plan_id: documentId } = report
    await work.db.query(`UPDATE report SET revision = revision + 1 WHERE id = $1`, [id])
    if (await this.standing.isOn(work, report)) await this.standing.setAssurance(work, report, assurance)
    const heard = await heardOf(work, seat, report)
    work.record(seat.roundId, 'report.changed', { reportId: id, recommendationId, documentId }, heard)
    return (await reportsOf(work.db, seat, { id }))[0]!
  }
}
