import { z } from 'zod'
import { command, query } from './contract.js'
import { Done, Id, Instant, NoInput } from './values.js'

/** What a seat is told because it follows a thread. */
export const Notice = z.object({
  number: z.int(),
  kind: z.enum(['key_point', 'summary', 'mention']),
  threadTitle: z.string(),
  href: z.string(),
  at: Instant,
  seenAt: Instant.nullable(),
})
export type Notice = z.infer<typeof Notice>

export const followThread = command('dialogue.followThread', 'PUT /threads/:threadId/following', {
  summary: 'Be told of key points and summaries of a thread, or no longer.',
  input: z.object({ threadId: Id, follow: z.boolean() }),
  output: z.object({ following: z.boolean(), followers: z.int() }),
})
export const listNotices = query('dialogue.listNotices', 'GET /notices', {
  summary: 'What the seat was told, the latest first.',
  input: NoInput,
  output: z.array(Notice),
})
export const seeNotices = command('dialogue.seeNotices', 'POST /notices/seen', {
  summary: 'Say up to which notice the seat has seen them.',
  input: z.object({ upTo: z.int().positive() }),
  output: Done,
})
