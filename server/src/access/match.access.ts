import type { MatchState, PartyRole } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import { nothingHere } from '../common/problem.js'
import { rows } from '../common/sql.js'
import { decides, isStaff, type ActingSeat, type Caller } from './caller.js'
import { inRound } from './round.access.js'

/*
 * Who may do what with a match
 *
 * Once it is agreed the whole round sees it; before, and when it was declined, its parties and the secretariat do.
 * Each party decides for itself, through its head or alternate. Terms are changed by a party, or by the secretariat
 * when it is the broker. What follows an agreement is said by a party or the secretariat; that it is done, by those
 * who were served.
 */
export interface MatchRow {
  id: string
  round_id: string
  recommendation_id: string | null
  request_id: string | null
  state: z.infer<typeof MatchState>
  brokered: boolean
  due_on: string
  revision: number
}

export interface PartyRow {
  delegation_id: string
  role: z.infer<typeof PartyRole>
  offer_id: string | null
  money: { amount: number; currency: string } | null
  in_kind: { quantity: number; unit: string } | null
  accepted_at: Date | null
}

export const OPEN_STATES: readonly string[] = ['proposed', 'negotiating']
const SEEN_STATES: readonly string[] = ['agreed', 'active', 'completed', 'cancelled']
export const SEEN_BY_ALL = `(${SEEN_STATES.map((state) => `'${state}'`).join(', ')})`

/** Whether the seat decides for a party of it, or services it. */
export const followsUp = (seat: ActingSeat, parties: readonly { delegation_id: string }[]) =>
  isStaff(seat) || actsForParty(seat, parties)
export const actsForParty = (seat: ActingSeat, parties: readonly { delegation_id: string }[]) =>
  decides(seat) && parties.some((party) => party.delegation_id === seat.delegationId)

/** A match, locked for a change, with its parties. @throws Refusal not-found, for hidden and absent alike */
export async function visibleMatch(
  work: { db: EntityManager; caller: Caller },
  id: string,
): Promise<{ match: MatchRow; parties: PartyRow[]; seat: ActingSeat }> {
  const { found: match, seat } = await inRound<MatchRow>(work, 'match', id, 'lock')
  const parties = await rows<PartyRow>(
    work.db,
    `SELECT * FROM match_party WHERE match_id = $1 ORDER BY role, delegation_id`,
    [id],
  )
  const isOpenToAll = SEEN_STATES.includes(match.state)
  const isParty = parties.some((party) => party.delegation_id === seat.delegationId)
  if (!isOpenToAll && !isParty && !isStaff(seat)) throw nothingHere()
  return { match, parties, seat }
}
