import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  getPublicCharts,
  getPublicCountry,
  getPublicDocument,
  getPublicRound,
  listPublicRecommendations,
  listPublicRounds,
} from '@multilogue/shared/portal'
import { assistanceFiguresOf } from '../assistance/figures.views.js'
import { chartsOf } from '../charts/charts.views.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { countryFigures, lineOf, partiesOf } from '../countries/countries.views.js'
import { row } from '../common/sql.js'
import { IssuingService } from '../negotiation/issuing.service.js'
import { trackedOf } from '../recommendations/tracked.views.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import {
  isOfRound,
  printedWith,
  publicDocumentsOf,
  publicPlansOf,
  publicRecommendationsOf,
  publicRoundsOf,
  shownOf,
} from './portal.views.js'

/** For everybody, without sign-in. Everything here is asked for through `portal.views`, which knows what is public. */
@Injectable()
export class PortalService {
  constructor(private readonly issuing: IssuingService) {}

  @Handles(listPublicRounds)
  listPublicRounds({ db }: Reading) {
    return publicRoundsOf(db)
  }

  @Handles(getPublicRound)
  async getPublicRound({ db, now }: Reading, { roundId }: InputOf<typeof getPublicRound>) {
    const [round] = await publicRoundsOf(db, roundId)
    if (!round) throw nothingHere()
    const [issued, page, plans, assistance, parties, counted] = await Promise.all([
      publicDocumentsOf(db, roundId),
      publicRecommendationsOf(db, { roundId, now }),
      publicPlansOf(db, roundId, now),
      assistanceFiguresOf(db, roundId, now),
      partiesOf(db, { roundId, now }),
      countryFigures(db, { roundId, now }),
    ])
    const { recommended, figures } = counted
    const countries = parties.map((party) => lineOf(party, counted))
    return { ...round, issued, recommended, ...page, figures, plans, assistance, countries }
  }

  @Handles(listPublicRecommendations)
  async listPublicRecommendations({ db, now }: Reading, { roundId, after }: InputOf<typeof listPublicRecommendations>) {
    const [round] = await publicRoundsOf(db, roundId)
    if (!round) throw nothingHere()
    if (after && !(await isOfRound(db, roundId, after)))
      throw invalidInput('after', 'Not a recommendation of the round.')
    return publicRecommendationsOf(db, { roundId, now, after })
  }

  @Handles(getPublicCountry)
  async getPublicCountry({ db, now }: Reading, { roundId, code }: InputOf<typeof getPublicCountry>) {
    const [[found], [party]] = await Promise.all([publicRoundsOf(db, roundId), partiesOf(db, { roundId, now, code })])
    if (!found || !party) throw nothingHere()
    const [addressed, plans, byParty] = await Promise.all([
      trackedOf(db, roundId, now, { code }),
      publicPlansOf(db, roundId, now, code),
      countryFigures(db, { roundId, now }),
    ])
    const { id, title, status } = found
    return {
      ...lineOf(party, byParty),
      ...{ round: { id, title, status }, recommendations: addressed.map(shownOf), plans },
    }
  }

  @Handles(getPublicCharts)
  async getPublicCharts({ db, now }: Reading, { roundId }: InputOf<typeof getPublicCharts>) {
    const [found] = await publicRoundsOf(db, roundId)
    if (!found) throw nothingHere()
    // Between whom assistance flows, those who take part tell.
    const { flows: _, ...charts } = await chartsOf(db, { roundId, now })
    const { id, title, status } = found
    return { ...charts, round: { id, title, status } }
  }

  @Handles(getPublicDocument)
  async getPublicDocument(work: Reading, { issuedId, language }: InputOf<typeof getPublicDocument>) {
    const issued = await row<{ roundId: string }>(
      work.db,
      `SELECT round_id AS "roundId" FROM issued_document WHERE id = $1 AND distribution = 'general'`,
      [issuedId],
    )
    if (!issued) throw nothingHere()
    const [shown, stances] = await Promise.all([
      this.issuing.shown(work, issuedId, language),
      printedWith(work.db, issuedId),
    ])
    return { ...shown, roundId: issued.roundId, stances }
  }
}
