import { Injectable } from '@nestjs/common'
import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import type { ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import type { Writing } from '../work/work.js'
import { plainWords, Table } from './table.js'

/** Says of paragraphs what a decision has made of them. */
@Injectable()
export class Decided {
  constructor(private readonly table: Table) {}

  /**
   * Bound to the words that were decided on; an edit since then takes it away.
   * @param note  what decided it, such as a symbol
   */
  async mark(
    work: Writing,
    { document, seat }: { document: DocumentRow; seat: ActingSeat },
    paragraphs: Content[],
    { status, act, note, no }: { status: ParagraphStatus; act?: string; note: string; no: number },
  ): Promise<void> {
    for (const paragraph of paragraphs) {
      const { id: paragraphId, part } = paragraph.attributes
      if (typeof paragraphId !== 'string' || (part !== 'preambular' && part !== 'operative')) continue
      await work.db.query(
        `INSERT INTO paragraph_status (document_id, paragraph_id, status, hash, reason, person_id, seat_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (document_id, paragraph_id) DO UPDATE SET status = $3, hash = $4, reason = $5, person_id = $6,
           seat_id = $7, at = $8, edited_at = NULL`,
        [document.id, paragraphId, status, hashOf(paragraph), note, work.caller.personId, seat.id, work.now],
      )
      if (act)
        await this.table.trace(work, document, seat, { act, paragraphId, words: plainWords([paragraph]), note, no })
    }
    this.table.tell(work, document)
  }

  /** A line of the trail on the whole text. */
  trail(
    work: Writing,
    document: DocumentRow,
    seat: ActingSeat,
    line: { act: string; words: string; note?: string; no: number },
  ) {
    return this.table.trace(work, document, seat, line)
  }
}
