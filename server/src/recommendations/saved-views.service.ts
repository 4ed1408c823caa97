import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { dropView, keepView, listViews, type SavedView } from '@multilogue/shared/saved-views'
import { seatOf } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { nothingHere } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'

/** Views of the register, each of one seat and seen by it alone. */
@Injectable()
export class SavedViewsService {
  @Handles(listViews)
  listViews({ db, caller }: Reading, { roundId }: InputOf<typeof listViews>) {
    const seat = seatIn(caller, roundId)
    return rows<SavedView>(db, `SELECT id, name, query FROM saved_view WHERE seat_id = $1 ORDER BY lower(name), name`, [
      seat.id,
    ])
  }

  @Handles(keepView)
  async keepView({ db, caller, now }: Writing, { roundId, name, query }: InputOf<typeof keepView>) {
    const seat = seatIn(caller, roundId)
    const kept = await row<SavedView>(
      db,
      `INSERT INTO saved_view (id, seat_id, name, query, kept_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (seat_id, name) DO UPDATE SET query = excluded.query, kept_at = excluded.kept_at
       RETURNING id, name, query`,
      [newId(), seat.id, name, query, now],
    )
    return kept!
  }

  @Handles(dropView)
  async dropView({ db, caller }: Writing, { viewId }: InputOf<typeof dropView>) {
    const dropped = await row(db, `DELETE FROM saved_view WHERE id = $1 AND seat_id = $2 RETURNING id`, [
      ...[viewId, seatOf(caller).id],
    ])
    if (!dropped) throw nothingHere()
    return { viewId }
  }
}
