import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  conductThread,
  editMessage,
  getThread,
  listMessages,
  listWordings,
  postMessage,
  type Mention,
  type MessageState,
} from '@multilogue/shared/dialogue'
import { accredited, conducts, decides, must, mustBe, type ActingSeat } from '../access/caller.js'
import {
  mayReadWordings,
  maySetRecord,
  maySpeak,
  visibleMessage,
  visibleThread,
  type ThreadRow,
} from '../access/dialogue.access.js'
import { newId } from '../common/ids.js'
import { invalidInput } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { mustBeUnrestrained, mustNotBeMuted } from '../moderation/restraints.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { keepAttachments } from './attaching.js'
import { keepMentions, mustBeInRound, mustHaveSaid, type Quoted } from './references.js'
import { tellIn } from './hearers.js'
import { bareThread, messagesOf, messageView, withThreadActs, wordingsOf } from './dialogue.views.js'

interface Said {
  personId: string
  seatId: string
  onBehalfOf?: string | null
  parentId?: string
  language: string
  body: string
  question?: number
  mentions?: Mention[]
  quote?: Quoted
  attachmentIds?: string[]
  state?: MessageState
}

@Injectable()
export class DialogueService {
  constructor(private readonly links: TraceLinks) {}

  /** Opens the thread of an agenda item. Called by the rounds room when it adds the item. */
  async openThread({ db }: Writing, thread: { roundId: string; agendaItemId: string; title: string }): Promise<string> {
    const id = newId()
    await insert(db, 'thread', {
      id,
      round_id: thread.roundId,
      agenda_item_id: thread.agendaItemId,
      title: thread.title,
    })
    return id
  }

  @Handles(getThread)
  async getThread(work: Reading, { threadId }: InputOf<typeof getThread>) {
    const { seat } = await visibleThread(work, threadId)
    return withThreadActs((await bareThread(work.db, threadId))!, seat)
  }

  @Handles(listMessages)
  async listMessages(work: Reading, { threadId }: InputOf<typeof listMessages>) {
    const { seat } = await visibleThread(work, threadId)
    return messagesOf(work.db, threadId, seat)
  }

  /** The thread's row is locked, so that a statement made while the chair closes the thread is either before or refused. */
  @Handles(postMessage)
  async postMessage(work: Writing, input: InputOf<typeof postMessage>) {
    const { caller } = work
    const { thread, seat } = await visibleThread(work, input.threadId, 'lock')
    mustBe(thread.state === 'open', 'The thread is closed.')
    must(maySpeak(seat, thread), 'Your seat has no floor in this thread.')
    mustBe(thread.visibility === 'room' || !input.onBehalfOf, 'On behalf of a group one speaks before all.')
    const { reviewed } = await mustBeUnrestrained(work, thread, seat)
    if (input.parentId) await this.mustBeIn(work, input.parentId, thread.id)
    if (input.onBehalfOf) await this.mustSpeakFor(work, seat, input.onBehalfOf)
    if (input.question) await mustBeQuestionOf(work, thread, input.question)
    await mustBeInRound(work, thread.round_id, input.mentions)
    if (input.quote) await mustHaveSaid(work, thread, input.quote)
    const id = await this.publish(work, thread.id, {
      ...{ ...input, personId: caller.personId, seatId: seat.id },
      state: reviewed ? 'waiting' : 'shown',
    })
    return (await messageView(work.db, id))!
  }

  /** Called by the speakers room too, when a statement that was handed in has been spoken; who may has been asked. */
  async publish(work: Writing, threadId: string, said: Said): Promise<string> {
    const { db, now } = work
    const id = newId()
    await insert(db, 'message', {
      id,
      thread_id: threadId,
      parent_id: said.parentId ?? null,
      person_id: said.personId,
      seat_id: said.seatId,
      body_id: said.onBehalfOf ?? null,
      language: said.language,
      body: said.body,
      question: said.question ?? null,
      quoted_id: said.quote?.messageId ?? null,
      quoted_revision: said.quote?.revision ?? null,
      quoted_words: said.quote?.words ?? null,
      state: said.state ?? 'shown',
      posted_at: now,
    })
    await keepMentions(work, id, said.mentions ?? [])
    await keepAttachments(work, { id, threadId, seatId: said.seatId }, said.attachmentIds ?? [])
    await this.links.add(work, { kind: 'thread', id: threadId }, { kind: 'message', id })
    const message = (await messageView(db, id))!
    await tellIn(work, threadId, 'message.posted', { message }, message)
    if (message.state === 'waiting') await tellIn(work, threadId, 'moderation.changed', { threadId }, message)
    return id
  }

