import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getCountry, listCountries } from '@multilogue/shared/countries'
import { seatIn } from '../access/round.access.js'
import { matchesOf } from '../assistance/matches.views.js'
import { named } from '../common/acts.js'
import { nothingHere } from '../common/problem.js'
import { reportsOf } from '../follow-up/reports.views.js'
import { progressOf, summaryOf } from '../plans/progress.views.js'
import { recommendationsOf } from '../recommendations/recommendations.views.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import {
  countryFigures,
  focalPointsOf,
  linesOf,
  mayName,
  partiesOf,
  reviewsOf,
  statementsOf,
} from './countries.views.js'

/** What the other rooms know of one party, on one page. */
@Injectable()
export class CountriesService {
  @Handles(listCountries)
  listCountries({ db, caller, now }: Reading, { roundId }: InputOf<typeof listCountries>) {
    seatIn(caller, roundId)
    return linesOf(db, { roundId, now })
  }

  @Handles(getCountry)
  async getCountry({ db, caller, now }: Reading, { roundId, code }: InputOf<typeof getCountry>) {
    const seat = seatIn(caller, roundId)
    const [party] = await partiesOf(db, { roundId, now, code })
    if (!party) throw nothingHere()
    const { delegationId } = party
    const figures = await countryFigures(db, { roundId, now })
    const [focalPoints, recommendations, reports, matches, plans, reviews, statements] = await Promise.all([
      focalPointsOf(db, seat, { delegationId }),
      recommendationsOf(db, seat, now, { addressee: code }),
      reportsOf(db, seat, { code }),
      matchesOf(db, seat, { delegationId }),
      progressOf(db, seat, { roundId, lead: code, measured: 'last', now }),
      reviewsOf(db, roundId, code),
      statementsOf(db, delegationId),
    ])
    return {
      ...{ ...party, ...figures.of(code), focalPoints, recommendations, reports, matches },
      ...{ plans: plans.map(summaryOf), reviews, statements },
      may: named({ 'name-focal-point': mayName(seat, delegationId) }),
    }
  }
}
