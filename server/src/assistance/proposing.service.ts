import { Injectable } from '@nestjs/common'
import type { Listing } from '@multilogue/shared/assistance'
import type { InputOf } from '@multilogue/shared/contract'
import { isAdvised, type Weighing } from '@multilogue/shared/matching'
import { proposeMatch, usualRoleOf, type PartyRole } from '@multilogue/shared/matches'
import type { z } from 'zod'
import { decides, isStaff, must, mustBe, seatOf, type ActingSeat } from '../access/caller.js'
import { visibleRecommendation } from '../access/recommendation.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { listingsOf, publishedFor } from './listings.views.js'
import { rank, weigh } from './matching.js'
import { MatchingService } from './matching.service.js'
import { lockListings, mustFit } from './fitting.js'
import { told } from './telling.js'

type Input = InputOf<typeof proposeMatch>
type Chosen = Input['offers'][number] & { listing: Listing; weighing: Weighing | null }

/** Bringing offers together with what is asked for: by a party, or by the secretariat as a broker who says why. */
@Injectable()
export class ProposingService {
  constructor(
    private readonly links: TraceLinks,
    private readonly matching: MatchingService,
  ) {}

  @Handles(proposeMatch)
  async proposeMatch(work: Writing, input: Input) {
    const seat = seatOf(work.caller)
    await lockListings(
      work.db,
      [input.requestId, ...input.offers.map(({ offerId }) => offerId)].filter((id) => id !== undefined),
    )
    const request = input.requestId ? await this.open(work, seat, input.requestId, 'request') : null
    const served = request ? await this.matching.servedBy(work, request.id) : null
    const recommendationId = input.recommendationId ?? served
    const listings: Listing[] = []
    for (const { offerId } of input.offers) listings.push(await this.open(work, seat, offerId, 'offer'))
    const beneficiaryId = await this.beneficiary(work, seat, input, request)
    const providers = listings.map(({ owner }) => owner.delegationId)
    must(
      isStaff(seat) || (decides(seat) && [beneficiaryId, ...providers].includes(seat.delegationId!)),
      'Only the head or alternate of a party, or the secretariat, proposes a match.',
    )
    if (recommendationId) await this.mustBeAdopted(work, recommendationId)
    if (request && input.recommendationId && input.recommendationId !== served)
      throw invalidInput('recommendationId', 'The request does not serve this recommendation.')
    mustBe(!providers.includes(beneficiaryId), 'A delegation cannot assist itself.')
    if (new Set(providers).size < providers.length) throw invalidInput('offers', 'A delegation is named twice.')
    if (isStaff(seat) && input.interest === '')
      throw invalidInput('interest', 'A broker says what interest there is, or that there is none.')

    const weighings = request ? await this.weighed(work, seat, request, listings) : null
    const isOverride = weighings !== null && !weighings.isAdvised
    if (isStaff(seat) && isOverride && input.overrideReason === '')
      throw invalidInput('overrideReason', 'Say why, although the score advises other offers.')
    const chosen: Chosen[] = input.offers.map((offer, at) => ({
      ...offer,
      listing: listings[at]!,
      weighing: weighings?.of[at] ?? null,
    }))
    for (const [at, offer] of chosen.entries()) await mustFit(work, offer.offerId, shareOf(offer), `offers/${at}`)
    await this.mustBeNew(work, { requestId: request?.id ?? null, recommendationId, beneficiaryId, providers })
    const id = newId()
    const match = {
      ...{ id, round_id: seat.roundId, recommendation_id: recommendationId, request_id: request?.id ?? null },
      ...{ scope: input.scope, due_on: input.dueOn, brokered: isStaff(seat), created_at: work.now },
      ...{ interest: input.interest, override_reason: input.overrideReason },
    }
    await insert(work.db, 'match', match)
    const parties = await this.seatParties(work, id, beneficiaryId, chosen)
    await this.link(work, id, { recommendationId, requestId: request?.id ?? null, offers: input.offers })
    return told(work, seat, { ...match, state: 'proposed', revision: 1 }, parties)
  }

  private async open({ db }: Writing, seat: ActingSeat, id: string, side: Listing['side']): Promise<Listing> {
    const found = (await listingsOf(db, seat, { id }))[0]
    if (found?.side !== side) throw nothingHere()
    mustBe(found.state === 'published', `The ${side} is ${found.state}.`)
    return found
  }

