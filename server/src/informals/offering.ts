import { Injectable } from '@nestjs/common'
import type { ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import type { InformalRow } from '../access/informal.access.js'
import { newId } from '../common/ids.js'
import { insert } from '../common/sql.js'
import { plainWords, Table, type Text } from '../negotiation/table.js'
import { nextNumber } from '../negotiation/proposal.numbers.js'
import type { Writing } from '../work/work.js'
import type { Change } from './changes.js'

/** Puts what informal consultations changed before everybody, as a proposal of theirs. */
@Injectable()
export class Offering {
  constructor(private readonly text: Table) {}

  async table(
    work: Writing,
    { document, seat, informal }: { document: Text; seat: ActingSeat; informal: InformalRow },
    { operation, paragraphId, base, baseHash, words }: Change,
    reason: string,
  ): Promise<void> {
    const { db, caller, now } = work
    const id = newId()
    // Before everybody from its beginning; who holds the pen writes it when it is rebased.
    const shown = { visibility: 'participants', mode: 'frozen' } satisfies Partial<DocumentRow>
    const { round_id, title, language } = document
    await insert(db, 'document', { id, round_id, kind: 'proposal', title, language, created_at: now, ...shown })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    await this.text.texts.seed(db, id, caller, words.length > 0 ? words : base)
    await insert(db, 'proposal', {
      ...{ id, document_id: document.id, number: await nextNumber(db, document.id), operation },
      ...{ paragraph_id: paragraphId, base_no: informal.no, base_hash: baseHash, base: JSON.stringify(base) },
      ...{ content: JSON.stringify(words), reason: reason || null, informal_id: informal.id, state: 'tabled' },
      ...{ created_at: now, tabled_at: now },
    })
    await this.text.trace(work, document, seat, {
      ...{
        act: 'tabled',
        paragraphId,
        proposalId: id,
        words: plainWords(words.length > 0 ? words : base),
        note: reason,
      },
    })
  }
}
