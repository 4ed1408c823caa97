import { z } from 'zod'
import { file, query } from './contract.js'
import { Figures } from './figures.js'
import { ReportState } from './follow-up.js'
import { Assurance, Flag, ImplementationStatus, Response } from './recommendations.js'
import { Day, Id, Instant, Language, May } from './values.js'

/* The implementation matrix: what each addressee has done on each adopted recommendation that a round follows up. */

export const MatrixLine = z.object({
  recommendationId: Id,
  /** In which the recommendation was adopted. */
  roundId: Id,
  roundNumber: z.int(),
  number: z.int(),
  title: z.string(),
  language: Language,
  owner: z.string(),
  dueOn: Day.nullable(),
  delegationId: Id,
  code: z.string(),
  name: z.string(),
  response: Response,
  status: ImplementationStatus,
  assurance: Assurance,
  flags: z.array(Flag),
  /** The newest report that the reader may see, or when the status was set. */
  lastReport: Instant.nullable(),
  /** A report that is not validated: to its delegation and the secretariat alone. */
  open: z.object({ reportId: Id, state: ReportState, proposedStatus: ImplementationStatus }).nullable(),
  may: May,
})
export type MatrixLine = z.infer<typeof MatrixLine>

export const listLines = query('matrix.listLines', 'GET /follow-up/lines', {
  summary: 'The lines of the implementation matrix, a page at a time: newest round first, by number and addressee.',
  input: z.object({
    roundId: Id,
    /** The code of an addressee. */
    delegation: z.string().max(100).optional(),
    flag: Flag.optional(),
    /** Those of one recommendation. */
    recommendationId: Id.optional(),
    /** `next` of the page before. */
    after: z
      .string()
      .regex(/^[0-9a-f-]{36} .{1,100}$/)
      .optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(200),
  }),
  output: z.object({
    lines: z.array(MatrixLine),
    /** How many there are on all pages; counted with the first one. */
    total: z.int().nullable(),
    /** Null on the last page. */
    next: z.string().nullable(),
  }),
})

export const getLinesFile = file('matrix.getLinesFile', 'GET /follow-up/lines-file', {
  summary: 'All lines of the implementation matrix, or those that are chosen, as comma-separated values.',
  input: z.object({
    roundId: Id,
    delegation: z.string().max(100).optional(),
    flag: Flag.optional(),
    language: Language,
  }),
  media: ['text/csv'],
})

export const getMatrixFigures = query('matrix.getMatrixFigures', 'GET /follow-up/figures', {
  summary: 'How far the recommendations that a round follows up are, and to whom they are addressed.',
  input: z.object({ roundId: Id }),
  output: z.object({
    figures: Figures,
    lines: z.int(),
    addressees: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
})
