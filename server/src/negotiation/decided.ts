import { Injectable } from '@nestjs/common'
import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import type { ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import type { Writing } from '../work/work.js'
import { setStatus } from './paragraph.status.js'
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
      await setStatus(work, { document, seat }, { paragraphId, status, hash: hashOf(paragraph), reason: note })
      if (act)
        await this.table.trace(work, document, seat, { act, paragraphId, words: plainWords([paragraph]), note, no })
    }
    this.table.tell(work, document)
  }
}
