import { Injectable } from '@nestjs/common'
import { decideCarryOver, getCarryOver, raiseArising, type Carried } from '@multilogue/shared/carrying'
import type { InputOf } from '@multilogue/shared/contract'
import type { EntityManager } from 'typeorm'
import { isStaff, must, mustBe } from '../access/caller.js'
import { inRound, lockRound, seatIn } from '../access/round.access.js'
import { invalidInput } from '../common/problem.js'
import { row } from '../common/sql.js'
import { SessionsService } from '../rounds/sessions.service.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { say } from '../words/words.js'
import { carryOverOf, isRoundOpen } from './carrying.views.js'

/** From round to round: what becomes of what is still open. */
@Injectable()
export class CarryingService {
  constructor(private readonly sessions: SessionsService) {}

  @Handles(getCarryOver)
  getCarryOver({ db, caller, now }: Reading, { roundId }: InputOf<typeof getCarryOver>) {
    return carryOverOf(db, seatIn(caller, roundId), now)
  }

  @Handles(decideCarryOver)
  async decideCarryOver(work: Writing, input: InputOf<typeof decideCarryOver>) {
    const { db, caller, now, record } = work
    const { roundId, act, intoId, reason } = input
    const seat = seatIn(caller, roundId)
    must(isStaff(seat), 'The secretariat carries over.')
    await mustBeOpen(db, roundId)
    const before = await carryOverOf(db, seat, now)
    const ids = [...new Set(input.recommendationIds)]
    const known = new Map(before.items.map((item) => [item.id, item]))
    mustName(ids, known, 'recommendationIds')
    if (act !== 'carried' && reason === '') throw invalidInput('reason', 'Say why.')
    if ((act === 'merged') !== (intoId !== null))
      throw invalidInput('intoId', 'Named when it is merged, and only then.')
    if (intoId !== null) {
      mustName([intoId], known, 'intoId')
      mustBe(!ids.includes(intoId), 'A recommendation is not merged into itself.')
      mustBe(isFollowed(known.get(intoId)!), 'The other one is not followed up itself.')
    }
    // What others were merged into stays, or they would be followed up nowhere.
    const holds = before.items.find(
      ({ id, decided }) => decided?.into && ids.includes(decided.into.id) && !ids.includes(id),
    )
    const took = await row(
      db,
      `SELECT 1 FROM succession WHERE round_id = $1 AND to_id = ANY($2) AND NOT from_id = ANY($2)`,
      [roundId, ids],
    )
    mustBe(act === 'carried' || !(holds || took), 'Another one was merged into it.')
    await db.query(
      `INSERT INTO carry_over (round_id, recommendation_id, act, into_id, reason, person_id, seat_id, at)
       SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM unnest($2::uuid[]) AS id
       ON CONFLICT (round_id, recommendation_id) DO UPDATE SET act = excluded.act, into_id = excluded.into_id,
         reason = excluded.reason, person_id = excluded.person_id, seat_id = excluded.seat_id, at = excluded.at`,
      [roundId, ids, act, intoId, reason, caller.personId, seat.id, now],
    )
    record(roundId, 'carryOver.decided', { recommendationIds: ids, act, intoId, reason })
    return carryOverOf(db, seat, now)
  }

  /** One item for all of it: what is open is its guiding questions. */
  @Handles(raiseArising)
  async raiseArising(work: Writing, { roundId, sessionId, language }: InputOf<typeof raiseArising>) {
    const { db, caller, now } = work
    seatIn(caller, roundId)
    const { found, seat } = await inRound<{ status: string }>(work, 'session', sessionId, 'lock')
    must(isStaff(seat), 'The secretariat puts items on the agenda.')
    mustBe(found.status !== 'ended' && found.status !== 'cancelled', `The session is ${found.status}.`)
    const { items } = await carryOverOf(db, seat, now)
    const carried = items.filter(({ decided }) => decided?.act === 'carried')
    mustBe(carried.length > 0, 'Nothing is carried over yet.')
    mustBe(carried.length <= 20, 'An item has no more than 20 guiding questions.')
    const questions = carried.map(({ roundNumber, number, title, flags }) => {
      const words = `R${roundNumber}-${number} ${title}`.slice(0, 260)
      return flags.includes('overdue') ? say(language, 'arising.overdue', { words }) : words
    })
    return this.sessions.addBehind(work, { roundId, sessionId, title: say(language, 'arising.title'), questions })
  }
}

const isFollowed = ({ decided }: Carried) => decided === null || decided.act === 'carried'

function mustName(ids: readonly string[], known: Map<string, Carried>, field: string): void {
  if (!ids.every((id) => known.has(id))) throw invalidInput(field, 'Not an adopted recommendation of an earlier round.')
}

async function mustBeOpen(db: EntityManager, roundId: string): Promise<void> {
  const { status } = await lockRound(db, roundId)
  mustBe(isRoundOpen(status), `The round is ${status}.`)
}
