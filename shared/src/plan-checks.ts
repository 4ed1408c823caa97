import {
  RESULT_LEVELS as LEVELS,
  type Finding,
  type Plan,
  type PlanIndicator,
  type PlanItem,
  type PlanResult,
} from './plans.js'

const NEEDED_BY_ITEM = ['activity', 'lead', 'due'] as const
const NEEDED_BY_INDICATOR = [
  'title',
  'unit',
  'baseline',
  'target',
  'method',
  'source',
  'responsible',
  'frequency',
  'disaggregation',
] as const

type About = Pick<Finding, 'field' | 'what'>

/**
 * Everything that stands between a plan and its adoption; empty: it can be adopted.
 *
 * Each action has an activity, a lead and a due date, and hangs on a result of the level activity. Each result but
 * an impact leads to one of a higher level, and none in a ring to itself. Each indicator belongs to a result or an
 * action and says all nine things about itself. Each principle is met, or it is said why not.
 */
export function findingsOf(plan: Plan): Finding[] {
  const none: Finding[] = plan.items.length === 0 ? [{ on: 'plan', id: '', field: '', what: 'no-items', name: '' }] : []
  return [
    ...none,
    ...plan.items.flatMap((item) => about('items', item, item.activity, ofItem(item, plan))),
    ...plan.results.flatMap((result) => about('results', result, result.statement, ofResult(result, plan))),
    ...plan.indicators.flatMap((one) => about('indicators', one, one.title, ofIndicator(one, plan))),
    ...plan.principles
      .filter(({ met, justification }) => met !== true && (met === null || justification.trim() === ''))
      .map(({ name, met }): Finding => ({
        on: 'principles',
        id: name,
        field: '',
        what: met === null ? 'missing' : 'unjustified',
        name: '',
      })),
  ]
}

/** Breaks in the chain from an action to an impact, by the row that they are at. */
export const brokenLinks = (findings: Finding[]): Finding[] =>
  findings.filter(
    ({ on, field }) => (on === 'results' && field !== 'statement') || (on === 'items' && field === 'resultId'),
  )

function about(
  on: 'items' | 'results' | 'indicators',
  { id, problems }: Pick<PlanItem, 'id' | 'problems'>,
  name: string,
  found: About[],
): Finding[] {
  const wrong = problems.map(({ field, problem }) => ({ field, what: problem }))
  const isWrong = (field: string) => problems.some((problem) => problem.field === field)
  const others = found.filter(({ field, what }) => what !== 'missing' || !isWrong(field))
  return [...wrong, ...others].map((each) => ({ on, id, name, ...each }))
}

const missing = <T>(row: T, needed: readonly (keyof T & string)[]): About[] =>
  needed.filter((field) => isEmpty(row[field])).map((field) => ({ field, what: 'missing' }))

const isEmpty = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '')

function ofItem(item: PlanItem, { results }: Plan): About[] {
  const found = missing(item, NEEDED_BY_ITEM)
  const result = results.find(({ id }) => id === item.resultId)
  if (item.resultId === null) found.push({ field: 'resultId', what: 'missing' })
  else if (!result) found.push({ field: 'resultId', what: 'unknown-result' })
  else if (result.level !== 'activity') found.push({ field: 'resultId', what: 'not-an-activity' })
  return found
}

function ofResult(result: PlanResult, { results }: Plan): About[] {
  const found = missing(result, ['statement', 'level'])
  const parent = results.find(({ id }) => id === result.parentId)
  if (result.parentId !== null && !parent) found.push({ field: 'parentId', what: 'unknown-result' })
  else if (parent && isInRing(result, results)) found.push({ field: 'parentId', what: 'endless' })
  else if (parent?.level && result.level && LEVELS.indexOf(parent.level) <= LEVELS.indexOf(result.level))
    found.push({ field: 'parentId', what: 'wrong-level' })
  else if (!parent && result.level !== null && result.level !== 'impact')
    found.push({ field: 'parentId', what: 'no-parent' })
  return found
}

function isInRing(result: PlanResult, results: PlanResult[]): boolean {
  const passed = new Set<string>()
  let at: PlanResult | undefined = result
  while (at && !passed.has(at.id)) {
    passed.add(at.id)
    const { parentId }: PlanResult = at
    if (parentId === result.id) return true
    at = results.find(({ id }) => id === parentId)
  }
  return false
}

function ofIndicator(indicator: PlanIndicator, { results, items }: Plan): About[] {
  const found = missing(indicator, NEEDED_BY_INDICATOR)
  const { resultId, itemId } = indicator
  if (resultId === null && itemId === null) found.push({ field: 'resultId', what: 'unattached' })
  if (resultId !== null && !results.some(({ id }) => id === resultId))
    found.push({ field: 'resultId', what: 'unknown-result' })
  if (itemId !== null && !items.some(({ id }) => id === itemId)) found.push({ field: 'itemId', what: 'unknown-item' })
  return found
}
