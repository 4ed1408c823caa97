import type { DataSource } from 'typeorm'

/**
 * Months that have their part of the log ready: this one and two more. Every part costs each reading of a text a
 * look, also an empty one. What no part is ready for goes into `document_update_rest`.
 */
const MONTHS = 3

/**
 * Sees to it that the log has a part for this month and those to come, so that whole months can be archived. Months
 * that have rows in `document_update_rest` already stay there.
 */
export async function ensureLogParts(source: DataSource, now: Date): Promise<void> {
  for (let ahead = 0; ahead < MONTHS; ahead++) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead))
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1))
    const name = `document_update_${from.toISOString().slice(0, 7).replace('-', '_')}`
    const [found] = await source.query<{ isThere: boolean; isInRest: boolean }[]>(
      `SELECT to_regclass($1) IS NOT NULL AS "isThere",
         EXISTS (SELECT 1 FROM document_update_rest WHERE at >= $2 AND at < $3) AS "isInRest"`,
      [name, from, to],
    )
    if (found?.isThere || found?.isInRest) continue
    await source.query(
      `CREATE TABLE ${name} PARTITION OF document_update FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
    )
  }
}
