import { z } from 'zod'
import { command, query } from './contract.js'
import { Role } from './identity.js'
import { Id, Instant, Revision } from './values.js'

export const MESSAGE_POSITION_KINDS = ['supports', 'can_live_with', 'has_concerns'] as const
export const MessagePositionKind = z.enum(MESSAGE_POSITION_KINDS)
export type MessagePositionKind = z.infer<typeof MessagePositionKind>

/** Where a delegation stands on a statement. */
export const MessagePosition = z.object({
  delegationId: Id,
  code: z.string(),
  name: z.string(),
  kind: MessagePositionKind,
  byName: z.string(),
  role: Role,
  at: Instant,
  /** As the thread was when it was taken. */
  onRecord: z.boolean(),
  /** Of the statement, when the position was taken. */
  revision: Revision,
})
export type MessagePosition = z.infer<typeof MessagePosition>

const Positions = z.array(MessagePosition)

export const standOn = command('dialogue.standOn', 'PUT /messages/:messageId/position', {
  summary: 'Say where the delegation stands on a statement, as it is worded in that revision.',
  input: z.object({ messageId: Id, kind: MessagePositionKind, revision: Revision }),
  output: Positions,
})
export const standDown = command('dialogue.standDown', 'DELETE /messages/:messageId/position', {
  summary: 'Withdraw the position of the delegation. What was on the record stays there as withdrawn.',
  input: z.object({ messageId: Id }),
  output: Positions,
})
export const listPositions = query('dialogue.listPositions', 'GET /messages/:messageId/positions', {
  summary: 'The positions on a statement, those on the record also when they were changed or withdrawn.',
  input: z.object({ messageId: Id }),
  output: z.array(MessagePosition.extend({ endedAt: Instant.nullable() })),
})
