import { z } from 'zod'
import { command, file, inquiry } from './contract.js'
import { Proposal } from './negotiation.js'
import { Id, Instant, Language, Revision } from './values.js'

/** A text on its way out of the system and, from a file, into it. */
export const MEDIA = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  tracked: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  akn: 'application/akn+xml',
  txt: 'text/plain; charset=utf-8',
} as const

/** What the names of the files end with. */
export const ENDINGS: Record<ExportFormat, string> = {
  docx: 'docx',
  tracked: 'docx',
  pdf: 'pdf',
  akn: 'akn.xml',
  txt: 'txt',
}

/** tracked: a Word file with what is proposed as tracked changes of the delegations that propose it. */
export const EXPORT_FORMATS = ['docx', 'tracked', 'pdf', 'akn', 'txt'] as const
export const ExportFormat = z.enum(EXPORT_FORMATS)
export type ExportFormat = z.infer<typeof ExportFormat>

const LogNumber = z.coerce.number().pipe(z.int().nonnegative())

export const exportText = file('exchange.exportText', 'GET /documents/:documentId/export', {
  summary: 'A text as a file, with its masthead and the printed numbers.',
  input: z.object({
    documentId: Id,
    format: ExportFormat,
    /** The text as it stood at this log number; left out, as it stands now. */
    no: LogNumber.optional(),
    /** As it was issued, under its symbol. */
    issuedId: Id.optional(),
    /** As it stands, or was issued, in another language; what has no words in it yet is left empty. */
    language: Language.optional(),
  }),
  media: [...new Set(Object.values(MEDIA))],
})

/** A tracked change of a Word file, not made yet: words for a proposal. */
export const FileChange = z.object({
  /** Id of the paragraph; of a new one, the paragraph that it follows, empty at the beginning. */
  paragraph: z.string(),
  /** UTF-16 code units from the paragraph's beginning, in the text before all changes. */
  offset: z.int(),
  kind: z.enum(['inserted', 'removed', 'newParagraph', 'removedParagraph']),
  /** As the file names them. */
  author: z.string(),
  at: Instant.nullable(),
  words: z.string(),
})
export type FileChange = z.infer<typeof FileChange>

const Count = z.int().nonnegative()

export const FoundInFile = z.object({
  /** What the file names as its title. */
  title: z.string().nullable(),
  headings: Count,
  /** Preambular and operative paragraphs and what is below them. */
  numbered: Count,
  /** All others. */
  paragraphs: Count,
  tables: Count,
  footnotes: Count,
  /** Numbered paragraphs whose number will be another than in the file, because numbers follow from the order. */
  renumbered: Count,
  /** In reading order. The text itself is the one before them. */
  changes: z.array(FileChange),
  /** Those beyond what is told one by one. */
  moreChanges: Count,
  leftOut: z.array(z.object({ what: z.enum(['pictures', 'comments', 'textBoxes', 'equations']), count: Count })),
})
export type FoundInFile = z.infer<typeof FoundInFile>

/** Word (.docx) or plain text. How large it may be is a setting. */
const Bytes = z
  .string()
  .min(4)
  .refine((text) => !/[^A-Za-z0-9+/=]/.test(text), { error: 'Not base64.' })

export const previewFile = inquiry('exchange.previewFile', 'POST /rounds/:roundId/file-preview', {
  summary: 'What would be made of a file; nothing is written.',
  input: z.object({ roundId: Id, file: Bytes }),
  output: FoundInFile,
})

export const importText = command('exchange.importText', 'POST /documents/:documentId/import', {
  summary: 'Write what a file holds at the end of a text, in one edit; tracked changes are told and not made.',
  input: z.object({ documentId: Id, file: Bytes, revision: Revision }),
  output: FoundInFile.extend({
    /** The log number of the edit. */
    no: z.int(),
  }),
})

export const proposeFromFile = command('exchange.proposeFromFile', 'POST /documents/:documentId/proposals-from-file', {
  summary: 'Draft proposals from the tracked changes of a Word file, private to the delegation like any draft.',
  input: z.object({ documentId: Id, file: Bytes }),
  output: z.object({
    proposals: z.array(Proposal),
    /** Tabled by the delegation already, word by word. */
    known: Count,
    /** Changes on what is agreed: it has to be reopened before. */
    agreed: Count,
    /** Paragraphs with changes signed by other delegations. */
    ofOthers: Count,
    /** Words of changed paragraphs that the text does not have, as they would read. */
    unplaced: z.array(z.string()),
  }),
})
export type ProposedFromFile = z.infer<(typeof proposeFromFile)['output']>
