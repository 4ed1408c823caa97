import type { Report } from '@multilogue/shared/follow-up'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { LINEAGE } from '../recommendations/lineage.js'

type BareReport = Omit<Report, 'dir' | 'may'>

const MEASUREMENTS = `SELECT coalesce(json_agg(json_build_object('indicatorId', m.indicator_id, 'on', m."on", 'value', m.value::float8,
    'parts', m.parts, 'title', n.title, 'unit', n.unit, 'disaggregation', n.disaggregation) ORDER BY n."order" COLLATE "C", n.id), '[]')
  FROM measurement m JOIN plan_indicator n ON n.document_id = e.plan_id AND n.id = m.indicator_id WHERE m.report_id = e.id`

/** Validated reports are seen by the round; the others by their delegation and the secretariat. */
export async function reportsOf(
  db: EntityManager,
  seat: ActingSeat,
  which: { id?: string; recommendationIds?: string[]; code?: string } = {},
): Promise<Report[]> {
  const found = await rows<BareReport>(
    db,
    `SELECT e.id, e.round_id AS "roundId", e.recommendation_id AS "recommendationId", coalesce(c.title, i.activity) AS title,
       CASE WHEN i.id IS NOT NULL THEN json_build_object('documentId', i.document_id, 'itemId', i.id, 'plan', t.title) END AS action,
       (${MEASUREMENTS}) AS measurements,
       coalesce(here.id, d.id) AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName",
       p.name AS "authorName", e.narrative, e.language, e.proposed_status AS "proposedStatus",
       e.evidence_url AS "evidenceUrl", e.evidence_title AS "evidenceTitle",
       CASE WHEN w.id IS NOT NULL THEN json_build_object('reason', w.reason, 'by', wp.name, 'at', ${instant('w.at')}) END AS "evidenceWithdrawn",
       e.state, e.review_note AS "reviewNote",
       ${instant('e.submitted_at')} AS "submittedAt", ${instant('e.reviewed_at')} AS "reviewedAt", e.revision
     FROM report e LEFT JOIN recommendation c ON c.id = e.recommendation_id
     LEFT JOIN plan_item i ON i.document_id = e.plan_id AND i.id = e.action_id LEFT JOIN document t ON t.id = e.plan_id
     JOIN delegation d ON d.id = e.addressee_id
     JOIN seat s ON s.id = e.seat_id JOIN person p ON p.id = s.person_id
     LEFT JOIN delegation here ON here.round_id = $1 AND here.code = d.code
     LEFT JOIN evidence_withdrawal w ON w.report_id = e.id AND w.restored_at IS NULL LEFT JOIN person wp ON wp.id = w.person_id
     WHERE e.round_id IN ${LINEAGE('$1')} AND ($2::uuid IS NULL OR e.id = $2)
       AND ($3::uuid[] IS NULL OR e.recommendation_id = ANY($3))
       AND (e.state = 'validated' OR $4 OR d.code = $5) AND ($6::text IS NULL OR d.code = $6) ORDER BY e.submitted_at DESC, e.id`,
    [
      ...[seat.roundId, which.id ?? null, which.recommendationIds ?? null],
      ...[isStaff(seat), seat.delegationCode, which.code ?? null],
    ],
  )
  return found.map((report) => ({ ...report, dir: directionOf(report.language), may: acts(report, seat) }))
}

function acts(report: BareReport, seat: ActingSeat): string[] {
  const own = seat.delegationCode === report.delegationCode && decides(seat)
  // A plan is seen from the seats of its own round alone.
  const isOfHere = report.action === null || report.roundId === seat.roundId
  const hasEvidence = Boolean(report.evidenceUrl ?? report.evidenceTitle)
  return [
    ...(report.state === 'submitted' && isStaff(seat) ? ['review'] : []),
    ...(report.state === 'returned' && own && isOfHere ? ['revise'] : []),
    ...(hasEvidence && !report.evidenceWithdrawn && (own || isStaff(seat)) ? ['withdraw-evidence'] : []),
    ...(report.evidenceWithdrawn && isStaff(seat) ? ['restore-evidence'] : []),
  ]
}
