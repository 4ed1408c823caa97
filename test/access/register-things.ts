import type { RawInputOf } from '@multilogue/shared/contract'
import { succeedRecommendations } from '@multilogue/shared/recommendations'
import { keepView } from '@multilogue/shared/saved-views'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

/** Makes what the cases of the register need. */
export class RegisterThings {
  private number = 0

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  superseded(by: RawInputOf<typeof succeedRecommendations>) {
    return this.stage.done('secretariat', succeedRecommendations, by)
  }

  async keptView(who: string) {
    const name = `Kept ${++this.number}`
    const { id } = await this.stage.done(who, keepView, { roundId: this.round.roundId, name, query: '?priority=high' })
    return { viewId: id }
  }
}
