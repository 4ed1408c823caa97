import type { ImplementationStatus } from '@multilogue/shared/recommendations'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { LINEAGE } from '../recommendations/lineage.js'
import type { Writing } from '../work/work.js'
import { isStaff, seatOf, type ActingSeat } from './caller.js'

/*
 * Who may see a report
 *
 * Once it is validated, every seat of its round and of the rounds that follow it up; before, its delegation and the
 * secretariat.
 */
export interface ReportRow {
  id: string
  recommendation_id: string | null
  /** With `action_id`: an action of an adopted plan. */
  plan_id: string | null
  action_id: string | null
  addressee_id: string
  code: string
  proposed_status: ImplementationStatus
  evidence_url: string | null
  evidence_title: string
  is_withdrawn: boolean
  state: 'submitted' | 'validated' | 'returned'
  reviewed_at: Date | null
  revision: number
}

/** A report, locked for a change. @throws Refusal not-found, for hidden and absent alike */
export async function visibleReport(
  { db, caller }: Pick<Writing, 'db' | 'caller'>,
  reportId: string,
): Promise<{ report: ReportRow; seat: ActingSeat }> {
  const seat = seatOf(caller)
  const report = await row<ReportRow>(
    db,
    `SELECT e.*, d.code,
       EXISTS (SELECT 1 FROM evidence_withdrawal w WHERE w.report_id = e.id AND w.restored_at IS NULL) AS is_withdrawn
     FROM report e JOIN delegation d ON d.id = e.addressee_id
     WHERE e.id = $1 AND e.round_id IN ${LINEAGE('$2')} FOR UPDATE OF e`,
    [reportId, seat.roundId],
  )
  if (!report) throw nothingHere()
  if (report.state !== 'validated' && !isStaff(seat) && report.code !== seat.delegationCode) throw nothingHere()
  return { report, seat }
}
