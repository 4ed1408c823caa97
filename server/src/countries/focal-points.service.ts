import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { endFocalPoint, nameFocalPoint } from '@multilogue/shared/countries'
import { must, seatOf } from '../access/caller.js'
import { inRound } from '../access/round.access.js'
import { mayEnd } from '../access/seat.access.js'
import { dayOf } from '../common/clock.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { focalPointsOf, mayName } from './countries.views.js'

/** Whom to turn to in a delegation. */
@Injectable()
export class FocalPointsService {
  @Handles(nameFocalPoint)
  async nameFocalPoint(work: Writing, input: InputOf<typeof nameFocalPoint>) {
    const { db, now, record } = work
    const { delegationId, seatId, topic, languages, timeZone } = input
    const { seat } = await inRound(work, 'delegation', delegationId)
    must(mayName(seat, delegationId), 'Only the secretariat or the head of the delegation names its focal points.')
    const sits = await row(db, `SELECT 1 FROM seat WHERE id = $1 AND delegation_id = $2 AND ended_at IS NULL`, [
      ...[seatId, delegationId],
    ])
    if (!sits) throw invalidInput('seatId', 'Nobody of the delegation.')
    const id = newId()
    await insert(db, 'focal_point', {
      ...{ id, seat_id: seatId, topic, languages: [...new Set(languages)], time_zone: timeZone },
      ...{ named_by: seat.id, named_at: now },
    })
    record(seat.roundId, 'delegation.changed', { delegationId })
    return (await focalPointsOf(db, seat, { delegationId, id }))[0]!
  }

  @Handles(endFocalPoint)
  async endFocalPoint({ db, caller, now, record }: Writing, { focalPointId }: InputOf<typeof endFocalPoint>) {
    const acting = seatOf(caller)
    const found = await row<{ round_id: string; delegation_id: string }>(
      db,
      `SELECT s.round_id, s.delegation_id FROM focal_point f JOIN seat s ON s.id = f.seat_id
       WHERE f.id = $1 AND f.ended_at IS NULL FOR UPDATE OF f`,
      [focalPointId],
    )
    if (found?.round_id !== acting.roundId) throw nothingHere()
    must(
      mayEnd(acting, { delegationId: found.delegation_id, role: 'adviser' }),
      'Only the secretariat or the head of the delegation ends that.',
    )
    await db.query(`UPDATE focal_point SET ended_at = $2 WHERE id = $1`, [focalPointId, now])
    record(acting.roundId, 'delegation.changed', { delegationId: found.delegation_id })
    return { endedOn: dayOf(now) }
  }
}
