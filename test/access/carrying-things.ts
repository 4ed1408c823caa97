import { decideCarryOver } from '@multilogue/shared/carrying'
import { scheduleSession } from '@multilogue/shared/rounds'
import { DataSource } from 'typeorm'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import type { Things } from './things.js'

/** What an earlier round has left to this one. */
export class CarryingThings {
  private earlier: Promise<string> | undefined

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
    private readonly things: Things,
  ) {}

  /** As if it had been made in a round before this one. */
  async left(): Promise<string> {
    const source = this.stage.app.get(DataSource)
    this.earlier ??= this.roundBefore(source)
    const { recommendationId } = await this.things.recommendationToAnswer('adopted')
    await source.query(
      `UPDATE recommendation SET round_id = $2, number =
         (SELECT count(*) + 1 FROM recommendation WHERE round_id = $2) WHERE id = $1`,
      [recommendationId, await this.earlier],
    )
    return recommendationId
  }

  /** @returns a session that can take an item */
  async carriedOver(): Promise<string> {
    const recommendationIds = [await this.left()]
    const { roundId } = this.round
    await this.stage.done('secretariat', decideCarryOver, { roundId, recommendationIds, act: 'carried' })
    return (await this.stage.done('secretariat', scheduleSession, this.things.sessionInput())).id
  }

  private async roundBefore(source: DataSource): Promise<string> {
    const id = await this.stage.world.round({
      ...{ number: 2, title: 'Round 2', place: 'Vienna', opens: '2026-06-08', closes: '2026-06-10' },
      symbolPrefix: 'T.2',
    })
    await source.query(`UPDATE round SET previous_id = $2 WHERE id = $1`, [this.round.roundId, id])
    return id
  }
}
