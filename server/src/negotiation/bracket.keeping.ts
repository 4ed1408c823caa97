import { DOCUMENT_KINDS } from '@multilogue/shared/documents'
import { Injectable } from '@nestjs/common'
import { row, rows } from '../common/sql.js'
import { contentsOf } from '../documents/contents.js'
import { Projections, type Grown } from '../documents/projection.js'
import { placesIn } from './bracket.rows.js'
import { isNewest } from './newest.js'

interface Change {
  id: string
  act: 'bracket-lost' | 'bracket-returned' | 'bracket-written'
}

/**
 * Keeps the rows true when the text changed without an act: an older version restored, words deleted by a program that
 * does not know brackets. Nothing of it goes unseen: it stands in the trail, under whoever wrote last.
 */
@Injectable()
export class BracketKeeping {
  constructor(projections: Projections) {
    projections.onGrown({
      name: 'brackets',
      kinds: [...DOCUMENT_KINDS],
      project: (grown) => this.look(grown),
    })
  }

  private async look({ db, document, doc, no, now, record }: Grown): Promise<void> {
    if (!(await isNewest({ db, document, no }))) return
    const places = placesIn(contentsOf(doc))
    const standing = [...places.keys()].filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    const last = await row<{ personId: string; seatId: string | null }>(
      db,
      `SELECT u.person_id AS "personId", u.seat_id AS "seatId"
       FROM document_update u
       WHERE u.document_id = $1 AND u.no <= $2 ORDER BY u.no DESC LIMIT 1`,
      [document.id, no],
    )
    if (!last?.seatId) return
    const lost = await rows<Change>(
      db,
      `UPDATE bracket SET closed_at = $3, outcome = 'lost'
       WHERE document_id = $1 AND closed_at IS NULL AND id <> ALL($2) RETURNING id, 'bracket-lost' AS act`,
      [document.id, standing, now],
    )
    const returned = await rows<Change>(
      db,
      `UPDATE bracket SET closed_at = NULL, outcome = NULL
       WHERE document_id = $1 AND closed_at IS NOT NULL AND id = ANY($2) RETURNING id, 'bracket-returned' AS act`,
      [document.id, standing],
    )
    const written = await rows<Change>(
      db,
      `INSERT INTO bracket (id, document_id, person_id, seat_id, opened_at)
       SELECT id, $1, $3, $4, $5 FROM unnest($2::uuid[]) AS id
       ON CONFLICT (id) DO NOTHING RETURNING id, 'bracket-written' AS act`,
      [document.id, standing, last.personId, last.seatId, now],
    )
    for (const { id, act } of [...lost, ...returned, ...written])
      await db.query(
        `INSERT INTO negotiation_act (document_id, paragraph_id, act, words, person_id, seat_id, no, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          document.id,
          places.get(id)?.paragraphId ?? null,
          act,
          places.get(id)?.words ?? null,
          last.personId,
          last.seatId,
          no,
          now,
        ],
      )
    if (lost.length + returned.length + written.length > 0) record('negotiation.moved', { documentId: document.id })
  }
}
