import type { Listing } from '@multilogue/shared/assistance'
import { directionOf } from '@multilogue/shared/language'
import { NEAR } from '@multilogue/shared/matching'
import { OVERLAPS_SHOWN, type Overlap, type Overlaps } from '@multilogue/shared/overlaps'
import type { EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'
import { party } from './listings.views.js'

/** What is looked for: a request or an offer, or what is about to become one. */
export interface Covering extends Pick<
  Listing,
  'roundId' | 'side' | 'sdgTargets' | 'sectors' | 'eligible' | 'opensOn' | 'closesOn'
> {
  /** Null while it is not kept. */
  id: string | null
  /** Null when who asks speaks for no delegation. */
  delegationId: string | null
}

const goalOf = (target: string) => `split_part(${target}, '.', 1)`

/**
 * $1 the round, $2 the side, $3 the delegation, $4 itself, $5 targets, $6 sectors, $7 for whom, $8 and $9 the window,
 * $10 the day: what is over by then overlaps with nothing. Another target of the goal is close; a sector is the same or
 * not, as nearly all that a round is about is of one group of sectors. A group that both name stands for its countries.
 */
const OVERLAPS = `
  WITH belongs AS MATERIALIZED (
    SELECT country, name FROM country_group WHERE since <= $10::date AND (until IS NULL OR until > $10::date)),
  ours AS MATERIALIZED (
    SELECT unnest($7::text[]) AS code UNION SELECT country FROM belongs WHERE name = ANY($7::text[])),
  served AS MATERIALIZED (
    SELECT DISTINCT p.offer_id AS id FROM match m JOIN match_party b ON b.match_id = m.id AND b.role = 'beneficiary'
    JOIN match_party p ON p.match_id = m.id
    WHERE $2 = 'request' AND b.delegation_id = $3 AND m.state IN ('agreed', 'active') AND m.request_id IS DISTINCT FROM $4::uuid)
  SELECT l.id, l.side, ${party('d')} AS owner, l.title, l.language, l.state, own.same AS "isSameOwner",
    coalesce(receiving.codes, '{}') AS receiving,
    $2 = 'offer' AND $7::text[] = '{}' AND l.eligible = '{}' AS "isForEverybody",
    about.codes AS about, greatest(l.opens_on, $8::date)::text AS "opensOn", least(l.closes_on, $9::date)::text AS "closesOn",
    count(*) OVER ()::int AS count
  FROM listing l JOIN delegation d ON d.id = l.delegation_id
  CROSS JOIN LATERAL (SELECT l.delegation_id IS NOT DISTINCT FROM $3::uuid AS same) own
  CROSS JOIN LATERAL (
    SELECT array_agg(code ORDER BY rank, place) AS codes, count(*) FILTER (WHERE rank < 3) AS same, count(*) AS alike
    FROM (
      SELECT 1 AS rank, code, place FROM unnest($5::text[]) WITH ORDINALITY AS targets (code, place) WHERE code = ANY(l.sdg_targets)
      UNION ALL SELECT 2, code, place FROM unnest($6::text[]) WITH ORDINALITY AS sectors (code, place) WHERE code = ANY(l.sectors)
      UNION ALL SELECT 3, '${NEAR}' || code, place FROM unnest($5::text[]) WITH ORDINALITY AS targets (code, place)
        WHERE code <> ALL(l.sdg_targets)
          AND EXISTS (SELECT 1 FROM unnest(l.sdg_targets) AS other WHERE ${goalOf('other')} = ${goalOf('code')})) found) about
  CROSS JOIN LATERAL (
    WITH both_for AS (
      SELECT code FROM ours WHERE $2 = 'offer' AND (l.eligible = '{}' OR code = ANY(l.eligible)
        OR EXISTS (SELECT 1 FROM belongs WHERE country = code AND name = ANY(l.eligible)))
      UNION SELECT unnest(l.eligible) WHERE $2 = 'offer' AND $7::text[] = '{}'
      UNION SELECT code FROM delegation WHERE id = $3 AND l.id IN (SELECT id FROM served))
    SELECT array_agg(code ORDER BY code) AS codes FROM both_for
    WHERE NOT EXISTS (SELECT 1 FROM belongs g JOIN both_for wide ON wide.code = g.name WHERE g.country = both_for.code)) receiving
  WHERE l.round_id = $1 AND l.state IN ('published', 'matched') AND l.id IS DISTINCT FROM $4::uuid
    AND about.codes IS NOT NULL
    AND greatest(l.opens_on, $8::date, $10::date) <= coalesce(least(l.closes_on, $9::date), 'infinity')
    AND CASE WHEN l.side = $2 THEN own.same OR ($2 = 'offer' AND ($7::text[] = '{}' AND l.eligible = '{}' OR receiving.codes IS NOT NULL))
      ELSE l.id IN (SELECT id FROM served) END
  ORDER BY about.same DESC, about.alike DESC, l.published_at, l.id
  LIMIT ${OVERLAPS_SHOWN}`

/** @param today `YYYY-MM-DD` */
export async function overlapsOf(db: EntityManager, what: Covering, today: string): Promise<Overlaps> {
  const found = await rows<Omit<Overlap, 'dir'> & { count: number }>(db, OVERLAPS, [
    ...[what.roundId, what.side, what.delegationId, what.id],
    ...[what.sdgTargets, what.sectors, what.eligible, what.opensOn, what.closesOn, today],
  ])
  return {
    overlaps: found.map(({ count: _, ...overlap }) => ({ ...overlap, dir: directionOf(overlap.language) })),
    count: found[0]?.count ?? 0,
  }
}
