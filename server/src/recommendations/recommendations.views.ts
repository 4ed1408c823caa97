import type { Addressee, ImplementationStatus, Recommendation } from '@multilogue/shared/recommendations'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, holdsPen, presides, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'
import { flagsOf, leastAdvanced, missingParts } from './recommendations.workflow.js'

/** SQL of a round and all that came before it. Recommendations are followed up from round to round. */
export const LINEAGE = (round: string) => `(WITH RECURSIVE lineage(id) AS (SELECT ${round}::uuid UNION
  SELECT r.previous_id FROM round r JOIN lineage l ON r.id = l.id WHERE r.previous_id IS NOT NULL) SELECT id FROM lineage)`

type Row = Omit<Recommendation, 'dir' | 'status' | 'missing' | 'flags' | 'addressees' | 'may'> & {
  seatId: string
  adoptedAt: Date | null
}

const RECOMMENDATION = `SELECT c.id, c.round_id AS "roundId", r.number AS "roundNumber", c.number, c.title, c.action, c.rationale, c.force, c.owner,
  c.due_on::text AS "dueOn", c.measure, c.sdg_targets AS "sdgTargets", c.language, c.state, c.quote,
  ${instant('c.created_at')} AS "createdAt", c.revision, c.seat_id AS "seatId", c.adopted_at AS "adoptedAt"
  FROM recommendation c JOIN round r ON r.id = c.round_id`

interface AddresseeRow {
  recommendationId: string
  delegationId: string
  code: string
  name: string
  response: 'pending' | 'supported' | 'noted'
  responseText: string
  respondedAt: string | null
  status: ImplementationStatus
  assurance: 'none' | 'self_reported' | 'evidenced' | 'validated'
  statusAt: Date | null
}

/** A party keeps its code from round to round; its delegation of the reader's round is named. */
const ADDRESSEES = `SELECT a.recommendation_id AS "recommendationId", coalesce(here.id, d.id) AS "delegationId", d.code,
  d.name, a.response, a.response_text AS "responseText", ${instant('a.responded_at')} AS "respondedAt", a.status,
  a.assurance, a.status_at AS "statusAt"
  FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
  LEFT JOIN delegation here ON here.round_id = $2 AND here.code = d.code
  WHERE a.recommendation_id = ANY($1) ORDER BY d.name`

/**
 * SQL that leaves out the recommendations, rows of `c`, that a round does not follow up any more.
 * @param left  `before`: only what was left by the rounds before it
 */
export const FOLLOWED = (round: string, left: 'here' | 'before' = 'here') => `NOT EXISTS (SELECT 1 FROM carry_over o
  WHERE o.recommendation_id = c.id AND o.act <> 'carried' AND o.round_id IN ${LINEAGE(round)}
    ${left === 'before' ? `AND o.round_id <> ${round}` : ''})`

/**
 * The recommendations that a seat may see, of its round and those before.
 * @param which.id  one of them, whether it is followed up or not; left out, all that are
 * @param which.state  those of one state
 * @param which.left  `before`: also what the round itself does not follow up any more
 */
export async function recommendationsOf(
  db: EntityManager,
  seat: ActingSeat,
  now: Date,
  { id, state, left = 'here' }: { id?: string; state?: 'proposed'; left?: 'here' | 'before' } = {},
): Promise<Recommendation[]> {
  const found = await rows<Row>(
    db,
    `${RECOMMENDATION}
     WHERE c.round_id IN ${LINEAGE('$1')} AND (c.id = $2 OR ($2::uuid IS NULL AND ${FOLLOWED('$1', left)}))
       AND ($3::text IS NULL OR c.state = $3) ORDER BY r.number DESC, c.number`,
    [seat.roundId, id ?? null, state ?? null],
  )
  const addressees = new Map<string, AddresseeRow[]>(found.map(({ id }) => [id, []]))
  for (const one of await rows<AddresseeRow>(db, ADDRESSEES, [[...addressees.keys()], seat.roundId]))
    addressees.get(one.recommendationId)!.push(one)
  return found.map((row) => view(row, addressees.get(row.id)!, seat, now))
}

function view(found: Row, to: AddresseeRow[], seat: ActingSeat, now: Date): Recommendation {
  const { seatId, adoptedAt: _, ...recommendation } = found
  const missing = missingParts(recommendation)
  const addressees = to.map((a) => addressee(a, found, seat, now))
  const flags = new Set(addressees.flatMap((a) => a.flags))
  if (recommendation.owner === '') flags.add('no_owner')
  return {
    ...recommendation,
    dir: directionOf(recommendation.language),
    status: leastAdvanced(to.map((a) => a.status)),
    missing,
    flags: [...flags],
    addressees,
    may: acts(recommendation.state, seatId, seat),
  }
}

function acts(state: string, madeBy: string, seat: ActingSeat): string[] {
  if (state === 'adopted') return decides(seat) ? ['offer'] : []
  if (state !== 'proposed') return []
  return [...(mayRevise(madeBy, seat) ? ['revise', 'withdraw'] : []), ...(presides(seat) ? ['adopt'] : [])]
}

/** Whoever made it, and those who steer the debate. */
export const mayRevise = (madeBy: string, seat: ActingSeat): boolean =>
  madeBy === seat.id || holdsPen(seat) || seat.role === 'rapporteur'

function addressee(a: AddresseeRow, { state, adoptedAt, dueOn }: Row, seat: ActingSeat, now: Date): Addressee {
  const { recommendationId: _, statusAt, ...rest } = a
  const flags = flagsOf(
    { state, adoptedAt, dueOn, response: a.response, status: a.status, assurance: a.assurance, statusAt },
    now,
  )
  const own = state === 'adopted' && seat.delegationCode === a.code && decides(seat)
  return { ...rest, statusAt: statusAt?.toISOString() ?? null, flags, may: own ? ['respond', 'report'] : [] }
}
