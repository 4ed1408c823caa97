import type { EntityManager } from 'typeorm'
import { dayOf } from '../common/clock.js'
import { rows } from '../common/sql.js'
import { leadsOf, progressOf } from '../plans/progress.views.js'
import { settled } from '../recommendations/recommendations.workflow.js'
import { seatsOfCode } from './concerned.js'
import type { Reminder } from './reminders.js'

/** Before and after the day: so many days from it, and for how many days it is news. */
const PHASES = { due: -7, late: 1 }
const NEWS_DAYS = 7
const NEAR_DAYS = 7

/** SQL of the calendar months between two values of the indicator `n`; null for what is measured once. */
const PERIOD = `make_interval(months => CASE n.frequency WHEN 'monthly' THEN 1 WHEN 'quarterly' THEN 3
  WHEN 'half_yearly' THEN 6 WHEN 'yearly' THEN 12 END)`

/**
 * Adopted plans of open rounds in which something may be due near the day $1: an action, a value that is measured once
 * (it is due with an action), or one that is measured every so often and was last a period ago. A month has not always
 * the same days, so there is some play.
 */
const CANDIDATES = `
  SELECT d.round_id AS "roundId", array_agg(d.id) AS "documentIds" FROM document d JOIN round r ON r.id = d.round_id
  WHERE d.kind = 'action_plan' AND d.adopted_at IS NOT NULL AND r.status <> 'closed' AND (
    EXISTS (SELECT 1 FROM plan_item i WHERE i.document_id = d.id AND i.due BETWEEN $1::date - $2::int AND $1::date + $2::int)
    OR EXISTS (SELECT 1 FROM plan_indicator n LEFT JOIN LATERAL (
        SELECT m."on" FROM measurement m JOIN report e ON e.id = m.report_id
        WHERE m.indicator_id = n.id AND e.plan_id IS NOT DISTINCT FROM n.document_id AND (e.state = 'submitted' OR (
          e.state = 'validated' AND NOT EXISTS (
            SELECT 1 FROM evidence_withdrawal w WHERE w.report_id = e.id AND w.restored_at IS NULL)))
        ORDER BY m."on" DESC LIMIT 1) heard ON true
      WHERE n.document_id = d.id AND coalesce(heard."on", d.adopted_at::date) + ${PERIOD}
        BETWEEN $1::date - $2::int - 3 AND $1::date + $2::int + 3))
  GROUP BY d.round_id`

/**
 * Actions of adopted plans that are due, and values of their indicators: a week before, and when the day has passed.
 * What is due is what the page of the plan says; the database only leaves out the plans of which nothing can be.
 */
export async function plansDue(db: EntityManager, now: Date): Promise<Reminder[]> {
  const candidates = await rows<{ roundId: string; documentIds: string[] }>(db, CANDIDATES, [dayOf(now), NEAR_DAYS])
  const found: (Omit<Reminder, 'seats'> & { code: string })[] = []
  for (const { roundId, documentIds } of candidates)
    for (const plan of await progressOf(db, 'forum', { roundId, documentIds, measured: 'last', now })) {
      const { documentId } = plan
      const near = [
        ...plan.actions
          .filter((action) => !settled(action))
          .map(({ id, activity, lead, due }) => ({ id, subject: activity, codes: [lead], day: due })),
        ...plan.indicators.map((one) => ({
          ...{ id: one.id, subject: one.title, codes: leadsOf(one, plan), day: one.nextDueOn },
        })),
      ]
      for (const { id, subject, codes, day } of near)
        for (const phase of phasesOf(day, now))
          for (const code of codes)
            found.push({
              ...{ roundId, code, subject, kind: 'report_due', source: `plan:${id}:${phase}:${day}` },
              ...{ topic: `plan:${documentId}`, href: `/documents/${documentId}?face=progress` },
            })
    }
  const told = await rows<{ source: string }>(db, `SELECT DISTINCT source FROM notice WHERE source = ANY($1)`, [
    found.map(({ source }) => source),
  ])
  const known = new Set(told.map(({ source }) => source))
  return found
    .filter(({ source }) => !known.has(source))
    .map(({ code, ...telling }) => ({ ...telling, seats: (of) => seatsOfCode(of, telling.roundId, code) }))
}

function phasesOf(day: string | null, now: Date): string[] {
  if (day === null) return []
  const passed = (Date.parse(dayOf(now)) - Date.parse(day)) / 86_400_000
  return Object.entries(PHASES).flatMap(([phase, at]) => (passed >= at && passed < at + NEWS_DAYS ? [phase] : []))
}
