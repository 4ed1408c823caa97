import type { Addressee, Flag, ImplementationStatus } from './recommendations.js'
import type { z } from 'zod'

/* How far a round's recommendations are: one definition, for every page and every reader. */

/** One adopted recommendation to one addressee. */
export type Counted = Pick<Addressee, 'status' | 'assurance' | 'flags'>

export interface Figures {
  /** Recommendations times addressees, without those that are no longer applicable. */
  base: number
  implemented: number
  triggered: number
  flagged: Record<'overdue' | 'stale' | 'no_response', number>
}

const TRIGGERED: ImplementationStatus[] = ['in_progress', 'partially_implemented', 'implemented']

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
