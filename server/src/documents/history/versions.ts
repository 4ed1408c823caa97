import type { Version } from '@multilogue/shared/history'
import type { EntityManager } from 'typeorm'
import { instant } from '../../common/columns.js'
import { rows } from '../../common/sql.js'
import { joinWriter, writerOf } from './writers.js'

/** The named versions of a text, newest first; with `id`, that one. */
export async function versionsOf(db: EntityManager, documentId: string, id?: string): Promise<Version[]> {
  const found = await rows<Omit<Version, 'keptBy'> & Version['keptBy'] & { versionName: string; no: string }>(
    db,
    `SELECT v.id, v.no, v.name AS "versionName", ${instant('v.at')} AS at, ${writerOf('v')}
     FROM document_version v ${joinWriter('v')}
     WHERE v.document_id = $1 AND ($2::uuid IS NULL OR v.id = $2) ORDER BY v.no DESC, v.at DESC`,
    [documentId, id ?? null],
  )
  return found.map(({ id, no, versionName, at, ...keptBy }) => ({ id, no: Number(no), name: versionName, keptBy, at }))
}
