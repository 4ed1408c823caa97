import { z } from 'zod'
import { query } from './contract.js'
import { Figures } from './figures.js'
import { PlanIndicator, PlanItem, PlanResult } from './plans.js'
import { Assurance, Flag, ImplementationStatus } from './recommendations.js'
import { Day, Id, Language, Line, May } from './values.js'

/* How far adopted plans are: what is reported of their actions, and what was measured on the way to their targets. */

const Value = z.number().min(-1e12).max(1e12)
/** One value of an indicator, in its unit, as it stood on a day. */
export const Measured = z.object({
  indicatorId: Id,
  on: Day,
  value: Value,
  /** The same value broken down, such as by sex; how, the indicator says. */
  parts: z
    .array(z.object({ name: Line, value: Value }))
    .max(20)
    .default([]),
})
export type Measured = z.infer<typeof Measured>

/** Only what the secretariat has validated, on evidence that stands, counts. */
export const MeasurementState = z.enum(['submitted', 'validated', 'returned', 'withdrawn'])
export const Measurement = Measured.omit({ indicatorId: true }).extend({
  reportId: Id,
  by: z.string(),
  state: MeasurementState,
})
export type Measurement = z.infer<typeof Measurement>

/** `at_risk`: the last value that counts was below the straight line from baseline to target on its day. */
export const IndicatorFlag = z.enum(['due_soon', 'overdue', 'stale', 'at_risk'])

export const IndicatorProgress = PlanIndicator.omit({ order: true, problems: true }).extend({
  /** Oldest first. */
  measurements: z.array(Measurement),
  /** Of the way from baseline to target, by the last value that counts; null where they are no numbers. May leave 0 to 1. */
  share: z.number().nullable(),
  /** Where the straight line stands today, 0 to 1. */
  expected: z.number().nullable(),
  /** When the next value is due, by its frequency; null when none is. */
  nextDueOn: Day.nullable(),
  flags: z.array(IndicatorFlag),
})
export type IndicatorProgress = z.infer<typeof IndicatorProgress>

export const ActionProgress = PlanItem.pick({
  id: true,
  activity: true,
  lead: true,
  partners: true,
  start: true,
  due: true,
  resultId: true,
  recommendations: true,
  genderMarker: true,
}).extend({
  status: ImplementationStatus,
  assurance: Assurance,
  statusAt: z.iso.datetime().nullable(),
  /** Said to its lead and the secretariat alone. */
  underReview: z.boolean(),
  flags: z.array(Flag),
  may: May,
})
export type ActionProgress = z.infer<typeof ActionProgress>

export const AdoptedPlan = z.object({
  documentId: Id,
  title: z.string(),
  language: Language,
  adoptedOn: Day,
  figures: Figures,
})

export type AdoptedPlan = z.infer<typeof AdoptedPlan>

export const readProgress = query('progress.readProgress', 'GET /plans/:documentId/progress', {
  summary: 'How far an adopted plan is: its actions, and its indicators with everything that was measured.',
  input: z.object({ documentId: Id }),
  output: AdoptedPlan.extend({
    actions: z.array(ActionProgress),
    results: z.array(PlanResult.omit({ order: true, problems: true })),
    indicators: z.array(IndicatorProgress),
  }),
})
export type PlanProgress = z.infer<typeof readProgress.output>

export const listProgress = query('progress.listProgress', 'GET /plan-progress', {
  summary: 'The adopted plans of a round and how far each is.',
  input: z.object({ roundId: Id }),
  output: z.array(
    AdoptedPlan.extend({
      indicators: z.object({ total: z.int(), due: z.int(), atRisk: z.int() }),
    }),
  ),
})
