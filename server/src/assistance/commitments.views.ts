import type { Commitment } from '@multilogue/shared/commitments'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { rows } from '../common/sql.js'
import { party } from './listings.views.js'

type Bare = Omit<Commitment, 'may'>

/** Everybody in the round sees what was committed. */
export async function commitmentsOf(
  db: EntityManager,
  seat: ActingSeat,
  which: { id?: string; matchIds?: string[]; pledgedBy?: string } = {},
): Promise<Commitment[]> {
  const found = await rows<Bare>(
    db,
    `SELECT k.id, k.match_id AS "matchId", coalesce(q.title, c.title) AS title, m.recommendation_id AS "recommendationId",
       ${party('p')} AS provider, ${party('b')} AS beneficiary, k.unit, k.pledged::float8, k.confirmed::float8, k.delivered::float8,
       k.tranches, k.due_on::text AS "dueOn", k.state, k.withdrawn_reason AS "withdrawnReason", k.revision
     FROM commitment k JOIN match m ON m.id = k.match_id JOIN delegation p ON p.id = k.delegation_id
     JOIN match_party r ON r.match_id = m.id AND r.role = 'beneficiary' JOIN delegation b ON b.id = r.delegation_id
     LEFT JOIN listing q ON q.id = m.request_id LEFT JOIN recommendation c ON c.id = m.recommendation_id
     WHERE m.round_id = $1 AND ($2::uuid IS NULL OR k.id = $2) AND ($3::uuid[] IS NULL OR m.id = ANY($3))
       AND ($4::uuid IS NULL OR (k.delegation_id = $4 AND k.state = 'pledged'))
     ORDER BY k.due_on, k.created_at, k.id`,
    [seat.roundId, which.id ?? null, which.matchIds ?? null, which.pledgedBy ?? null],
  )
  return found.map((commitment) => ({ ...commitment, may: actsOn(commitment, seat) }))
}

function actsOn({ state, provider, beneficiary }: Bare, seat: ActingSeat): string[] {
  const provides = seat.delegationId === provider.delegationId && decides(seat)
  const receives = seat.delegationId === beneficiary.delegationId && decides(seat)
  const isOwed = state === 'confirmed' || state === 'partly_delivered'
  return [
    ...(provides && state === 'pledged' ? ['confirm'] : []),
    ...((receives || isStaff(seat)) && isOwed ? ['deliver'] : []),
    ...(provides && (state === 'pledged' || isOwed) ? ['withdraw'] : []),
  ]
}
