import type { Figures } from '@multilogue/shared/figures'
import type { EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'
import { FIGURES } from './counting.sql.js'
import { FOLLOWED_UP, LINES } from './matrix.views.js'

export interface CountedRound {
  /** How many recommendations are followed up. */
  recommended: number
  figures: Figures
  /** Of what is addressed to the party with that code. */
  of: (code: string) => Figures
}

const NOTHING: Figures = { base: 0, implemented: 0, triggered: 0, flagged: { overdue: 0, stale: 0, no_response: 0 } }

/** How far the round and each of its parties is, counted by the database, however much it follows up. */
export async function countedOf(db: EntityManager, roundId: string, now: Date): Promise<CountedRound> {
  const found = await rows<Figures & { code: string | null; recommended: number }>(
    db,
    `${FOLLOWED_UP} SELECT d.code, ${FIGURES('$2')}, (SELECT count(*)::int FROM followed) AS recommended
     FROM ${LINES} GROUP BY GROUPING SETS ((), (d.code))`,
    [roundId, now],
  )
  const counted = new Map(found.map(({ code, recommended: _, ...figures }) => [code, figures]))
  return {
    recommended: found[0]!.recommended,
    figures: counted.get(null)!,
    of: (code) => counted.get(code) ?? NOTHING,
  }
}
