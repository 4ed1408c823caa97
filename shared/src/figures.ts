import { z } from 'zod'
import type { Addressee, Flag, ImplementationStatus } from './recommendations.js'

/* How far a round's recommendations and plans are: one definition, for every page and every reader. */

/** One adopted recommendation to one addressee, or one action of an adopted plan. */
export type Counted = Pick<Addressee, 'status' | 'assurance' | 'flags'>

const Count = z.int().nonnegative()
export const Figures = z.object({
  /** All that is counted, without what is no longer applicable. */
  base: Count,
  implemented: Count,
  triggered: Count,
  flagged: z.object({ overdue: Count, stale: Count, no_response: Count }),
})
export type Figures = z.infer<typeof Figures>

/** What has begun. */
export const TRIGGERED: ImplementationStatus[] = ['in_progress', 'partially_implemented', 'implemented']

/** Implemented counts only when validated; what is no longer applicable is not in the base. */
export function figuresOf(all: readonly Counted[]): Figures {
  const base = all.filter(({ status }) => status !== 'no_longer_applicable')
  const flagged = (flag: z.infer<typeof Flag>) => base.filter(({ flags }) => flags.includes(flag)).length
  return {
    base: base.length,
    implemented: base.filter(({ status, assurance }) => status === 'implemented' && assurance === 'validated').length,
    triggered: base.filter(({ status }) => TRIGGERED.includes(status)).length,
    flagged: { overdue: flagged('overdue'), stale: flagged('stale'), no_response: flagged('no_response') },
  }
}
