import { draftListing, moveListing } from '@multilogue/shared/assistance'
import { confirmCommitment, deliverCommitment } from '@multilogue/shared/commitments'
import { acceptMatch, activateMatch, addOutcome, proposeMatch, type Match } from '@multilogue/shared/matches'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import type { Things } from './things.js'

/** Offers of Germany, matches of Ghana with it, and what comes of them. */
export class AssistanceThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
    private readonly things: Things,
  ) {}

  private get world() {
    return this.stage.world
  }

  listingInput(side: 'request' | 'offer') {
    return {
      ...{ roundId: this.round.roundId, side, title: 'Advisers', description: 'Two advisers for a month.' },
      language: 'en' as const,
      cooperationType: 'technical_cooperation' as const,
      modalities: ['expert' as const],
      money: { amount: 1000, currency: 'EUR' },
    }
  }

  private async offer(state: 'draft' | 'published') {
    const drafted = await this.world.do('deu.head', draftListing, this.listingInput('offer'))
    if (state === 'draft') return drafted
    return this.world.do('deu.head', moveListing, { listingId: drafted.id, state, revision: drafted.revision })
  }

  async listingToMove(from: 'draft' | 'published', to: 'published' | 'withdrawn') {
    const { id, revision } = await this.offer(from)
    return { listingId: id, state: to, revision }
  }

  async matchToPropose(state: 'proposed' | 'adopted') {
    const { id: recommendationId } = await this.things.recommendation(state)
    const { id: offerId } = await this.offer('published')
    return {
      ...{ recommendationId, beneficiaryId: this.round.delegations.GHA, offers: [{ offerId }] },
      ...{ dueOn: '2027-11-01', interest: 'None.' },
    }
  }

  private async match(state: 'proposed' | 'agreed' | 'active'): Promise<Match> {
    let match = await this.world.do('secretariat', proposeMatch, await this.matchToPropose('adopted'))
    if (state === 'proposed') return match
    for (const by of ['deu.head', 'gha.head'])
      match = await this.world.do(by, acceptMatch, {
        matchId: match.id,
        gains: 'Experience.',
        revision: match.revision,
      })
    if (state === 'agreed') return match
    await this.world.do('gha.head', addOutcome, { matchId: match.id, outcome: 'Two people can do it alone.' })
    return this.world.do('gha.head', activateMatch, { matchId: match.id, revision: match.revision })
  }

  async matchToDecide(state: 'proposed' | 'agreed' | 'active') {
    const { id, revision } = await this.match(state)
    return { matchId: id, revision }
  }

  async matchToBegin() {
    const { id, revision } = await this.match('agreed')
    await this.world.do('gha.head', addOutcome, { matchId: id, outcome: 'Two people can do it alone.' })
    return { matchId: id, revision }
  }

  async commitment(state: 'pledged' | 'confirmed' | 'delivered') {
    const { commitments } = await this.match('agreed')
    const commitmentId = commitments[0]!.id
    if (state === 'pledged') return { commitmentId, revision: 1 }
    await this.world.do('deu.head', confirmCommitment, { commitmentId, amount: 1000, revision: 1 })
    if (state === 'confirmed') return { commitmentId, revision: 2 }
    await this.world.do('gha.head', deliverCommitment, { commitmentId, revision: 2 })
    return { commitmentId, revision: 3 }
  }
}
