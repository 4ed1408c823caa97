import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { search, type Found } from '@multilogue/shared/search'
import { directionOf } from '@multilogue/shared/language'
import { seatIn } from '../access/round.access.js'
import { rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { EXCERPT, excerptOf, FOUND } from './search.sql.js'

/** What was said and written in a round, as far as the seat may read it. */
@Injectable()
export class SearchService {
  @Handles(search)
  async search({ db, caller }: Reading, input: InputOf<typeof search>): Promise<Found[]> {
    const { roundId, words, kind, delegationId, agendaItemId, readBy } = input
    const seat = seatIn(caller, roundId)
    type Row = Omit<Found, 'dir' | 'excerpt'> & { marked: string }
    const found = await rows<Row>(
      db,
      `WITH asked AS (SELECT search_query($1) AS query), found AS (${FOUND}), best AS (
         SELECT * FROM found WHERE ($5::text IS NULL OR kind = $5) AND ($6::uuid IS NULL OR "delegationId" = $6)
           AND ($7::uuid IS NULL OR "agendaItemId" = $7)
         ORDER BY rank DESC, at DESC NULLS LAST, id LIMIT 50)
       SELECT kind, id, title, code, href, language, ${EXCERPT} AS marked, to_json(at)#>>'{}' AS at
       FROM best, asked ORDER BY rank DESC, at DESC NULLS LAST, id`,
      [
        ...[words, roundId, seat.id, seat.delegationId],
        ...[kind ?? null, delegationId ?? null, agendaItemId ?? null, readBy === 'round'],
      ],
    )
    return found.map(({ marked, ...one }) => ({ ...one, dir: directionOf(one.language), excerpt: excerptOf(marked) }))
  }
}
