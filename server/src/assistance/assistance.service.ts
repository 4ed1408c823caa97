import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { draftListing, listListings, moveListing } from '@multilogue/shared/assistance'
import { getAssistanceFigures } from '@multilogue/shared/assistance-figures'
import { decides, must, mustBe } from '../access/caller.js'
import { openMessage } from '../access/dialogue.access.js'
import { visibleRecommendation } from '../access/recommendation.access.js'
import { inRound, seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { nextOf } from '../common/pages.js'
import { insert } from '../common/sql.js'
import { mayList } from '../rounds/rounds.views.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Audience, Reading, Writing } from '../work/work.js'
import { assistanceFiguresOf } from './figures.views.js'
import { countListings, listingsOf } from './listings.views.js'

interface ListingRow {
  delegation_id: string
  state: string
  revision: number
}

@Injectable()
export class AssistanceService {
  constructor(private readonly links: TraceLinks) {}

  @Handles(listListings)
  async listListings({ db, caller }: Reading, { roundId, listingId, ...which }: InputOf<typeof listListings>) {
    const seat = seatIn(caller, roundId)
    const asked = { ...which, id: listingId }
    const [listings, total] = await Promise.all([
      listingsOf(db, seat, asked),
      which.after ? null : countListings(db, seat, asked),
    ])
    return { listings, total, next: nextOf(listings, which.limit) }
  }

  @Handles(getAssistanceFigures)
  getAssistanceFigures({ db, caller, now }: Reading, { roundId }: InputOf<typeof getAssistanceFigures>) {
    return assistanceFiguresOf(db, seatIn(caller, roundId).roundId, now)
  }

  @Handles(draftListing)
  async draftListing(work: Writing, input: InputOf<typeof draftListing>) {
    const { db, caller, now, record } = work
    const seat = seatIn(caller, input.roundId)
    must(mayList(seat), 'Only a delegation requests or offers assistance.')
    if (input.recommendationId) await visibleRecommendation(work, input.recommendationId)
    if (input.messageId) await openMessage(work, input.messageId)
    const { opensOn, closesOn } = input
    if (opensOn && closesOn && closesOn < opensOn) throw invalidInput('closesOn', 'It closes before it opens.')
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
      sectors: input.sectors,
      languages: input.languages.length > 0 ? input.languages : [input.language],
      interpretation: input.interpretation,
      eligible: input.eligible,
      opens_on: input.opensOn,
      closes_on: input.closesOn,
      money: input.money,
      in_kind: input.inKind,
      gap: input.gap,
      outcome: input.outcome,
      readiness: input.readiness,
      experience: input.experience,
      coordination: input.coordination,
      gender_marker: input.genderMarker,
      created_at: now,
    })
    if (input.recommendationId)
      await this.links.add(work, { kind: 'recommendation', id: input.recommendationId }, { kind: 'listing', id })
    if (input.messageId) await this.links.add(work, { kind: 'message', id: input.messageId }, { kind: 'listing', id })
    record(input.roundId, 'listing.changed', { listingId: id }, ownerOnly(seat.delegationId))
    return (await listingsOf(db, seat, { id }))[0]!
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
    await db.query(
      `UPDATE listing SET state = $2, published_at = CASE WHEN $2 = 'published' THEN $3 ELSE published_at END, revision = revision + 1 WHERE id = $1`,
      [listingId, state, work.now],
    )
    const heard = found.state === 'draft' && state === 'withdrawn' ? ownerOnly(found.delegation_id) : undefined
    record(found.round_id, 'listing.changed', { listingId }, heard)
    return (await listingsOf(db, seat, { id: listingId }))[0]!
  }
}

const ownerOnly = (delegationId: string): Audience => ({ delegationIds: [delegationId], secretariat: false })
