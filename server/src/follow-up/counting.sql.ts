import type { Flag } from '@multilogue/shared/recommendations'
import type { z } from 'zod'
import { SOON_MS, STALE_AFTER_MS } from '../recommendations/recommendations.workflow.js'

/*
 * SQL of what `flagsOf` and `figuresOf` define, for lines that are counted or chosen by the database. Rows are an adopted
 * recommendation `c` and its addressee `a`. A test holds both ways against each other on random rows.
 */

const SETTLED = `(a.status IN ('no_longer_applicable', 'not_pursued') OR (a.status = 'implemented' AND a.assurance = 'validated'))`
const seconds = (ms: number) => `make_interval(secs => ${ms / 1000})`

/** Is a line flagged? `now` is a parameter; days are those of UTC. */
const FLAGS: Record<z.infer<typeof Flag>, (now: () => string) => string> = {
  no_response: () => `a.response = 'pending'`,
  overdue: (now) => `(NOT ${SETTLED} AND c.due_on < ${now()}::timestamptz::date)`,
  due_soon: (now) =>
    `(NOT ${SETTLED} AND c.due_on BETWEEN ${now()}::timestamptz::date AND ${now()}::timestamptz + ${seconds(SOON_MS)})`,
  stale: (now) =>
    `(NOT ${SETTLED} AND coalesce(a.status_at, c.adopted_at) < ${now()}::timestamptz - ${seconds(STALE_AFTER_MS)})`,
  no_owner: () => `c.owner = ''`,
  unmatched: () => 'false',
}
/** @param now  makes a parameter of the time, if it is needed */
export const FLAGGED = (flag: z.infer<typeof Flag>, now: () => string): string => FLAGS[flag](now)

/** One row with the columns of `Figures`; add what is counted. */
export const FIGURES = (now: string): string => {
  const counted = (what: string) => `count(*) FILTER (WHERE a.status <> 'no_longer_applicable' AND ${what})::int`
  const flagged = (flag: z.infer<typeof Flag>) => `'${flag}', ${counted(FLAGGED(flag, () => now))}`
  return `${counted('true')} AS base,
    ${counted(`a.status = 'implemented' AND a.assurance = 'validated'`)} AS implemented,
    ${counted(`a.status IN ('in_progress', 'partially_implemented', 'implemented')`)} AS triggered,
    json_build_object(${(['overdue', 'stale', 'no_response'] as const).map(flagged).join(', ')}) AS flagged`
}
