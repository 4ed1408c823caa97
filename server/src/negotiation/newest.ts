import { row } from '../common/sql.js'
import type { Grown } from '../documents/projection.js'

/**
 * Whether the text has not grown since it was read. Acts of a negotiation hold the lock that is taken here until their
 * rows and their edit are both there, so rows are never judged by a text that is older than they; what is newer is
 * looked at next time.
 */
export async function isNewest({ db, document, no }: Pick<Grown, 'db' | 'document' | 'no'>): Promise<boolean> {
  await db.query(`SELECT 1 FROM document WHERE id = $1 FOR SHARE`, [document.id])
  const log = await row<{ no: string }>(db, `SELECT no FROM document_log WHERE document_id = $1`, [document.id])
  return Number(log?.no) === no
}
