import { z } from 'zod'
import { file } from './contract.js'
import { Id } from './values.js'

/** A text on its way out of the system and, from a file, into it. */
export const MEDIA = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  txt: 'text/plain; charset=utf-8',
} as const

export const ExportFormat = z.enum(['docx', 'txt'])
export type ExportFormat = z.infer<typeof ExportFormat>

const LogNumber = z.coerce.number().pipe(z.int().nonnegative())

export const exportText = file('exchange.exportText', 'GET /documents/:documentId/export', {
  summary: 'A text as a file, with its masthead and the printed numbers.',
  input: z.object({
    documentId: Id,
    format: ExportFormat,
    /** The text as it stood at this log number; left out, as it stands now. */
    no: LogNumber.optional(),
  }),
  media: Object.values(MEDIA),
})
