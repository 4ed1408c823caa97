import type { Origin, Vision, VisionFacts, VisionState } from '@multilogue/shared/visions'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { dayOf } from '../common/clock.js'
import { row, rows } from '../common/sql.js'
import { LINEAGE } from '../recommendations/lineage.js'

type Bare = Omit<VisionFacts, 'state'>

/** `$1` the round, `$2` the delegation, `$3` one vision or all; an own one that was adopted is known by what was issued. */
const FACTS = `SELECT d.id AS "documentId", d.title, d.language, g.code, d.review_on::text AS "reviewOn",
    ${instant('d.adopted_at')} AS "adoptedAt", p.name AS "adoptedBy",
    (SELECT jsonb_build_object('id', i.id, 'symbol', i.symbol) FROM issued_document i
      WHERE i.document_id = d.id AND d.adopted_at IS NOT NULL ORDER BY i.issued_at DESC, i.id DESC LIMIT 1) AS issued,
    (d.visibility = 'participants' OR coalesce(d.owner_delegation_id = $2, false)) AS open,
    ARRAY(SELECT s.id FROM document s WHERE s.vision_id = d.id
      AND (s.visibility = 'participants' OR s.owner_delegation_id = $2) ORDER BY s.created_at, s.id) AS "planIds"
  FROM document d LEFT JOIN delegation g ON g.id = d.owner_delegation_id LEFT JOIN person p ON p.id = d.adopted_by_person_id
  WHERE d.kind = 'vision_statement' AND d.round_id = $1 AND ($3::uuid IS NULL OR d.id = $3)
    AND (d.visibility = 'participants' OR d.owner_delegation_id = $2 OR d.adopted_at IS NOT NULL)
  ORDER BY d.created_at, d.id`

export async function visionsOf(db: EntityManager, seat: ActingSeat, now: Date, id?: string): Promise<VisionFacts[]> {
  const found = await rows<Bare>(db, FACTS, [seat.roundId, seat.delegationId, id ?? null])
  return found.map((vision) => ({ ...vision, state: stateOf(vision, dayOf(now)) }))
}

const stateOf = ({ adoptedAt, reviewOn }: Pick<Bare, 'adoptedAt' | 'reviewOn'>, today: string): VisionState =>
  adoptedAt === null ? 'drafting' : reviewOn !== null && reviewOn <= today ? 'due' : 'adopted'

/** The plans that name the vision, of those that the seat may see. */
export const plansServing = (db: EntityManager, seat: ActingSeat, visionId: string): Promise<Vision['plans']> =>
  rows(
    db,
    `SELECT d.id AS "documentId", d.title, d.adopted_at IS NOT NULL AS adopted,
       (SELECT count(*)::int FROM plan_item i WHERE i.document_id = d.id) AS items
     FROM document d WHERE d.vision_id = $1 AND (d.visibility = 'participants' OR d.owner_delegation_id = $2)
     ORDER BY d.created_at, d.id`,
    [visionId, seat.delegationId],
  )

/** @param standing  the ids of the paragraphs that are in the text now */
export async function originsOf(db: EntityManager, visionId: string, standing: Set<string>): Promise<Origin[]> {
  const found = await rows<Omit<Origin, 'orphaned'>>(
    db,
    `SELECT o.id, o.paragraph_id AS "paragraphId",
       CASE WHEN o.finding_id IS NOT NULL THEN 'finding' WHEN o.question_id IS NOT NULL THEN 'question'
         ELSE 'recommendation' END AS kind,
       coalesce(o.finding_id, o.question_id, o.recommendation_id) AS "targetId",
       coalesce(f.title, q.body, r.title) AS title, p.name AS by, ${instant('o.at')} AS at
     FROM paragraph_origin o JOIN person p ON p.id = o.person_id LEFT JOIN finding f ON f.id = o.finding_id
       LEFT JOIN guiding_question q ON q.id = o.question_id LEFT JOIN recommendation r ON r.id = o.recommendation_id
     WHERE o.document_id = $1 ORDER BY o.at, o.id`,
    [visionId],
  )
  return found.map((origin) => ({ ...origin, orphaned: !standing.has(origin.paragraphId) }))
}

/** Whether a paragraph of the seat's round can be said to come from it. */
export async function isOrigin(db: EntityManager, seat: ActingSeat, kind: Origin['kind'], id: string) {
  const from = {
    finding: `finding WHERE id = $1 AND round_id = $2 AND withdrawn_at IS NULL`,
    question: `guiding_question WHERE id = $1 AND round_id = $2 AND withdrawn_at IS NULL`,
    recommendation: `recommendation WHERE id = $1 AND round_id IN ${LINEAGE('$2')}`,
  }[kind]
  return (await row(db, `SELECT 1 FROM ${from}`, [id, seat.roundId])) !== undefined
}
