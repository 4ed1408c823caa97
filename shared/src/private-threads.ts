import { z } from 'zod'
import { command, query } from './contract.js'
import { Thread, ThreadVisibility } from './dialogue.js'
import { Id } from './values.js'

/** A thread beside that of the room, which the seat has or may open. */
export const PrivateThread = z.object({
  /** Null as long as nobody has opened it. */
  id: Id.nullable(),
  visibility: ThreadVisibility.exclude(['room']),
  bodyId: Id.nullable(),
  /** Of the delegation or the group; empty for the bureau. */
  name: z.string(),
  statements: z.int(),
})
export type PrivateThread = z.infer<typeof PrivateThread>

export const listPrivateThreads = query('dialogue.listPrivateThreads', 'GET /items/:agendaItemId/threads', {
  summary: 'The private threads of the seat on an agenda item, those not opened yet too.',
  input: z.object({ agendaItemId: Id }),
  output: z.array(PrivateThread),
})
export const openPrivateThread = command('dialogue.openPrivateThread', 'POST /items/:agendaItemId/threads', {
  summary: 'Open the private thread of the delegation, a group or the bureau; one that is open already is found.',
  input: z.object({
    agendaItemId: Id,
    visibility: PrivateThread.shape.visibility,
    bodyId: Id.optional(),
  }),
  output: Thread,
})
