import type { EntityManager } from 'typeorm'
import { row } from '../common/sql.js'

/** P1, P2 and so on in the order in which they are tabled on a text. The text is locked. */
export async function nextNumber(db: EntityManager, documentId: string): Promise<number> {
  const last = await row<{ number: number }>(
    db,
    `SELECT coalesce(max(number), 0) AS number FROM proposal WHERE document_id = $1`,
    [documentId],
  )
  return (last?.number ?? 0) + 1
}
