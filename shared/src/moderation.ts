import { z } from 'zod'
import { command, query } from './contract.js'
import { Message, MessageState, Thread } from './dialogue.js'
import { Done, Id, Instant, May, OptionalParagraph, Revision, written } from './values.js'

/*
 * Keeping order in the dialogue. Whatever is done with a statement, its words and all their wordings stay; what is
 * hidden shows why in its place.
 */

const Reason = written(500).min(1)

/** What chair and secretariat do with a statement that was flagged or that waits. */
export const ReviewDecision = z.enum(['hide', 'restore', 'dismiss', 'release', 'decline'])
export type ReviewDecision = z.infer<typeof ReviewDecision>

export const ModerationAct = z.object({
  act: z.enum(['flagged', 'unflagged', 'hidden', 'restored', 'dismissed', 'released', 'declined']),
  reason: z.string(),
  byName: z.string(),
  role: z.string(),
  delegationCode: z.string().nullable(),
  at: Instant,
})

export const QueueItem = z.object({
  /** With its words, whatever everybody else sees of it. */
  message: Message,
  threadTitle: z.string(),
  href: z.string(),
  /** Flags that nobody has decided on. */
  flags: z.int(),
  trail: z.array(ModerationAct),
  wordings: z.array(z.object({ body: z.string(), at: Instant, revision: Revision })),
  /** A `ReviewDecision` each, and `mute`. */
  may: May,
})
export type QueueItem = z.infer<typeof QueueItem>

export const Mute = z.object({
  seatId: Id,
  name: z.string(),
  delegationCode: z.string().nullable(),
  reason: z.string(),
  until: Instant,
  byName: z.string(),
})
export type Mute = z.infer<typeof Mute>

export const ReviewQueue = z.object({
  /** Flagged, or waiting to be released; the one that came first is first. */
  open: z.array(QueueItem),
  /** Hidden or not released; the last one first. */
  withheld: z.array(QueueItem),
  mutes: z.array(Mute),
  now: Instant,
})
export type ReviewQueue = z.infer<typeof ReviewQueue>

/** What holds back the acting seat's next statement in a thread. */
export const Restraint = z.object({
  muted: z.object({ until: Instant, reason: z.string() }).nullable(),
  /** Under slow mode; null: at once. */
  nextAt: Instant.nullable(),
  /** It will wait until it is released. */
  reviewed: z.boolean(),
  now: Instant,
})
export type Restraint = z.infer<typeof Restraint>

export const getReviewQueue = query('moderation.getReviewQueue', 'GET /rounds/:roundId/moderation', {
  summary: 'The statements of a round that are flagged, wait or are withheld, with their trail, and who is muted.',
  input: z.object({ roundId: Id }),
  output: ReviewQueue,
})
export const getRestraint = query('moderation.getRestraint', 'GET /threads/:threadId/restraint', {
  summary: 'Whether and when the acting seat may make its next statement in a thread.',
  input: z.object({ threadId: Id }),
  output: Restraint,
})
export const getFlag = query('moderation.getFlag', 'GET /messages/:messageId/flag', {
  summary: 'Why one has flagged a statement oneself; null when one has not, or it was decided on.',
  input: z.object({ messageId: Id }),
  output: z.object({ reason: z.string().nullable() }),
})
export const flagMessage = command('moderation.flagMessage', 'PUT /messages/:messageId/flag', {
  summary: 'Ask chair and secretariat to look at a statement. Nobody else is told.',
  input: z.object({ messageId: Id, reason: Reason }),
  output: z.object({ reason: z.string().nullable() }),
})
export const withdrawFlag = command('moderation.withdrawFlag', 'DELETE /messages/:messageId/flag', {
  summary: 'Take the own flag back.',
  input: z.object({ messageId: Id }),
  output: z.object({ reason: z.string().nullable() }),
})
export const reviewMessage = command('moderation.reviewMessage', 'POST /messages/:messageId/review', {
  summary:
    'Hide or restore a statement, dismiss its flags, release it or decline to. The reason is shown in its place.',
  input: z
    .object({
      messageId: Id,
      decision: ReviewDecision,
      reason: OptionalParagraph.max(500).default(''),
      /** As it was seen: two who review do not overrule each other unseen. */
      seen: MessageState,
    })
    .refine(({ decision, reason }) => (decision !== 'hide' && decision !== 'decline') || reason !== '', {
      path: ['reason'],
      error: 'Say why; it is shown in the place of the statement.',
    }),
  output: Message,
})
export const orderThread = command('moderation.orderThread', 'PATCH /threads/:threadId/order', {
  summary: 'Set how many seconds lie between two statements of a seat, and whether statements wait for release.',
  input: z.object({
    threadId: Id,
    slowSeconds: z.int().min(0).max(3600).optional(),
    reviewed: z.boolean().optional(),
    revision: Revision,
  }),
  output: Thread,
})
export const mutePerson = command('moderation.mutePerson', 'PUT /seats/:seatId/mute', {
  summary: 'Let a person make no statements in the round for a while. Floor, points of order and votes stay free.',
  input: z.object({ seatId: Id, minutes: z.int().min(1).max(10_080), reason: Reason }),
  output: Mute,
})
export const liftMute = command('moderation.liftMute', 'DELETE /seats/:seatId/mute', {
  summary: 'Let a person make statements again before the time.',
  input: z.object({ seatId: Id }),
  output: Done,
})
