import { z } from 'zod'
import { Attachment, ATTACHMENTS_OF_STATEMENT } from './attachments.js'
import { command, query } from './contract.js'
import { MessagePosition } from './message-positions.js'
import { Id, Instant, Language, May, Paragraph, Revision } from './values.js'

export const ThreadState = z.enum(['open', 'closed'])
/** Who may post: members only, or observers and stakeholders too. */
export const Floor = z.enum(['members', 'all'])

/** The whole room, or in private a delegation, a group, or those who conduct the round. */
export const ThreadVisibility = z.enum(['room', 'delegation', 'group', 'bureau'])
export type ThreadVisibility = z.infer<typeof ThreadVisibility>

/** Number of a guiding question of the agenda item, from 1. */
export const QuestionNo = z.int().min(1).max(20)

export const Thread = z.object({
  id: Id,
  roundId: Id,
  agendaItemId: Id,
  title: z.string(),
  visibility: ThreadVisibility,
  state: ThreadState,
  floor: Floor,
  /** Positions that are taken from now on are part of the record; the chair says so. */
  positionsOnRecord: z.boolean(),
  /** Seconds that lie between two statements of a seat; 0: none. */
  slowSeconds: z.int(),
  /** Statements wait until they are released. */
  reviewed: z.boolean(),
  revision: Revision,
  may: May,
})
export type Thread = z.infer<typeof Thread>

/** Whom a statement mentions: a whole delegation, or one person by the seat. */
export const Mention = z.object({ kind: z.enum(['delegation', 'seat']), id: Id })
export type Mention = z.infer<typeof Mention>

/** Words of another statement, as it read in that revision. */
const Quote = z.object({ messageId: Id, revision: Revision, words: Paragraph })
/** waiting, declined: before or instead of being released, seen by its author and those who review. hidden: its place says why. */
export const MessageState = z.enum(['shown', 'waiting', 'hidden', 'declined'])
export type MessageState = z.infer<typeof MessageState>

export const Message = z.object({
  id: Id,
  threadId: Id,
  /** The reply's parent statement. */
  parentId: Id.nullable(),
  authorName: z.string(),
  seatId: Id,
  delegationId: Id.nullable(),
  delegationCode: z.string().nullable(),
  delegationName: z.string().nullable(),
  role: z.string(),
  onBehalfOf: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  /** Empty of one that is hidden; its words are in the trail. */
  body: z.string(),
  state: MessageState,
  /** Why it is hidden or was not released. */
  withheld: z.object({ reason: z.string(), role: z.string(), at: Instant }).nullable(),
  /** The guiding question that it answers. */
  question: QuestionNo.nullable(),
  /** With the names under which they stand in the body, behind an `@`. */
  mentions: z.array(Mention.extend({ name: z.string() })),
  quote: Quote.extend({
    speaker: z.string(),
    language: Language,
    dir: z.enum(['ltr', 'rtl']),
    href: z.string(),
    /** The statement has another wording since. */
    reworded: z.boolean(),
  }).nullable(),
  /** None of one that is hidden. */
  attachments: z.array(Attachment),
  /** Where delegations stand on it now, in the order in which they said so. */
  positions: z.array(MessagePosition),
  postedAt: Instant,
  editedAt: Instant.nullable(),
  revision: Revision,
})
export type Message = z.infer<typeof Message>

export const getThread = query('dialogue.getThread', 'GET /threads/:threadId', {
  summary: 'A thread and its state.',
  input: z.object({ threadId: Id }),
  output: Thread,
})
export const listMessages = query('dialogue.listMessages', 'GET /threads/:threadId/messages', {
  summary: 'The statements of a thread in the order they were made.',
  input: z.object({ threadId: Id }),
  output: z.array(Message),
})
export const postMessage = command('dialogue.postMessage', 'POST /threads/:threadId/messages', {
  summary: 'Make a statement, for the delegation or on behalf of a group.',
  input: z.object({
    threadId: Id,
    body: Paragraph,
    language: Language,
    parentId: Id.optional(),
    onBehalfOf: Id.optional(),
    question: QuestionNo.optional(),
    mentions: z.array(Mention).max(20).default([]),
    quote: Quote.optional(),
    /** What was uploaded for it, from the same seat into the same thread. */
    attachmentIds: z.array(Id).max(ATTACHMENTS_OF_STATEMENT).default([]),
  }),
  output: Message,
})
export const editMessage = command('dialogue.editMessage', 'PATCH /messages/:messageId', {
  summary: 'Correct a statement; the earlier wording is kept.',
  input: z.object({ messageId: Id, body: Paragraph, revision: Revision }),
  output: Message,
})
export const listWordings = query('dialogue.listWordings', 'GET /messages/:messageId/wordings', {
  summary: 'All wordings that a statement had, oldest first.',
  input: z.object({ messageId: Id }),
  output: z.array(z.object({ body: z.string(), at: Instant, revision: Revision })),
})
export const conductThread = command('dialogue.conductThread', 'PATCH /threads/:threadId', {
  summary: 'Open or close a thread, say who has the floor, or whether positions are on the record.',
  input: z.object({
    threadId: Id,
    state: ThreadState.optional(),
    floor: Floor.optional(),
    positionsOnRecord: z.boolean().optional(),
    revision: Revision,
  }),
  output: Thread,
})
