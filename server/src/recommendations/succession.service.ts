import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { succeedRecommendations, type Recommendation, type SuccessionAct } from '@multilogue/shared/recommendations'
import type { EntityManager } from 'typeorm'
import { conducts, must, mustBe } from '../access/caller.js'
import { visibleRecommendation, type RecommendationRow } from '../access/recommendation.access.js'
import { lockRound, seatIn } from '../access/round.access.js'
import { invalidInput, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { row, rows } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { FOLLOWED } from './lineage.js'
import { makeAll } from './making.js'
import { recommendationsOf } from './recommendations.views.js'

type Succession = InputOf<typeof succeedRecommendations>

/** How many become how many. */
const SHAPES: Record<SuccessionAct, (from: number, into: number) => boolean> = {
  merged: (from, into) => from >= 2 && into === 1,
  split: (from, into) => from === 1 && into >= 2,
  superseded: (from, into) => from === 1 && into === 1,
}

/** What stands in the place of what: the old ones stay readable and lead on, the new ones lead back. */
@Injectable()
export class SuccessionService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(succeedRecommendations)
  async succeedRecommendations(work: Writing, input: Succession): Promise<Recommendation[]> {
    const { db, caller, now, record } = work
    const { roundId, act, reason } = input
    const seat = seatIn(caller, roundId)
    must(conducts(seat), 'The chair and the secretariat keep the register.')
    const fromIds = [...new Set(input.from.map(({ recommendationId }) => recommendationId))]
    const standing = input.into.flatMap((one) => (one.kind === 'standing' ? [one.recommendationId] : []))
    if (!SHAPES[act](fromIds.length, input.into.length) || new Set(standing).size !== standing.length)
      throw invalidInput('into', 'Several are merged into one, one is split into several, one supersedes one.')
    if (standing.some((id) => fromIds.includes(id))) throw circular()
    await mustNotBeClosed(db, roundId)
    const found = await this.locked(work, [...fromIds, ...standing])
    for (const id of standing) await this.mustLeadNowhere(work, { id, fromIds, state: found.get(id)!.state })
    for (const { recommendationId, revision } of input.from) {
      const { state, revision: current } = found.get(recommendationId)!
      mustBe(state === 'proposed' || state === 'adopted', `The recommendation is ${state}.`)
      mustStandAt(current, revision)
    }
    await mustBeFollowed(db, roundId, [...fromIds, ...standing])
    const made = await makeAll(work, seat, { roundId, all: input.into.flatMap((o) => (o.kind === 'new' ? [o] : [])) })
    const intoIds = [...standing, ...made]
    for (const to of intoIds) {
      await db.query(
        `INSERT INTO succession (from_id, to_id, round_id, act, reason, person_id, seat_id, at)
         SELECT id, $2, $3, $4, $5, $6, $7, $8 FROM unnest($1::uuid[]) AS id`,
        [fromIds, to, roundId, act, reason, caller.personId, seat.id, now],
      )
      for (const from of fromIds)
        await this.links.add(work, { kind: 'recommendation', id: from }, { kind: 'recommendation', id: to })
    }
    await db.query(`UPDATE recommendation SET revision = revision + 1 WHERE id = ANY($1)`, [fromIds])
    for (const recommendationId of [...fromIds, ...standing])
      record(roundId, 'recommendation.changed', { recommendationId })
    for (const recommendationId of made) record(roundId, 'recommendation.made', { recommendationId })
    return (await recommendationsOf(db, seat, now)).filter(({ id }) => intoIds.includes(id))
  }

  /** In the order of their ids, so that two who do this at once wait for each other and not in a circle. */
  private async locked(work: Writing, ids: readonly string[]): Promise<Map<string, RecommendationRow>> {
    const found = new Map<string, RecommendationRow>()
    for (const id of [...new Set(ids)].sort())
      found.set(id, (await visibleRecommendation(work, id, 'lock')).recommendation)
    return found
  }

  /** @throws Refusal when what is to stand in the place of others is not followed up itself, or came to one of them */
  private async mustLeadNowhere(
    { db }: Writing,
    { id, fromIds, state }: { id: string; fromIds: string[]; state: string },
  ): Promise<void> {
    const onwards = await rows<{ id: string }>(
      db,
      `WITH RECURSIVE onwards(id) AS (SELECT to_id FROM succession WHERE from_id = $1 UNION
         SELECT s.to_id FROM succession s JOIN onwards o ON s.from_id = o.id) SELECT id FROM onwards`,
      [id],
    )
    if (onwards.some((one) => fromIds.includes(one.id))) throw circular()
    mustBe(state === 'proposed' || state === 'adopted', `The one that is to take its place is ${state}.`)
  }
}

/** Locked first, as whoever carries over does: what the two decide of one recommendation comes one after the other. */
async function mustNotBeClosed(db: EntityManager, roundId: string): Promise<void> {
  const { status } = await lockRound(db, roundId)
  mustBe(status !== 'closed', 'The round is closed. What comes after it decides now.')
}

/** What was closed or merged when it was carried over is followed up nowhere, and leads nobody on. */
async function mustBeFollowed(db: EntityManager, roundId: string, ids: readonly string[]): Promise<void> {
  const gone = await row<{ number: string }>(
    db,
    `SELECT 'R' || r.number || '-' || c.number AS number FROM recommendation c JOIN round r ON r.id = c.round_id
     WHERE c.id = ANY($2) AND NOT (${FOLLOWED('$1')})`,
    [roundId, ids],
  )
  mustBe(gone === undefined, `${gone?.number} is not followed up any more.`)
}

const circular = () =>
  new Refusal('succession-circular', 'What stands in the place of another cannot be superseded by that other.')
