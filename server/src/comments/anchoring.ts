import { DOCUMENT_KINDS } from '@multilogue/shared/documents'
import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import type { XmlElement } from 'yjs'
import type { CommentRow } from '../access/comment.access.js'
import { rows } from '../common/sql.js'
import { Projections, type Grown } from '../documents/projection.js'
import type { Range } from '../documents/words-in.js'
import { anchorOn, blocksIn, foundAgain, standingAt, storable, type Standing } from './anchors.js'
import { hearersOf } from './hearers.js'

interface Row extends Pick<CommentRow, 'id' | 'visibility' | 'delegation_id' | 'body_id'> {
  paragraph_id: string
  place_from: number
  anchor_from: Buffer
  anchor_to: Buffer
  quote: string
  words: string
  is_gone: boolean
}

/**
 * Keeps comments with their words. As long as these stand where they were written, Yjs' relative positions say where
 * that is, and the words are noted as they change. When they are gone from there, they are looked for: cutting and
 * pasting, undoing and restoring write the same words anew. Those who see a comment hear when its words go or come back.
 */
@Injectable()
export class Anchoring {
  constructor(projections: Projections) {
    projections.onGrown({
      name: 'comments',
      kinds: [...DOCUMENT_KINDS, 'translation'],
      project: (grown) => this.follow(grown),
    })
  }

  private async follow({ db, document, doc, no, record }: Grown): Promise<void> {
    // What was said on a later text is not judged by this one.
    const comments = await rows<Row>(
      db,
      `SELECT id, visibility, delegation_id, body_id, paragraph_id, place_from, anchor_from, anchor_to, quote, words, is_gone
       FROM comment WHERE document_id = $1 AND no <= $2 AND resolved_at IS NULL`,
      [document.id, no],
    )
    if (comments.length === 0) return
    const blocks = blocksIn(doc.getXmlFragment('default'))
    let look: ReturnType<typeof foundAgain> | undefined
    const moved: Row[] = []
    for (const comment of comments) {
      const standing = standingAt(doc, blocks, { from: comment.anchor_from, to: comment.anchor_to })
      if (standing) {
        if (comment.is_gone) moved.push(comment)
        await this.note(db, comment, standing)
        continue
      }
      look ??= foundAgain(blocks)
      const { paragraph_id: paragraphId, place_from: from, quote, words } = comment
      const found = look({ paragraphId, from, quote, words })
      if (found || !comment.is_gone) moved.push(comment)
      if (found) await this.put(db, comment.id, blocks.get(found.block)!, found, no)
      else if (!comment.is_gone) await db.query(`UPDATE comment SET is_gone = true WHERE id = $1`, [comment.id])
    }
    for (const comment of moved)
      record('comment.changed', { documentId: document.id }, await hearersOf(db, document, comment))
  }

  private async note(db: EntityManager, comment: Row, { place, words }: Standing): Promise<void> {
    const { paragraphId, from } = place
    const now = storable(words)
    if (
      !comment.is_gone &&
      comment.words === now &&
      comment.paragraph_id === paragraphId &&
      comment.place_from === from
    )
      return
    await db.query(`UPDATE comment SET words = $2, paragraph_id = $3, place_from = $4, is_gone = false WHERE id = $1`, [
      comment.id,
      now,
      paragraphId,
      from,
    ])
  }

  private async put(
    db: EntityManager,
    id: string,
    paragraphId: string,
    { block, range }: { block: XmlElement; range: Range },
    no: number,
  ): Promise<void> {
    const anchor = anchorOn(block, range)
    await db.query(
      `UPDATE comment SET anchor_from = $2, anchor_to = $3, paragraph_id = $4, place_from = $5, no = $6, is_gone = false
       WHERE id = $1`,
      [id, Buffer.from(anchor.from), Buffer.from(anchor.to), paragraphId, range.from, no],
    )
  }
}
