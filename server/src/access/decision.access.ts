import type { Method } from '@multilogue/shared/decisions'
import type { RoundRules } from '@multilogue/shared/rules'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { Content } from '../documents/history/content.js'
import { accredited, conducts, decides, isMember, type ActingSeat, type Caller } from './caller.js'
import type { DocumentRow } from './document.access.js'
import { seatIn } from './round.access.js'

/*
 * Who may do what in a decision
 *
 * The chair or the secretariat asks for it, extends it, takes it back and releases names; the gavel is the chair's. Heads
 * and alternates of member delegations break silence, object, vote and take stances, each for the whole delegation.
 * Everybody in the round sees how a decision stands. Who broke silence, and why, is seen by the delegation itself, by
 * the chair and by the secretariat; by all others once it is released. What a delegation voted is seen by itself until
 * the gavel has fallen, of a roll-call by all as it goes on, and of a secret ballot by nobody.
 *
 * Outcome texts are adopted here. Vision statements and plans have an act of their own, with checks of their own; of
 * them only paragraphs are voted on, and polls taken.
 */
export interface ProcedureRow {
  id: string
  round_id: string
  session_id: string
  document_id: string
  issued_id: string | null
  paragraph_id: string | null
  wording: Content[]
  no: string
  hash: string
  method: Method
  ballot: 'recorded' | 'secret' | 'roll_call' | null
  rules: RoundRules
  members: string[]
  /** Members present when it ended; null while it is open, and of silence, for which nobody has to be present. */
  present: string[] | null
  mode_before: 'drafting' | 'negotiating' | 'frozen'
  opens_at: Date
  deadline: Date | null
  person_id: string
  seat_id: string
  broken_at: Date | null
  released_at: Date | null
  ended_at: Date | null
  ended_as: 'passed' | 'broken' | 'cancelled' | null
  ended_person_id: string | null
  ended_seat_id: string | null
  reason: string | null
  settled_at: Date | null
  decision_id: string | null
  carry_on_item_id: string | null
  revision: number
}

export const mayAsk = (seat: ActingSeat): boolean => conducts(seat)
export const mayGavel = (seat: ActingSeat): boolean => seat.role === 'chair'

/** Speaks for a member delegation in a decision. */
export const isEntitled = (seat: ActingSeat): seat is ActingSeat & { delegationId: string; delegationCode: string } =>
  accredited(seat) && isMember(seat) && decides(seat)

/** @param delegationId  whose name it is */
export const maySeeName = (
  seat: ActingSeat,
  { method, released_at }: Pick<ProcedureRow, 'method' | 'released_at'>,
  delegationId: string,
): boolean => method !== 'silence' || released_at !== null || conducts(seat) || seat.delegationId === delegationId

export const maySeeVotes = ({ ballot, ended_at }: Pick<ProcedureRow, 'ballot' | 'ended_at'>): boolean =>
  ended_at !== null || ballot === 'roll_call'

/** `alone`: nothing else happens to it or to its text meanwhile. `beside`: others vote at the same time, but it does not end. */
type Lock = 'alone' | 'beside' | 'look'

/** The one way to get a procedure. @throws Refusal not-found */
export async function visibleProcedure(
  { db, caller }: { db: EntityManager; caller: Caller },
  procedureId: string,
  lock: Lock = 'look',
) {
  const known = await row<Pick<ProcedureRow, 'id' | 'round_id' | 'document_id'>>(
    db,
    `SELECT id, round_id, document_id FROM procedure WHERE id = $1`,
    [procedureId],
  )
  const seat = seatIn(caller, known?.round_id)
  if (!known) throw nothingHere()
  return { ...(await procedureAndText(db, known, lock)), seat }
}

/** First the text, then what is decided on it: as everybody does who changes either. */
export async function procedureAndText(
  db: EntityManager,
  known: Pick<ProcedureRow, 'id' | 'document_id'>,
  lock: Lock,
): Promise<{ procedure: ProcedureRow; document: DocumentRow }> {
  const [ofText, ofProcedure] =
    lock === 'alone' ? ['FOR UPDATE', 'FOR UPDATE'] : ['', lock === 'beside' ? 'FOR SHARE' : '']
  const document = await row<DocumentRow>(db, `SELECT * FROM document WHERE id = $1 ${ofText}`, [known.document_id])
  const procedure = await row<ProcedureRow>(db, `SELECT * FROM procedure WHERE id = $1 ${ofProcedure}`, [known.id])
  return { procedure: procedure!, document: document! }
}
