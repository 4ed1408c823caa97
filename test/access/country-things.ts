import { nameFocalPoint } from '@multilogue/shared/countries'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

/** Makes what the cases of countries need. */
export class CountryThings {
  private number = 0

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  /** Somebody of the delegation, on a topic of their own. */
  focalPointToName(of: 'GHA' | 'REJ') {
    return {
      ...{ delegationId: this.round.delegations[of], seatId: this.round.seats[`${of.toLowerCase()}.adviser`]! },
      ...{ topic: `Topic ${++this.number}`, languages: ['en' as const], timeZone: 'Africa/Accra' },
    }
  }

  async focalPointToEnd() {
    const { id } = await this.stage.done('secretariat', nameFocalPoint, this.focalPointToName('GHA'))
    return { focalPointId: id }
  }
}
