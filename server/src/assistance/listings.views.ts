import type { Listing } from '@multilogue/shared/assistance'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

export const party = (alias: string) =>
  `json_build_object('delegationId', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`

/** What agreed matches have bound of offers, of each unit: all that was pledged, of what was taken back only what had arrived. */
export const BOUND = (offers: string) => `
  SELECT p.offer_id, k.unit, sum(CASE WHEN k.state = 'withdrawn' THEN k.delivered ELSE k.pledged END) AS amount, m.request_id
  FROM commitment k JOIN match m ON m.id = k.match_id
  JOIN match_party p ON p.match_id = k.match_id AND p.delegation_id = k.delegation_id
  WHERE ${offers} GROUP BY p.offer_id, k.unit, m.request_id`

type BareListing = Omit<Listing, 'dir' | 'may'>

interface Which {
  id?: string | undefined
  side?: Listing['side'] | undefined
  delegationId?: string | undefined
  state?: Listing['state'] | undefined
  /** Behind which listing the page begins. */
  after?: string | undefined
  limit?: number
}

/** SQL of the listings `l` that a seat may see: published ones all of the round, a draft or withdrawn one its owner alone. */
function seen(seat: ActingSeat, { id, side, delegationId, state, after }: Which, values: unknown[]): string {
  const value = (one: unknown) => `$${values.push(one)}`
  return [
    `l.round_id = ${value(seat.roundId)}`,
    `(l.state IN ('published', 'matched') OR l.delegation_id = ${value(seat.delegationId)})`,
    ...(id ? [`l.id = ${value(id)}`] : []),
    ...(side ? [`l.side = ${value(side)}`] : []),
    ...(delegationId ? [`l.delegation_id = ${value(delegationId)}`] : []),
    ...(state ? [`l.state = ${value(state)}`] : []),
    ...(after ? [`(l.created_at, l.id) > (SELECT created_at, id FROM listing WHERE id = ${value(after)})`] : []),
  ].join(' AND ')
}

/** $1 is a request whose own match binds nothing, $2 how many there are on the page. What is bound is looked up for its offers alone. */
const LISTINGS_OF_PAGE = (conditions: string, order: string) => `
  WITH page AS MATERIALIZED (SELECT l.* FROM listing l WHERE ${conditions} ORDER BY ${order} LIMIT $2),
  bound AS MATERIALIZED (SELECT offer_id, unit, sum(amount) AS amount FROM (${BOUND('p.offer_id IN (SELECT id FROM page)')}) o
    WHERE o.request_id IS DISTINCT FROM $1::uuid GROUP BY offer_id, unit)
  SELECT l.id, l.round_id AS "roundId", l.side, ${party('d')} AS owner, l.title, l.description, l.language,
    l.cooperation_type AS "cooperationType", l.modalities, l.sdg_targets AS "sdgTargets", l.sectors, l.languages,
    l.interpretation, l.eligible, l.opens_on::text AS "opensOn", l.closes_on::text AS "closesOn", l.money, l.in_kind AS "inKind",
    l.gap, l.outcome, l.readiness, l.experience, l.coordination, l.gender_marker AS "genderMarker",
    json_build_object(
      'money', CASE WHEN l.money IS NOT NULL THEN greatest(0, (l.money->>'amount')::numeric - coalesce(money.amount, 0)) END,
      'inKind', CASE WHEN l.in_kind IS NOT NULL THEN greatest(0, (l.in_kind->>'quantity')::numeric - coalesce(in_kind.amount, 0)) END) AS "left",
    l.state, ${instant('l.created_at')} AS "createdAt", l.revision
  FROM page l JOIN delegation d ON d.id = l.delegation_id
  LEFT JOIN bound money ON money.offer_id = l.id AND money.unit = l.money->>'currency'
  LEFT JOIN bound in_kind ON in_kind.offer_id = l.id AND in_kind.unit = l.in_kind->>'unit'
  ORDER BY ${order}`

export async function listingsOf(db: EntityManager, seat: ActingSeat, which: Which): Promise<Listing[]> {
  const values: unknown[] = [null, which.limit ?? null]
  const sql = LISTINGS_OF_PAGE(seen(seat, which, values), 'l.created_at, l.id')
  return (await rows<BareListing>(db, sql, values)).map((listing) => withActs(listing, seat))
}

export async function countListings(db: EntityManager, seat: ActingSeat, which: Which): Promise<number> {
  const values: unknown[] = []
  const conditions = seen(seat, which, values)
  const found = await row<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM listing l WHERE ${conditions}`,
    values,
  )
  return found!.count
}

/** Those that `listing` could be brought together with, in the order in which they were published. */
export async function publishedFor(db: EntityManager, seat: ActingSeat, listing: Listing): Promise<Listing[]> {
  const values: unknown[] = [listing.id, null]
  const side = listing.side === 'request' ? 'offer' : 'request'
  const sql = LISTINGS_OF_PAGE(seen(seat, { side, state: 'published' }, values), 'l.published_at, l.id')
  return (await rows<BareListing>(db, sql, values)).map((one) => withActs(one, seat))
}

/** Published requests for which nobody has proposed anything that still stands. */
export const untakenOf = (db: EntityManager, roundId: string) =>
  rows<{ id: string; title: string; code: string }>(
    db,
    `SELECT l.id, l.title, d.code FROM listing l JOIN delegation d ON d.id = l.delegation_id
     WHERE l.round_id = $1 AND l.side = 'request' AND l.state = 'published' AND NOT EXISTS (
       SELECT 1 FROM match m WHERE m.request_id = l.id AND m.state NOT IN ('declined', 'cancelled')) ORDER BY l.created_at, l.id`,
    [roundId],
  )

function withActs(listing: BareListing, seat: ActingSeat): Listing {
  const own = listing.owner.delegationId === seat.delegationId && decides(seat)
  const may = [
    ...(own && listing.state === 'draft' ? ['publish'] : []),
    ...(own && (listing.state === 'draft' || listing.state === 'published') ? ['withdraw'] : []),
  ]
  return { ...listing, dir: directionOf(listing.language), may }
}
