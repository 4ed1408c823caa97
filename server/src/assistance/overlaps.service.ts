import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { findOverlaps, listOverlaps } from '@multilogue/shared/overlaps'
import { seatOf } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { dayOf } from '../common/clock.js'
import { nothingHere } from '../common/problem.js'
import { row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { overlapsOf, type Covering } from './overlaps.views.js'

/** Warns of requests and offers that cover the same, before one is drafted and on its page. */
@Injectable()
export class OverlapsService {
  /** Another delegation's draft is not there for anybody else. */
  @Handles(listOverlaps)
  async listOverlaps({ db, caller, now }: Reading, { listingId }: InputOf<typeof listOverlaps>) {
    const seat = seatOf(caller)
    const found = await row<Covering>(
      db,
      `SELECT id, round_id AS "roundId", delegation_id AS "delegationId", side, sdg_targets AS "sdgTargets", sectors, eligible,
         opens_on::text AS "opensOn", closes_on::text AS "closesOn"
       FROM listing WHERE id = $1 AND round_id = $2 AND (state IN ('published', 'matched') OR delegation_id = $3)`,
      [listingId, seat.roundId, seat.delegationId],
    )
    if (!found) throw nothingHere()
    return overlapsOf(db, found, dayOf(now))
  }

  @Handles(findOverlaps)
  findOverlaps({ db, caller, now }: Reading, input: InputOf<typeof findOverlaps>) {
    const { delegationId } = seatIn(caller, input.roundId)
    return overlapsOf(db, { ...input, id: null, delegationId }, dayOf(now))
  }
}
