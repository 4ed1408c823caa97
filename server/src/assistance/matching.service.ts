import { Injectable } from '@nestjs/common'
import type { Listing } from '@multilogue/shared/assistance'
import type { InputOf } from '@multilogue/shared/contract'
import { rankListings } from '@multilogue/shared/matching'
import type { EntityManager } from 'typeorm'
import { decides, isStaff, seatOf, type ActingSeat } from '../access/caller.js'
import { dayOf } from '../common/clock.js'
import { nothingHere } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { listingsOf, publishedFor } from './listings.views.js'
import { rank, type Knowledge, type Place } from './matching.js'

/** Which offers serve a request, and which requests an offer can serve. Computed at each reading, for everybody alike. */
@Injectable()
export class MatchingService {
  @Handles(rankListings)
  async rankListings({ db, caller, now }: Reading, { listingId }: InputOf<typeof rankListings>) {
    const seat = seatOf(caller)
    const listing = (await listingsOf(db, seat, { id: listingId }))[0]
    if (!listing) throw nothingHere()
    const side: Listing['side'] = listing.side === 'request' ? 'offer' : 'request'
    const others = await publishedFor(db, seat, listing)
    const knowledge = await this.knowledge(db, seat.roundId, now)
    const isOpen = listing.side === 'request' && listing.state === 'published'
    const may = isOpen ? proposing(seat, [listing, ...others]) : []
    return { listing, side, ...rank(listing, others, knowledge), may }
  }

  /** What is known of the parties of a round on a day. */
  async knowledge(db: EntityManager, roundId: string, day: Date): Promise<Knowledge> {
    const places = await rows<Place & { code: string }>(
      db,
      `SELECT c.code, c.region, c.subregion, coalesce(array_agg(g.name ORDER BY g.name) FILTER (WHERE g.name IS NOT NULL), '{}') AS groups
       FROM country c JOIN delegation d ON d.code = c.code AND d.round_id = $1
       LEFT JOIN country_group g ON g.country = c.code AND g.name <> 'DAC' AND g.since <= $2::date AND (g.until IS NULL OR g.until > $2::date)
       GROUP BY c.code, c.region, c.subregion`,
      [roundId, day],
    )
    const delivered = await rows<Pick<Listing, 'sdgTargets' | 'sectors'> & { code: string }>(
      db,
      `SELECT DISTINCT d.code, m.id, o.sdg_targets AS "sdgTargets", o.sectors
       FROM commitment k JOIN match m ON m.id = k.match_id JOIN match_party p ON p.match_id = m.id AND p.delegation_id = k.delegation_id
       JOIN listing o ON o.id = p.offer_id JOIN delegation d ON d.id = k.delegation_id
       WHERE k.state = 'delivered' AND d.code IN (SELECT code FROM delegation WHERE round_id = $1)`,
      [roundId],
    )
    const byCode = new Map<string, Pick<Listing, 'sdgTargets' | 'sectors'>[]>()
    for (const { code, ...about } of delivered) byCode.set(code, [...(byCode.get(code) ?? []), about])
    return { today: dayOf(day), places: new Map(places.map(({ code, ...place }) => [code, place])), delivered: byCode }
  }

  /** @returns the adopted recommendation that a request serves */
  async servedBy({ db }: Reading, requestId: string): Promise<string | null> {
    const found = await row<{ id: string }>(
      db,
      `SELECT c.id FROM link l JOIN recommendation c ON c.id::text = l.from_id
       WHERE l.from_kind = 'recommendation' AND l.to_kind = 'listing' AND l.to_id = $1 AND c.state = 'adopted' ORDER BY l.at LIMIT 1`,
      [requestId],
    )
    return found?.id ?? null
  }
}

/** A party proposes for itself; the secretariat for others, as a broker who says more. */
function proposing(seat: ActingSeat, listings: Listing[]): string[] {
  if (isStaff(seat)) return ['propose', 'broker']
  return decides(seat) && listings.some(({ owner }) => owner.delegationId === seat.delegationId) ? ['propose'] : []
}
