import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { translates, type ActingSeat, type Caller } from './caller.js'
import { visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who may do what with a text in another language
 *
 * Whoever may read a text of the participants may read it in every language, beside each other. The secretariat and
 * those who hold the pen open a language, write in it, say what is translated, revised and official, and close the
 * whole. Delegations do not: what they want changed they propose on the source. A delegation's own text has one
 * language.
 */
export interface VersionRow {
  id: string
  source_id: string
  language: string
  official_at: Date | null
}

export const mayTranslate = (seat: ActingSeat, source: DocumentRow): boolean =>
  source.visibility === 'participants' && source.kind !== 'translation' && translates(seat)

/** The one way to get a text in another language, with its source. @throws Refusal not-found, for hidden and absent alike */
export async function visibleVersion(
  work: { db: EntityManager; caller: Caller },
  versionId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ version: VersionRow; text: DocumentRow; source: DocumentRow; seat: ActingSeat }> {
  const found = await row<VersionRow>(work.db, `SELECT * FROM language_version WHERE id = $1`, [versionId])
  if (!found) throw nothingHere()
  const { document: source, seat } = await visibleDocument(work, found.source_id)
  const { document: text } = await visibleDocument(work, versionId, lock)
  const version = (await row<VersionRow>(work.db, `SELECT * FROM language_version WHERE id = $1`, [versionId]))!
  return { version, text, source, seat }
}
