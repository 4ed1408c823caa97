import type { Report } from '@multilogue/shared/follow-up'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { LINEAGE } from '../recommendations/lineage.js'

type BareReport = Omit<Report, 'dir' | 'may'>

const MEASUREMENTS = `SELECT coalesce(json_agg(json_build_object('indicatorId', m.indicator_id, 'on', m."on", 'value', m.value::float8,
    'parts', m.parts, 'title', n.title, 'unit', n.unit, 'disaggregation', n.disaggregation) ORDER BY n."order" COLLATE "C", n.id), '[]')
  FROM measurement m JOIN plan_indicator n ON n.document_id = e.plan_id AND n.id = m.indicator_id WHERE m.report_id = e.id`

interface Which {
  id?: string | undefined
  recommendationIds?: string[] | undefined
  /** Those of the party with that code. */
  code?: string | undefined
  /** `open`: not validated. */
  state?: 'open' | 'submitted' | 'validated' | undefined
  /** Behind which report the page begins. */
  after?: string | undefined
  limit?: number | undefined
}

/** SQL of the reports `e` that a seat may see: validated ones all of the round, the others their delegation and the secretariat. */
function seen(seat: ActingSeat, which: Which, values: unknown[]): string {
  const value = (one: unknown) => `$${values.push(one)}`
  const ofParty = (code: string | null) => `e.addressee_id IN (SELECT id FROM delegation WHERE code = ${value(code)})`
  const { id, recommendationIds, code, state, after } = which
  return [
    `e.round_id IN ${LINEAGE(value(seat.roundId))}`,
    ...(isStaff(seat) ? [] : [`(e.state = 'validated' OR ${ofParty(seat.delegationCode)})`]),
    ...(id ? [`e.id = ${value(id)}`] : []),
    ...(recommendationIds ? [`e.recommendation_id = ANY(${value(recommendationIds)})`] : []),
    ...(code ? [ofParty(code)] : []),
    ...(state === 'validated' ? [`e.state = 'validated'`] : []),
    ...(state === 'open' || state === 'submitted' ? [`e.state <> 'validated'`] : []),
    ...(state === 'submitted' ? [`e.state = 'submitted'`] : []),
    ...(after ? [`(e.submitted_at, e.id) < (SELECT submitted_at, id FROM report WHERE id = ${value(after)})`] : []),
  ].join(' AND ')
}

/** The reports that a seat may see, of its round and those before, newest first. */
export async function reportsOf(db: EntityManager, seat: ActingSeat, which: Which = {}): Promise<Report[]> {
  const values: unknown[] = [seat.roundId, which.limit ?? null]
  const found = await rows<BareReport>(
    db,
    `WITH page AS MATERIALIZED (SELECT e.* FROM report e WHERE ${seen(seat, which, values)}
       ORDER BY e.submitted_at DESC, e.id DESC LIMIT $2)
     SELECT e.id, e.round_id AS "roundId", e.recommendation_id AS "recommendationId", coalesce(c.title, i.activity) AS title,
       CASE WHEN i.id IS NOT NULL THEN json_build_object('documentId', i.document_id, 'itemId', i.id, 'plan', t.title) END AS action,
       (${MEASUREMENTS}) AS measurements,
       coalesce(here.id, d.id) AS "delegationId", d.code AS "delegationCode", d.name AS "delegationName",
       p.name AS "authorName", e.narrative, e.language, e.proposed_status AS "proposedStatus",
       e.evidence_url AS "evidenceUrl", e.evidence_title AS "evidenceTitle",
       CASE WHEN w.id IS NOT NULL THEN json_build_object('reason', w.reason, 'by', wp.name, 'at', ${instant('w.at')}) END AS "evidenceWithdrawn",
       e.state, e.review_note AS "reviewNote",
       ${instant('e.submitted_at')} AS "submittedAt", ${instant('e.reviewed_at')} AS "reviewedAt", e.revision
     FROM page e LEFT JOIN recommendation c ON c.id = e.recommendation_id
     LEFT JOIN plan_item i ON i.document_id = e.plan_id AND i.id = e.action_id LEFT JOIN document t ON t.id = e.plan_id
     JOIN delegation d ON d.id = e.addressee_id
     JOIN seat s ON s.id = e.seat_id JOIN person p ON p.id = s.person_id
     LEFT JOIN delegation here ON here.round_id = $1 AND here.code = d.code
     LEFT JOIN evidence_withdrawal w ON w.report_id = e.id AND w.restored_at IS NULL LEFT JOIN person wp ON wp.id = w.person_id
     ORDER BY e.submitted_at DESC, e.id DESC`,
    values,
  )
  return found.map((report) => ({ ...report, dir: directionOf(report.language), may: acts(report, seat) }))
}

/** How many reports wait for the secretariat. */
export async function countSubmitted(db: EntityManager, seat: ActingSeat): Promise<number> {
  const values: unknown[] = []
  const found = await row<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM report e WHERE ${seen(seat, { state: 'submitted' }, values)}`,
    values,
  )
  return found!.count
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
