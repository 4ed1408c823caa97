import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  deliverCommitment,
  draftListing,
  listCommitments,
  listListings,
  moveListing,
} from '@multilogue/shared/assistance'
import { decides, isStaff, must, mustBe } from '../access/caller.js'
import { standingMessage } from '../access/dialogue.access.js'
import { visibleRecommendation } from '../access/recommendation.access.js'
import { inRound, seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { mayList } from '../rounds/rounds.views.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Audience, Reading, Writing } from '../work/work.js'
import { commitmentsOf, listingsOf } from './assistance.views.js'

interface ListingRow {
  delegation_id: string
  state: string
  revision: number
}

@Injectable()
export class AssistanceService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(listListings)
  listListings({ db, caller }: Reading, { roundId }: InputOf<typeof listListings>) {
    return listingsOf(db, seatIn(caller, roundId))
  }

  @Handles(draftListing)
  async draftListing(work: Writing, input: InputOf<typeof draftListing>) {
    const { db, caller, now, record } = work
    const seat = seatIn(caller, input.roundId)
    must(mayList(seat), 'Only a delegation requests or offers assistance.')
    if (input.recommendationId) await visibleRecommendation(work, input.recommendationId)
    if (input.messageId) await standingMessage(work, input.messageId)
    const id = newId()
    await insert(db, 'listing', {
      id,
      round_id: input.roundId,
      side: input.side,
      delegation_id: seat.delegationId,
      title: input.title,
      description: input.description,
      language: input.language,
      cooperation_type: input.cooperationType,
      modalities: input.modalities,
      sdg_targets: input.sdgTargets,
      money: input.money,
      in_kind: input.inKind,
      created_at: now,
    })
    if (input.recommendationId)
      await this.links.add(work, { kind: 'recommendation', id: input.recommendationId }, { kind: 'listing', id })
    if (input.messageId) await this.links.add(work, { kind: 'message', id: input.messageId }, { kind: 'listing', id })
    record(input.roundId, 'listing.changed', { listingId: id }, ownerOnly(seat.delegationId))
    return (await listingsOf(db, seat, id))[0]!
  }

  /** Another delegation's draft is not there for anybody else. */
  @Handles(moveListing)
  async moveListing(work: Writing, { listingId, state, revision }: InputOf<typeof moveListing>) {
    const { db, record } = work
    const { found, seat } = await inRound<ListingRow>(work, 'listing', listingId, 'lock')
    const own = found.delegation_id === seat.delegationId
    if (!own && found.state !== 'published' && found.state !== 'matched') throw nothingHere()
    must(own && decides(seat), 'Only the head or alternate of its delegation publishes or withdraws.')
    mustStandAt(found.revision, revision)
    const possible = state === 'published' ? ['draft'] : ['draft', 'published']
    mustBe(possible.includes(found.state), `What is ${found.state} cannot become ${state}.`)
    await db.query(`UPDATE listing SET state = $2, revision = revision + 1 WHERE id = $1`, [listingId, state])
    const heard = found.state === 'draft' && state === 'withdrawn' ? ownerOnly(found.delegation_id) : undefined
    record(found.round_id, 'listing.changed', { listingId }, heard)
    return (await listingsOf(db, seat, listingId))[0]!
  }

  @Handles(listCommitments)
  listCommitments({ db, caller }: Reading, { roundId }: InputOf<typeof listCommitments>) {
    return commitmentsOf(db, seatIn(caller, roundId))
  }

  @Handles(deliverCommitment)
  async deliverCommitment({ db, caller, record }: Writing, { commitmentId }: InputOf<typeof deliverCommitment>) {
    type Row = { state: string; round_id: string; beneficiary_id: string; recommendation_id: string }
    const found = await row<Row>(
      db,
      `SELECT k.state, m.round_id, m.beneficiary_id, m.recommendation_id FROM commitment k JOIN match m ON m.id = k.match_id
       WHERE k.id = $1 FOR UPDATE OF k`,
      [commitmentId],
    )
    const seat = seatIn(caller, found?.round_id)
    if (!found) throw nothingHere()
    const receives = seat.delegationId === found.beneficiary_id && decides(seat)
    must(receives || isStaff(seat), 'Only the beneficiary or the secretariat confirms delivery.')
    mustBe(found.state === 'confirmed', `The commitment is ${found.state}.`)
    await db.query(`UPDATE commitment SET state = 'delivered' WHERE id = $1`, [commitmentId])
    record(found.round_id, 'commitment.changed', { commitmentId, recommendationId: found.recommendation_id })
    return (await commitmentsOf(db, seat)).find((commitment) => commitment.id === commitmentId)!
  }
}

const ownerOnly = (delegationId: string): Audience => ({ delegationIds: [delegationId], secretariat: false })
