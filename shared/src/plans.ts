import { z } from 'zod'
import { command, query } from './contract.js'
import { Day, Id, Instant, Line, May, Revision, SdgTarget } from './values.js'

export const RESULT_LEVELS = ['input', 'activity', 'output', 'outcome', 'impact'] as const
export const ResultLevel = z.enum(RESULT_LEVELS)
export type ResultLevel = z.infer<typeof ResultLevel>
/** What a plan board can be divided by, with the lanes of each: the 5 Cs, and the axes of an export strategy. */
export const AXES = {
  '5c': ['coordinate', 'compete', 'conform', 'connect', 'credit'],
  axis: ['governance', 'quality', 'competitiveness', 'linkages', 'marketing', 'diversification'],
} as const
export type Axis = keyof typeof AXES
export const AXIS_NAMES = Object.keys(AXES) as Axis[]
/** Not at all, in part, or mainly for the equality of women and men. */
export const GenderMarker = z.union([z.literal(0), z.literal(1), z.literal(2)])
export const FREQUENCIES = ['monthly', 'quarterly', 'half_yearly', 'yearly', 'once'] as const
export const Frequency = z.enum(FREQUENCIES)
/** What good plans share; each is met, or it is said why not. */
export const PRINCIPLES = ['clusters', 'inclusion', 'joint_action', 'governance', 'institutions'] as const
export type PrincipleName = (typeof PRINCIPLES)[number]

/** A field whose value cannot be taken; the value stays in the text and is kept out of the tables. */
export const FieldProblem = z.object({ field: z.string(), problem: z.enum(['invalid', 'before-start', 'no-currency']) })
export type FieldProblem = z.infer<typeof FieldProblem>

/** `order` is a place of order.ts; `problems` are of this row's own fields. */
const row = { id: Id, order: z.string(), problems: z.array(FieldProblem) }
export const PlanItem = z.object({
  ...row,
  activity: z.string(),
  /** A delegation's code, or an organization. */
  lead: z.string(),
  partners: z.array(z.string()),
  start: Day.nullable(),
  due: Day.nullable(),
  /** Decimal, of `currency` (ISO 4217). */
  budget: z.string().nullable(),
  currency: z.string().nullable(),
  genderMarker: GenderMarker.nullable(),
  targets: z.array(SdgTarget),
  lanes: z.object({ '5c': z.enum(AXES['5c']).nullable(), axis: z.enum(AXES.axis).nullable() }),
  recommendations: z.array(Id),
  resultId: Id.nullable(),
})
export type PlanItem = z.infer<typeof PlanItem>

export const PlanResult = z.object({
  ...row,
  level: ResultLevel.nullable(),
  /** The result that this one leads to. */
  parentId: Id.nullable(),
  statement: z.string(),
})
export type PlanResult = z.infer<typeof PlanResult>

/** Says of a result, or of one action, how far it has come. */
export const PlanIndicator = z.object({
  ...row,
  resultId: Id.nullable(),
  itemId: Id.nullable(),
  title: z.string(),
  unit: z.string(),
  baseline: z.string(),
  target: z.string(),
  method: z.string(),
  source: z.string(),
  responsible: z.string(),
  frequency: Frequency.nullable(),
  disaggregation: z.string(),
})
export type PlanIndicator = z.infer<typeof PlanIndicator>

export const Principle = z.object({ name: z.enum(PRINCIPLES), met: z.boolean().nullable(), justification: z.string() })
export type Principle = z.infer<typeof Principle>

export interface Plan {
  items: PlanItem[]
  results: PlanResult[]
  indicators: PlanIndicator[]
  principles: Principle[]
}

/** One thing that stands between a plan and its adoption. */
export const Finding = z.object({
  on: z.enum(['plan', 'items', 'results', 'indicators', 'principles']),
  /** The row's id, a principle's name, or '' for the plan itself. */
  id: z.string(),
  /** '' when it is not about one field. */
  field: z.string(),
  what: z.enum([
    'missing',
    'invalid',
    'before-start',
    'no-currency',
    'no-items',
    'not-an-activity',
    'unknown-result',
    'unknown-item',
    'unattached',
    'wrong-level',
    'endless',
    'no-parent',
    'unjustified',
  ]),
  /** What a reader knows the row by. */
  name: z.string(),
})
export type Finding = z.infer<typeof Finding>

export const Adoption = z.object({ at: Instant, by: z.string(), code: z.string(), no: z.number().int() })

const listed = PlanItem.extend({ documentId: Id, documentTitle: z.string() })

export const listPlanItems = query('plans.listPlanItems', 'GET /plan-items', {
  summary: 'The actions of all plans of a round that the seat may see, as they stood a moment ago.',
  input: z.object({
    roundId: Id,
    lane: z.enum([...AXES['5c'], ...AXES.axis]).optional(),
    lead: Line.optional(),
    recommendationId: Id.optional(),
    target: SdgTarget.optional(),
    dueBefore: Day.optional(),
  }),
  output: z.array(listed),
})
export const readPlan = query('plans.readPlan', 'GET /plans/:documentId', {
  summary: 'The actions, results and indicators of a plan, as they stood at a log number a moment ago.',
  input: z.object({ documentId: Id }),
  output: z.object({
    documentId: Id,
    no: z.number().int(),
    items: z.array(PlanItem),
    results: z.array(PlanResult),
    indicators: z.array(PlanIndicator),
    adoption: Adoption.nullable(),
    may: May,
  }),
})
export const checkPlan = query('plans.checkPlan', 'GET /plans/:documentId/checks', {
  summary: 'What is missing before the plan can be adopted, as it stands now.',
  input: z.object({ documentId: Id }),
  output: z.object({ no: z.number().int(), findings: z.array(Finding) }),
})
export const adoptPlan = command('plans.adoptPlan', 'POST /plans/:documentId/adoption', {
  summary: 'Adopt a plan and freeze its text; refused with everything that is missing.',
  input: z.object({ documentId: Id, revision: Revision }),
  output: Adoption,
})
export const draftFromRecommendations = command('plans.draftFromRecommendations', 'POST /plans/:documentId/drafts', {
  summary: 'Put an action into the plan for every recommendation, supported wholly or in part, that has none yet.',
  input: z.object({ documentId: Id }),
  output: z.object({ added: z.number().int(), no: z.number().int() }),
})
export const listGaps = query('plans.listGaps', 'GET /plan-gaps', {
  summary: 'Recommendations, supported wholly or in part, without an action in any plan that the seat may see.',
  input: z.object({ roundId: Id }),
  output: z.array(
    z.object({
      recommendationId: Id,
      roundNumber: z.number().int(),
      number: z.number().int(),
      title: z.string(),
      supportedBy: z.array(z.string()),
    }),
  ),
})
