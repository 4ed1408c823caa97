import type { PlanIndicator, PlanItem, PlanResult } from './plans.js'
import type { IndicatorProgress, Measurement } from './progress.js'

/* How far an indicator is, whether it is behind, and when it is measured next: one definition, for every page. */

const DAY = 86_400_000
const SOON_DAYS = 30
/** A value is stale when it is older than so many times its period. */
const STALE_PERIODS = 1.25
/** Calendar months between two values. */
const MONTHS = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 } as const

type Written = Pick<PlanIndicator, 'baseline' | 'target' | 'frequency' | 'resultId' | 'itemId'>
interface Chain {
  items: readonly Pick<PlanItem, 'id' | 'start' | 'due' | 'resultId'>[]
  results: readonly Pick<PlanResult, 'id' | 'parentId'>[]
}

/** Baselines and targets are words of a text. @returns the number that they say, null when it is not plain which */
export function numberIn(words: string): number | null {
  const bare = words.replace(/[\s\u00a0\u202f%]/g, '')
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare
  return /^-?\d+(\.\d+)?$/.test(grouped) ? Number(grouped) : null
}

/** Of the way from baseline to target, whichever of them is higher. */
export function shareOf(value: number, { baseline, target }: Pick<Written, 'baseline' | 'target'>): number | null {
  const [from, to] = [numberIn(baseline), numberIn(target)]
  return from === null || to === null || from === to ? null : (value - from) / (to - from)
}

type Mover = Pick<PlanItem, 'id' | 'resultId'>
type Moved = Pick<PlanIndicator, 'itemId' | 'resultId'>

/** An action moves what is measured of itself, and of the results that it leads to. */
const moves = (item: Mover, { itemId, resultId }: Moved, results: Chain['results']): boolean =>
  itemId === item.id || (resultId !== null && leadsTo(item.resultId, resultId, results))

export const indicatorsOf = <I extends Moved>(
  item: Mover,
  { indicators, results }: { indicators: readonly I[]; results: Chain['results'] },
): I[] => indicators.filter((indicator) => moves(item, indicator, results))

export const actionsOf = <A extends Mover>(
  indicator: Moved,
  { actions, results }: { actions: readonly A[]; results: Chain['results'] },
): A[] => actions.filter((action) => moves(action, indicator, results))

/** From the first start, or the adoption, to the last due date of the actions that move an indicator, or of all. */
function spanOf(indicator: Moved, { items, results }: Chain, adoptedOn: string) {
  const own = actionsOf(indicator, { actions: items, results })
  const about = own.length > 0 ? own : items
  const starts = about.map(({ start }) => start ?? adoptedOn).sort()
  const ends = about.flatMap(({ due }) => due ?? []).sort()
  return { from: starts[0] ?? adoptedOn, to: ends.at(-1) ?? null }
}

/** Where the straight line of a span stands on a day, 0 to 1; null where the span has no length. */
function expectedOn({ from, to }: { from: string; to: string | null }, day: string): number | null {
  if (to === null || to <= from) return null
  return Math.min(1, Math.max(0, (Date.parse(day) - Date.parse(from)) / (Date.parse(to) - Date.parse(from))))
}

/** @param adoptedOn  the first period begins there */
export function wayOf(
  indicator: Written & { measurements: readonly Measurement[] },
  plan: Chain,
  { adoptedOn, today, isOver }: { adoptedOn: string; today: string; isOver: boolean },
): Pick<IndicatorProgress, 'share' | 'expected' | 'nextDueOn' | 'flags'> {
  const span = spanOf(indicator, plan, adoptedOn)
  const last = indicator.measurements.findLast(({ state }) => state === 'validated')
  const share = last ? shareOf(last.value, indicator) : null
  const heard = indicator.measurements.findLast(({ state }) => state === 'validated' || state === 'submitted')
  const nextDueOn = isOver ? null : nextOf(indicator.frequency, { since: heard?.on, adoptedOn, to: span.to })
  const line = last ? expectedOn(span, last.on) : null
  return {
    share,
    expected: expectedOn(span, today),
    nextDueOn,
    flags: [
      ...dueFlagsOf(nextDueOn, heard?.on ?? adoptedOn, today),
      ...(share !== null && line !== null && share < line ? ['at_risk' as const] : []),
    ],
  }
}

function nextOf(
  frequency: Written['frequency'],
  { since, adoptedOn, to }: { since: string | undefined; adoptedOn: string; to: string | null },
): string | null {
  if (frequency === null) return null
  if (frequency === 'once') return since === undefined ? to : null
  return addMonths(since ?? adoptedOn, MONTHS[frequency])
}

function dueFlagsOf(dueOn: string | null, since: string, today: string): IndicatorProgress['flags'] {
  if (dueOn === null) return []
  const day = Date.parse(today)
  const due = Date.parse(dueOn)
  if (today <= dueOn) return due - day <= SOON_DAYS * DAY ? ['due_soon'] : []
  const begun = Date.parse(since)
  return day - begun > STALE_PERIODS * (due - begun) ? ['overdue', 'stale'] : ['overdue']
}

/** The last day of the month where it has no such day, as PostgreSQL does it. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Up the chain from one result to another, or the same; a chain that goes round in a circle ends. */
function leadsTo(from: string | null, to: string, results: Chain['results']): boolean {
  let at = from
  for (let steps = 0; at !== null && steps <= results.length; steps++) {
    if (at === to) return true
    const above = at
    at = results.find(({ id }) => id === above)?.parentId ?? null
  }
  return false
}
