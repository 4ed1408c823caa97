import { openDocument } from '@multilogue/shared/documents'
import { askInWriting, assess, prepareReview, submitStatement, type Review } from '@multilogue/shared/reviews'
import { conductSession, scheduleSession } from '@multilogue/shared/rounds'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import type { CarryingThings } from './carrying-things.js'

const EN = { language: 'en' as const }

/** Makes reviews of Ghana for the rights matrix, each in a session of its own. */
export class ReviewThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
    private readonly carrying: CarryingThings,
  ) {}

  async toPrepare() {
    const times = { startsAt: '2027-06-09T08:00:00Z', endsAt: '2027-06-09T10:00:00Z', timeZone: 'Europe/Vienna' }
    const place = { roundId: this.round.roundId, kind: 'plenary' as const, title: 'Review', venue: 'Room 4' }
    const { id: sessionId } = await this.stage.world.do('secretariat', scheduleSession, { ...place, ...times })
    return { sessionId, delegationId: this.round.delegations.GHA, questions: ['What has changed?'] }
  }

  private async review(state: 'before' | 'opened'): Promise<Review> {
    const review = await this.stage.world.do('secretariat', prepareReview, await this.toPrepare())
    if (state === 'before') return review
    const { reviewId } = await this.toAssess('before', review)
    await this.stage.world.do('gha.adviser', assess, { reviewId, no: 1, answer: 'Much.', revision: 1 })
    const { documentId } = await this.toSubmit(review)
    const done = await this.stage.world.do('gha.head', submitStatement, { reviewId, documentId })
    await this.stage.world.do('chair', conductSession, { sessionId: done.sessionId, status: 'live', revision: 1 })
    return done
  }

  async toAssess(state: 'before' | 'opened', given?: Review) {
    const { id: reviewId, questions } = given ?? (await this.review(state))
    return { reviewId, no: 1, answer: 'Quite a lot.', revision: questions[0]!.revision }
  }

  async toSubmit(given?: Review) {
    const review = given ?? (await this.review('before'))
    const text = { kind: 'policy_statement', title: 'Our policy', visibility: 'delegation', ...EN } as const
    const { id: documentId } = await this.stage.world.do('gha.head', openDocument, {
      roundId: review.roundId,
      ...text,
    })
    await this.stage.world.begin('gha.head', documentId, [{ kind: 'paragraph', text: 'We build on what we have.' }])
    return { reviewId: review.id, documentId }
  }

  async toAsk(state: 'before' | 'opened' = 'before') {
    return { reviewId: (await this.review(state)).id, body: 'Who does it?', ...EN }
  }

  async toAnswer() {
    const review = await this.stage.world.do('deu.head', askInWriting, await this.toAsk())
    return { questionId: review.written[0]!.id, body: 'The ministry.', ...EN }
  }

  async toDiscuss() {
    return { reviewId: (await this.review('before')).id, delegationId: this.round.delegations.DEU }
  }

  /** A review with Germany as discussant, and something that an earlier round has recommended to Ghana. */
  async toLookBack(state?: 'cancelled') {
    const recommendationId = await this.carrying.left()
    const prepared = { ...(await this.toPrepare()), discussantId: this.round.delegations.DEU }
    const { id: reviewId, sessionId } = await this.stage.world.do('secretariat', prepareReview, prepared)
    if (state) await this.stage.world.do('chair', conductSession, { sessionId, status: state, revision: 1 })
    const said = { status: 'in_progress', impact: 'limited', words: 'It has begun.', revision: 0, ...EN } as const
    return { reviewId, recommendationId, ...said }
  }
}
