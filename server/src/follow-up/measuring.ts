import { indicatorsOf } from '@multilogue/shared/on-the-way'
import type { ActionProgress, Measured, PlanProgress } from '@multilogue/shared/progress'
import { dayOf } from '../common/clock.js'
import { invalidInput } from '../common/problem.js'
import type { Writing } from '../work/work.js'

/**
 * What was measured goes on file with the report that says it.
 *
 * Measured is what the action moves, once for each report, on a day since the adoption that is not to come.
 */
export function mustFit(
  measured: readonly Measured[],
  { action, plan, now }: { action: ActionProgress; plan: PlanProgress; now: Date },
) {
  const own = new Set(indicatorsOf(action, plan).map(({ id }) => id))
  const seen = new Set<string>()
  for (const [at, { indicatorId, on }] of measured.entries()) {
    const refuse = (field: string, detail: string) => invalidInput(`measurements/${at}/${field}`, detail)
    if (!own.has(indicatorId)) throw refuse('indicatorId', 'The action does not move this indicator.')
    if (seen.has(indicatorId)) throw refuse('indicatorId', 'The indicator is named twice.')
    if (on < plan.adoptedOn) throw refuse('on', 'Before the plan was adopted: that is the baseline.')
    if (on > dayOf(now)) throw refuse('on', 'The day is still to come.')
    seen.add(indicatorId)
  }
}

/** In the place of what was given before. */
export async function putMeasurements({ db }: Writing, reportId: string, measured: readonly Measured[]): Promise<void> {
  await db.query(`DELETE FROM measurement WHERE report_id = $1`, [reportId])
  await db.query(
    `INSERT INTO measurement (report_id, indicator_id, "on", value, parts)
     SELECT $1, "indicatorId", "on", value, parts
     FROM jsonb_to_recordset($2) AS m("indicatorId" uuid, "on" date, value numeric, parts jsonb)`,
    [reportId, JSON.stringify(measured)],
  )
}
