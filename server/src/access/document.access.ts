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
 * The text of informal consultations is written by who is invited and who convened them, and read by chair and
 * secretariat where the rules of the round said so; for all others it does not exist.
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
  visibility: 'delegation' | 'participants' | 'invited'
  owner_delegation_id: string | null
  language: string
  adopted_at: Date | null
  /** Of informal consultations: the delegations, and the seat that convened them. */
  invited: string[] | null
  convener_seat_id: string | null
  /** Chair and secretariat read them, by the rules of the round when they were opened. */
  officers_read: boolean | null
  /** What is being decided on the whole of it; as long as it is, nobody opens it. */
  procedure_id: string | null
  revision: number
}

export function mayReadDocument(seat: ActingSeat, document: DocumentRow): boolean {
  if (seat.roundId !== document.round_id) return false
  if (document.visibility === 'invited') return isInvited(seat, document) || mayWatch(seat, document)
  return document.visibility === 'participants' || seat.delegationId === document.owner_delegation_id
}

const isInvited = (seat: ActingSeat, { invited, convener_seat_id }: DocumentRow): boolean =>
  seat.id === convener_seat_id || (seat.delegationId !== null && (invited ?? []).includes(seat.delegationId))
const mayWatch = (seat: ActingSeat, document: DocumentRow): boolean => document.officers_read === true && conducts(seat)

/** The same as SQL on a row of `document`. @param of  places of the seat's delegation, its id, and whether it conducts */
export const seenByInvitation = (alias: string, of: { delegation: string; seat: string; officer: string }): string =>
  `(${alias}.visibility = 'invited' AND (${of.delegation}::uuid = ANY(${alias}.invited)
    OR ${alias}.convener_seat_id = ${of.seat} OR (${alias}.officers_read AND ${of.officer}::boolean)))`

export function mayWriteDocument(seat: ActingSeat, document: DocumentRow): boolean {
  if (!mayReadDocument(seat, document) || document.mode === 'frozen') return false
  if (document.visibility === 'delegation') return accredited(seat)
  if (document.visibility === 'invited')
    return isInvited(seat, document) && (seat.delegationId === null || accredited(seat))
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
  document.kind !== 'informal' &&
  (document.visibility === 'delegation' ? seat.role === 'head' : holdsPen(seat))

export function mayKeepVersion(seat: ActingSeat, document: DocumentRow): boolean {
  if (!mayReadDocument(seat, document)) return false
  if (document.visibility === 'invited') return mayWriteDocument(seat, document)
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
