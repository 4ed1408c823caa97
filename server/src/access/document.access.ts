import type { Document } from '@multilogue/shared/documents'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import {
  accredited,
  conducts,
  holdsPen,
  isMember,
  isStaff,
  keepsRecord,
  translates,
  type ActingSeat,
  type Caller,
} from './caller.js'
import { seatIn } from './round.access.js'

/*
 * Who may read and write a text
 *
 * A text of the participants is read by every seat of the round. A delegation's own text is read and written
 * by that delegation and by nobody else; for all others it does not exist. In drafting mode every member
 * delegation and the facilitator write; in negotiating mode the facilitator (or the chair) alone; a frozen
 * text is written by nobody. Secretariat, observers and stakeholders read.
 *
 * The text of a proposal is such a text of its delegation; tabling, not its head, ends the writing. A text in another
 * language is written by the secretariat and those who hold the pen, whatever mode its source is in, until it is official. The record of a session is written by the
 * rapporteur, the chair and the secretariat; delegations do not negotiate it.
 *
 * Who may read a text may read its history. Versions are named by those who write in the round's texts and by the
 * secretariat, in every mode, and in a delegation's own text by that delegation. Restoring is writing. What was
 * refused is shown to the chair and the secretariat.
 */
export interface DocumentRow {
  id: string
  round_id: string
  kind: Document['kind']
  mode: 'drafting' | 'negotiating' | 'frozen'
  visibility: 'delegation' | 'participants'
  owner_delegation_id: string | null
  language: string
  adopted_at: Date | null
  /** What is being decided on the whole of it; as long as it is, nobody opens it. */
  procedure_id: string | null
  revision: number
}

export function mayReadDocument(seat: ActingSeat, document: DocumentRow): boolean {
  if (seat.roundId !== document.round_id) return false
  return document.visibility === 'participants' || seat.delegationId === document.owner_delegation_id
}

export function mayWriteDocument(seat: ActingSeat, document: DocumentRow): boolean {
  if (!mayReadDocument(seat, document) || document.mode === 'frozen') return false
  if (document.visibility === 'delegation') return accredited(seat)
  if (document.kind === 'translation') return translates(seat)
  if (document.kind === 'report') return keepsRecord(seat)
  return holdsPen(seat) || (document.mode === 'drafting' && isMember(seat))
}

export const maySetMode = (seat: ActingSeat, document: DocumentRow): boolean =>
  mayReadDocument(seat, document) &&
  document.kind !== 'proposal' &&
  document.kind !== 'translation' &&
  document.kind !== 'agenda' &&
  document.kind !== 'report' &&
  (document.visibility === 'delegation' ? seat.role === 'head' : holdsPen(seat))

export function mayKeepVersion(seat: ActingSeat, document: DocumentRow): boolean {
  if (!mayReadDocument(seat, document)) return false
  return document.visibility === 'delegation' ? accredited(seat) : isMember(seat) || holdsPen(seat) || isStaff(seat)
}

export const mayReadRefusals = (seat: ActingSeat, document: DocumentRow): boolean =>
  mayReadDocument(seat, document) && conducts(seat)

/** The one way to get a document. @throws Refusal not-found, for hidden and absent alike */
export async function visibleDocument(
  { db, caller }: { db: EntityManager; caller: Caller },
  documentId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ document: DocumentRow; seat: ActingSeat }> {
  const document = await row<DocumentRow>(
    db,
    `SELECT * FROM document WHERE id = $1 ${lock === 'lock' ? 'FOR UPDATE' : ''}`,
    [documentId],
  )
  const seat = seatIn(caller, document?.round_id)
  if (!document || !mayReadDocument(seat, document)) throw nothingHere()
  return { document, seat }
}
