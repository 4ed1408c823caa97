import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { streamOfRound } from '@multilogue/shared/events'
import {
  flagMessage,
  getFlag,
  getRestraint,
  getReviewQueue,
  orderThread,
  reviewMessage,
  withdrawFlag,
} from '@multilogue/shared/moderation'
import { must, mustBe } from '../access/caller.js'
import { keepsOrder, mayFlag, visibleMessage, visibleThread } from '../access/dialogue.access.js'
import { seatIn } from '../access/round.access.js'
import { Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { bareThread, messageView, withThreadActs } from '../dialogue/dialogue.views.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { keepersAnd } from './keepers.js'
import { flagsOn, queueOf } from './moderation.views.js'
import { restraintOf } from './restraints.js'
import { ACT_OF, afterReview } from './review.workflow.js'

const PRIVATE = 'Nobody keeps order in a private thread.'
const NOT_KEEPER = 'Only the chair or the secretariat keeps order.'

/** Flags, and what chair and secretariat do with statements. */
@Injectable()
export class ModerationService {
  @Handles(getReviewQueue)
  async getReviewQueue(work: Reading, { roundId }: InputOf<typeof getReviewQueue>) {
    must(keepsOrder(seatIn(work.caller, roundId)), NOT_KEEPER)
    return queueOf(work, roundId)
  }

  @Handles(getRestraint)
  async getRestraint(work: Reading, { threadId }: InputOf<typeof getRestraint>) {
    const { thread, seat } = await visibleThread(work, threadId)
    return restraintOf(work, thread, seat)
  }

  @Handles(getFlag)
  async getFlag(work: Reading, { messageId }: InputOf<typeof getFlag>) {
    await visibleMessage(work, messageId)
    const flag = await row<{ reason: string }>(
      work.db,
      `SELECT reason FROM message_flag WHERE message_id = $1 AND person_id = $2 AND settled_at IS NULL`,
      [messageId, work.caller.personId],
    )
    return { reason: flag?.reason ?? null }
  }

  /** Once for each person; a flag that was decided on may be made anew. */
  @Handles(flagMessage)
  async flagMessage(work: Writing, { messageId, reason }: InputOf<typeof flagMessage>) {
    const { message, thread, seat } = await visibleMessage(work, messageId, 'lock')
    must(mayFlag(seat) && message.seat_id !== seat.id, 'Your seat does not flag this statement.')
    mustBe(thread.visibility === 'room', PRIVATE)
    mustBe(message.state === 'shown', `The statement is ${message.state}.`)
    const made = await row(
      work.db,
      `INSERT INTO message_flag (message_id, person_id, seat_id, reason, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (message_id, person_id) DO UPDATE SET seat_id = $3, reason = $4, at = $5, settled_at = NULL
         WHERE message_flag.settled_at IS NOT NULL RETURNING 1 AS one`,
      [messageId, work.caller.personId, seat.id, reason, work.now],
    )
    if (!made) throw new Refusal('already-exists')
    await this.keep(work, messageId, 'flagged', reason)
    this.tellKeepers(work, thread, [seat.id])
    return { reason }
  }

  @Handles(withdrawFlag)
  async withdrawFlag(work: Writing, { messageId }: InputOf<typeof withdrawFlag>) {
    const { message, thread, seat } = await visibleMessage(work, messageId, 'lock')
    must(mayFlag(seat) && message.seat_id !== seat.id, 'Your seat does not flag this statement.')
    const taken = await row(
      work.db,
      `DELETE FROM message_flag WHERE message_id = $1 AND person_id = $2 AND settled_at IS NULL RETURNING 1 AS one`,
      [messageId, work.caller.personId],
    )
    mustBe(taken !== undefined, 'You have not flagged it, or it was decided on.')
    await this.keep(work, messageId, 'unflagged', '')
    this.tellKeepers(work, thread, [seat.id])
    return { reason: null }
  }

  @Handles(reviewMessage)
  async reviewMessage(work: Writing, { messageId, decision, reason, seen }: InputOf<typeof reviewMessage>) {
    const { db, now, record } = work
    const { message, thread, seat } = await visibleMessage(work, messageId, 'lock')
    must(keepsOrder(seat), NOT_KEEPER)
    const state = afterReview(message.state, decision, await flagsOn(db, messageId))
    mustBe(message.state === seen && state !== undefined, `The statement is ${message.state}.`)
    await db.query(
      `UPDATE message SET state = $2, state_reason = nullif($3, ''), state_at = $4, state_seat_id = $5 WHERE id = $1`,
      [messageId, state, reason, now, seat.id],
    )
    await db.query(`UPDATE message_flag SET settled_at = $2 WHERE message_id = $1 AND settled_at IS NULL`, [
      messageId,
      now,
    ])
    await this.keep(work, messageId, ACT_OF[decision], reason)
    if (state === 'hidden') await forgetWords(work, thread.round_id, messageId)
    const told = (await messageView(db, messageId))!
    const concerned = keepersAnd([message.seat_id])
    if (decision === 'release') record(thread.round_id, 'message.posted', { message: told })
    else if (decision === 'decline') record(thread.round_id, 'message.withheld', { message: told }, concerned)
    else if (decision !== 'dismiss') record(thread.round_id, 'message.withheld', { message: told })
    record(thread.round_id, 'moderation.changed', { threadId: thread.id }, concerned)
    return told
  }

  @Handles(orderThread)
  async orderThread(work: Writing, { threadId, slowSeconds, reviewed, revision }: InputOf<typeof orderThread>) {
    const { thread: found, seat } = await visibleThread(work, threadId, 'lock')
    must(keepsOrder(seat), NOT_KEEPER)
    mustBe(found.visibility === 'room', PRIVATE)
    mustStandAt(found.revision, revision)
    await work.db.query(`UPDATE thread SET slow_seconds = $2, reviewed = $3, revision = revision + 1 WHERE id = $1`, [
      threadId,
      slowSeconds ?? found.slow_seconds,
      reviewed ?? found.reviewed,
    ])
    const thread = (await bareThread(work.db, threadId))!
    work.record(found.round_id, 'thread.changed', { thread })
    return withThreadActs(thread, seat)
  }

  private keep({ db, caller, now }: Writing, messageId: string, act: string, reason: string): Promise<void> {
    const by = { person_id: caller.personId, seat_id: caller.seat!.id, at: now }
    return insert(db, 'moderation_act', { message_id: messageId, act, reason, ...by })
  }

  private tellKeepers(work: Writing, thread: { id: string; round_id: string }, seatIds: string[]): void {
    const audience = keepersAnd(seatIds)
    work.record(thread.round_id, 'moderation.changed', { threadId: thread.id }, audience)
  }
}

/** Who was away and is told now what happened is not told the hidden words. They stay with the statement and its trail. */
const forgetWords = ({ db }: Writing, roundId: string, messageId: string): Promise<unknown> =>
  db.query(
    `UPDATE event SET payload = jsonb_set(jsonb_set(payload, '{message,body}', '""'), '{message,attachments}', '[]')
     WHERE stream = $1 AND name IN ('message.posted', 'message.edited', 'message.withheld') AND payload->'message'->>'id' = $2`,
    [streamOfRound(roundId), messageId],
  )
