import { z } from 'zod'
import { command, query } from './contract.js'
import { Credentials, DelegationKind } from './identity.js'
import { Id, Instant, May } from './values.js'

/*
 * Who is present at a session. A delegation is online while one of its seats has the session's page open, and in the
 * room when the chair or the secretariat says so. Either is present; for the quorum count members with credentials.
 */

export const PresentDelegation = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  kind: DelegationKind,
  credentials: Credentials,
  inRoom: z.boolean(),
  online: z.boolean(),
  /** Counts for the quorum: a member whose credentials are accepted or provisional. */
  counts: z.boolean(),
})
export type PresentDelegation = z.infer<typeof PresentDelegation>

export const Presence = z.object({
  sessionId: Id,
  /** Every delegation of the round, members first. */
  delegations: z.array(PresentDelegation),
  /** Members present of all members that count, and how many decisions need. */
  present: z.int(),
  members: z.int(),
  quorum: z.int(),
  at: Instant,
  may: May,
})
export type Presence = z.infer<typeof Presence>

export const getPresence = query('presence.getPresence', 'GET /sessions/:sessionId/presence', {
  summary: 'Which delegations are present at a session, with the quorum.',
  input: z.object({ sessionId: Id }),
  output: Presence,
})
export const declareInRoom = command('presence.declareInRoom', 'PUT /sessions/:sessionId/presence/:delegationId', {
  summary: 'Say that a delegation is in the room, or has left it.',
  input: z.object({ sessionId: Id, delegationId: Id, inRoom: z.boolean() }),
  output: Presence,
})
