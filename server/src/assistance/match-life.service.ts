import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { activateMatch, addOutcome, cancelMatch, completeMatch } from '@multilogue/shared/matches'
import { decides, isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { followsUp, visibleMatch, type MatchRow } from '../access/match.access.js'
import { newId } from '../common/ids.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { matchesOf } from './matches.views.js'

/** From what was agreed to what was done. */
@Injectable()
export class MatchLifeService {
  @Handles(addOutcome)
  async addOutcome(work: Writing, { matchId, activity, outcome, goal }: InputOf<typeof addOutcome>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    must(followsUp(seat, parties), 'Only the head or alternate of a party, or the secretariat, names what comes of it.')
    mustBe(match.state === 'agreed' || match.state === 'active', `The match is ${match.state}.`)
    await insert(work.db, 'match_outcome', {
      ...{ id: newId(), match_id: matchId, delegation_id: seat.delegationId, activity, outcome, goal, at: work.now },
    })
    return this.told(work, seat, match)
  }

  @Handles(activateMatch)
  async activateMatch(work: Writing, { matchId, revision }: InputOf<typeof activateMatch>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    must(followsUp(seat, parties), 'Only the head or alternate of a party, or the secretariat, begins.')
    mustBe(match.state === 'agreed', `The match is ${match.state}.`)
    mustStandAt(match.revision, revision)
    const named = await row(work.db, `SELECT 1 FROM match_outcome WHERE match_id = $1 LIMIT 1`, [matchId])
    mustBe(named !== undefined, 'Name at least one capacity that will be there first.')
    return this.moved(work, seat, match, 'active')
  }

  @Handles(completeMatch)
  async completeMatch(work: Writing, { matchId, revision }: InputOf<typeof completeMatch>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    const served = parties.find(({ role }) => role === 'beneficiary')!.delegation_id
    must(
      isStaff(seat) || (decides(seat) && seat.delegationId === served),
      'Only the beneficiary or the secretariat says that it is done.',
    )
    mustBe(match.state === 'active', `The match is ${match.state}.`)
    mustStandAt(match.revision, revision)
    return this.moved(work, seat, match, 'completed')
  }

  @Handles(cancelMatch)
  async cancelMatch(work: Writing, { matchId, reason, revision }: InputOf<typeof cancelMatch>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    const { db, record } = work
    must(followsUp(seat, parties), 'Only the head or alternate of a party, or the secretariat, ends a match.')
    mustBe(match.state === 'agreed' || match.state === 'active', `The match is ${match.state}.`)
    mustStandAt(match.revision, revision)
    await db.query(`UPDATE match SET cancelled_reason = $2 WHERE id = $1`, [matchId, reason])
    const withdrawn = await rows<{ id: string }>(
      db,
      `UPDATE commitment SET state = 'withdrawn', withdrawn_reason = $2, revision = revision + 1
       WHERE match_id = $1 AND state NOT IN ('delivered', 'withdrawn') RETURNING id`,
      [matchId, reason],
    )
    for (const { id } of withdrawn)
      record(match.round_id, 'commitment.changed', { commitmentId: id, recommendationId: match.recommendation_id })
    if (match.request_id) {
      await db.query(
        `UPDATE listing SET state = 'published', revision = revision + 1 WHERE id = $1 AND state = 'matched'`,
        [match.request_id],
      )
      record(match.round_id, 'listing.changed', { listingId: match.request_id })
    }
    return this.moved(work, seat, match, 'cancelled')
  }

  private async moved(work: Writing, seat: ActingSeat, match: MatchRow, state: 'active' | 'completed' | 'cancelled') {
    const at = state === 'active' ? 'begun_at' : 'ended_at'
    await work.db.query(`UPDATE match SET state = $2, ${at} = $3, revision = revision + 1 WHERE id = $1`, [
      ...[match.id, state, work.now],
    ])
    return this.told(work, seat, match)
  }

  private async told(work: Writing, seat: ActingSeat, { id, round_id, recommendation_id }: MatchRow) {
    work.record(round_id, 'match.changed', { matchId: id, recommendationId: recommendation_id })
    return (await matchesOf(work.db, seat, { id }))[0]!
  }
}
