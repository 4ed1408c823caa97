import type { Block, Proposal } from '@multilogue/shared/negotiation'
import type { EntityManager } from 'typeorm'
import { decides, holdsPen, isMember, type ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import {
  guides,
  isBeforeAll,
  isOwn,
  maySeeProposal,
  mayTable,
  mayTakePosition,
  mayWithdraw,
} from '../access/negotiation.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { blocksOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { sayingIn, type Say } from '../documents/references.js'
import { groundOf } from './ground.js'

type Sponsor = Proposal['delegation']
type Found = Omit<Proposal, 'base' | 'content' | 'outdated' | 'may'> & {
  base: Content[]
  content: Content[] | null
  baseHash: string
  delegation_id: string | null
  informal_id: string | null
  asked_id: string | null
  tabled_at: Date | null
}

const delegation = (alias: string) =>
  `jsonb_build_object('delegationId', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`

/** What came of informal consultations stands under their name. */
const INFORMAL = `jsonb_build_object('delegationId', n.id, 'code', 'INFORMAL', 'name', 'Informal consultations')`

const PROPOSALS = `
  SELECT p.id, p.document_id AS "documentId", p.number, p.operation, p.paragraph_id AS "paragraphId",
    p.other_id AS "otherId", p.base, p.content, p.base_hash AS "baseHash", p.reason, p.state, p.note, p.revision,
    p.delegation_id, p.informal_id, p.asked_id, p.tabled_at, ${instant('p.tabled_at')} AS "tabledAt",
    ${instant('p.decided_at')} AS "decidedAt", CASE WHEN n.id IS NULL THEN ${delegation('d')} ELSE ${INFORMAL} END AS delegation,
    CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('id', n.id, 'role', c.role) END AS informal,
    CASE WHEN a.id IS NOT NULL THEN ${delegation('a')} END AS asked,
    (SELECT CASE WHEN n.id IS NULL THEN '[]' ELSE jsonb_build_array(${INFORMAL}) END
       || coalesce(jsonb_agg(${delegation('g')} ORDER BY s.joined_at, g.code), '[]')
       FROM proposal_sponsor s JOIN delegation g ON g.id = s.delegation_id WHERE s.proposal_id = p.id) AS sponsors,
    (SELECT coalesce(jsonb_agg(${delegation('g')} || jsonb_build_object('position', o.position) ORDER BY o.at, g.code), '[]')
       FROM proposal_position o JOIN delegation g ON g.id = o.delegation_id WHERE o.proposal_id = p.id) AS positions
  FROM proposal p LEFT JOIN delegation d ON d.id = p.delegation_id
  LEFT JOIN document n ON n.id = p.informal_id LEFT JOIN seat c ON c.id = n.convener_seat_id LEFT JOIN delegation a ON a.id = p.asked_id
  WHERE p.document_id = $1 AND ($2::uuid IS NULL OR p.id = $2) ORDER BY p.number, p.id`

/** The proposals on a text that the seat may see. @param contents  of the text as it stands now */
export async function proposalsOf(
  db: EntityManager,
  seat: ActingSeat,
  document: DocumentRow,
  contents: Content[],
  proposalId?: string,
): Promise<Proposal[]> {
  const found = await rows<Found>(db, PROPOSALS, [document.id, proposalId ?? null])
  const say = sayingIn(contents, document.language)
  return found
    .filter((proposal) => maySeeProposal(seat, proposal))
    .map(({ base, content, baseHash, delegation_id, informal_id, asked_id, tabled_at, ...proposal }) => {
      const ground = {
        operation: proposal.operation,
        paragraph_id: proposal.paragraphId,
        other_id: proposal.otherId,
      }
      const isOpen = ['draft', 'offered', 'tabled', 'rebase_asked'].includes(proposal.state)
      const owned = { delegation_id, informal_id, asked_id, tabled_at, state: proposal.state }
      return {
        ...proposal,
        base: blocksIn(base, say),
        content: content && blocksIn(content, say),
        outdated: isOpen && groundOf(contents, ground) !== baseHash,
        may: mayDo(seat, document, owned, proposal.sponsors),
      }
    })
}

export const blocksIn = (contents: Content[], say: Say): Block[] => blocksOf(contents, say).map(({ block }) => block)

type Owned = Parameters<typeof maySeeProposal>[1]

function mayDo(seat: ActingSeat, document: DocumentRow, owned: Owned, sponsors: Sponsor[]): string[] {
  const moves = document.mode !== 'frozen'
  const { state } = owned
  const isOpen = state === 'draft' || state === 'offered' || isBeforeAll(owned)
  const isPending = isBeforeAll(owned)
  const isFirst = sponsors[0]?.delegationId === seat.delegationId
  const acts: [string, boolean][] = [
    ['write', state === 'draft' && isOwn(seat, owned) && mayWithdraw(seat, { ...owned, tabled_at: null })],
    ['table', moves && (state === 'draft' || state === 'offered') && mayTable(seat, owned)],
    ['offer', moves && state === 'draft' && owned.informal_id === null && isOwn(seat, owned) && !isMember(seat)],
    ['withdraw', isOpen && mayWithdraw(seat, owned)],
    [
      'rebase',
      (isPending || state === 'draft') &&
        isOwn(seat, owned) &&
        (state === 'draft' || owned.informal_id !== null || decides(seat)),
    ],
    ['sponsor', moves && isPending && mayTakePosition(seat) && !isFirst],
    ['position', moves && isPending && mayTakePosition(seat)],
    ['decide', moves && isPending && guides(seat, document) && holdsPen(seat)],
  ]
  return acts.filter(([, may]) => may).map(([act]) => act)
}
