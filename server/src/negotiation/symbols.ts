import type { Modifier, Series } from '@multilogue/shared/negotiation'
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import { row } from '../common/sql.js'

/**
 * Symbols after the practice of the United Nations: `MIPF.3/L.1`, `MIPF.3/L.1/Rev.1`, `MIPF.3/4`. Counters run per round
 * and series, and per symbol and modifier; a number is given in the transaction that issues, so none is left out or
 * used twice.
 */
export async function nextSymbol(
  db: EntityManager,
  roundId: string,
  wanted: { series: z.infer<typeof Series> } | { base: string; modifier: z.infer<typeof Modifier> },
): Promise<string> {
  const round = await row<{ prefix: string }>(db, `SELECT symbol_prefix AS prefix FROM round WHERE id = $1`, [roundId])
  const stem = 'base' in wanted ? `${wanted.base}/${wanted.modifier}.` : stemOf(round?.prefix ?? '', wanted.series)
  const counted = await row<{ last: number }>(
    db,
    `INSERT INTO symbol_count (round_id, counted, last) VALUES ($1, $2, 1)
     ON CONFLICT (round_id, counted) DO UPDATE SET last = symbol_count.last + 1 RETURNING last`,
    [roundId, stem],
  )
  return `${stem}${counted?.last ?? 1}`
}

/** INF/1 has a stroke where the others have a stop. */
function stemOf(prefix: string, series: z.infer<typeof Series>): string {
  if (series === '') return `${prefix}/`
  return series === 'INF' ? `${prefix}/INF/` : `${prefix}/${series}.`
}
