import { indicatorsOf } from '@multilogue/shared/on-the-way'
import type { Measured, PlanProgress } from '@multilogue/shared/progress'

/** One indicator in a report that is being written; null is not measured. */
export interface Entry {
  indicatorId: string
  title: string
  unit: string
  disaggregation: string
  range: { baseline: string; target: string }
  on: string
  value: number | null
  parts: { name: string; value: number | null }[]
}

/** What an action moves, with what a returned report has given already. */
export function entriesOf(
  plan: PlanProgress,
  { itemId, given, today }: { itemId: string; given: readonly Measured[]; today: string },
): Entry[] {
  const action = plan.actions.find(({ id }) => id === itemId)
  if (!action) return []
  return indicatorsOf(action, plan).map(({ id, title, unit, disaggregation, baseline, target }) => {
    const before = given.find(({ indicatorId }) => indicatorId === id)
    return {
      ...{ indicatorId: id, title, unit, disaggregation, range: { baseline, target } },
      ...{ on: before?.on ?? today, value: before?.value ?? null },
      parts: before?.parts.map((part) => ({ ...part })) ?? [],
    }
  })
}

/** What is sent of it: rows that were left empty are not. */
export const measuredIn = (entries: readonly Entry[]): Measured[] =>
  entries.flatMap(({ indicatorId, on, value, parts }) =>
    value === null
      ? []
      : [
          {
            ...{ indicatorId, on, value },
            parts: parts.flatMap((part) =>
              part.value === null || part.name.trim() === '' ? [] : [{ name: part.name, value: part.value }],
            ),
          },
        ],
  )
