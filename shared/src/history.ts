import { z } from 'zod'
import { command, query } from './contract.js'
import { Part } from './numbering.js'
import { CellPlace } from './tables.js'
import { Id, Instant, Line, Revision } from './values.js'

/**
 * What became of a text: its log read back. A log number names the text as it stood after that row; 0 is the
 * text before its first words. Who wrote what is the server's word, never the browser's.
 */
const LogNumber = z.int().nonnegative()
/** The same in a query string. */
const AskedNumber = z.coerce.number().pipe(LogNumber)

/** Somebody who had a hand in a text, at one seat. */
export const Writer = z.object({
  personId: Id,
  name: z.string(),
  seatId: Id.nullable(),
  /** The delegation's code, or the function for those who sit for the round itself, such as `facilitator`. */
  code: z.string(),
  delegationName: z.string().nullable(),
})
export type Writer = z.infer<typeof Writer>

/** Who did it, from which seat, and when; of many keys in a row, the last one. */
export const Hand = z.object({ code: z.string(), personId: Id, seatId: Id.nullable(), at: Instant })
export type Hand = z.infer<typeof Hand>

export const Mark = z.enum(['kept', 'inserted', 'removed'])
export type Mark = z.infer<typeof Mark>

/** Words that share one fate. All `kept` and `inserted` runs in order are the later text. */
export const Run = z.object({
  /** A hard break is a line feed. */
  text: z.string(),
  mark: Mark,
  written: Hand,
  /** Only when `mark` is `removed`. */
  removed: Hand.optional(),
  /** Set in another place by the same hand in one go, such as by splitting a paragraph: not new, not lost. */
  moved: z.literal(true).optional(),
  /** Formats at the later point, such as `bold`; of removed words, at the earlier one. */
  formats: z.array(z.string()).optional(),
  /** The brackets around words that stand at the later point, the outermost first. */
  brackets: z.array(Id).optional(),
  /** Formats at the earlier point, and who changed them, when they differ from `formats`. */
  reformatted: z.object({ before: z.array(z.string()), by: Hand }).optional(),
})
export type Run = z.infer<typeof Run>

export const HistoryParagraph = z.object({
  /** One paragraph is one key through all points of the text's life. */
  key: z.string(),
  /** The permanent id; empty while the editor that made the paragraph had not named it yet. */
  id: z.string(),
  kind: z.enum(['heading', 'paragraph', 'listItem']),
  level: z.int().optional(),
  cell: CellPlace.optional(),
  /** What its number follows from, see `numbersOf`. */
  part: Part.optional(),
  depth: z.int().optional(),
  bis: z.boolean().optional(),
  mark: Mark,
  runs: z.array(Run),
})
export type HistoryParagraph = z.infer<typeof HistoryParagraph>

/** Consecutive rows of one person at one seat with less than ten minutes between them. */
export const Step = z.object({
  fromNo: LogNumber,
  toNo: LogNumber,
  writer: Writer,
  from: Instant,
  to: Instant,
  /** UTF-16 code units. Words that were only set in another place count for neither. */
  written: z.int(),
  removed: z.int(),
})
export type Step = z.infer<typeof Step>

export const Version = z.object({
  id: Id,
  no: LogNumber,
  name: z.string(),
  keptBy: Writer,
  at: Instant,
})
export type Version = z.infer<typeof Version>

const OfDocument = { documentId: Id }

export const listSteps = query('history.listSteps', 'GET /documents/:documentId/history', {
  summary: 'The steps in which a text came about, newest first, and the named versions among them.',
  input: z.object({
    ...OfDocument,
    /** Only steps that began before this log number. */
    before: AskedNumber.optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
  }),
  output: z.object({
    /** The newest log number there is. */
    head: LogNumber,
    steps: z.array(Step),
    versions: z.array(Version),
    /** What to ask for as `before` to get the next page; null at the beginning of the text. */
    next: LogNumber.nullable(),
    may: z.array(z.enum(['restore', 'keep-version', 'read-refusals'])),
  }),
})

