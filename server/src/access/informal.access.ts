import type { EntityManager } from 'typeorm'
import { row } from '../common/sql.js'
import { nothingHere } from '../common/problem.js'
import { presides, type ActingSeat, type Caller } from './caller.js'
import { visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who may do what with informal consultations
 *
 * Facilitator and chair convene them on a text of the participants. Who is invited reads and writes their text, and so
 * does the convener; chair and secretariat read it where the rules of the round said so when it was opened. For all
 * others it does not exist. The convener offers back or closes, and so does the chair who may read. Nothing said in it
 * leaves it before: no comment, no quotation, no proposal.
 */
export interface InformalRow {
  id: string
  document_id: string
  no: string
  closed_at: Date | null
}

export const mayConclude = (seat: ActingSeat, text: DocumentRow): boolean =>
  seat.id === text.convener_seat_id || (presides(seat) && text.officers_read === true)

/** The one way to informal consultations, with their text locked when `lock`. @throws Refusal not-found */
export async function visibleInformal(
  work: { db: EntityManager; caller: Caller },
  informalId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ informal: InformalRow; text: DocumentRow; seat: ActingSeat }> {
  const { document: text, seat } = await visibleDocument(work, informalId, lock)
  const informal = await row<InformalRow>(work.db, `SELECT * FROM informal WHERE id = $1`, [informalId])
  if (!informal) throw nothingHere()
  return { informal, text, seat }
}
