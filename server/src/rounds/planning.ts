import { Injectable } from '@nestjs/common'
import { newId } from '../common/ids.js'
import { insert } from '../common/sql.js'
import type { Writing } from '../work/work.js'

export interface PlannedRound {
  number: number
  title: string
  place: string
  /** Calendar days, `YYYY-MM-DD`. */
  opens: string
  closes: string
  symbolPrefix: string
  previousId?: string
}

/** Planning a round. Called by administration and by the demo round, never by a request. */
@Injectable()
export class Planning {
  /** @returns the round's id; it starts as planned */
  async plan({ db }: Writing, round: PlannedRound): Promise<string> {
    const id = newId()
    await insert(db, 'round', {
      id,
      number: round.number,
      title: round.title,
      place: round.place,
      opens: round.opens,
      closes: round.closes,
      status: 'planned',
      previous_id: round.previousId ?? null,
      symbol_prefix: round.symbolPrefix,
      languages: ['ar', 'en', 'es', 'fr', 'ru', 'zh'],
    })
    return id
  }
}
