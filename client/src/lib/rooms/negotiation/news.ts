import { codesOf, isPending } from '@multilogue/shared/compilation'
import type { Negotiation, ParagraphStatus, Position, Proposal } from '@multilogue/shared/negotiation'

/** Something that happened in a negotiation, for those who do not see it happen. */
export type News =
  | { kind: 'tabled'; proposal: Proposal; codes: string[] }
  | { kind: 'decided'; proposal: Proposal }
  | { kind: 'position'; proposal: Proposal; position: Position; codes: string[] }
  | { kind: 'status'; paragraphId: string; status: ParagraphStatus }

type Known = Pick<Negotiation, 'blocks' | 'proposals'>

/** What lies between two answers; what a delegation drafts is no news. */
export function newsOf(before: Known, after: Known): News[] {
  const known = new Map(before.proposals.map((proposal) => [proposal.id, proposal]))
  const statuses = new Map(before.blocks.map(({ id, status }) => [id, status]))
  return [
    ...after.proposals.flatMap((proposal) => newsOfProposal(known.get(proposal.id), proposal)),
    ...after.blocks.flatMap(({ id, status }): News[] => {
      const was = statuses.get(id)
      return was && status && was !== status && isAgreed(was) !== isAgreed(status)
        ? [{ kind: 'status', paragraphId: id, status }]
        : []
    }),
  ]
}

const isAgreed = (status: ParagraphStatus) => status === 'agreed_ad_ref' || status === 'agreed'

function newsOfProposal(before: Proposal | undefined, proposal: Proposal): News[] {
  if (proposal.number === null) return []
  const wasPending = before !== undefined && isPending(before)
  if (!wasPending && isPending(proposal)) return [{ kind: 'tabled', proposal, codes: codesOf(proposal) }]
  if (!before) return []
  if (before.state !== proposal.state) return proposal.state === 'draft' ? [] : [{ kind: 'decided', proposal }]
  const held = new Map(before.positions.map(({ delegationId, position }) => [delegationId, position]))
  const taken = proposal.positions.filter(({ delegationId, position }) => held.get(delegationId) !== position)
  return [...new Set(taken.map(({ position }) => position))].map((position) => ({
    kind: 'position',
    proposal,
    position,
    codes: taken.filter((one) => one.position === position).map(({ code }) => code),
  }))
}
