import type { Commitment } from '@multilogue/shared/commitments'
import { MATCH_STATES, type Match, type MatchParty } from '@multilogue/shared/matches'
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

interface Which {
  id?: string | undefined
  recommendationId?: string | undefined
  /** Those of a request or an offer. */
  listingId?: string | undefined
  delegationId?: string | undefined
  isOpen?: boolean
  /** Behind which match, as it stood then, the page begins. */
  after?: string | undefined
  limit?: number
}

/** In the order of the screen. */
const PLACE = (state: string) => `array_position(ARRAY[${MATCH_STATES.map((one) => `'${one}'`).join(', ')}], ${state})`
const ORDER = `${PLACE('m.state')}, m.created_at, m.id`

/** SQL of the matches `m` that a seat may see: agreed ones all of the round, the others their parties and the secretariat. */
function seen(seat: ActingSeat, which: Which, values: unknown[]): string {
  const value = (one: unknown) => `$${values.push(one)}`
  const has = (condition: string) => `EXISTS (SELECT 1 FROM match_party p WHERE p.match_id = m.id AND ${condition})`
  const { id, recommendationId, listingId, delegationId, isOpen, after } = which
  const conditions = [`m.round_id = ${value(seat.roundId)}`]
  if (!isStaff(seat))
    conditions.push(`(m.state IN ${SEEN_BY_ALL} OR ${has(`p.delegation_id = ${value(seat.delegationId)}`)})`)
  if (id) conditions.push(`m.id = ${value(id)}`)
  if (recommendationId) conditions.push(`m.recommendation_id = ${value(recommendationId)}`)
  if (listingId) conditions.push(`(m.request_id = ${value(listingId)} OR ${has(`p.offer_id = ${value(listingId)}`)})`)
  if (delegationId) conditions.push(has(`p.delegation_id = ${value(delegationId)}`))
  if (isOpen) conditions.push(`m.state = ANY(${value(OPEN_STATES)})`)
  if (after) {
    const [state, last] = after.split(' ')
    conditions.push(
      `(${ORDER}) > (SELECT ${PLACE(`${value(state)}::text`)}, created_at, id FROM match WHERE id = ${value(last)})`,
    )
  }
  return conditions.join(' AND ')
}

/** The matches that a seat may see, by state and the oldest first. */
export async function matchesOf(db: EntityManager, seat: ActingSeat, which: Which): Promise<Match[]> {
  const values: unknown[] = [which.limit ?? null]
  const found = await rows<MatchFound>(
    db,
    `WITH page AS MATERIALIZED (SELECT m.* FROM match m WHERE ${seen(seat, which, values)} ORDER BY ${ORDER} LIMIT $1)
     SELECT m.id, m.round_id AS "roundId", coalesce(q.title, c.title) AS title,
       CASE WHEN q.id IS NOT NULL THEN json_build_object('id', q.id, 'title', q.title) END AS request,
       CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'title', c.title) END AS recommendation,
       m.state, (${PARTIES}) AS parties, m.scope, m.due_on::text AS "dueOn", m.brokered, m.interest,
       m.override_reason AS "overrideReason", m.declined_reason AS "declinedReason", m.cancelled_reason AS "cancelledReason",
       coalesce((SELECT json_agg(json_build_object('id', u.id, 'code', d.code, 'activity', u.activity, 'outcome', u.outcome, 'goal', u.goal)
         ORDER BY u.at, u.id) FROM match_outcome u LEFT JOIN delegation d ON d.id = u.delegation_id WHERE u.match_id = m.id), '[]') AS outcomes,
       ${instant('m.created_at')} AS "createdAt", ${instant('m.agreed_at')} AS "agreedAt", m.revision
     FROM page m LEFT JOIN recommendation c ON c.id = m.recommendation_id LEFT JOIN listing q ON q.id = m.request_id
     ORDER BY ${ORDER}`,
    values,
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

export function countMatches(db: EntityManager, seat: ActingSeat, which: Which) {
  const values: unknown[] = []
  const conditions = seen(seat, which, values)
  return rows<{ state: Match['state']; count: number; agreed: number }>(
    db,
    `SELECT m.state, count(*)::int AS count, count(m.agreed_at)::int AS agreed FROM match m WHERE ${conditions}
     GROUP BY m.state ORDER BY ${PLACE('m.state')}`,
    values,
  )
}

/** Behind which match the next page begins; null when this one is the last. */
export const nextMatch = (matches: Match[], limit: number): string | null => {
  const last = matches.at(-1)
  return last && matches.length === limit ? `${last.state} ${last.id}` : null
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
