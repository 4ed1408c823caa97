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
import { newId } from '../common/ids.js'
import { invalidInput, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row, rows } from '../common/sql.js'
import { DocumentsService } from '../documents/documents.service.js'
import { mayRecommend } from '../rounds/rounds.views.js'
import { TraceLinks, type Traced } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
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
    const { db, caller, now, record } = work
    const seat = seatIn(caller, input.roundId)
    must(mayRecommend(seat), 'Your seat makes no recommendations.')
    const { source, quote } = await this.readSource(work, input.from)
    await db.query(`SELECT 1 FROM round WHERE id = $1 FOR UPDATE`, [input.roundId])
    const next = await row<{ number: number }>(
      db,
      `SELECT coalesce(max(number), 0) + 1 AS number FROM recommendation WHERE round_id = $1`,
      [input.roundId],
    )
    const id = newId()
    await insert(db, 'recommendation', {
      id,
      round_id: input.roundId,
      number: next!.number,
      ...columnsOf(input),
      language: input.language,
      quote,
      seat_id: seat.id,
      created_at: now,
    })
    await this.address(work, id, input.roundId, input.addresseeIds)
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
    await db.query(`DELETE FROM recommendation_addressee WHERE recommendation_id = $1`, [recommendation.id])
    await this.address(work, recommendation.id, recommendation.round_id, input.addresseeIds)
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
    await work.db.query(
      `UPDATE recommendation SET state = 'withdrawn', withdrawn_reason = $2, revision = revision + 1 WHERE id = $1`,
      [recommendationId, reason],
    )
    return this.changed(work, recommendationId)
  }

  /** The answer may change from noted to supported and back; the latest stands. */
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

  private async address({ db }: Writing, id: string, roundId: string, addresseeIds: string[]): Promise<void> {
    const ids = [...new Set(addresseeIds)]
    const members = await rows(
      db,
      `SELECT 1 FROM delegation WHERE round_id = $1 AND kind = 'member' AND id = ANY($2)`,
      [roundId, ids],
    )
    if (members.length !== ids.length) throw invalidInput('addresseeIds', 'Not a member delegation of this round.')
    await db.query(
      `INSERT INTO recommendation_addressee (recommendation_id, delegation_id) SELECT $1, unnest($2::uuid[])`,
      [id, ids],
    )
  }

  /** What it is made from, and the words as they stood at this moment. */
  private async readSource(work: Writing, from: Source): Promise<{ source?: Traced; quote: string }> {
    if (!from) return { quote: '' }
    if (from.kind === 'message') {
      const { message } = await openMessage(work, from.messageId)
      return { source: { kind: 'message', id: from.messageId }, quote: message.body }
    }
    const quote = await this.documents.quote(work, from.documentId, from.paragraphId)
    await this.links.add(work, { kind: 'document', id: from.documentId }, { kind: 'paragraph', id: from.paragraphId })
    return { source: { kind: 'paragraph', id: from.paragraphId }, quote }
  }
}

type Fields = Omit<InputOf<typeof reviseRecommendation>, 'recommendationId' | 'revision' | 'addresseeIds'>

const columnsOf = ({ title, action, rationale, force, owner, dueOn, measure, sdgTargets }: Fields) => ({
  title,
  action,
  rationale,
  force,
  owner,
  due_on: dueOn,
  measure,
  sdg_targets: sdgTargets,
})
