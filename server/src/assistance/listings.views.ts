import type { Listing } from '@multilogue/shared/assistance'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { decides, type ActingSeat } from '../access/caller.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'

export const party = (alias: string) =>
  `json_build_object('delegationId', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`

/** What agreed matches have bound of offers, of each unit: all that was pledged, of what was taken back only what had arrived. */
export const BOUND = `
  SELECT p.offer_id, k.unit, sum(CASE WHEN k.state = 'withdrawn' THEN k.delivered ELSE k.pledged END) AS amount, m.request_id
  FROM commitment k JOIN match m ON m.id = k.match_id
  JOIN match_party p ON p.match_id = k.match_id AND p.delegation_id = k.delegation_id
  GROUP BY p.offer_id, k.unit, m.request_id`

type BareListing = Omit<Listing, 'dir' | 'may'>

/** $1 is the round, $2 the delegation that reads, $3 a request whose own match binds nothing. Published listings are seen by the round, a draft or withdrawn one by its owner alone. */
const LISTINGS = `
  WITH bound AS MATERIALIZED (SELECT offer_id, unit, sum(amount) AS amount FROM (${BOUND} HAVING bool_or(m.round_id = $1)) o
    WHERE o.request_id IS DISTINCT FROM $3::uuid GROUP BY offer_id, unit)
  SELECT l.id, l.round_id AS "roundId", l.side, ${party('d')} AS owner, l.title, l.description, l.language,
    l.cooperation_type AS "cooperationType", l.modalities, l.sdg_targets AS "sdgTargets", l.sectors, l.languages,
    l.interpretation, l.eligible, l.opens_on::text AS "opensOn", l.closes_on::text AS "closesOn", l.money, l.in_kind AS "inKind",
    l.gap, l.outcome, l.readiness, l.experience, l.coordination, l.gender_marker AS "genderMarker",
    json_build_object(
      'money', CASE WHEN l.money IS NOT NULL THEN greatest(0, (l.money->>'amount')::numeric - coalesce(money.amount, 0)) END,
      'inKind', CASE WHEN l.in_kind IS NOT NULL THEN greatest(0, (l.in_kind->>'quantity')::numeric - coalesce(in_kind.amount, 0)) END) AS "left",
    l.state, ${instant('l.created_at')} AS "createdAt", l.revision
  FROM listing l JOIN delegation d ON d.id = l.delegation_id
  LEFT JOIN bound money ON money.offer_id = l.id AND money.unit = l.money->>'currency'
  LEFT JOIN bound in_kind ON in_kind.offer_id = l.id AND in_kind.unit = l.in_kind->>'unit'
  WHERE l.round_id = $1 AND (l.state IN ('published', 'matched') OR l.delegation_id = $2)`

export async function listingsOf(db: EntityManager, seat: ActingSeat, id?: string): Promise<Listing[]> {
  const found = await rows<BareListing>(
    db,
    `${LISTINGS} AND ($4::uuid IS NULL OR l.id = $4) ORDER BY l.created_at, l.id`,
    [seat.roundId, seat.delegationId, null, id ?? null],
  )
  return found.map((listing) => withActs(listing, seat))
}

/** Those that `listing` could be brought together with, in the order in which they were published. */
export async function publishedFor(db: EntityManager, seat: ActingSeat, listing: Listing): Promise<Listing[]> {
  const side = listing.side === 'request' ? 'offer' : 'request'
  const found = await rows<BareListing>(
    db,
    `${LISTINGS} AND l.side = $4 AND l.state = 'published' ORDER BY l.published_at, l.id`,
    [seat.roundId, seat.delegationId, listing.id, side],
  )
  return found.map((listing) => withActs(listing, seat))
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
