import { z } from 'zod'
import { query } from './contract.js'
import { Id, Instant, Language } from './values.js'

export const FOUND_KINDS = ['statement', 'key_point', 'summary', 'paragraph', 'recommendation'] as const
export const FoundKind = z.enum(FOUND_KINDS)
export type FoundKind = z.infer<typeof FoundKind>

export const Found = z.object({
  kind: FoundKind,
  /** Of the statement, the key point, and so on; for a paragraph that of its text. */
  id: Id,
  /** Who said it, or what it stands in. */
  title: z.string(),
  /** Of the delegation that said it. */
  code: z.string().nullable(),
  href: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  /** The words around what was looked for; `hit` are those that were. */
  excerpt: z.array(z.object({ text: z.string(), hit: z.boolean() })),
  at: Instant.nullable(),
})
export type Found = z.infer<typeof Found>

export const search = query('search.search', 'GET /rounds/:roundId/search', {
  summary: 'What was said and written in a round and holds the words, in any of the six languages; the best first.',
  input: z.object({
    roundId: Id,
    /** As people type them: words, "a phrase", `or`, `-without`. */
    words: z.string().trim().min(1).max(200),
    kind: FoundKind.optional(),
    delegationId: Id.optional(),
    agendaItemId: Id.optional(),
    /** Only what the whole round reads; left out, also what was said in private threads of the seat. */
    readBy: z.literal('round').optional(),
  }),
  output: z.array(Found),
})
