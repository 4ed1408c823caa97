import { z } from 'zod'
import { CarryAct } from './carrying.js'
import { Message, Thread } from './dialogue.js'
import { MessagePosition } from './message-positions.js'
import { NoticeKind } from './notices.js'
import { Id, Instant, Language, Revision } from './values.js'

/** What of a session has changed. */
export const SessionChange = z.enum(['scheduled', 'moved', 'cancelled', 'status', 'item', 'sitting'])
export type SessionChange = z.infer<typeof SessionChange>

/**
 * What happened, by name. Every object's own `may` depends on the reader, so payloads carry what is the
 * same for all readers: a statement whole, everything else by id, to be asked for anew.
 */
export const EVENTS = {
  'round.moved': z.object({ roundId: Id, status: z.string() }),
  'round.ruled': z.object({ roundId: Id }),
  'delegation.changed': z.object({ delegationId: Id }),
  'seat.given': z.object({ seatId: Id }),
  /** Whoever was invited to it has chosen a password. */
  'seat.taken': z.object({ seatId: Id }),
  'seat.ended': z.object({ seatId: Id }),
  /** Whoever holds it was sent a new link to choose a password. */
  'seat.invited': z.object({ seatId: Id }),
  'body.formed': z.object({ bodyId: Id }),
  'session.changed': z.object({
    sessionId: Id,
    currentItemId: Id.nullable(),
    status: z.string(),
    changes: z.array(SessionChange),
  }),
  /** Asked, given, ended, moved, opened or closed: ask for the list of speakers anew. */
  'speakers.changed': z.object({ sessionId: Id, agendaItemId: Id }),
  /** A delegation has come or gone: ask for the presence anew. */
  'presence.changed': z.object({ sessionId: Id }),
  /** Of a session's review: what is on file, or what is asked. */
  'review.changed': z.object({ sessionId: Id }),
  /** The record of a session was written, or added to; without a session, the report of the round. */
  'record.changed': z.object({ sessionId: Id.nullable() }),
  /** What a round does with open recommendations of those before it. */
  'carryOver.decided': z.object({
    recommendationIds: z.array(Id),
    act: CarryAct,
    intoId: Id.nullable(),
    reason: z.string(),
  }),
  'agenda.changed': z.object({ sessionId: Id, agendaItemId: Id }),
  /** A private thread, to those who have it. */
  'thread.opened': z.object({ agendaItemId: Id, threadId: Id }),
  'thread.changed': z.object({ thread: Thread.omit({ may: true }) }),
  'message.posted': z.object({ message: Message }),
  'message.edited': z.object({ message: Message }),
  /** Hidden, restored, or not released. */
  'message.withheld': z.object({ message: Message }),
  /** To those who keep order, and whom it concerns: ask for the review queue and the own restraints anew. */
  'moderation.changed': z.object({ threadId: Id.nullable() }),
  /** Where delegations stand on a statement now. */
  'message.positioned': z.object({ threadId: Id, messageId: Id, positions: z.array(MessagePosition) }),
  /** It stands in another language now, or in better words there. */
  'message.translated': z.object({ threadId: Id, messageId: Id, language: Language }),
  /** A key point was published or withdrawn. */
  'keyPoint.changed': z.object({ threadId: Id }),
  'summary.published': z.object({ threadId: Id, no: z.int() }),
  /** To those who are told of something that concerns them, and nobody else. */
  'notice.made': z.object({ kind: NoticeKind }),
  /** To the seat from which notices were seen. */
  'notice.seen': z.object({}),
  /** Parked, raised for later, settled: ask for the board of the item anew. */
  'board.changed': z.object({ agendaItemId: Id }),
  'document.opened': z.object({ documentId: Id }),
  'document.moved': z.object({ documentId: Id, mode: z.string(), revision: Revision }),
  'document.versionKept': z.object({ documentId: Id, versionId: Id, name: z.string() }),
  /** `version` is the name of the version that was written again; null when only its number was given. */
  'document.restored': z.object({ documentId: Id, no: z.int(), restored: z.int(), version: z.string().nullable() }),
  /** A proposal, a position, a status or the text under them has changed. */
  'negotiation.moved': z.object({ documentId: Id }),
  /** A text in another language, or what it is measured by, has changed. `documentId` is the source. */
  'language.moved': z.object({ documentId: Id, versionId: Id }),
  /** A decision was asked for, taken, broken or extended. Never says who acted: a break of silence may not be told from it. */
  'decision.moved': z.object({ procedureId: Id, documentId: Id }),
  /** Somebody has voted. */
  'decision.voted': z.object({ procedureId: Id, delegationId: Id }),
  /** To those who take part, and nobody else. `documentId` is the text from which it was forked. */
  'informal.changed': z.object({ informalId: Id, documentId: Id }),
  'document.issued': z.object({ documentId: Id, issuedId: Id, symbol: z.string() }),
  /** What a plan says has been written down as it stood at log number `no`. */
  'plan.projected': z.object({ documentId: Id, no: z.int() }),
  'plan.adopted': z.object({ documentId: Id, no: z.int() }),
  /** Said, revised, resolved, or back with words that were gone: ask for the comments anew. */
  'comment.changed': z.object({ documentId: Id }),
  /** A finding or a guiding question was written, changed or withdrawn. */
  'diagnosis.changed': z.object({ roundId: Id }),
  /** What a paragraph rests on, the adoption of a vision, or which plans serve it. */
  'vision.changed': z.object({ documentId: Id }),
  'recommendation.made': z.object({ recommendationId: Id }),
  /** So many at once, from a file. */
  'recommendation.imported': z.object({ importId: Id, count: z.int() }),
  'recommendation.changed': z.object({ recommendationId: Id }),
  'listing.changed': z.object({ listingId: Id }),
  'match.changed': z.object({ matchId: Id, recommendationId: Id.nullable() }),
  'commitment.changed': z.object({ commitmentId: Id, recommendationId: Id.nullable() }),
  'report.changed': z.object({ reportId: Id, recommendationId: Id.nullable(), documentId: Id.nullable() }),
} as const

export type EventName = keyof typeof EVENTS
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>

export const Actor = z.object({
  personId: Id.nullable(),
  personName: z.string(),
  seatId: Id.nullable(),
  delegationId: Id.nullable(),
  delegationCode: z.string().nullable(),
})
export type Actor = z.infer<typeof Actor>

/** `seq` counts up by one per stream; what a reader may not see is left out, so numbers may be skipped. */
export const Happening = z.object({
  stream: z.string(),
  seq: z.number().int(),
  name: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]),
  payload: z.unknown(),
  actor: Actor,
  at: Instant,
})
export type Happening = z.infer<typeof Happening>

export const Stream = z.string().regex(/^round:[0-9a-f-]{36}$/)
export const streamOfRound = (roundId: string): string => `round:${roundId}`
export const Subscribe = z.object({
  stream: Stream,
  /** The last `seq` already applied; left out by a reader that starts afresh from now. */
  after: z.number().int().nonnegative().optional(),
  seat: Id.optional(),
})
/** Which session's page is open at this connection; null: none any more. */
export const Attend = z.object({ sessionId: Id.nullable(), seat: Id.optional() })
export const Command = z.object({
  name: z.string().max(100),
  input: z.unknown(),
  key: z.string().min(8).max(100).optional(),
  seat: Id.optional(),
})
