import { figuresOf } from '@multilogue/shared/figures'
import { actionsOf, wayOf } from '@multilogue/shared/on-the-way'
import type { PlanIndicator, PlanItem, PlanResult } from '@multilogue/shared/plans'
import type { ActionProgress, IndicatorProgress, Measurement, PlanProgress } from '@multilogue/shared/progress'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { dayOf } from '../common/clock.js'
import { rows } from '../common/sql.js'
import { flagsOf, settled } from '../recommendations/recommendations.workflow.js'

/** Null is everybody: what is public. The forum itself sees all, and acts on nothing. */
type Reader = ActingSeat | 'forum' | null

interface PlanRow {
  id: string
  title: string
  language: PlanProgress['language']
  adoptedOn: string
  adoptedAt: Date
}
type OfPlan<T> = T & { planId: string }
interface ItemRow extends Pick<
  PlanItem,
  'id' | 'activity' | 'lead' | 'partners' | 'start' | 'due' | 'resultId' | 'recommendations' | 'genderMarker'
> {
  status: ActionProgress['status']
  assurance: ActionProgress['assurance']
  statusAt: Date | null
  /** Whether its lead is a delegation of the round, which can report. */
  isHere: boolean
  isReported: boolean
}
type IndicatorRow = Omit<PlanIndicator, 'order' | 'problems'>
type ResultRow = Omit<PlanResult, 'order' | 'problems'>
type MeasurementRow = Measurement & { indicatorId: string }

/** SQL: the document `d` is a plan that the participants have adopted. */
export const ADOPTED_PLAN = `(d.kind = 'action_plan' AND d.visibility = 'participants' AND d.adopted_at IS NOT NULL)`
/** SQL: the party with that code leads an action of the plan `d`. */
export const LED_BY = (code: string) =>
  `EXISTS (SELECT 1 FROM plan_item i WHERE i.document_id = d.id AND i.lead = ${code})`

const PLANS = `SELECT d.id, d.title, d.language, d.adopted_at::date::text AS "adoptedOn", d.adopted_at AS "adoptedAt" FROM document d
  WHERE d.round_id = $1 AND ${ADOPTED_PLAN} AND ($2::uuid[] IS NULL OR d.id = ANY($2))
    AND ($3::text IS NULL OR ${LED_BY('$3')}) ORDER BY d.adopted_at, d.id`

const ITEMS = `SELECT i.document_id AS "planId", i.id, i.activity, i.lead, i.partners, i.start::text, i.due::text,
    i.result_id AS "resultId", i.recommendations, i.gender_marker AS "genderMarker", coalesce(p.status, 'not_started') AS status,
    coalesce(p.assurance, 'none') AS assurance, p.status_at AS "statusAt", g.id IS NOT NULL AS "isHere",
    EXISTS (SELECT 1 FROM report e WHERE e.plan_id = d.id AND e.action_id = i.id AND e.state <> 'validated') AS "isReported"
  FROM plan_item i JOIN document d ON d.id = i.document_id
  LEFT JOIN plan_progress p ON p.plan_id = i.document_id AND p.action_id = i.id AND p.plan_id = ANY($1)
  LEFT JOIN delegation g ON g.round_id = d.round_id AND g.code = i.lead
  WHERE i.document_id = ANY($1) ORDER BY i."order" COLLATE "C", i.id`

const RESULTS = `SELECT document_id AS "planId", id, level, parent_id AS "parentId", statement FROM plan_result
  WHERE document_id = ANY($1) ORDER BY "order" COLLATE "C", id`

const INDICATORS = `SELECT document_id AS "planId", id, result_id AS "resultId", item_id AS "itemId", title, unit, baseline, target,
    method, source, responsible, frequency, disaggregation FROM plan_indicator
  WHERE document_id = ANY($1) ORDER BY "order" COLLATE "C", id`

/** What is not validated is seen by the delegation that says it and the secretariat: $2 its code, $3 the secretariat. */
const MEASUREMENTS = `SELECT e.plan_id AS "planId", m.indicator_id AS "indicatorId", m."on"::text, m.value::float8, m.parts,
    e.id AS "reportId", d.code AS by, CASE WHEN e.state = 'validated' AND w.id IS NOT NULL THEN 'withdrawn' ELSE e.state END AS state
  FROM report e JOIN measurement m ON m.report_id = e.id JOIN delegation d ON d.id = e.addressee_id
  LEFT JOIN evidence_withdrawal w ON w.report_id = e.id AND w.restored_at IS NULL
  WHERE e.plan_id = ANY($1) AND (e.state = 'validated' OR d.code = $2 OR $3::boolean)
  ORDER BY m."on", e.submitted_at, e.id`

/**
 * Of each indicator only the last value that counts, and what is submitted: where it stands follows from them.
 * Few reports are open at a time, and the newest of an indicator are found by its day, each with the one report that
 * it is of: `IS NOT DISTINCT FROM` keeps the database from going through all reports of the plan for it.
 */
