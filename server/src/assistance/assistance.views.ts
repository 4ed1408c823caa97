import type { Commitment, Listing, Match } from '@multilogue/shared/assistance'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'

const party = (alias: string) =>
  `json_build_object('delegationId', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`

type BareListing = Omit<Listing, 'dir' | 'may'>

/** Published listings are seen by the round, a draft or withdrawn one by its owner alone. */
export async function listingsOf(db: EntityManager, seat: ActingSeat, id?: string): Promise<Listing[]> {
  const found = await rows<BareListing>(
    db,
    `SELECT l.id, l.round_id AS "roundId", l.side, ${party('d')} AS owner, l.title, l.description, l.language,
       l.cooperation_type AS "cooperationType", l.modalities, l.sdg_targets AS "sdgTargets", l.money, l.in_kind AS "inKind",
       l.state, ${instant('l.created_at')} AS "createdAt", l.revision
     FROM listing l JOIN delegation d ON d.id = l.delegation_id
     WHERE l.round_id = $1 AND ($2::uuid IS NULL OR l.id = $2)
       AND (l.state IN ('published', 'matched') OR l.delegation_id = $3) ORDER BY l.created_at, l.id`,
    [seat.roundId, id ?? null, seat.delegationId],
  )
  return found.map((listing) => {
    const own = listing.owner.delegationId === seat.delegationId && decides(seat)
    const may = [
      ...(own && listing.state === 'draft' ? ['publish'] : []),
      ...(own && (listing.state === 'draft' || listing.state === 'published') ? ['withdraw'] : []),
    ]
    return { ...listing, dir: directionOf(listing.language), may }
  })
}

interface MatchRow extends Omit<Match, 'parties' | 'may'> {
  provider: { delegationId: string; code: string; name: string; acceptedAt: string | null }
  beneficiary: { delegationId: string; code: string; name: string; acceptedAt: string | null }
}

const accepting = (alias: string, column: string) =>
  `json_build_object('delegationId', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name, 'acceptedAt', m.${column})`

const COMMITMENT = `json_build_object('id', k.id, 'matchId', k.match_id, 'provider', ${party('p')}, 'money', k.money,
  'inKind', k.in_kind, 'dueOn', k.due_on, 'state', k.state)`

/** Agreed matches are seen by the round; proposed and declined ones by their parties and the secretariat. */
export async function matchesOf(
  db: EntityManager,
  seat: ActingSeat,
  which: { id?: string; recommendationId?: string } = {},
): Promise<Match[]> {
  const found = await rows<MatchRow>(
    db,
    `SELECT m.id, m.round_id AS "roundId", m.recommendation_id AS "recommendationId", c.title AS "recommendationTitle",
       m.offer_id AS "offerId", o.title AS "offerTitle", m.request_id AS "requestId", m.state,
       ${accepting('p', 'provider_accepted_at')} AS provider, ${accepting('b', 'beneficiary_accepted_at')} AS beneficiary,
       m.declined_reason AS "declinedReason", m.due_on::text AS "dueOn", m.revision,
       CASE WHEN k.id IS NOT NULL THEN ${COMMITMENT} END AS commitment
     FROM match m JOIN recommendation c ON c.id = m.recommendation_id JOIN listing o ON o.id = m.offer_id
     JOIN delegation p ON p.id = m.provider_id JOIN delegation b ON b.id = m.beneficiary_id
     LEFT JOIN commitment k ON k.match_id = m.id
     WHERE m.round_id = $1 AND ($2::uuid IS NULL OR m.id = $2) AND ($3::uuid IS NULL OR m.recommendation_id = $3)
       AND (m.state = 'agreed' OR $4 OR $5 IN (m.provider_id, m.beneficiary_id)) ORDER BY m.created_at, m.id`,
    [seat.roundId, which.id ?? null, which.recommendationId ?? null, isStaff(seat), seat.delegationId],
  )
  return found.map(({ provider, beneficiary, ...match }) => {
    const parties: Match['parties'] = [
      { ...provider, role: 'provider' },
      { ...beneficiary, role: 'beneficiary' },
    ]
    const own = parties.find((p) => p.delegationId === seat.delegationId)
    const open = match.state === 'proposed' && own !== undefined && decides(seat)
    return { ...match, parties, may: open ? [...(own.acceptedAt ? [] : ['accept']), 'decline'] : [] }
  })
}

type CommitmentOfRound = Commitment & {
  recommendationId: string
  recommendationTitle: string
  beneficiary: Commitment['provider']
}

export async function commitmentsOf(db: EntityManager, seat: ActingSeat): Promise<CommitmentOfRound[]> {
  const found = await rows<{ commitment: CommitmentOfRound }>(
    db,
    `SELECT (${COMMITMENT}::jsonb || jsonb_build_object('recommendationId', c.id, 'recommendationTitle', c.title,
       'beneficiary', ${party('b')})) AS commitment
     FROM commitment k JOIN match m ON m.id = k.match_id JOIN recommendation c ON c.id = m.recommendation_id
     JOIN delegation p ON p.id = m.provider_id JOIN delegation b ON b.id = m.beneficiary_id
     WHERE m.round_id = $1 ORDER BY k.due_on, k.id`,
    [seat.roundId],
  )
  return found.map(({ commitment }) => commitment)
}
