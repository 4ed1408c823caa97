import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  adoptRecommendation,
  getRecommendation,
  listRecommendations,
  makeRecommendation,
  respond,
  reviseRecommendation,
  withdrawRecommendation,
} from '@multilogue/shared/recommendations'
import { decides, must, mustBe, presides } from '../access/caller.js'
import { openMessage } from '../access/dialogue.access.js'
import { ownPlace, visibleRecommendation } from '../access/recommendation.access.js'
import { seatIn } from '../access/round.access.js'
import { Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { row } from '../common/sql.js'
import { DocumentsService } from '../documents/documents.service.js'
import { mayRecommend } from '../rounds/rounds.views.js'
import { TraceLinks, type Traced } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { addressTo, columnsOf, makeAll } from './making.js'
import { mayRevise, recommendationsOf } from './recommendations.views.js'
import { missingParts } from './recommendations.workflow.js'

type Source = InputOf<typeof makeRecommendation>['from']

@Injectable()
export class RecommendationsService {
  constructor(
    private readonly links: TraceLinks,
    private readonly documents: DocumentsService,
  ) {}

  @Handles(listRecommendations)
  listRecommendations({ db, caller, now }: Reading, { roundId }: InputOf<typeof listRecommendations>) {
    return recommendationsOf(db, seatIn(caller, roundId), now)
  }

  @Handles(getRecommendation)
  async getRecommendation(work: Reading, { recommendationId }: InputOf<typeof getRecommendation>) {
    const { seat } = await visibleRecommendation(work, recommendationId)
    return (await recommendationsOf(work.db, seat, work.now, { id: recommendationId }))[0]!
  }

  @Handles(makeRecommendation)
  async makeRecommendation(work: Writing, input: InputOf<typeof makeRecommendation>) {
    const { caller, record } = work
    const seat = seatIn(caller, input.roundId)
    must(mayRecommend(seat), 'Your seat makes no recommendations.')
    const { source, quote } = await this.readSource(work, input.from)
    const [id] = (await makeAll(work, seat, { roundId: input.roundId, all: [{ ...input, quote }] })) as [string]
    if (source) await this.links.add(work, source, { kind: 'recommendation', id })
    record(input.roundId, 'recommendation.made', { recommendationId: id })
    return this.getRecommendation(work, { recommendationId: id })
  }

  @Handles(reviseRecommendation)
  async reviseRecommendation(work: Writing, input: InputOf<typeof reviseRecommendation>) {
    const { db } = work
    const { recommendation, seat } = await visibleRecommendation(work, input.recommendationId, 'lock')
    must(
      mayRevise(recommendation.seat_id, seat),
      'Only its maker or those who steer the debate revise a recommendation.',
    )
    mustBe(recommendation.state === 'proposed', `The recommendation is ${recommendation.state}.`)
    mustStandAt(recommendation.revision, input.revision)
    const columns = columnsOf(input)
    const set = Object.keys(columns).map((name, i) => `${name} = $${i + 2}`)
    await db.query(`UPDATE recommendation SET ${set.join(', ')}, revision = revision + 1 WHERE id = $1`, [
      recommendation.id,
      ...Object.values(columns),
    ])
    const { id, round_id: roundId } = recommendation
    await addressTo(work, { id, roundId, addresseeIds: input.addresseeIds })
    return this.changed(work, recommendation.id)
  }

  @Handles(adoptRecommendation)
  async adoptRecommendation(work: Writing, { recommendationId, revision }: InputOf<typeof adoptRecommendation>) {
    const { recommendation, seat } = await visibleRecommendation(work, recommendationId, 'lock')
    must(presides(seat), 'Only the chair adopts a recommendation.')
    mustBe(recommendation.state === 'proposed', `The recommendation is ${recommendation.state}.`)
    mustStandAt(recommendation.revision, revision)
    const { owner, action, due_on, measure } = recommendation
    const missing = missingParts({ owner, action, dueOn: due_on && 'set', measure })
    if (missing.length > 0)
      throw new Refusal('wrong-state', `Not actionable yet; missing: ${missing.join(', ')}.`, { missing })
    await work.db.query(
      `UPDATE recommendation SET state = 'adopted', adopted_at = $2, revision = revision + 1 WHERE id = $1`,
      [recommendationId, work.now],
    )
    return this.changed(work, recommendationId)
  }

  @Handles(withdrawRecommendation)
  async withdrawRecommendation(
    work: Writing,
    { recommendationId, revision, reason }: InputOf<typeof withdrawRecommendation>,
  ) {
    const { recommendation, seat } = await visibleRecommendation(work, recommendationId, 'lock')
    must(
      mayRevise(recommendation.seat_id, seat),
      'Only its maker or those who steer the debate withdraw a recommendation.',
    )
    mustBe(recommendation.state === 'proposed', `The recommendation is ${recommendation.state}.`)
    mustStandAt(recommendation.revision, revision)
    const holds = await row(work.db, `SELECT 1 FROM succession WHERE to_id = $1`, [recommendationId])
    mustBe(!holds, 'It stands in the place of another one, which would be followed up nowhere.')
    await work.db.query(
      `UPDATE recommendation SET state = 'withdrawn', withdrawn_reason = $2, revision = revision + 1 WHERE id = $1`,
      [recommendationId, reason],
    )
    return this.changed(work, recommendationId)
  }

  /** The answer may change, from noted to supported in part and back; the latest stands, with its words. */
  @Handles(respond)
  async respond(work: Writing, { recommendationId, response, text }: InputOf<typeof respond>) {
    const { recommendation, seat } = await visibleRecommendation(work, recommendationId)
    const place = seat.delegationCode && (await ownPlace(work.db, recommendationId, seat))
    must(Boolean(place) && decides(seat), 'Only the head or alternate of an addressee responds.')
    mustBe(recommendation.state === 'adopted', `The recommendation is ${recommendation.state}.`)
    await work.db.query(
      `UPDATE recommendation_addressee SET response = $3, response_text = $4, responded_at = $5
       WHERE recommendation_id = $1 AND delegation_id = $2`,
      [recommendationId, (place as { delegation_id: string }).delegation_id, response, text, work.now],
    )
    return this.changed(work, recommendationId)
  }

  /** A report was validated: its status and assurance become the addressee's. Called by the follow-up room. */
  async setStatus(
    work: Writing,
    recommendationId: string,
    addresseeId: string,
    status: string,
    assurance: string,
  ): Promise<void> {
    await work.db.query(
      `UPDATE recommendation_addressee SET status = $3, assurance = $4, status_at = $5
       WHERE recommendation_id = $1 AND delegation_id = $2`,
      [recommendationId, addresseeId, status, assurance, work.now],
    )
    this.tell(work, recommendationId)
  }

  /** What the status rests on was withdrawn, or is back; the status and its day stay. Called by the follow-up room. */
  async setAssurance(
    work: Writing,
    on: { recommendationId: string; addresseeId: string; assurance: 'self_reported' | 'validated' },
  ): Promise<void> {
    await work.db.query(
      `UPDATE recommendation_addressee SET assurance = $3 WHERE recommendation_id = $1 AND delegation_id = $2`,
      [on.recommendationId, on.addresseeId, on.assurance],
    )
    this.tell(work, on.recommendationId)
  }

  private changed(work: Writing, recommendationId: string) {
    this.tell(work, recommendationId)
    return this.getRecommendation(work, { recommendationId })
  }

  /** Told in the round of the acting seat, where it is followed up now. */
  private tell({ caller, record }: Writing, recommendationId: string): void {
    if (caller.seat) record(caller.seat.roundId, 'recommendation.changed', { recommendationId })
  }

  /** What it is made from, and the words as they stood at this moment. */
  private async readSource(work: Writing, from: Source): Promise<{ source?: Traced; quote: string }> {
    if (!from) return { quote: '' }
    if (from.kind === 'message') {
      const { message } = await openMessage(work, from.messageId)
      return { source: { kind: 'message', id: from.messageId }, quote: message.body }
    }
    const quote = await this.documents.quote(work, from.documentId, from.paragraphId)
    const paragraph: Traced = { kind: 'paragraph', id: from.paragraphId }
    await this.links.add(work, { kind: 'document', id: from.documentId }, paragraph)
    if (from.messageId) {
      await openMessage(work, from.messageId)
      await this.links.add(work, { kind: 'message', id: from.messageId }, paragraph)
    }
    return { source: paragraph, quote }
  }
}
