import { z } from 'zod'
import { command, file, inquiry } from './contract.js'
import { Id, Language, Line } from './values.js'

/** The register of recommendations as a table that leaves the forum and comes back. */

/** What can be read in, in the order in which it is written out. */
export const SHEET_COLUMNS = [
  'title',
  'action',
  'rationale',
  'addressees',
  'force',
  'priority',
  'owner',
  'dueOn',
  'measure',
  'sdgTargets',
  'language',
] as const
export const SheetColumn = z.enum(SHEET_COLUMNS)
export type SheetColumn = z.infer<typeof SheetColumn>
/** A file has them; for all others there is a value that is taken when they are left out. */
export const NEEDED_COLUMNS = ['title', 'addressees'] as const satisfies SheetColumn[]

/** A table that is wrong everywhere is not told of every cell. */
export const SHEET_FAULTS_TOLD = 1_000
export const SHEET_ROWS = 10_000
export const SHEET_BYTES = 8 * 1024 * 1024
export const SHEET_MEDIA = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export const SheetFormat = z.enum(['csv', 'xlsx'])
export type SheetFormat = z.infer<typeof SheetFormat>

/** Each kind of mistake that a table can have. */
export const SHEET_FAULTS = [
  'missing_column',
  'twice_column',
  'no_rows',
  'required',
  'too_long',
  'control_characters',
  'cell_error',
  'unknown_addressee',
  'not_a_member',
  'unknown_force',
  'unknown_priority',
  'unknown_language',
  'unknown_target',
  'too_many_targets',
  'bad_date',
  'before_round',
  'duplicate',
  'already_there',
] as const
export const SheetFault = z.object({
  /** As the file counts it, the heads are row 1; for what concerns the whole file, 1. */
  row: z.int().positive(),
  column: SheetColumn.nullable(),
  kind: z.enum(SHEET_FAULTS),
  /** What stands there; of a duplicate, where the first one is. */
  value: z.string(),
})
export type SheetFault = z.infer<typeof SheetFault>

export const SheetCheck = z.object({
  rows: z.int().nonnegative(),
  /** All there are; `faults` holds the first `SHEET_FAULTS_TOLD`. */
  count: z.int().nonnegative(),
  faults: z.array(SheetFault),
  /** Heads of columns that are not read. */
  ignored: z.array(z.string()),
})
export type SheetCheck = z.infer<typeof SheetCheck>

const Bytes = z
  .string()
  .min(4)
  .refine((text) => !/[^A-Za-z0-9+/=]/.test(text), { error: 'Not base64.' })

/** In which language what is not said otherwise is written. */
const sheet = { roundId: Id, file: Bytes, language: Language }

export const checkSheet = inquiry('register.checkSheet', 'POST /rounds/:roundId/register-check', {
  summary: 'Everything that is wrong with a table of recommendations, by row and column; nothing is written.',
  input: z.object(sheet),
  output: SheetCheck,
})
export const readIn = command('register.readIn', 'POST /rounds/:roundId/register', {
  summary: 'Read a table of recommendations in as proposals: all of its rows, or none.',
  input: z.object({ ...sheet, fileName: Line }),
  output: z.object({ importId: Id, made: z.int().positive() }),
})
export const getRegister = file('register.getRegister', 'GET /rounds/:roundId/register', {
  summary: 'Every recommendation that the round follows up, as a table.',
  input: z.object({ roundId: Id, format: SheetFormat, language: Language }),
  media: Object.values(SHEET_MEDIA),
})
export const getTemplate = file('register.getTemplate', 'GET /rounds/:roundId/register-template', {
  summary: 'An empty table of recommendations to be filled in.',
  input: z.object({ roundId: Id, format: SheetFormat, language: Language }),
  media: Object.values(SHEET_MEDIA),
})
