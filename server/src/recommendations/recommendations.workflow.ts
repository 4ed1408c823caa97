import type { ImplementationStatus, Missing, Flag } from '@multilogue/shared/recommendations'
import type { z } from 'zod'
import { dayOf } from '../common/clock.js'

/* What follows from a recommendation's own facts and the clock. Nothing here is stored. */

type Flags = z.infer<typeof Flag>[]

/** A body reports at least every half year; a quarter of that is its grace. */
export const REPORT_EVERY_DAYS = 182
export const STALE_AFTER_MS = REPORT_EVERY_DAYS * 1.25 * 86_400_000
export const SOON_MS = 30 * 86_400_000

/** The actionable test: an owner, an action, a date, a measure. */
export function missingParts(r: {
  owner: string
  action: string
  dueOn: string | null
  measure: string
}): z.infer<typeof Missing>[] {
  const parts = { owner: r.owner, action: r.action, date: r.dueOn ?? '', measure: r.measure }
  return (Object.keys(parts) as z.infer<typeof Missing>[]).filter((part) => parts[part] === '')
}

/** From least to most advanced; what is not pursued holds the whole back like what has not begun. */
const ORDER: ImplementationStatus[] = [
  'not_started',
  'not_pursued',
  'in_progress',
  'partially_implemented',
  'implemented',
]

/** A recommendation is as far as the least advanced of those to whom it still applies. */
export function leastAdvanced(statuses: ImplementationStatus[]): ImplementationStatus {
  const applicable = ORDER.find((status) => statuses.includes(status))
  return applicable ?? (statuses.length > 0 ? 'no_longer_applicable' : 'not_started')
}

export interface Progress {
  state: string
  adoptedAt: Date | null
  dueOn: string | null
  response: string
  status: ImplementationStatus
  assurance: string
  statusAt: Date | null
}

/** Nothing is left to be done. */
export const settled = ({ status, assurance }: Pick<Progress, 'status' | 'assurance'>): boolean =>
  status === 'no_longer_applicable' ||
  status === 'not_pursued' ||
  (status === 'implemented' && assurance === 'validated')

/** Due on a day means: overdue from the next day on, in UTC. */
export function flagsOf(progress: Progress, now: Date): Flags {
  if (progress.state !== 'adopted') return []
  const flags: Flags = []
  if (progress.response === 'pending') flags.push('no_response')
  if (settled(progress)) return flags
  if (progress.dueOn !== null) {
    if (progress.dueOn < dayOf(now)) flags.push('overdue')
    else if (Date.parse(progress.dueOn) - now.getTime() <= SOON_MS) flags.push('due_soon')
  }
  const heard = progress.statusAt ?? progress.adoptedAt
  if (heard && now.getTime() - heard.getTime() > STALE_AFTER_MS) flags.push('stale')
  return flags
}
