import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { findOverlaps, listOverlaps } from '@multilogue/shared/overlaps'
import { seatOf } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { dayOf } from '../common/clock.js'
import { nothingHere } from '../common/problem.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { listingsOf } from './listings.views.js'
import { overlapsOf } from './overlaps.views.js'

/** Warns of requests and offers that cover the same, before one is drafted and on its page. */
@Injectable()
export class OverlapsService {
  /** Another delegation's draft is not there for anybody else. */
  @Handles(listOverlaps)
  async listOverlaps({ db, caller, now }: Reading, { listingId }: InputOf<typeof listOverlaps>) {
    const seat = seatOf(caller)
    const [listing] = await listingsOf(db, seat, { id: listingId })
    if (!listing) throw nothingHere()
    return overlapsOf(db, { ...listing, delegationId: listing.owner.delegationId }, dayOf(now))
  }

  @Handles(findOverlaps)
  findOverlaps({ db, caller, now }: Reading, input: InputOf<typeof findOverlaps>) {
    const { delegationId } = seatIn(caller, input.roundId)
    return overlapsOf(db, { ...input, id: null, delegationId }, dayOf(now))
  }
}
