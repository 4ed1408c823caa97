import { Injectable } from '@nestjs/common'
import type { DocumentRow } from '../access/document.access.js'
import { Bus } from '../work/bus.js'
import type { Writing } from '../work/work.js'
import { audienceOf } from './audience.js'

/** Freezes a text for a decision, and says what comes after it: it goes on as before, or it is adopted. */
@Injectable()
export class Holding {
  constructor(private readonly bus: Bus) {}

  hold(work: Writing, document: DocumentRow, procedureId: string): Promise<void> {
    return this.move(work, document, 'frozen', 'procedure_id = $3', [procedureId])
  }

  letGo(work: Writing, document: DocumentRow, mode: DocumentRow['mode']): Promise<void> {
    return this.move(work, document, mode, 'procedure_id = NULL', [])
  }

  /** @param no  the log number of the words that are adopted */
  adopt(work: Writing, document: DocumentRow, by: { seatId: string; no: number }): Promise<void> {
    const sets = `procedure_id = NULL, adopted_at = $3, adopted_no = $4, adopted_by_person_id = $5, adopted_by_seat_id = $6`
    return this.move(work, document, 'frozen', sets, [work.now, by.no, work.caller.personId, by.seatId])
  }

  /** @param sets  columns from the code, with places from $3 */
  private async move(work: Writing, document: DocumentRow, mode: DocumentRow['mode'], sets: string, values: unknown[]) {
    const { id: documentId, revision } = document
    await work.db.query(`UPDATE document SET mode = $2, ${sets}, revision = revision + 1 WHERE id = $1`, [
      documentId,
      mode,
      ...values,
    ])
    const moved = { documentId, mode, revision: revision + 1 }
    work.record(document.round_id, 'document.moved', moved, audienceOf(document))
    await this.bus.wakeOnCommit(work.db, 'rights', `document:${documentId}`)
  }
}
