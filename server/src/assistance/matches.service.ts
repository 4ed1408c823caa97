import { Injectable } from '@nestjs/common'
import type { Listing } from '@multilogue/shared/assistance'
import type { InputOf } from '@multilogue/shared/contract'
import { acceptMatch, declineMatch, listMatches, reviseMatch } from '@multilogue/shared/matches'
import { decides, isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { actsForParty, OPEN_STATES, visibleMatch, type MatchRow, type PartyRow } from '../access/match.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, rows } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { lockListings, mustFit } from './fitting.js'
import { countMatches, matchesOf, nextMatch } from './matches.views.js'
import { told } from './telling.js'

/** Deciding on what was proposed. Nothing is agreed before every party has said so to the same terms. */
@Injectable()
export class MatchesService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(listMatches)
  async listMatches({ db, caller }: Reading, { roundId, matchId, ...which }: InputOf<typeof listMatches>) {
    const seat = seatIn(caller, roundId)
    const asked = { ...which, id: matchId }
    const [matches, counts] = await Promise.all([
      matchesOf(db, seat, asked),
      which.after ? null : countMatches(db, seat, asked),
    ])
    return { matches, counts, next: nextMatch(matches, which.limit) }
  }

  @Handles(reviseMatch)
  async reviseMatch(work: Writing, input: InputOf<typeof reviseMatch>) {
    const { match, parties, seat } = await visibleMatch(work, input.matchId)
    must(
      actsForParty(seat, parties) || (match.brokered && isStaff(seat)),
      'Only the head or alternate of a party, or the secretariat as broker, proposes other terms.',
    )
    mustBe(OPEN_STATES.includes(match.state), `The match is ${match.state}.`)
    mustStandAt(match.revision, input.revision)
    await lockListings(
      work.db,
      input.shares.map(({ offerId }) => offerId),
    )
    for (const [at, share] of input.shares.entries()) {
      const party = parties.find(({ offer_id }) => offer_id === share.offerId)
      if (!party) throw invalidInput(`shares/${at}/offerId`, 'Not an offer of this match.')
      await mustFit(work, share.offerId, share, `shares/${at}`)
      await work.db.query(
        `UPDATE match_party SET money = $3, in_kind = $4 WHERE match_id = $1 AND delegation_id = $2`,
        [match.id, party.delegation_id, share.money, share.inKind],
      )
    }
    await work.db.query(`UPDATE match_party SET accepted_at = NULL, gains = '' WHERE match_id = $1`, [match.id])
    await work.db.query(
      `UPDATE match SET state = 'negotiating', scope = $2, due_on = $3, revision = revision + 1 WHERE id = $1`,
      [match.id, input.scope, input.dueOn],
    )
    return told(work, seat, match, parties)
  }

  /** Accepting changes no terms, so all may accept the same revision, in any order. */
  @Handles(acceptMatch)
  async acceptMatch(work: Writing, { matchId, gains, revision }: InputOf<typeof acceptMatch>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    const own = this.own(match, parties, seat)
    mustStandAt(match.revision, revision)
    mustBe(own.accepted_at === null, 'Your delegation has accepted already.')
    await work.db.query(
      `UPDATE match_party SET accepted_at = $3, gains = $4 WHERE match_id = $1 AND delegation_id = $2`,
      [match.id, own.delegation_id, work.now, gains],
    )
    const isLast = parties.every((party) => party === own || party.accepted_at !== null)
    if (!isLast) return told(work, seat, match, parties)
    await this.agree(work, match, parties)
    work.record(match.round_id, 'match.changed', { matchId, recommendationId: match.recommendation_id })
    return (await matchesOf(work.db, seat, { id: matchId }))[0]!
  }

  @Handles(declineMatch)
  async declineMatch(work: Writing, { matchId, reason, revision }: InputOf<typeof declineMatch>) {
    const { match, parties, seat } = await visibleMatch(work, matchId)
    this.own(match, parties, seat)
    mustStandAt(match.revision, revision)
    await work.db.query(
      `UPDATE match SET state = 'declined', declined_reason = $2, revision = revision + 1 WHERE id = $1`,
      [matchId, reason],
    )
    return told(work, seat, match, parties)
  }

  /** Everybody has accepted: the request is taken and what is brought becomes a pledge. */
  private async agree(work: Writing, match: MatchRow, parties: PartyRow[]): Promise<void> {
    const { db, now, record } = work
    const { round_id: roundId, recommendation_id: recommendationId } = match
    await lockListings(
      db,
      [match.request_id, ...parties.map(({ offer_id }) => offer_id)].filter((id) => id !== null),
    )
    if (match.request_id) {
      const taken = await rows(
        db,
        `UPDATE listing SET state = 'matched', revision = revision + 1 WHERE id = $1 AND state = 'published' RETURNING id`,
        [match.request_id],
      )
      mustBe(taken.length > 0, 'The request is no longer open: another match serves it, or it was withdrawn.')
      record(roundId, 'listing.changed', { listingId: match.request_id })
    }
    for (const { offer_id, money, in_kind } of parties) {
      if (!offer_id) continue
      await mustFit(work, offer_id, { money, inKind: in_kind as Listing['inKind'] })
      record(roundId, 'listing.changed', { listingId: offer_id })
    }
    await db.query(`UPDATE match SET state = 'agreed', agreed_at = $2, revision = revision + 1 WHERE id = $1`, [
      match.id,
      now,
    ])
    for (const party of parties)
      for (const { unit, amount } of measuresOf(party)) {
        const id = newId()
        await insert(db, 'commitment', {
          ...{ id, match_id: match.id, delegation_id: party.delegation_id, unit, pledged: amount },
          ...{ due_on: match.due_on, created_at: now },
        })
        await this.links.add(work, { kind: 'match', id: match.id }, { kind: 'commitment', id })
        record(roundId, 'commitment.changed', { commitmentId: id, recommendationId })
      }
  }

  /** The place of the acting delegation, while there is something to decide. */
  private own(match: MatchRow, parties: PartyRow[], seat: ActingSeat): PartyRow {
    const own = parties.find((party) => party.delegation_id === seat.delegationId)
    if (!own || !decides(seat))
      throw new Refusal('not-allowed', 'Only the head or alternate of a party accepts or declines.')
    mustBe(OPEN_STATES.includes(match.state), `The match is ${match.state}.`)
    return own
  }
}

/** One service as it is described, where neither money nor a quantity was named. */
function measuresOf({ offer_id, money, in_kind }: PartyRow): { unit: string; amount: number }[] {
  if (!offer_id) return []
  const named = [
    ...(money ? [{ unit: money.currency, amount: money.amount }] : []),
    ...(in_kind ? [{ unit: in_kind.unit, amount: in_kind.quantity }] : []),
  ]
  return named.length > 0 ? named : [{ unit: 'units', amount: 1 }]
}
