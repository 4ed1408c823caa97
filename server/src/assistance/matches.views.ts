import type { Commitment } from '@multilogue/shared/commitments'
import type { Match, MatchParty } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { OPEN_STATES, SEEN_BY_ALL } from '../access/match.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { commitmentsOf } from './commitments.views.js'

interface PartyOfMatch extends MatchParty {
  isCountry: boolean
  isNorth: boolean
}

interface MatchFound extends Omit<Match, 'parties' | 'direction' | 'mode' | 'commitments' | 'may'> {
  parties: PartyOfMatch[]
}

/** Northern are the members of the Development Assistance Committee on the day on which the match was proposed. */
const PARTIES = `
  SELECT json_agg(json_build_object('delegationId', d.id, 'code', d.code, 'name', d.name, 'role', p.role,
      'offer', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'title', o.title) END,
      'money', p.money, 'inKind', p.in_kind, 'weighing', p.weighed, 'gains', p.gains, 'acceptedAt', ${instant('p.accepted_at')},
      'isCountry', c.code IS NOT NULL, 'isNorth', g.name IS NOT NULL)
    ORDER BY p.role <> 'beneficiary', p.role DESC, d.code)
  FROM match_party p JOIN delegation d ON d.id = p.delegation_id LEFT JOIN listing o ON o.id = p.offer_id
  LEFT JOIN country c ON c.code = d.code
  LEFT JOIN country_group g ON g.country = c.code AND g.name = 'DAC' AND g.since <= m.created_at::date
    AND (g.until IS NULL OR g.until > m.created_at::date)
  WHERE p.match_id = m.id`

/** Agreed matches are seen by the round; others by their parties and the secretariat. */
export async function matchesOf(
  db: EntityManager,
  seat: ActingSeat,
  which: { id?: string; recommendationId?: string; delegationId?: string; isOpen?: boolean } = {},
): Promise<Match[]> {
  const found = await rows<MatchFound>(
    db,
    `SELECT m.id, m.round_id AS "roundId", coalesce(q.title, c.title) AS title,
       CASE WHEN q.id IS NOT NULL THEN json_build_object('id', q.id, 'title', q.title) END AS request,
       CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'title', c.title) END AS recommendation,
       m.state, (${PARTIES}) AS parties, m.scope, m.due_on::text AS "dueOn", m.brokered, m.interest,
       m.override_reason AS "overrideReason", m.declined_reason AS "declinedReason", m.cancelled_reason AS "cancelledReason",
       coalesce((SELECT json_agg(json_build_object('id', u.id, 'code', d.code, 'activity', u.activity, 'outcome', u.outcome, 'goal', u.goal)
         ORDER BY u.at, u.id) FROM match_outcome u LEFT JOIN delegation d ON d.id = u.delegation_id WHERE u.match_id = m.id), '[]') AS outcomes,
       ${instant('m.created_at')} AS "createdAt", ${instant('m.agreed_at')} AS "agreedAt", m.revision
     FROM match m LEFT JOIN recommendation c ON c.id = m.recommendation_id LEFT JOIN listing q ON q.id = m.request_id
     WHERE m.round_id = $1 AND ($2::uuid IS NULL OR m.id = $2) AND ($3::uuid IS NULL OR m.recommendation_id = $3)
       AND ($7::text[] IS NULL OR m.state = ANY($7))
       AND (m.state IN ${SEEN_BY_ALL} OR $4
         OR EXISTS (SELECT 1 FROM match_party p WHERE p.match_id = m.id AND p.delegation_id = $5))
       AND ($6::uuid IS NULL OR EXISTS (SELECT 1 FROM match_party p WHERE p.match_id = m.id AND p.delegation_id = $6))
     ORDER BY m.created_at, m.id`,
    [
      seat.roundId,
      which.id ?? null,
      which.recommendationId ?? null,
      isStaff(seat),
      seat.delegationId,
      which.delegationId ?? null,
      which.isOpen ? OPEN_STATES : null,
    ],
  )
  if (found.length === 0) return []
  const commitments = new Map<string, Commitment[]>()
  for (const one of await commitmentsOf(db, seat, { matchIds: found.map(({ id }) => id) }))
    commitments.set(one.matchId, [...(commitments.get(one.matchId) ?? []), one])
  return found.map((match) => ({
    ...match,
    parties: match.parties.map(({ isCountry: _, isNorth: __, ...party }) => party),
    direction: headingOf(match.parties),
    mode: match.parties.length > 2 ? ('multilateral' as const) : ('bilateral' as const),
    commitments: commitments.get(match.id) ?? [],
    may: actsOn(match, seat),
  }))
}

/** Of two by where they stand; three or more with a northern one among the providers are triangular, without one trilateral. */
function headingOf(parties: readonly Pick<PartyOfMatch, 'role' | 'isCountry' | 'isNorth'>[]): Match['direction'] {
  if (parties.some(({ isCountry }) => !isCountry)) return 'other'
  const providers = parties.filter(({ role }) => role !== 'beneficiary')
  if (providers.length > 1) return providers.some(({ isNorth }) => isNorth) ? 'triangular' : 'trilateral'
  const to = parties.find(({ role }) => role === 'beneficiary')!.isNorth ? 'north' : 'south'
  return `${providers[0]!.isNorth ? 'north' : 'south'}_${to}`
}

function actsOn({ state, parties, brokered, outcomes }: MatchFound, seat: ActingSeat): string[] {
  const own = decides(seat) ? parties.find((party) => party.delegationId === seat.delegationId) : undefined
  const follows = own !== undefined || isStaff(seat)
  const isOpen = OPEN_STATES.includes(state)
  const stands = state === 'agreed' || state === 'active'
  return [
    ...(isOpen && own?.acceptedAt === null ? ['accept'] : []),
    ...(isOpen && own ? ['decline'] : []),
    ...(isOpen && (own !== undefined || (brokered && isStaff(seat))) ? ['revise'] : []),
    ...(stands && follows ? ['outcome', 'cancel'] : []),
    ...(state === 'agreed' && follows && outcomes.length > 0 ? ['activate'] : []),
    ...(state === 'active' && (own?.role === 'beneficiary' || isStaff(seat)) ? ['complete'] : []),
  ]
}
