import { Injectable } from '@nestjs/common'
import { getCharts } from '@multilogue/shared/charts'
import type { InputOf } from '@multilogue/shared/contract'
import { seatIn } from '../access/round.access.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { chartsOf } from './charts.views.js'

/** What a round looks like, to be drawn. */
@Injectable()
export class ChartsService {
  @Handles(getCharts)
  getCharts({ db, caller, now }: Reading, { roundId }: InputOf<typeof getCharts>) {
    seatIn(caller, roundId)
    return chartsOf(db, { roundId, now })
  }
}