const LAST = `SELECT * FROM (
    SELECT n.document_id AS "planId", n.id AS "indicatorId", v.* FROM plan_indicator n, LATERAL (
      SELECT m."on"::text, m.value::float8, m.parts, e.id AS "reportId", d.code AS by, e.state, e.submitted_at
      FROM measurement m JOIN report e ON e.id = m.report_id JOIN delegation d ON d.id = e.addressee_id
      WHERE m.indicator_id = n.id AND e.plan_id IS NOT DISTINCT FROM n.document_id AND e.state = 'validated' AND NOT EXISTS (
        SELECT 1 FROM evidence_withdrawal w WHERE w.report_id = e.id AND w.restored_at IS NULL)
      ORDER BY m."on" DESC, e.submitted_at DESC, e.id DESC LIMIT 1) v WHERE n.document_id = ANY($1)
    UNION ALL
    SELECT e.plan_id, m.indicator_id, m."on"::text, m.value::float8, m.parts, e.id, d.code, e.state, e.submitted_at
    FROM report e JOIN measurement m ON m.report_id = e.id JOIN delegation d ON d.id = e.addressee_id
    WHERE e.plan_id = ANY($1) AND e.state = 'submitted' AND e.state <> 'validated' AND (d.code = $2 OR $3::boolean)) l
  ORDER BY "on", submitted_at, "reportId"`

interface Asked {
  roundId: string
  /** Some of them. */
  documentIds?: string[]
  /** Those in which the party with that code leads an action. */
  lead?: string | undefined
  /** `last`: what tells where the indicators stand, and not how they came there. */
  measured?: 'all' | 'last'
  now: Date
}

/** The adopted plans of a round, as its participants follow them up. */
export async function progressOf(
  db: EntityManager,
  reader: Reader,
  { roundId, documentIds, lead, measured: depth = 'all', now }: Asked,
): Promise<PlanProgress[]> {
  const plans = await rows<PlanRow>(db, PLANS, [roundId, documentIds ?? null, lead ?? null])
  if (plans.length === 0) return []
  const ids = plans.map(({ id }) => id)
  const seesAll = reader === 'forum' || (reader !== null && isStaff(reader))
  const code = reader === 'forum' ? null : (reader?.delegationCode ?? null)
  const items = byPlan(await rows<OfPlan<ItemRow>>(db, ITEMS, [ids]))
  const results = byPlan(await rows<OfPlan<ResultRow>>(db, RESULTS, [ids]))
  const indicators = byPlan(await rows<OfPlan<IndicatorRow>>(db, INDICATORS, [ids]))
  const measured = byPlan(
    await rows<OfPlan<MeasurementRow>>(db, depth === 'all' ? MEASUREMENTS : LAST, [ids, code, seesAll]),
  )
  return plans.map((plan) =>
    view(plan, {
      ...{ items: items(plan.id), results: results(plan.id), indicators: indicators(plan.id) },
      ...{ measured: measured(plan.id), reader, seesAll, code, now },
    }),
  )
}

interface Read {
  items: ItemRow[]
  results: ResultRow[]
  indicators: IndicatorRow[]
  measured: MeasurementRow[]
  reader: Reader
  seesAll: boolean
  code: string | null
  now: Date
}

function view(plan: PlanRow, { items, results, indicators, measured, reader, seesAll, code, now }: Read): PlanProgress {
  const { id: documentId, title, language, adoptedOn, adoptedAt } = plan
  const actions = items.map(({ isHere, isReported, statusAt, ...item }): ActionProgress => {
    const { status, assurance, due: dueOn } = item
    const progress = { state: 'adopted', response: 'supported', adoptedAt, dueOn, status, assurance, statusAt }
    return {
      ...item,
      statusAt: statusAt?.toISOString() ?? null,
      flags: [...flagsOf(progress, now), ...(isHere ? [] : ['no_owner' as const])],
      underReview: isReported && (seesAll || code === item.lead),
      may: mayReport(reader, item.lead) && !settled(item) && !isReported ? ['report'] : [],
    }
  })
  const when = { adoptedOn, today: dayOf(now) }
  return {
    ...{ documentId, title, language, adoptedOn, actions, results },
    figures: figuresOf(actions),
    indicators: indicators.map((indicator) => {
      const measurements = measured
        .filter(({ indicatorId }) => indicatorId === indicator.id)
        .map(({ indicatorId: _, ...measurement }) => measurement)
      // Nobody reports on what is settled.
      const isOver = actionsOf(indicator, { actions, results }).every(settled)
      const way = wayOf({ ...indicator, measurements }, { items, results }, { ...when, isOver })
      return { ...indicator, measurements, ...way }
    }),
  }
}

const mayReport = (reader: Reader, lead: string): boolean =>
  reader !== null && reader !== 'forum' && reader.delegationCode === lead && decides(reader)

function byPlan<T extends object>(all: OfPlan<T>[]): (planId: string) => T[] {
  const plans = new Map<string, T[]>()
  for (const { planId, ...one } of all) {
    const found = plans.get(planId) ?? []
    found.push(one as unknown as T)
    plans.set(planId, found)
  }
  return (planId) => plans.get(planId) ?? []
}

export const summaryOf = ({ documentId, title, language, adoptedOn, figures, indicators }: PlanProgress) => ({
  ...{ documentId, title, language, adoptedOn, figures },
  indicators: {
    total: indicators.length,
    due: indicators.filter(isDue).length,
    atRisk: indicators.filter(({ flags }) => flags.includes('at_risk')).length,
  },
})

export const isDue = ({ flags }: Pick<IndicatorProgress, 'flags'>): boolean =>
  flags.includes('due_soon') || flags.includes('overdue')

/** Who can report on what an indicator measures: the leads of actions that move it and are not settled. */
export const leadsOf = (indicator: IndicatorProgress, plan: PlanProgress): string[] => [
  ...new Set(
    actionsOf(indicator, plan)
      .filter((action) => !settled(action))
      .map(({ lead }) => lead),
  ),
]
