import { z } from 'zod'
import { command, inquiry, query } from './contract.js'
import { Id, Instant, Language, May, Revision, written } from './values.js'

/** machine: as the translation service gave it, unchecked. human: checked or written by the secretariat. */
export const TranslationOrigin = z.enum(['machine', 'human'])

/** Other languages take more room than the original. */
const Words = written(20_000).min(1)

/** A statement in another language, beside its original. */
export const MessageTranslation = z.object({
  messageId: Id,
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  body: z.string(),
  origin: TranslationOrigin,
  /** Who checked it; null of a machine's. */
  byName: z.string().nullable(),
  at: Instant,
  /** The wording of the statement that was translated. */
  revision: Revision,
  /** The statement has another wording since. */
  stale: z.boolean(),
})
export type MessageTranslation = z.infer<typeof MessageTranslation>

export const ThreadTranslations = z.object({
  translations: z.array(MessageTranslation),
  /** `translate`: a translation service is set up. `check`: replace what it says by a human translation. */
  may: May,
})
export type ThreadTranslations = z.infer<typeof ThreadTranslations>

export const listTranslations = query('dialogue.listTranslations', 'GET /threads/:threadId/translations', {
  summary: 'The statements of a thread in a language, as far as they are translated.',
  input: z.object({ threadId: Id, language: Language }),
  output: ThreadTranslations,
})
export const translateMessage = inquiry('dialogue.translateMessage', 'POST /messages/:messageId/translate', {
  summary: 'A statement in another language; what is not translated yet is asked of the translation service and kept.',
  input: z.object({ messageId: Id, language: Language }),
  output: MessageTranslation,
})
export const checkTranslation = command(
  'dialogue.checkTranslation',
  'PUT /messages/:messageId/translations/:language',
  {
    summary: 'Put a human translation of a wording in place of a machine’s, or of an earlier one.',
    input: z.object({ messageId: Id, language: Language, body: Words, revision: Revision }),
    output: MessageTranslation,
  },
)
