import type { Commitment } from '@multilogue/shared/commitments'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { row, rows } from '../common/sql.js'
import { party } from './listings.views.js'

type Bare = Omit<Commitment, 'may'>

interface Which {
  id?: string
  matchIds?: string[]
  pledgedBy?: string
  /** Behind which commitment the page begins. */
  after?: string | undefined
  limit?: number
}

const COMMITMENTS = `commitment k JOIN match m ON m.id = k.match_id`

/** Everybody in the round sees what was committed. */
function asked(seat: ActingSeat, { id, matchIds, pledgedBy, after }: Which, values: unknown[]): string {
  const value = (one: unknown) => `$${values.push(one)}`
  return [
    `m.round_id = ${value(seat.roundId)}`,
    ...(id ? [`k.id = ${value(id)}`] : []),
    ...(matchIds ? [`k.match_id = ANY(${value(matchIds)})`] : []),
    ...(pledgedBy ? [`k.delegation_id = ${value(pledgedBy)} AND k.state = 'pledged'`] : []),
    ...(after
      ? [`(k.due_on, k.created_at, k.id) > (SELECT due_on, created_at, id FROM commitment WHERE id = ${value(after)})`]
      : []),
  ].join(' AND ')
}

/** The commitments of the seat's round, those due first at the beginning. */
export async function commitmentsOf(db: EntityManager, seat: ActingSeat, which: Which): Promise<Commitment[]> {
  const values: unknown[] = [which.limit ?? null]
  const found = await rows<Bare>(
    db,
    `WITH page AS MATERIALIZED (SELECT k.*, m.recommendation_id, m.request_id FROM ${COMMITMENTS}
       WHERE ${asked(seat, which, values)} ORDER BY k.due_on, k.created_at, k.id LIMIT $1)
     SELECT k.id, k.match_id AS "matchId", coalesce(q.title, c.title) AS title, k.recommendation_id AS "recommendationId",
       ${party('p')} AS provider, ${party('b')} AS beneficiary, k.unit, k.pledged::float8, k.confirmed::float8, k.delivered::float8,
       k.tranches, k.due_on::text AS "dueOn", k.state, k.withdrawn_reason AS "withdrawnReason", k.revision
     FROM page k JOIN delegation p ON p.id = k.delegation_id
     JOIN match_party r ON r.match_id = k.match_id AND r.role = 'beneficiary' JOIN delegation b ON b.id = r.delegation_id
     LEFT JOIN listing q ON q.id = k.request_id LEFT JOIN recommendation c ON c.id = k.recommendation_id
     ORDER BY k.due_on, k.created_at, k.id`,
    values,
  )
  return found.map((commitment) => ({ ...commitment, may: actsOn(commitment, seat) }))
}

export async function countCommitments(db: EntityManager, seat: ActingSeat, which: Which): Promise<number> {
  const values: unknown[] = []
  const conditions = asked(seat, which, values)
  const found = await row<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM ${COMMITMENTS} WHERE ${conditions}`,
    values,
  )
  return found!.count
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
