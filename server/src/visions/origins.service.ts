import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { linkOrigin, unlinkOrigin } from '@multilogue/shared/visions'
import { mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import { visibleVision } from '../access/vision.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { audienceOf } from '../documents/audience.js'
import { Texts } from '../documents/texts.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { isOrigin } from './visions.views.js'
import { VisionsService } from './visions.service.js'

/** What the paragraphs of a vision statement came from. A link stays when its paragraph goes. */
@Injectable()
export class OriginsService {
  constructor(
    private readonly texts: Texts,
    private readonly visions: VisionsService,
  ) {}

  @Handles(linkOrigin)
  async linkOrigin(work: Writing, { documentId, paragraphId, kind, targetId }: InputOf<typeof linkOrigin>) {
    const { db, caller, now } = work
    const { document, seat } = await visibleVision(work, documentId, 'lock')
    if (!mayWriteDocument(seat, document)) throw new Refusal('text-not-writable')
    const standing = await this.texts.paragraphs(documentId, document.language)
    if (!standing.some(({ id }) => id === paragraphId) || !(await isOrigin(db, seat, kind, targetId)))
      throw nothingHere()
    const made = await rows(
      db,
      `INSERT INTO paragraph_origin (id, document_id, paragraph_id, ${kind}_id, person_id, seat_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [newId(), documentId, paragraphId, targetId, caller.personId, seat.id, now],
    )
    if (made.length > 0) this.tell(work, document)
    return this.visions.vision(work, document, seat)
  }

  @Handles(unlinkOrigin)
  async unlinkOrigin(work: Writing, { documentId, originId }: InputOf<typeof unlinkOrigin>) {
    const { document, seat } = await visibleVision(work, documentId, 'lock')
    if (!mayWriteDocument(seat, document)) throw new Refusal('text-not-writable')
    const origin = await row(work.db, `SELECT 1 FROM paragraph_origin WHERE id = $1 AND document_id = $2`, [
      originId,
      documentId,
    ])
    if (!origin) throw nothingHere()
    await work.db.query(`DELETE FROM paragraph_origin WHERE id = $1`, [originId])
    this.tell(work, document)
    return this.visions.vision(work, document, seat)
  }

  private tell({ record }: Writing, document: DocumentRow): void {
    record(document.round_id, 'vision.changed', { documentId: document.id }, audienceOf(document))
  }
}
