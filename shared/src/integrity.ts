import { z } from 'zod'
import { query } from './contract.js'
import { Id } from './values.js'

/** What can be wrong with a text, and with what is kept beside it. */
export const FaultName = z.enum([
  'node-unknown',
  'attribute-unlawful',
  'format-unknown',
  'id-missing',
  'id-double',
  'table-uneven',
  'reference-empty',
  'brackets-cross',
  'bracket-without-row',
  'bracket-not-in-text',
  'status-of-nothing',
])

export const Fault = z.object({
  fault: FaultName,
  /** Where, by the paragraph's permanent id, as far as it has one. */
  paragraphId: z.string().nullable(),
  /** The name, id or value that is wrong. */
  what: z.string(),
})
export type Fault = z.infer<typeof Fault>

export const checkIntegrity = query('negotiation.checkIntegrity', 'GET /documents/:documentId/integrity', {
  summary: 'Whether a text and what is kept beside it are as they have to be; for the chair and the secretariat.',
  input: z.object({ documentId: Id }),
  output: z.object({
    /** The log number at which it was looked at. */
    no: z.int(),
    /** What is kept about brackets follows the text within a second; until it does, it is not looked at. */
    followed: z.boolean(),
    /** None: the text is sound. */
    faults: z.array(Fault),
    /** Cross-references to paragraphs that are no more; they say so, and are no fault. */
    deletedReferences: z.array(z.object({ paragraphId: z.string().nullable(), to: z.string() })),
  }),
})
