import { z } from 'zod'
import { query } from './contract.js'

export const TraceKind = z.enum([
  'session',
  'thread',
  'message',
  'document',
  'paragraph',
  'decision',
  'recommendation',
  'listing',
  'match',
  'commitment',
  'report',
])
export type TraceKind = z.infer<typeof TraceKind>

export const TraceNode = z.object({
  kind: TraceKind,
  id: z.string(),
  title: z.string(),
  /** Delegation code or symbol, to be shown before the title. */
  code: z.string().nullable(),
  href: z.string(),
  /** Steps away: negative is what it came from, positive is what came of it, 0 is the object itself. */
  distance: z.number().int(),
})
export type TraceNode = z.infer<typeof TraceNode>

export const getTrace = query('trace.getTrace', 'GET /trace/:kind/:id', {
  summary: 'What an object came from and what came of it, as far as the seat may see it.',
  input: z.object({ kind: TraceKind, id: z.string().min(1).max(64) }),
  output: z.array(TraceNode),
})
