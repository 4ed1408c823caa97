import { z } from 'zod'
import { command, query } from './contract.js'
import { Id, Language, May } from './values.js'

/*
 * The record of a session writes itself: what happened is read from the rows of the rooms, told in lines, and put into
 * a text when the rapporteur asks for it. From then on the text is the rapporteur's; what happens later is added to it
 * and nothing in it is touched.
 */

/** summary: what was done. verbatim: with the statements in full, in the languages in which they were made. */
export const RECORD_FORMS = ['summary', 'verbatim'] as const
export const RecordForm = z.enum(RECORD_FORMS)
export type RecordForm = z.infer<typeof RecordForm>

/** One line of the record; several facts may share one, as those who attended do. */
export const RecordLine = z.object({
  /** Permanent names of what the line tells. */
  facts: z.array(z.string()).min(1),
  text: z.string(),
  /** What somebody said, in the language in which it was said. */
  quote: z.object({ text: z.string(), language: Language, dir: z.enum(['ltr', 'rtl']) }).nullable(),
  /** Where it is seen. */
  href: z.string(),
})
export type RecordLine = z.infer<typeof RecordLine>

export const RecordSection = z.object({
  /** `session`, an agenda item's id, `decisions` and so on; its own in one record. */
  key: z.string(),
  title: z.string(),
  lines: z.array(RecordLine),
})
export type RecordSection = z.infer<typeof RecordSection>

/** A record that is written, as a text. */
export const WrittenText = z.object({
  documentId: Id,
  language: Language,
  /** Facts that it does not have yet. */
  missing: z.int(),
  issued: z.array(z.object({ id: Id, symbol: z.string() })),
  may: May,
})
export type WrittenText = z.infer<typeof WrittenText>
export const WrittenRecord = WrittenText.extend({ form: RecordForm })
export type WrittenRecord = z.infer<typeof WrittenRecord>

export const SessionRecord = z.object({
  sessionId: Id,
  sessionTitle: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  sections: z.array(RecordSection),
  written: z.array(WrittenRecord),
  may: May,
})
export type SessionRecord = z.infer<typeof SessionRecord>

export const getRecord = query('records.getRecord', 'GET /sessions/:sessionId/record', {
  summary: 'What happened in a session, told from what the rooms know, and the records that are written of it.',
  input: z.object({ sessionId: Id, language: Language }),
  output: SessionRecord,
})
export const writeRecord = command('records.writeRecord', 'POST /sessions/:sessionId/record', {
  summary: 'Write the record of a session as a text, in summary or verbatim form. Each form is written once.',
  input: z.object({ sessionId: Id, form: RecordForm, language: Language }),
  output: z.object({ documentId: Id }),
})
export const addToRecord = command('records.addToRecord', 'POST /records/:documentId/facts', {
  summary:
    'Add to the record of a session or the report of a round what happened since. What was edited in it, or taken out of it, stays as it is.',
  input: z.object({ documentId: Id }),
  output: z.object({ documentId: Id, added: z.int() }),
})
