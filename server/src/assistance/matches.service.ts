import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { acceptMatch, declineMatch, listMatches, proposeMatch } from '@multilogue/shared/assistance'
import { decides, isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { visibleRecommendation } from '../access/recommendation.access.js'
import { inRound, seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Audience, Reading, Writing } from '../work/work.js'
import { matchesOf } from './assistance.views.js'

interface MatchRow {
  id: string
  recommendation_id: string
  offer_id: string
  request_id: string | null
  provider_id: string
  beneficiary_id: string
  provider_accepted_at: Date | null
  beneficiary_accepted_at: Date | null
  state: string
  due_on: string
  revision: number
}

/** Bringing an offer and a recommendation together. Nothing is agreed before both sides have said so. */
@Injectable()
export class MatchesService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(listMatches)
  listMatches({ db, caller }: Reading, { roundId, recommendationId }: InputOf<typeof listMatches>) {
    return matchesOf(db, seatIn(caller, roundId), { recommendationId })
  }

  /** The provider, the beneficiary or the secretariat as broker proposes. */
  @Handles(proposeMatch)
  async proposeMatch(work: Writing, input: InputOf<typeof proposeMatch>) {
    const { db, now, record } = work
    const { recommendation, seat } = await visibleRecommendation(work, input.recommendationId)
    const offer = await this.published(work, seat, input.offerId, 'offer')
    if (input.requestId) await this.published(work, seat, input.requestId, 'request')
    const parties = [offer.delegation_id, input.beneficiaryId]
    must(
      isStaff(seat) || (parties.includes(seat.delegationId ?? '') && decides(seat)),
      'Only the head or alternate of a party, or the secretariat, proposes a match.',
    )
    mustBe(recommendation.state === 'adopted', `The recommendation is ${recommendation.state}.`)
    await this.mustBeAddressee(work, input.recommendationId, input.beneficiaryId, seat.roundId)
    mustBe(offer.delegation_id !== input.beneficiaryId, 'A delegation cannot assist itself.')
    const id = newId()
    await insert(db, 'match', {
      id,
      round_id: seat.roundId,
      recommendation_id: input.recommendationId,
      offer_id: input.offerId,
      request_id: input.requestId ?? null,
      provider_id: offer.delegation_id,
      beneficiary_id: input.beneficiaryId,
      due_on: input.dueOn,
      created_at: now,
    })
    const match = { kind: 'match' as const, id }
    await this.links.add(work, { kind: 'recommendation', id: input.recommendationId }, match)
    await this.links.add(work, { kind: 'listing', id: input.offerId }, match)
    if (input.requestId) await this.links.add(work, { kind: 'listing', id: input.requestId }, match)
    const heard: Audience = { delegationIds: parties, secretariat: true }
    record(seat.roundId, 'match.changed', { matchId: id, recommendationId: input.recommendationId }, heard)
    return (await matchesOf(db, seat, { id }))[0]!
  }

  /** Accepting changes no terms, so both sides may accept the same revision, in any order. */
  @Handles(acceptMatch)
  async acceptMatch(work: Writing, { matchId, revision }: InputOf<typeof acceptMatch>) {
    const { match, seat, side } = await this.own(work, matchId, revision)
    const { db, now, record } = work
    mustBe(match[`${side}_accepted_at`] === null, 'Your delegation has accepted already.')
    await db.query(`UPDATE match SET ${side}_accepted_at = $2 WHERE id = $1`, [matchId, now])
    const other = side === 'provider' ? match.beneficiary_accepted_at : match.provider_accepted_at
    if (other) await this.agree(work, seat, match)
    else record(seat.roundId, 'match.changed', { matchId, recommendationId: match.recommendation_id }, heardBy(match))
    return (await matchesOf(db, seat, { id: matchId }))[0]!
  }

  @Handles(declineMatch)
  async declineMatch(work: Writing, { matchId, reason, revision }: InputOf<typeof declineMatch>) {
    const { match, seat } = await this.own(work, matchId, revision)
    await work.db.query(
      `UPDATE match SET state = 'declined', declined_reason = $2, revision = revision + 1 WHERE id = $1`,
      [matchId, reason],
    )
    work.record(seat.roundId, 'match.changed', { matchId, recommendationId: match.recommendation_id }, heardBy(match))
    return (await matchesOf(work.db, seat, { id: matchId }))[0]!
  }

  /** Both have accepted: the match is agreed and what was offered becomes a commitment. */
  private async agree(work: Writing, seat: ActingSeat, match: MatchRow): Promise<void> {
    const { db, now, record } = work
    const commitmentId = newId()
    await db.query(`UPDATE match SET state = 'agreed', revision = revision + 1 WHERE id = $1`, [match.id])
    await db.query(
      `INSERT INTO commitment (id, match_id, money, in_kind, due_on, created_at)
       SELECT $1, m.id, o.money, o.in_kind, m.due_on, $3 FROM match m JOIN listing o ON o.id = m.offer_id WHERE m.id = $2`,
      [commitmentId, match.id, now],
    )
    if (match.request_id) {
      await db.query(
        `UPDATE listing SET state = 'matched', revision = revision + 1 WHERE id = $1 AND state = 'published'`,
        [match.request_id],
      )
      record(seat.roundId, 'listing.changed', { listingId: match.request_id })
    }
    await this.links.add(work, { kind: 'match', id: match.id }, { kind: 'commitment', id: commitmentId })
    const recommendationId = match.recommendation_id
    record(seat.roundId, 'match.changed', { matchId: match.id, recommendationId })
    record(seat.roundId, 'commitment.changed', { commitmentId, recommendationId })
  }

  /** A match that the acting delegation is a party of, still to be decided. */
  private async own(work: Writing, matchId: string, revision: number) {
    const { found: match, seat } = await inRound<MatchRow>(work, 'match', matchId, 'lock')
    const side = sideOf(match, seat)
    if (!side && match.state !== 'agreed' && !isStaff(seat)) throw nothingHere()
    if (!side || !decides(seat))
      throw new Refusal('not-allowed', 'Only the head or alternate of a party accepts or declines.')
    mustBe(match.state === 'proposed', `The match is ${match.state}.`)
    mustStandAt(match.revision, revision)
    return { match, seat, side: side }
  }

  private async published({ db }: Writing, seat: ActingSeat, id: string, side: 'offer' | 'request') {
    type Row = { delegation_id: string; state: string }
    const found = await row<Row>(
      db,
      `SELECT delegation_id, state FROM listing WHERE id = $1 AND round_id = $2 AND side = $3
       AND (state IN ('published', 'matched') OR delegation_id = $4) FOR SHARE`,
      [id, seat.roundId, side, seat.delegationId],
    )
    if (!found) throw nothingHere()
    mustBe(found.state === 'published', `The ${side} is ${found.state}.`)
    return found
  }

  private async mustBeAddressee(
    { db }: Writing,
    recommendationId: string,
    beneficiaryId: string,
    roundId: string,
  ): Promise<void> {
    const found = await row(
      db,
      `SELECT 1 FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
       JOIN delegation b ON b.code = d.code AND b.round_id = $3 WHERE a.recommendation_id = $1 AND b.id = $2`,
      [recommendationId, beneficiaryId, roundId],
    )
    if (!found)
      throw new Refusal('invalid-input', undefined, {
        errors: [{ pointer: '#/beneficiaryId', detail: 'Not an addressee of the recommendation.' }],
      })
  }
}

function sideOf(match: MatchRow, { delegationId }: ActingSeat): 'provider' | 'beneficiary' | undefined {
  if (delegationId === match.provider_id) return 'provider'
  return delegationId === match.beneficiary_id ? 'beneficiary' : undefined
}

const heardBy = (match: MatchRow): Audience => ({
  delegationIds: [match.provider_id, match.beneficiary_id],
  secretariat: true,
})
