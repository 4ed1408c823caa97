import type { MatchRow } from '../access/match.access.js'
import type { ActingSeat } from '../access/caller.js'
import type { Audience, Writing } from '../work/work.js'
import { matchesOf } from './matches.views.js'

/** Before it is agreed, its parties and the secretariat hear of it. */
export async function told(
  work: Writing,
  seat: ActingSeat,
  match: MatchRow,
  parties: readonly { delegation_id: string }[],
) {
  const heard: Audience = { delegationIds: parties.map((party) => party.delegation_id), secretariat: true }
  work.record(match.round_id, 'match.changed', { matchId: match.id, recommendationId: match.recommendation_id }, heard)
  return (await matchesOf(work.db, seat, { id: match.id }))[0]!
}
