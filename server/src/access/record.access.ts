import type { EntityManager } from 'typeorm'
import type { RecordForm } from '@multilogue/shared/records'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { ActingSeat, Caller } from './caller.js'
import { visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who keeps the record of a session, and the report of a round
 *
 * Everybody in the round reads what happened, and the records while they are written. Rapporteur, chair and
 * secretariat write them, and the secretariat issues them, as it issues every document.
 */
export interface RecordRow {
  document_id: string
  /** Null: it is the report of its round. */
  session_id: string | null
  form: RecordForm
}

/** The one way to a record that is written, with its text locked. @throws Refusal not-found */
export async function lockedRecord(
  work: { db: EntityManager; caller: Caller },
  documentId: string,
): Promise<{ record: RecordRow; document: DocumentRow; seat: ActingSeat }> {
  const { document, seat } = await visibleDocument(work, documentId, 'lock')
  const record = await row<RecordRow>(work.db, `SELECT * FROM written_record WHERE document_id = $1`, [documentId])
  if (!record) throw nothingHere()
  return { record, document, seat }
}
