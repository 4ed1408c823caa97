import { DOCUMENT_KINDS } from '@multilogue/shared/documents'
import { Injectable } from '@nestjs/common'
import { row, rows } from '../common/sql.js'
import { contentsOf, hashOf } from '../documents/contents.js'
import { Projections, type Grown } from '../documents/projection.js'
import { placeIn } from './ground.js'
import { isNewest } from './newest.js'
import { plainWords } from './table.js'

interface Agreed {
  id: string
  hash: string
}

/** Tells everybody, and the trail, when a paragraph that was agreed has been edited. */
@Injectable()
export class Reopening {
  constructor(projections: Projections) {
    projections.onGrown({
      name: 'negotiation',
      kinds: [...DOCUMENT_KINDS],
      project: (grown) => this.look(grown),
    })
  }

  private async look({ db, document, doc, no, now, record }: Grown): Promise<void> {
    const agreed = await rows<Agreed>(
      db,
      `SELECT paragraph_id AS id, hash FROM paragraph_status
       WHERE document_id = $1 AND status LIKE 'agreed%' AND edited_at IS NULL`,
      [document.id],
    )
    if (agreed.length === 0 || !(await isNewest({ db, document, no }))) return
    const contents = contentsOf(doc)
    const found = agreed.map(({ id, hash }) => ({ id, hash, content: contents[placeIn(contents, id)] }))
    const edited = found.filter(({ hash, content }) => content === undefined || hashOf(content) !== hash)
    if (edited.length === 0) return
    const last = await row<{ personId: string; seatId: string | null }>(
      db,
      `SELECT person_id AS "personId", seat_id AS "seatId" FROM document_update
       WHERE document_id = $1 AND no <= $2 ORDER BY no DESC LIMIT 1`,
      [document.id, no],
    )
    for (const { id, content } of edited) {
      await db.query(`UPDATE paragraph_status SET edited_at = $3 WHERE document_id = $1 AND paragraph_id = $2`, [
        document.id,
        id,
        now,
      ])
      if (!last?.seatId) continue
      await db.query(
        `INSERT INTO negotiation_act (document_id, paragraph_id, act, words, person_id, seat_id, no, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          document.id,
          id,
          content ? 'edited-after-agreement' : 'deleted-after-agreement',
          content ? plainWords([content]) : null,
          last.personId,
          last.seatId,
          no,
          now,
        ],
      )
    }
    record('negotiation.moved', { documentId: document.id })
  }
}
