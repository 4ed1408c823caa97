import { Injectable } from '@nestjs/common'
import type { DocumentRow } from '../access/document.access.js'
import { Bus } from '../work/bus.js'
import type { Writing } from '../work/work.js'
import { audienceOf } from './audience.js'

/** How a text moves from one mode to another, told to all who have it open. Who may has been asked; the text is locked. */
@Injectable()
export class Modes {
  constructor(private readonly bus: Bus) {}

  set(work: Writing, document: DocumentRow, mode: DocumentRow['mode']): Promise<void> {
    return this.move(work, document, mode, [], [])
  }

  /** Frozen for a decision that is being taken on it. */
  hold(work: Writing, document: DocumentRow, procedureId: string): Promise<void> {
    return this.move(work, document, 'frozen', ['procedure_id = $3'], [procedureId])
  }

  /** The decision is over, and the text goes on. */
  letGo(work: Writing, document: DocumentRow, mode: DocumentRow['mode']): Promise<void> {
    return this.move(work, document, mode, ['procedure_id = NULL'], [])
  }

  /** @param no  the log number of the words that are adopted */
  adopt(work: Writing, document: DocumentRow, by: { seatId: string; no: number }): Promise<void> {
    const sets = ['procedure_id = NULL', 'adopted_at = $3', 'adopted_no = $4', 'adopted_by_person_id = $5']
    const values = [work.now, by.no, work.caller.personId, by.seatId]
    return this.move(work, document, 'frozen', [...sets, 'adopted_by_seat_id = $6'], values)
  }

  /** @param sets  more columns, from the code, with places from $3 */
  private async move(
    work: Writing,
    document: DocumentRow,
    mode: DocumentRow['mode'],
    sets: string[],
    values: unknown[],
  ) {
    const { id: documentId, revision } = document
    const columns = ['mode = $2', ...sets, 'revision = revision + 1'].join(', ')
    await work.db.query(`UPDATE document SET ${columns} WHERE id = $1`, [documentId, mode, ...values])
    const moved = { documentId, mode, revision: revision + 1 }
    work.record(document.round_id, 'document.moved', moved, audienceOf(document))
    await this.bus.wakeOnCommit(work.db, 'rights', `document:${documentId}`)
  }
}