  /** The author corrects the own statement from the seat it was made from; the earlier wording is kept. */
  @Handles(editMessage)
  async editMessage(work: Writing, { messageId, body, revision }: InputOf<typeof editMessage>) {
    const { db, now } = work
    const { message, thread, seat } = await visibleMessage(work, messageId, 'lock')
    must(message.seat_id === seat.id, 'Only its author corrects a statement.')
    mustBe(thread.state === 'open', 'The thread is closed.')
    must(maySpeak(seat, thread), 'Your seat has no floor in this thread.')
    mustBe(message.state === 'shown' || message.state === 'waiting', `The statement is ${message.state}.`)
    await mustNotBeMuted(work, thread, seat)
    mustStandAt(message.revision, revision)
    await insert(db, 'message_wording', {
      message_id: messageId,
      revision: message.revision,
      body: message.body,
      at: message.edited_at ?? message.posted_at,
    })
    await db.query(`UPDATE message SET body = $2, edited_at = $3, revision = revision + 1 WHERE id = $1`, [
      messageId,
      body,
      now,
    ])
    const edited = (await messageView(db, messageId))!
    await tellIn(work, thread.id, 'message.edited', { message: edited }, edited)
    return edited
  }

  @Handles(listWordings)
  async listWordings(work: Reading, { messageId }: InputOf<typeof listWordings>) {
    const { message, seat } = await visibleMessage(work, messageId)
    must(mayReadWordings(seat, message), 'The statement is hidden.')
    return (await wordingsOf(work.db, [messageId])).map(({ messageId: _, ...wording }) => wording)
  }

  @Handles(conductThread)
  async conductThread(work: Writing, input: InputOf<typeof conductThread>) {
    const { db, record } = work
    const { threadId, state, floor, positionsOnRecord, revision } = input
    const { thread: found, seat } = await visibleThread(work, threadId, 'lock')
    mustBe(found.visibility === 'room', 'A private thread is not conducted.')
    must(conducts(seat), 'Only the chair or the secretariat conducts a thread.')
    const isRecordSet = positionsOnRecord !== undefined && positionsOnRecord !== found.positions_on_record
    must(!isRecordSet || maySetRecord(seat), 'Only the chair says whether positions are on the record.')
    mustStandAt(found.revision, revision)
    if (state === 'open') await mustBeOpenItem(work, found)
    await db.query(
      `UPDATE thread SET state = $2, floor = $3, positions_on_record = $4, revision = revision + 1 WHERE id = $1`,
      [threadId, state ?? found.state, floor ?? found.floor, positionsOnRecord ?? found.positions_on_record],
    )
    const thread = (await bareThread(db, threadId))!
    record(found.round_id, 'thread.changed', { thread })
    return withThreadActs(thread, seat)
  }

  private async mustBeIn({ db }: Reading, messageId: string, threadId: string): Promise<void> {
    const parent = await row(db, `SELECT 1 FROM message WHERE id = $1 AND thread_id = $2`, [messageId, threadId])
    if (!parent) throw invalidInput('parentId', 'Not a statement of this thread.')
  }

  /** A group speaks through the head or alternate of one of its members. */
  private async mustSpeakFor({ db }: Reading, seat: ActingSeat, bodyId: string): Promise<void> {
    const member =
      accredited(seat) && decides(seat)
        ? await row(db, `SELECT 1 FROM body_member WHERE body_id = $1 AND delegation_id = $2`, [
            bodyId,
            seat.delegationId,
          ])
        : undefined
    must(member !== undefined, 'Only the head or alternate of a member speaks for a group.')
  }
}

async function mustBeOpenItem({ db }: Reading, { agenda_item_id: id }: ThreadRow): Promise<void> {
  const item = await row<{ state: string }>(db, `SELECT state FROM agenda_item WHERE id = $1 FOR SHARE`, [id])
  mustBe(item!.state === 'open', 'The agenda item is closed.')
}

/** @throws Refusal invalid-input */
export async function mustBeQuestionOf(
  { db }: Reading,
  { agenda_item_id: id }: Pick<ThreadRow, 'agenda_item_id'>,
  no: number,
): Promise<void> {
  const item = await row<{ count: number }>(
    db,
    `SELECT cardinality(questions) AS count FROM agenda_item WHERE id = $1`,
    [id],
  )
  if (no > item!.count) throw invalidInput('question', 'The item has no such guiding question.')
}
