import type { Figures } from '@multilogue/shared/figures'
import type { getMatrixFigures, listLines, MatrixLine } from '@multilogue/shared/matrix'
import type { OutputOf } from '@multilogue/shared/contract'
import type { Flag } from '@multilogue/shared/recommendations'
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import { decides, isStaff, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { FOLLOWED, LINEAGE } from '../recommendations/lineage.js'
import { flagsOf } from '../recommendations/recommendations.workflow.js'
import { FIGURES, FLAGGED } from './counting.sql.js'

const PAGE = 1000

interface Place {
  recommendationId: string
  code: string
}

interface Which {
  delegation?: string | undefined
  flag?: z.infer<typeof Flag> | undefined
  recommendationId?: string | undefined
  /** Behind which line the page begins. */
  after?: Place | undefined
  limit: number
}

type Bare = Omit<MatrixLine, 'flags' | 'lastReport' | 'may'> & {
  adoptedAt: Date
  statusAt: Date | null
  reportedAt: string | null
}

/** All that the round $1 follows up. */
export const FOLLOWED_UP = `WITH followed AS MATERIALIZED (
  SELECT c.id, c.round_id, r.number AS round_number, c.number, c.title, c.language, c.owner, c.due_on, c.adopted_at
  FROM recommendation c JOIN round r ON r.id = c.round_id
  WHERE c.state = 'adopted' AND c.round_id IN ${LINEAGE('$1')} AND ${FOLLOWED('$1')})`
export const LINES = `followed c JOIN recommendation_addressee a ON a.recommendation_id = c.id JOIN delegation d ON d.id = a.delegation_id`

/** The order is that of the keys of `after`. Reports are looked up for the lines of the page alone. */
const LINES_OF_PAGE = (conditions: string) => `${FOLLOWED_UP}, page AS MATERIALIZED (
  SELECT c.id, c.round_id, c.round_number, c.number, c.title, c.language, c.owner, c.due_on, c.adopted_at, d.code, d.name,
    a.delegation_id, a.response, a.status, a.assurance, a.status_at
  FROM ${LINES} WHERE ${conditions} ORDER BY c.round_number DESC, c.number, d.name, d.code, c.id LIMIT $2)
  SELECT p.id AS "recommendationId", p.round_id AS "roundId", p.round_number AS "roundNumber", p.number, p.title, p.language, p.owner,
    p.due_on::text AS "dueOn", coalesce(here.id, p.delegation_id) AS "delegationId", p.code, p.name, p.response, p.status, p.assurance,
    p.adopted_at AS "adoptedAt", p.status_at AS "statusAt", ${instant('reported.at')} AS "reportedAt", reported.open
  FROM page p LEFT JOIN delegation here ON here.round_id = $1 AND here.code = p.code
  LEFT JOIN LATERAL (
    SELECT max(e.submitted_at) AS at, (json_agg(json_build_object('reportId', e.id, 'state', e.state,
      'proposedStatus', e.proposed_status)) FILTER (WHERE e.state <> 'validated'))->0 AS open
    FROM report e WHERE e.recommendation_id = p.id AND e.addressee_id = p.delegation_id
      AND (e.state = 'validated' OR $3 OR p.code = $4)) reported ON true
  ORDER BY p.round_number DESC, p.number, p.name, p.code, p.id`

/** A page of the matrix of the seat's round. */
export async function linesOf(db: EntityManager, seat: ActingSeat, now: Date, which: Which): Promise<MatrixLine[]> {
  const values: unknown[] = [seat.roundId, which.limit, isStaff(seat), seat.delegationCode]
  const found = await rows<Bare>(db, LINES_OF_PAGE(conditionsOf(which, now, values)), values)
  return found.map((line) => view(line, seat, now))
}

/** All lines, a page at a time. */
export async function* everyLine(
  db: EntityManager,
  seat: ActingSeat,
  now: Date,
  which: Omit<Which, 'after' | 'limit'>,
): AsyncGenerator<MatrixLine> {
  for (let next: string | null | undefined; next !== null;) {
    const page: MatrixLine[] = await linesOf(db, seat, now, {
      ...which,
      after: next ? lineOf(next) : undefined,
      limit: PAGE,
    })
    yield* page
    next = nextOf(page, PAGE)
  }
}

export async function countLines(db: EntityManager, roundId: string, now: Date, which: Omit<Which, 'after' | 'limit'>) {
  const values: unknown[] = [roundId]
  const conditions = conditionsOf(which, now, values)
  const found = await row<{ count: number }>(
    db,
    `${FOLLOWED_UP} SELECT count(*)::int AS count FROM ${LINES} WHERE ${conditions}`,
    values,
  )
  return found!.count
}

/** What is asked for as SQL; what is compared with is added to `values`. */
function conditionsOf(
  { delegation, flag, recommendationId, after }: Omit<Which, 'limit'>,
  now: Date,
  values: unknown[],
): string {
  const value = (one: unknown) => `$${values.push(one)}`
  const conditions = ['true']
  if (delegation) conditions.push(`d.code = ${value(delegation)}`)
  if (flag) conditions.push(FLAGGED(flag, () => value(now)))
  if (recommendationId) conditions.push(`c.id = ${value(recommendationId)}`)
  if (after)
    conditions.push(`(-c.round_number, c.number, d.name, d.code, c.id) > (SELECT -r.number, b.number, e.name, e.code, b.id
      FROM recommendation b JOIN round r ON r.id = b.round_id JOIN recommendation_addressee f ON f.recommendation_id = b.id
      JOIN delegation e ON e.id = f.delegation_id WHERE b.id = ${value(after.recommendationId)} AND e.code = ${value(after.code)})`)
  return conditions.join(' AND ')
}

function view({ adoptedAt, statusAt, reportedAt, ...line }: Bare, seat: ActingSeat, now: Date): MatrixLine {
  const flags = flagsOf({ ...line, state: 'adopted', adoptedAt, statusAt }, now)
  const own = seat.delegationCode === line.code && decides(seat)
  const may = [
    ...(own && line.open === null ? ['report'] : []),
    ...(own && line.open?.state === 'returned' ? ['revise'] : []),
    ...(isStaff(seat) && line.open?.state === 'submitted' ? ['review'] : []),
  ]
  return {
    ...line,
    flags: [...flags, ...(line.owner === '' ? ['no_owner' as const] : [])],
    lastReport: reportedAt ?? statusAt?.toISOString() ?? null,
    may,
  }
}

export const nextOf = (lines: MatrixLine[], limit: number): OutputOf<typeof listLines>['next'] => {
  const last = lines.at(-1)
  return last && lines.length === limit ? `${last.recommendationId} ${last.code}` : null
}

/** What `nextOf` has named. */
export const lineOf = (next: string): Place => ({ recommendationId: next.slice(0, 36), code: next.slice(37) })

/** Counted by the database, however many lines there are. */
export async function matrixFiguresOf(
  db: EntityManager,
  roundId: string,
  now: Date,
): Promise<OutputOf<typeof getMatrixFigures>> {
  const found = await row<Figures & Pick<OutputOf<typeof getMatrixFigures>, 'lines' | 'addressees'>>(
    db,
    `${FOLLOWED_UP} SELECT ${FIGURES('$2')}, count(*)::int AS lines,
       (SELECT coalesce(json_agg(json_build_object('code', o.code, 'name', o.name) ORDER BY o.name), '[]') FROM (
         SELECT DISTINCT ON (d.code) d.code, d.name FROM ${LINES} ORDER BY d.code, c.round_number DESC) o) AS addressees
     FROM followed c JOIN recommendation_addressee a ON a.recommendation_id = c.id`,
    [roundId, now],
  )
  const { lines, addressees, ...figures } = found!
  return { figures, lines, addressees }
}