export const readText = query('history.readText', 'GET /documents/:documentId/text', {
  summary: 'A text as it stood at a log number, with the hand that wrote each word.',
  input: z.object({ ...OfDocument, at: AskedNumber.optional() }),
  output: z.object({
    no: LogNumber,
    /** When the text came to stand so; null for 0. */
    at: Instant.nullable(),
    head: LogNumber,
    paragraphs: z.array(HistoryParagraph),
  }),
})

export const listAuthors = query('history.listAuthors', 'GET /documents/:documentId/authors', {
  summary: 'Everybody who wrote in a text, and how much of it stands.',
  input: z.object(OfDocument),
  output: z.array(
    Writer.extend({
      /** Editors (Yjs client ids) that this person wrote with from this seat. */
      clients: z.int(),
      first: Instant,
      last: Instant,
      /** UTF-16 code units of this hand that stand in the text now. */
      standing: z.int(),
    }),
  ),
})

export const compareText = query('history.compareText', 'GET /documents/:documentId/compare', {
  summary: 'Two points of a text as one: what was kept, inserted and removed between them, by whom and when.',
  input: z.object({ ...OfDocument, from: AskedNumber, to: AskedNumber }),
  output: z.object({ from: LogNumber, to: LogNumber, paragraphs: z.array(HistoryParagraph) }),
})

/**
 * What became of a paragraph's words since the point before, from its beginning on: keep so many (above 0), remove
 * so many (below 0), or insert. Counted in UTF-16 code units; what is not mentioned at the end is kept.
 */
export const Edit = z.union([z.int(), z.object({ text: z.string(), code: z.string() })])
export type Edit = z.infer<typeof Edit>

const PlayedParagraph = HistoryParagraph.omit({ mark: true, runs: true }).extend({
  edits: z.array(Edit),
})
export type PlayedParagraph = z.infer<typeof PlayedParagraph>

export const playTimeline = query('history.playTimeline', 'GET /documents/:documentId/timeline', {
  summary: 'Points evenly over the steps of a text, each with what changed since the point before.',
  input: z.object({ ...OfDocument, points: z.coerce.number().pipe(z.int().min(2).max(100)).default(50) }),
  output: z.object({
    points: z.array(
      z.object({
        no: LogNumber,
        at: Instant,
        writer: Writer,
        /** The keys of all paragraphs in reading order; left out when they are the same as at the point before. */
        order: z.array(z.string()).optional(),
        changed: z.array(PlayedParagraph),
      }),
    ),
  }),
})
export type TimelinePoint = z.infer<typeof playTimeline.output>['points'][number]

export const listVersions = query('history.listVersions', 'GET /documents/:documentId/versions', {
  summary: 'The named versions of a text, newest first.',
  input: z.object(OfDocument),
  output: z.array(Version),
})

export const keepVersion = command('history.keepVersion', 'POST /documents/:documentId/versions', {
  summary: 'Give a point of a text a name, so that it is found again.',
  input: z.object({
    ...OfDocument,
    /** Left out, the text as it stands now. */
    no: LogNumber.optional(),
    name: Line,
  }),
  output: Version,
})

export const restoreText = command('history.restoreText', 'POST /documents/:documentId/restore', {
  summary: 'Write the text of an earlier point again, as a new edit; nothing of the history is lost.',
  input: z.object({ ...OfDocument, no: LogNumber.optional(), versionId: Id.optional(), revision: Revision }),
  output: z.object({
    /** The log number of the new edit, or of the text as it stands when it was the same already. */
    no: LogNumber,
    changed: z.boolean(),
  }),
})

export const listRefusals = query('history.listRefusals', 'GET /documents/:documentId/refusals', {
  summary: 'Edits of a text that were not taken; for the chair and the secretariat. The newest hundred.',
  input: z.object(OfDocument),
  output: z.array(
    z.object({ id: z.string(), problem: z.string(), clientId: z.number().nullable(), writer: Writer, at: Instant }),
  ),
})
