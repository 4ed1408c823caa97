import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { accredited, holdsPen, isMember, isStaff, presides, type ActingSeat, type Caller } from './caller.js'
import { mayReadDocument, visibleDocument, type DocumentRow } from './document.access.js'
import { seatIn } from './round.access.js'

/*
 * Who may do what with a diagnosis and with a vision statement
 *
 * Findings and guiding questions are read by every seat of the round. A member delegation writes those about its own
 * country; the chair, the facilitator and the secretariat those about all. A vision statement is a text: whoever writes
 * it says what its paragraphs came from. The chair adopts the vision of the participants; the head of a delegation adopts
 * its own. What is issued by that is read by every seat of the round, the text it was made from is not.
 */
export interface DiagnosedRow {
  id: string
  round_id: string
  delegation_id: string | null
  body: string
  withdrawn_at: Date | null
  revision: number
}

export const mayDiagnose = (seat: ActingSeat): boolean => isMember(seat) || holdsPen(seat) || isStaff(seat)

export const mayReviseDiagnosed = (
  seat: ActingSeat,
  { delegationId, withdrawn }: { delegationId: string | null; withdrawn: boolean },
): boolean => !withdrawn && isOwnDiagnosis(seat, delegationId)

export const isOwnDiagnosis = (seat: ActingSeat, delegationId: string | null): boolean =>
  mayDiagnose(seat) && seat.delegationId === delegationId

export const mayAdoptVision = (seat: ActingSeat, vision: DocumentRow): boolean =>
  mayReadDocument(seat, vision) &&
  (vision.visibility === 'participants' ? presides(seat) : accredited(seat) && seat.role === 'head')

/** @throws Refusal not-found, for hidden, absent and what is no vision statement alike */
export async function visibleVision(
  work: { db: EntityManager; caller: Caller },
  documentId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ document: DocumentRow; seat: ActingSeat }> {
  const found = await visibleDocument(work, documentId, lock)
  if (found.document.kind !== 'vision_statement') throw nothingHere()
  return found
}

/** A finding or a guiding question, locked. @throws Refusal not-found */
export async function diagnosed(
  { db, caller }: { db: EntityManager; caller: Caller },
  table: 'finding' | 'guiding_question',
  id: string,
): Promise<{ found: DiagnosedRow; seat: ActingSeat }> {
  const found = await row<DiagnosedRow>(db, `SELECT * FROM ${table} WHERE id = $1 FOR UPDATE`, [id])
  return { seat: seatIn(caller, found?.round_id), found: found! }
}
