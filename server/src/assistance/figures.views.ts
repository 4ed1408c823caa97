import type { AssistanceFigures, CommitmentSum } from '@multilogue/shared/assistance-figures'
import type { Flow } from '@multilogue/shared/countries'
import { AGREED_STATES } from '@multilogue/shared/matches'
import type { EntityManager } from 'typeorm'
import { row, rows } from '../common/sql.js'

/*
 * How much was asked for, matched and committed: one definition, for every page and every reader. Withdrawn commitments
 * count for what was delivered alone. A test reckons the same one by one.
 */

/** Published requests of the round $1; `m` is there when a match of one of the states $2 has taken it. */
const REQUESTS = `FROM listing l JOIN delegation d ON d.id = l.delegation_id
  LEFT JOIN (SELECT DISTINCT request_id FROM match WHERE round_id = $1 AND state = ANY($2)) m ON m.request_id = l.id
  WHERE l.round_id = $1 AND l.side = 'request' AND l.state IN ('published', 'matched')`
const RATE = `count(m.request_id)::int AS agreed, count(*)::int AS published`

type Rate = AssistanceFigures['requests']

/** Commitments of the round $1, with what falls into years after $2. */
const COMMITTED = `SELECT k.*, p.code AS "from", b.code AS "to", k.state = 'withdrawn' AS off,
    (SELECT sum((part->>'amount')::numeric) FROM jsonb_array_elements(k.tranches) part WHERE (part->>'year')::int > $2) AS later
  FROM commitment k JOIN match m ON m.id = k.match_id JOIN delegation p ON p.id = k.delegation_id
  JOIN match_party r ON r.match_id = m.id AND r.role = 'beneficiary' JOIN delegation b ON b.id = r.delegation_id
  WHERE m.round_id = $1`
const SUM = `k.unit, count(*)::int AS count, sum(CASE WHEN k.off THEN k.delivered ELSE k.pledged END)::float8 AS pledged,
  sum(CASE WHEN k.off THEN k.delivered ELSE coalesce(k.confirmed, 0) END)::float8 AS confirmed,
  sum(k.delivered)::float8 AS delivered,
  coalesce(sum(greatest(0, k.pledged - coalesce(k.confirmed, 0))) FILTER (WHERE NOT k.off), 0)::float8 AS gap,
  coalesce(sum(k.later) FILTER (WHERE NOT k.off), 0)::float8 AS later`
const CURRENCIES_FIRST = `k.unit !~ '^[A-Z]{3}$', k.unit COLLATE "C"`

/** The figures of a round, the same for whoever reads them. */
export async function assistanceFiguresOf(db: EntityManager, roundId: string, now: Date): Promise<AssistanceFigures> {
  const [requests, sums] = await Promise.all([
    row<Rate>(db, `SELECT ${RATE} ${REQUESTS}`, [roundId, AGREED_STATES]),
    rows<CommitmentSum>(db, `SELECT ${SUM} FROM (${COMMITTED}) k GROUP BY k.unit ORDER BY ${CURRENCIES_FIRST}`, [
      ...[roundId, now.getUTCFullYear()],
    ]),
  ])
  return { requests: requests!, sums }
}

type Passed = CommitmentSum & { from: string | null; to: string | null }

/** Commitments of the round $1 summed by each of `groups`, columns of givers and receivers. */
const passedOf = (db: EntityManager, groups: string[], roundId: string, now: Date) =>
  rows<Passed>(
    db,
    `SELECT k."from", k."to", ${SUM} FROM (${COMMITTED}) k
     GROUP BY GROUPING SETS (${groups.map((columns) => `(${columns}, k.unit)`).join(', ')})
     ORDER BY k."from", k."to", ${CURRENCIES_FIRST}`,
    [roundId, now.getUTCFullYear()],
  )

/** The same of each party, by its code. */
export async function assistanceByParty(db: EntityManager, roundId: string, now: Date) {
  const [requests, passed] = await Promise.all([
    rows<Rate & { code: string }>(db, `SELECT d.code, ${RATE} ${REQUESTS} GROUP BY d.code`, [roundId, AGREED_STATES]),
    passedOf(db, ['k."from"', 'k."to"'], roundId, now),
  ])
  const rates = new Map(requests.map(({ code, ...rate }) => [code, rate]))
  const gives = new Map<string | null, CommitmentSum[]>()
  const receives = new Map<string | null, CommitmentSum[]>()
  for (const { from, to, ...sum } of passed) {
    const [sums, code] = from === null ? [receives, to] : [gives, from]
    sums.set(code, [...(sums.get(code) ?? []), sum])
  }
  return (code: string): { requests: Rate; gives: CommitmentSum[]; receives: CommitmentSum[] } => ({
    requests: rates.get(code) ?? { agreed: 0, published: 0 },
    gives: gives.get(code) ?? [],
    receives: receives.get(code) ?? [],
  })
}

/** What passes between two parties. */
export async function flowsOf(db: EntityManager, roundId: string, now: Date): Promise<Flow[]> {
  const passed = await passedOf(db, ['k."from", k."to"'], roundId, now)
  return passed.map(({ from, to, ...sum }) => ({ from: from!, to: to!, sum }))
}
