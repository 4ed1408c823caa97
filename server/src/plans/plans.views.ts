import { AXES, type FieldProblem, type PlanIndicator, type PlanItem, type PlanResult } from '@multilogue/shared/plans'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

export interface ItemFilter {
  lane?: string
  lead?: string
  recommendationId?: string
  target?: string
  dueBefore?: string
}
type ListedItem = PlanItem & { documentId: string; documentTitle: string }
type ItemRow = Omit<ListedItem, 'lanes'> & { lane5c: string | null; laneAxis: string | null }

/** The plans of the seat's round that it may see; a delegation's own is in nobody else's list and count. */
const VISIBLE = `d.round_id = $1 AND (d.visibility = 'participants' OR d.owner_delegation_id = $2)`

const ITEMS = `SELECT i.document_id AS "documentId", d.title AS "documentTitle", i.id, i."order", i.activity, i.lead,
  i.partners, i.start::text, i.due::text, trim_scale(i.budget)::text AS budget, i.currency,
  i.gender_marker AS "genderMarker", i.targets, i.lane_5c AS "lane5c", i.lane_axis AS "laneAxis", i.recommendations,
  i.result_id AS "resultId", i.problems FROM plan_item i JOIN document d ON d.id = i.document_id`

/** @param documentId one plan; left out, all of the round */
export async function planItemsOf(
  db: EntityManager,
  seat: ActingSeat,
  filter: ItemFilter = {},
  documentId?: string,
): Promise<ListedItem[]> {
  const found = await rows<ItemRow>(
    db,
    `${ITEMS} WHERE ${VISIBLE} AND ($3::uuid IS NULL OR d.id = $3)
       AND ($4::text IS NULL OR $4 IN (i.lane_5c, i.lane_axis)) AND ($5::text IS NULL OR lower(i.lead) = lower($5))
       AND ($6::uuid IS NULL OR i.recommendations @> ARRAY[$6::uuid])
       AND ($7::text IS NULL OR i.targets @> ARRAY[$7::text]) AND ($8::date IS NULL OR i.due < $8)
     ORDER BY d.created_at, d.id, i."order" COLLATE "C", i.id`,
    [
      seat.roundId,
      seat.delegationId,
      documentId ?? null,
      filter.lane ?? null,
      filter.lead ?? null,
      filter.recommendationId ?? null,
      filter.target ?? null,
      filter.dueBefore ?? null,
    ],
  )
  return found.map(({ lane5c, laneAxis, ...item }) => ({
    ...item,
    lanes: { '5c': known(AXES['5c'], lane5c), axis: known(AXES.axis, laneAxis) },
  }))
}

const known = <T extends string>(all: readonly T[], one: string | null): T | null =>
  all.find((each) => each === one) ?? null

export const planResultsOf = (db: EntityManager, documentId: string): Promise<PlanResult[]> =>
  rows(
    db,
    `SELECT id, "order", level, parent_id AS "parentId", statement, problems FROM plan_result
     WHERE document_id = $1 ORDER BY "order" COLLATE "C", id`,
    [documentId],
  )

export const planIndicatorsOf = (db: EntityManager, documentId: string): Promise<PlanIndicator[]> =>
  rows<PlanIndicator & { problems: FieldProblem[] }>(
    db,
    `SELECT id, "order", result_id AS "resultId", item_id AS "itemId", title, unit, baseline, target, method, source,
       responsible, frequency, disaggregation, problems FROM plan_indicator
     WHERE document_id = $1 ORDER BY "order" COLLATE "C", id`,
    [documentId],
  )

/** The log number at which the tables stand; 0: nothing was written yet. */
export async function projectedNo(db: EntityManager, documentId: string): Promise<number> {
  const found = await row<{ no: string }>(
    db,
    `SELECT no FROM document_projection WHERE document_id = $1 AND name = 'plan'`,
    [documentId],
  )
  return Number(found?.no ?? 0)
}

export async function adoptionOf(db: EntityManager, documentId: string) {
  const found = await row<{ at: string; by: string; code: string; no: string }>(
    db,
    `SELECT ${instant('d.adopted_at')} AS at, p.name AS by, coalesce(g.code, s.role) AS code, d.adopted_no AS no
     FROM document d JOIN person p ON p.id = d.adopted_by_person_id JOIN seat s ON s.id = d.adopted_by_seat_id
     LEFT JOIN delegation g ON g.id = s.delegation_id WHERE d.id = $1 AND d.adopted_at IS NOT NULL`,
    [documentId],
  )
  return found ? { ...found, no: Number(found.no) } : null
}

/** The recommendations that some action in a visible plan serves. */
export async function actedOn(db: EntityManager, seat: ActingSeat): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    db,
    `SELECT DISTINCT unnest(i.recommendations) AS id FROM plan_item i JOIN document d ON d.id = i.document_id
     WHERE ${VISIBLE}`,
    [seat.roundId, seat.delegationId],
  )
  return new Set(found.map(({ id }) => id))
}
