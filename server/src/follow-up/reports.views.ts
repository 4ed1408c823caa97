import type { Report } from '@multilogue/shared/follow-up'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { LINEAGE } from '../recommendations/recommendations.views.js'

type BareReport = Omit<Report, 'dir' | 'may'>

/** Validated reports are seen by the round; the others by their delegation and the secretariat. */
export async function reportsOf(
  db: EntityManager,
  seat: ActingSeat,
  which: { id?: string; recommendationId?: string } = {},
): Promise<Report[]> {
  const found = await rows<BareReport>(
    db,
    `SELECT e.id, e.round_id AS "roundId", e.recommendation_id AS "recommendationId", c.title AS "recommendationTitle",
       coalesce(here.id, d.id) AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName",
       p.name AS "authorName", e.narrative, e.language, e.proposed_status AS "proposedStatus",
       e.evidence_url AS "evidenceUrl", e.evidence_title AS "evidenceTitle", e.state, e.review_note AS "reviewNote",
       ${instant('e.submitted_at')} AS "submittedAt", ${instant('e.reviewed_at')} AS "reviewedAt", e.revision
     FROM report e JOIN recommendation c ON c.id = e.recommendation_id JOIN delegation d ON d.id = e.addressee_id
     JOIN seat s ON s.id = e.seat_id JOIN person p ON p.id = s.person_id
     LEFT JOIN delegation here ON here.round_id = $1 AND here.code = d.code
     WHERE e.round_id IN ${LINEAGE('$1')} AND ($2::uuid IS NULL OR e.id = $2)
       AND ($3::uuid IS NULL OR e.recommendation_id = $3)
       AND (e.state = 'validated' OR $4 OR d.code = $5) ORDER BY e.submitted_at DESC, e.id`,
    [seat.roundId, which.id ?? null, which.recommendationId ?? null, isStaff(seat), seat.delegationCode],
  )
  return found.map((report) => ({ ...report, dir: directionOf(report.language), may: acts(report, seat) }))
}

function acts(report: BareReport, seat: ActingSeat): string[] {
  if (report.state === 'submitted' && isStaff(seat)) return ['review']
  if (report.state === 'returned' && seat.delegationCode === report.delegationCode && decides(seat)) return ['revise']
  return []
}
