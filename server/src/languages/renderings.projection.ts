import { DOCUMENT_KINDS } from '@multilogue/shared/documents'
import { createHash } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { saysSomething } from '@multilogue/shared/concordance'
import { row, rows } from '../common/sql.js'
import { blocksOf, contentsOf } from '../documents/contents.js'
import { Projections, type Grown } from '../documents/projection.js'
import { Texts } from '../documents/texts.js'
import { hashed, sourceParagraphs } from './languages.views.js'

interface Known {
  versionId: string
  paragraphId: string
  sourceHash: string
}
interface Held {
  paragraphId: string
  status: string
  hash: string
  no: string
}

/**
 * Follows both texts. When the source changes what is stale or missing in a language, everybody is told. When a
 * rendering is edited, what was revised or official is translated again: a reviser has to see it.
 */
@Injectable()
export class RenderingsProjection {
  constructor(
    projections: Projections,
    private readonly texts: Texts,
  ) {
    projections.onGrown({
      name: 'languages',
      kinds: [...DOCUMENT_KINDS],
      project: (grown) => this.followSource(grown),
    })
    projections.onGrown({
      name: 'renderings',
      kinds: ['translation'],
      project: (grown) => this.followRendering(grown),
    })
  }

  private async followSource({ db, document, doc, record }: Grown): Promise<void> {
    const versions = await rows<{ id: string; standing: string | null }>(
      db,
      `SELECT id, standing FROM language_version WHERE source_id = $1`,
      [document.id],
    )
    if (versions.length === 0) return
    const paragraphs = sourceParagraphs(contentsOf(doc)).filter(saysSomething)
    const known = await rows<Known>(
      db,
      `SELECT version_id AS "versionId", paragraph_id AS "paragraphId", source_hash AS "sourceHash"
       FROM paragraph_rendering WHERE version_id = ANY($1)`,
      [versions.map(({ id }) => id)],
    )
    for (const version of versions) {
      const marked = new Map(
        known.filter(({ versionId }) => versionId === version.id).map((mark) => [mark.paragraphId, mark.sourceHash]),
      )
      const standing = digest(paragraphs.map(({ id, hash, signs }) => [id, marked.get(id) === hash, signs]))
      if (standing === version.standing) continue
      await db.query(`UPDATE language_version SET standing = $2 WHERE id = $1`, [version.id, standing])
      record('language.moved', { documentId: document.id, versionId: version.id })
    }
  }

  private async followRendering({ db, document, doc, no, now, record }: Grown): Promise<void> {
    const versionId = document.id
    const version = await row<{ sourceId: string }>(
      db,
      // Acts on it hold the lock until their rows and their edit are both there.
      `SELECT v.source_id AS "sourceId" FROM language_version v JOIN document d ON d.id = v.id
       WHERE v.id = $1 FOR SHARE OF d`,
      [versionId],
    )
    if (!version) return
    const held = await rows<Held>(
      db,
      `SELECT paragraph_id AS "paragraphId", status, hash, no FROM paragraph_rendering WHERE version_id = $1`,
      [versionId],
    )
    const marks = new Map(held.map((mark) => [mark.paragraphId, mark]))
    // What was marked on a later state of the rendering is not judged by this one.
    const edited = blocksOf(contentsOf(doc))
      .map(hashed)
      .filter(saysSomething)
      .filter(({ id, hash }) => marks.get(id)?.hash !== hash && Number(marks.get(id)?.no ?? 0) <= no)
    const last = await row<{ personId: string; seatId: string | null }>(
      db,
      `SELECT person_id AS "personId", seat_id AS "seatId" FROM document_update
       WHERE document_id = $1 AND no <= $2 ORDER BY no DESC LIMIT 1`,
      [versionId, no],
    )
    const isNew = edited.some(({ id }) => !marks.has(id))
    const source = isNew ? await this.texts.contents(version.sourceId) : undefined
    const sourceHashes = new Map(
      blocksOf(source?.contents ?? [])
        .map(hashed)
        .map(({ id, hash }) => [id, hash]),
    )
    for (const { id, hash } of edited) {
      const isFirst = marks.get(id)?.hash === ''
      if (marks.has(id))
        // The words that it was begun with are those of whoever, or whatever, began it.
        await db.query(
          `UPDATE paragraph_rendering SET hash = $3, no = $4,
             was = CASE WHEN NOT $8 AND status IN ('revised', 'official') THEN status ELSE was END,
             status = CASE WHEN $8 THEN status ELSE 'translated' END,
             person_id = CASE WHEN $8 THEN person_id ELSE $5 END, seat_id = CASE WHEN $8 THEN seat_id ELSE $6 END,
             at = CASE WHEN $8 THEN at ELSE $7 END
           WHERE version_id = $1 AND paragraph_id = $2`,
          [versionId, id, hash, no, last!.personId, last!.seatId, now, isFirst],
        )
      else if (source && sourceHashes.has(id))
        await db.query(
          `INSERT INTO paragraph_rendering
             (version_id, paragraph_id, status, source_no, source_hash, no, hash, person_id, seat_id, at)
           VALUES ($1, $2, 'translated', $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
          [versionId, id, source.no, sourceHashes.get(id), no, hash, last!.personId, last!.seatId, now],
        )
    }
    record('language.moved', { documentId: version.sourceId, versionId })
  }
}

const digest = (facts: unknown): string => createHash('sha256').update(JSON.stringify(facts)).digest('hex')
