import { z } from 'zod'
import { command, query } from './contract.js'
import { ItemState } from './rounds.js'
import { Day, Id, Instant, Line, May, OptionalLine, OptionalParagraph, Paragraph, Revision } from './values.js'

/*
 * What comes of an agenda item. Recommendations, requests and offers are made in their own rooms and found by the
 * statement that they came of; what is parked and what arises for a later session is kept by the item itself.
 */

export const ActionKind = z.enum(['recommendation', 'request', 'offer', 'parked', 'arising'])
export type ActionKind = z.infer<typeof ActionKind>

export const Action = z.object({
  kind: ActionKind,
  id: Id,
  title: z.string(),
  owner: z.string(),
  dueOn: Day.nullable(),
  /** In its own room's words. */
  state: z.string(),
  reason: z.string(),
  /** Where it is seen to; null when that is here. */
  href: z.string().nullable(),
  messageId: Id,
  /** Of the delegation that made the statement. */
  code: z.string().nullable(),
  /** The item to which it goes, or from which it came. */
  item: z.object({ id: Id, number: z.string(), title: z.string(), sessionId: Id, startsAt: Instant }).nullable(),
  /** It came from an earlier item. */
  arrived: z.boolean(),
  /** Neither an owner nor a date. */
  unowned: z.boolean(),
  revision: Revision,
  may: May,
})
export type Action = z.infer<typeof Action>

export const Board = z.object({
  agendaItemId: Id,
  state: ItemState,
  closedAt: Instant.nullable(),
  /** Why it was closed although an action had neither owner nor date. */
  closedReason: z.string(),
  actions: z.array(Action),
  /** Items of later sessions, to which a matter may be sent. */
  later: z.array(z.object({ id: Id, number: z.string(), title: z.string(), sessionTitle: z.string() })),
  revision: Revision,
  may: May,
})
export type Board = z.infer<typeof Board>

export const getBoard = query('dialogue.getBoard', 'GET /items/:agendaItemId/board', {
  summary: 'What came of an agenda item, with owner and date.',
  input: z.object({ agendaItemId: Id }),
  output: Board,
})
const onStatement = { messageId: Id, title: Line }
export const park = command('dialogue.park', 'POST /messages/:messageId/parking', {
  summary: 'Leave a matter for later, with the reason.',
  input: z.object({
    ...onStatement,
    reason: Paragraph,
    owner: OptionalLine.default(''),
    dueOn: Day.nullable().default(null),
  }),
  output: Action,
})
export const raiseLater = command('dialogue.raiseLater', 'POST /messages/:messageId/arising', {
  summary: 'Send a matter to an item of a later session, as a matter arising.',
  input: z.object({ ...onStatement, reason: OptionalParagraph.default(''), toItemId: Id }),
  output: Action,
})
export const settleAction = command('dialogue.settleAction', 'PATCH /actions/:actionId', {
  summary: 'Say who sees to a parked or arising matter, until when, or that it is done.',
  input: z.object({
    actionId: Id,
    owner: OptionalLine,
    dueOn: Day.nullable(),
    state: z.enum(['open', 'done']),
    revision: Revision,
  }),
  output: Action,
})
export const closeItem = command('dialogue.closeItem', 'PATCH /items/:agendaItemId', {
  summary: 'Close an agenda item with its thread, or open both again. A reason is needed while an action is unowned.',
  input: z.object({
    agendaItemId: Id,
    state: ItemState,
    reason: OptionalParagraph.default(''),
    revision: Revision,
  }),
  output: Board,
})
