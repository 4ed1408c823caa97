import type { Operation, ProposalState } from '@multilogue/shared/negotiation'
import type { EntityManager } from 'typeorm'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { Content } from '../documents/history/content.js'
import { accredited, decides, holdsPen, isMember, isStaff, type ActingSeat, type Caller } from './caller.js'
import { visibleDocument, type DocumentRow } from './document.access.js'

/*
 * Who may do what in a negotiation
 *
 * Proposals are made on texts of the participants, by every accredited delegation, in every mode: what cannot be
 * tabled now is kept as a draft. A draft is seen and written by its delegation alone. Heads and alternates of member
 * delegations table, sponsor and take positions; a stakeholder or observer asks a member delegation to sponsor, which
 * then tables in its own name. What was tabled stays visible for ever, whatever becomes of it. The facilitator (or the
 * chair) incorporates, merges, declines, asks to rebase, and says what is agreed; never the sponsor. In a frozen text
 * nothing of this moves. The secretariat issues documents and takes no position.
 */
export interface ProposalRow {
  id: string
  document_id: string
  number: number | null
  operation: Operation
  paragraph_id: string
  other_id: string | null
  base_hash: string
  base: Content[]
  content: Content[] | null
  /** null: of informal consultations. */
  delegation_id: string | null
  informal_id: string | null
  asked_id: string | null
  state: ProposalState
  tabled_at: Date | null
  revision: number
}

/** What is negotiated is the source; its other languages follow. */
const isSource = (document: DocumentRow) => document.visibility === 'participants' && document.kind !== 'translation'
/** What happened is recorded, and no matter of agreement. */
const isShared = (document: DocumentRow) => isSource(document) && document.kind !== 'report'
const PRIVATE: ProposalState[] = ['draft', 'offered']
export const isBeforeAll = ({ state }: Pick<ProposalRow, 'state'>): boolean =>
  state === 'tabled' || state === 'rebase_asked'

export const mayPropose = (seat: ActingSeat, document: DocumentRow): boolean => isShared(document) && accredited(seat)

export const mayIssue = (seat: ActingSeat, document: DocumentRow): boolean => isSource(document) && isStaff(seat)

/** Whether the seat decides in a negotiation of this text, whatever mode it is in. */
export const guides = (seat: ActingSeat, document: DocumentRow): boolean => isShared(document) && holdsPen(seat)

export const mayBracket = (seat: ActingSeat): boolean => holdsPen(seat) || isMember(seat)

export const mayCloseBracket = (seat: ActingSeat, holders: string[]): boolean =>
  holdsPen(seat) || (isMember(seat) && holders.length === 1 && holders[0] === seat.delegationId)

type Owned = Pick<ProposalRow, 'delegation_id' | 'informal_id' | 'asked_id' | 'state' | 'tabled_at'>

export const isOwn = (seat: ActingSeat, proposal: Owned): boolean =>
  (seat.delegationId !== null && seat.delegationId === proposal.delegation_id) || answersForInformal(seat, proposal)
/** What came of informal consultations is seen to by who holds the pen. */
export const answersForInformal = (seat: ActingSeat, { informal_id }: Pick<ProposalRow, 'informal_id'>): boolean =>
  informal_id !== null && holdsPen(seat)
const isAsked = (seat: ActingSeat, proposal: Owned): boolean =>
  seat.delegationId !== null && seat.delegationId === proposal.asked_id

export function maySeeProposal(seat: ActingSeat, proposal: Owned): boolean {
  if (isOwn(seat, proposal)) return true
  if (PRIVATE.includes(proposal.state)) return proposal.state === 'offered' && isAsked(seat, proposal)
  return proposal.tabled_at !== null
}

export const mayTable = (seat: ActingSeat, proposal: Owned): boolean =>
  answersForInformal(seat, proposal) ||
  (isMember(seat) && decides(seat) && (proposal.state === 'offered' ? isAsked : isOwn)(seat, proposal))

export const mayTakePosition = (seat: ActingSeat): boolean => isMember(seat) && decides(seat)

/** Its delegation; and whoever tabled it for others. */
export const mayWithdraw = (seat: ActingSeat, proposal: Owned): boolean =>
  answersForInformal(seat, proposal) ||
  (accredited(seat) &&
    (proposal.tabled_at === null || decides(seat)) &&
    (isOwn(seat, proposal) || isAsked(seat, proposal)))

/** The one way to get a proposal, with its text. @throws Refusal not-found, for hidden and absent alike */
export async function visibleProposal(
  work: { db: EntityManager; caller: Caller },
  proposalId: string,
): Promise<{ proposal: ProposalRow; document: DocumentRow; seat: ActingSeat }> {
  const found = await row<ProposalRow>(work.db, `SELECT * FROM proposal WHERE id = $1`, [proposalId])
  if (!found) throw nothingHere()
  // The text's row is the one lock of its negotiation, so that no two acts decide on the same ground.
  const { document, seat } = await visibleDocument(work, found.document_id, 'lock')
  const proposal = await row<ProposalRow>(work.db, `SELECT * FROM proposal WHERE id = $1 FOR UPDATE`, [proposalId])
  if (!proposal || !maySeeProposal(seat, proposal)) throw nothingHere()
  return { proposal, document, seat }
}