  /** Whose request it is; without one, the addressee of the recommendation that is named. */
  private async beneficiary(work: Writing, seat: ActingSeat, input: Input, request: Listing | null): Promise<string> {
    if (request) {
      if (input.beneficiaryId && input.beneficiaryId !== request.owner.delegationId)
        throw invalidInput('beneficiaryId', 'Not the delegation that requests.')
      return request.owner.delegationId
    }
    if (!input.recommendationId) throw invalidInput('requestId', 'A request or a recommendation is needed.')
    if (!input.beneficiaryId) throw invalidInput('beneficiaryId', 'Which addressee of the recommendation?')
    await visibleRecommendation(work, input.recommendationId)
    const found = await row(
      work.db,
      `SELECT 1 FROM recommendation_addressee a JOIN delegation d ON d.id = a.delegation_id
       JOIN delegation b ON b.code = d.code AND b.round_id = $3 WHERE a.recommendation_id = $1 AND b.id = $2`,
      [input.recommendationId, input.beneficiaryId, seat.roundId],
    )
    if (!found) throw invalidInput('beneficiaryId', 'Not an addressee of the recommendation.')
    return input.beneficiaryId
  }

  private async mustBeAdopted(work: Writing, recommendationId: string): Promise<void> {
    const { recommendation } = await visibleRecommendation(work, recommendationId)
    mustBe(recommendation.state === 'adopted', `The recommendation is ${recommendation.state}.`)
  }

  private async weighed({ db, now }: Writing, seat: ActingSeat, request: Listing, offers: Listing[]) {
    const knowledge = await this.matching.knowledge(db, seat.roundId, now)
    const of = offers.map((offer) => weigh(request, offer, knowledge))
    const { candidates } = rank(request, await publishedFor(db, seat, request), knowledge)
    return { of, isAdvised: isAdvised(of, candidates[0]?.weighing) }
  }

  /** The same parties for the same thing are proposed once at a time; what is asked for is locked meanwhile. */
  private async mustBeNew(
    { db }: Writing,
    {
      requestId,
      recommendationId,
      beneficiaryId,
      providers,
    }: { requestId: string | null; recommendationId: string | null; beneficiaryId: string; providers: string[] },
  ): Promise<void> {
    if (!requestId) await db.query(`SELECT 1 FROM recommendation WHERE id = $1 FOR UPDATE`, [recommendationId])
    const same = await rows(
      db,
      `SELECT m.id FROM match m JOIN match_party p ON p.match_id = m.id
       WHERE m.state NOT IN ('declined', 'cancelled')
         AND CASE WHEN $1::uuid IS NULL THEN m.recommendation_id = $2 AND m.request_id IS NULL ELSE m.request_id = $1 END
       GROUP BY m.id HAVING array_agg(p.delegation_id ORDER BY p.delegation_id) = $3::uuid[]`,
      [requestId, recommendationId, [beneficiaryId, ...providers].sort()],
    )
    mustBe(same.length === 0, 'These parties have such a match already.')
  }

  private async seatParties({ db }: Writing, matchId: string, beneficiaryId: string, offers: Chosen[]) {
    const parties = [{ delegation_id: beneficiaryId, role: 'beneficiary' as z.infer<typeof PartyRole> }]
    await insert(db, 'match_party', { match_id: matchId, ...parties[0] })
    for (const offer of offers) {
      const { listing, weighing, role } = offer
      const party = { delegation_id: listing.owner.delegationId, role: role ?? usualRoleOf(listing, offers.length) }
      const { money, inKind } = shareOf(offer)
      await insert(db, 'match_party', {
        ...{ match_id: matchId, ...party, offer_id: listing.id, weighed: weighing, money, in_kind: inKind },
      })
      parties.push(party)
    }
    return parties
  }

  private async link(
    work: Writing,
    id: string,
    {
      recommendationId,
      requestId,
      offers,
    }: Pick<Input, 'offers'> & { recommendationId: string | null; requestId: string | null },
  ): Promise<void> {
    const match = { kind: 'match' as const, id }
    if (recommendationId) await this.links.add(work, { kind: 'recommendation', id: recommendationId }, match)
    if (requestId) await this.links.add(work, { kind: 'listing', id: requestId }, match)
    for (const { offerId } of offers) await this.links.add(work, { kind: 'listing', id: offerId }, match)
  }
}

/** What is brought: the share that is named, or all that is left of the offer. */
function shareOf({ money, inKind, listing }: Chosen): Pick<Listing, 'money' | 'inKind'> {
  if (money ?? inKind) return { money, inKind }
  const { left } = listing
  return {
    money: listing.money && left.money! > 0 ? { ...listing.money, amount: left.money! } : null,
    inKind: listing.inKind && left.inKind! > 0 ? { ...listing.inKind, quantity: left.inKind! } : null,
  }
}
