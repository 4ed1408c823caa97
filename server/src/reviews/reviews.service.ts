import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  answerInWriting,
  askInWriting,
  assess,
  getReview,
  nameDiscussant,
  prepareReview,
  submitStatement,
} from '@multilogue/shared/reviews'
import { isStaff, must, mustBe, type ActingSeat } from '../access/caller.js'
import { mayAsk, mayAssess, maySpeakFor, reviewIn, type ReviewRow } from '../access/review.access.js'
import { inRound } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { Modes } from '../documents/modes.js'
import { IssuingService } from '../negotiation/issuing.service.js'
import { Table } from '../negotiation/table.js'
import { isAhead } from '../rounds/rounds.workflow.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { reviewView } from './reviews.views.js'

/** What a country under review puts on file, and what others ask it, before its session. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly table: Table,
    private readonly modes: Modes,
    private readonly issuing: IssuingService,
  ) {}

  @Handles(getReview)
  async getReview(work: Reading, { sessionId }: InputOf<typeof getReview>) {
    const { review, seat } = await reviewIn(work, { sessionId })
    return reviewView(work.db, seat, review)
  }

  @Handles(prepareReview)
  async prepareReview(work: Writing, input: InputOf<typeof prepareReview>) {
    const { db, now } = work
    const { sessionId, delegationId, discussantId, questions } = input
    const { found, seat } = await inRound<{ status: string }>(work, 'session', sessionId, 'lock')
    must(isStaff(seat), 'The secretariat prepares reviews.')
    mustBe(isAhead(found.status), `The session is ${found.status}.`)
    if (await row(db, `SELECT 1 FROM review WHERE session_id = $1`, [sessionId])) throw new Refusal('already-exists')
    mustBe((await kindOf(work, delegationId, found.round_id)) === 'member', 'A member delegation is reviewed.')
    await mustBePeer(work, discussantId, { round_id: found.round_id, delegation_id: delegationId })
    const id = newId()
    const ids = { session_id: sessionId, delegation_id: delegationId, discussant_id: discussantId }
    await insert(db, 'review', { id, round_id: found.round_id, ...ids, created_at: now })
    await db.query(
      `INSERT INTO review_question (review_id, no, question) SELECT $1, no, q FROM unnest($2::text[]) WITH ORDINALITY AS t (q, no)`,
      [id, questions],
    )
    return this.told(work, seat, id)
  }

  @Handles(nameDiscussant)
  async nameDiscussant(work: Writing, { reviewId, delegationId }: InputOf<typeof nameDiscussant>) {
    const { review, seat } = await reviewIn(work, { reviewId }, 'lock')
    must(isStaff(seat), 'The secretariat names the discussant.')
    mustBe(review.status !== 'ended' && review.status !== 'cancelled', `The session is ${review.status}.`)
    await mustBePeer(work, delegationId, review)
    await work.db.query(`UPDATE review SET discussant_id = $2 WHERE id = $1`, [reviewId, delegationId])
    return this.told(work, seat, reviewId)
  }

  @Handles(assess)
  async assess(work: Writing, { reviewId, no, answer, source, revision }: InputOf<typeof assess>) {
    const { review, seat } = await reviewIn(work, { reviewId }, 'lock')
    must(mayAssess(seat, review), 'The country under review assesses itself.')
    mustBe(isAhead(review.status), 'The session has opened; the self-assessment stands as it is.')
    const question = await row<{ revision: number }>(
      work.db,
      `SELECT revision FROM review_question WHERE review_id = $1 AND no = $2`,
      [reviewId, no],
    )
    if (!question) throw nothingHere()
    mustStandAt(question.revision, revision)
    await work.db.query(
      `UPDATE review_question SET answer = $3, source_url = $4, person_id = $5, seat_id = $6, answered_at = $7,
         revision = revision + 1 WHERE review_id = $1 AND no = $2`,
      [reviewId, no, answer, source ?? null, work.caller.personId, seat.id, work.now],
    )
    return this.told(work, seat, reviewId)
  }

  @Handles(submitStatement)
  submitStatement(work: Writing, input: InputOf<typeof submitStatement>) {
    return this.table.texts.inTurn(() => this.submit(work, input))
  }

  @Handles(askInWriting)
  async askInWriting(work: Writing, { reviewId, body, language }: InputOf<typeof askInWriting>) {
    const { review, seat } = await reviewIn(work, { reviewId })
    must(mayAsk(seat, review), 'Other delegations than the one under review ask.')
    mustBe(review.status !== 'ended' && review.status !== 'cancelled', `The session is ${review.status}.`)
    await insert(work.db, 'written_question', {
      ...{ id: newId(), review_id: reviewId, delegation_id: seat.delegationId, body, language },
      ...{ person_id: work.caller.personId, seat_id: seat.id, asked_at: work.now },
    })
    return this.told(work, seat, reviewId)
  }

  @Handles(answerInWriting)
  async answerInWriting(work: Writing, { questionId, body, language }: InputOf<typeof answerInWriting>) {
    const { review, seat } = await reviewIn(work, { questionId }, 'lock')
    must(maySpeakFor(seat, review), 'The head or an alternate of the country under review answers.')
    const answered = await row<{ id: string }>(
      work.db,
      `UPDATE written_question SET answer = $2, answer_language = $3, answer_person_id = $4, answer_seat_id = $5,
         answered_at = $6 WHERE id = $1 AND answer IS NULL RETURNING id`,
      [questionId, body, language, work.caller.personId, seat.id, work.now],
    )
    mustBe(answered !== undefined, 'The question is answered.')
    return this.told(work, seat, review.id)
  }

  private async submit(work: Writing, { reviewId, documentId }: InputOf<typeof submitStatement>) {
    const { review, seat } = await reviewIn(work, { reviewId }, 'lock')
    must(maySpeakFor(seat, review), 'The head or an alternate of the country under review submits its statement.')
    mustBe(isAhead(review.status), 'The session has opened.')
    mustBe(review.statement_id === null, 'The policy statement is submitted.')
    const { document, contents, no } = await this.table.text(work, documentId, 'lock')
    mustBe(
      document.kind === 'policy_statement' && document.owner_delegation_id === review.delegation_id,
      'The text is not a policy statement of the country under review.',
    )
    mustBe(contents.length > 0, 'The text is empty.')
    if (document.mode !== 'frozen') await this.modes.set(work, document, 'frozen')
    const issued = await this.issuing.freeze(work, {
      ...{ document, seat, content: contents, no },
      ...{ series: '', distribution: 'general' },
    })
    await work.db.query(`UPDATE review SET statement_id = $2 WHERE id = $1`, [reviewId, issued.id])
    return this.told(work, seat, reviewId)
  }

  /** As it is after the act, for the one who acted; all others hear of it. */
  private async told(work: Writing, seat: ActingSeat, reviewId: string) {
    const { review }: { review: ReviewRow } = await reviewIn(work, { reviewId })
    work.record(review.round_id, 'review.changed', { sessionId: review.session_id })
    return reviewView(work.db, seat, review)
  }
}

/** @throws Refusal not-found when the round has no such delegation */
async function kindOf({ db }: Writing, id: string, roundId: string): Promise<string> {
  const found = await row<{ kind: string }>(db, `SELECT kind FROM delegation WHERE id = $1 AND round_id = $2`, [
    ...[id, roundId],
  ])
  if (!found) throw nothingHere()
  return found.kind
}

async function mustBePeer(
  work: Writing,
  id: string | null,
  { round_id, delegation_id }: Pick<ReviewRow, 'round_id' | 'delegation_id'>,
): Promise<void> {
  if (id === null) return
  mustBe(id !== delegation_id, 'No country discusses itself.')
  mustBe((await kindOf(work, id, round_id)) === 'member', 'The discussant is a member delegation.')
}
