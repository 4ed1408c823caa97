import { Injectable } from '@nestjs/common'
import { rows } from '../common/sql.js'
import { Projections, type Grown } from '../documents/projection.js'
import { anchorOn, blocksIn, foundAgain, standingAt } from './anchors.js'

interface Row {
  id: string
  paragraph_id: string
  anchor_from: Buffer
  anchor_to: Buffer
  quote: string
  words: string
}

/**
 * Keeps comments with their words. As long as these stand where they were written, Yjs' relative positions say where
 * that is, and the words are noted as they change. When they are gone from there, they are looked for: cutting and
 * pasting, undoing and restoring write the same words anew.
 */
@Injectable()
export class Anchoring {
  constructor(projections: Projections) {
    projections.onGrown({
      name: 'comments',
      kinds: ['vision_statement', 'action_plan', 'outcome', 'translation'],
      project: (grown) => this.follow(grown),
    })
  }

  private async follow({ db, document, doc, record }: Grown): Promise<void> {
    const comments = await rows<Row>(
      db,
      `SELECT id, paragraph_id, anchor_from, anchor_to, quote, words FROM comment WHERE document_id = $1`,
      [document.id],
    )
    if (comments.length === 0) return
    const blocks = blocksIn(doc.getXmlFragment('default'))
    let look: ReturnType<typeof foundAgain> | undefined
    let isMoved = false
    for (const { id, paragraph_id, anchor_from, anchor_to, quote, words } of comments) {
      const standing = standingAt(doc, blocks, { from: anchor_from, to: anchor_to })
      if (standing) {
        const { paragraphId } = standing.place
        if (standing.words !== words || paragraphId !== paragraph_id)
          await db.query(`UPDATE comment SET words = $2, paragraph_id = $3 WHERE id = $1`, [
            id,
            standing.words,
            paragraphId,
          ])
        continue
      }
      look ??= foundAgain(blocks)
      const found = look(paragraph_id, words) ?? look(paragraph_id, quote)
      if (!found) continue
      const anchor = anchorOn(found.block, found.range)
      isMoved = true
      await db.query(`UPDATE comment SET anchor_from = $2, anchor_to = $3, paragraph_id = $4 WHERE id = $1`, [
        id,
        Buffer.from(anchor.from),
        Buffer.from(anchor.to),
        blocks.get(found.block),
      ])
    }
    if (isMoved) record('comment.changed', { documentId: document.id })
  }
}
