import { Injectable } from '@nestjs/common'
import { assessChange, getChangeTable } from '@multilogue/shared/change-table'
import type { InputOf } from '@multilogue/shared/contract'
import { must, mustBe } from '../access/caller.js'
import { isStanding, reviewIn, sideOf } from '../access/review.access.js'
import { nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { changeTableOf, countOf } from './change-table.views.js'

/** What became of earlier recommendations to a country that is reviewed again. */
@Injectable()
export class ChangeTableService {
  @Handles(getChangeTable)
  async getChangeTable(work: Reading, { sessionId }: InputOf<typeof getChangeTable>) {
    const { review, seat } = await reviewIn(work, { sessionId })
    return changeTableOf(work.db, seat, { review, now: work.now })
  }

  /** What was said before by the same side stays, and is dated as it was. */
  @Handles(assessChange)
  async assessChange(work: Writing, { revision, ...said }: InputOf<typeof assessChange>) {
    const { db, caller, now } = work
    const { reviewId, recommendationId, status, impact, words, language } = said
    const { review, seat } = await reviewIn(work, { reviewId }, 'lock')
    const side = sideOf(seat, review)
    must(side !== null, 'The secretariat and the discussant assess.')
    mustBe(isStanding(review), 'The session is cancelled, or the round closed.')
    const table = await changeTableOf(db, seat, { review, now })
    if (!table.changes.some(({ id }) => id === recommendationId)) throw nothingHere()
    const before = await countOf(db, { reviewId, recommendationId, side })
    mustStandAt(before, revision)
    await insert(db, 'review_assessment', {
      ...{ review_id: reviewId, recommendation_id: recommendationId, side, no: before + 1, status, impact, words },
      ...{ language, person_id: caller.personId, seat_id: seat.id, at: now },
    })
    work.record(review.round_id, 'review.changed', { sessionId: review.session_id })
    return changeTableOf(db, seat, { review, now })
  }
}
