import { z } from 'zod'
import { command, query } from './contract.js'
import { Id, Line } from './values.js'

/* Lists as somebody has narrowed them, kept under a name for the same seat. */

/** What follows the address of the register, `?status=proposed&goal=9`. */
const Narrowed = z
  .string()
  .max(500)
  .regex(/^\?[\w.~*%+=&-]+$/)

export const SavedView = z.object({ id: Id, name: z.string(), query: z.string() })
export type SavedView = z.infer<typeof SavedView>

export const listViews = query('savedViews.listViews', 'GET /rounds/:roundId/views', {
  summary: 'The views of the register that the acting seat has kept, by name.',
  input: z.object({ roundId: Id }),
  output: z.array(SavedView),
})
export const keepView = command('savedViews.keepView', 'POST /rounds/:roundId/views', {
  summary: 'Keep how the register is narrowed under a name; one of the same name is replaced.',
  input: z.object({ roundId: Id, name: Line, query: Narrowed }),
  output: SavedView,
})
export const dropView = command('savedViews.dropView', 'DELETE /views/:viewId', {
  summary: 'Keep a view of the register no longer.',
  input: z.object({ viewId: Id }),
  output: z.object({ viewId: Id }),
})
