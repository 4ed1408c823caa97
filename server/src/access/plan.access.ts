import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { presides, type ActingSeat, type Caller } from './caller.js'
import { mayReadDocument, mayWriteDocument, visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who may do what with an action plan
 *
 * A plan is a text: whoever may read it reads its table, and whoever may write it writes its actions. A plan of the
 * participants is adopted by the chair; a delegation's own plan is not adopted by the round.
 */
export const mayWritePlan = mayWriteDocument

export const mayAdoptPlan = (seat: ActingSeat, plan: DocumentRow): boolean =>
  presides(seat) && plan.visibility === 'participants' && mayReadDocument(seat, plan)

/** @throws Refusal not-found, for hidden, absent and what is no plan alike */
export async function visiblePlan(
  work: { db: EntityManager; caller: Caller },
  documentId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<{ document: DocumentRow; seat: ActingSeat }> {
  const found = await visibleDocument(work, documentId, lock)
  if (found.document.kind !== 'action_plan') throw nothingHere()
  return found
}
