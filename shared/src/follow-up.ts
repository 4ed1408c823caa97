import { z } from 'zod'
import { command, query } from './contract.js'
import { Measured } from './progress.js'
import { Flag, ImplementationStatus } from './recommendations.js'
import { Day, Id, Instant, Language, May, OptionalLine, OptionalParagraph, Paragraph, Revision } from './values.js'

export const ReportState = z.enum(['submitted', 'validated', 'returned'])
/** Only links to the web: a link of another kind could run a script in the reader's browser. */
export const EvidenceUrl = z
  .url({ protocol: /^https?$/, error: 'A web address that starts with https:// or http://.' })
  .max(2000)

export const Report = z.object({
  id: Id,
  roundId: Id,
  /** What it is on: an addressee's part of a recommendation, or an action of an adopted plan. */
  recommendationId: Id.nullable(),
  action: z.object({ documentId: Id, itemId: Id, plan: z.string() }).nullable(),
  /** Of the recommendation or the action. */
  title: z.string(),
  measurements: z.array(Measured.extend({ title: z.string(), unit: z.string(), disaggregation: z.string() })),
  delegationId: Id,
  delegationCode: z.string(),
  delegationName: z.string(),
  authorName: z.string(),
  narrative: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  proposedStatus: ImplementationStatus,
  evidenceUrl: z.string().nullable(),
  evidenceTitle: z.string(),
  /** Why the evidence does not count at present. */
  evidenceWithdrawn: z.object({ reason: z.string(), by: z.string(), at: Instant }).nullable(),
  state: ReportState,
  reviewNote: z.string(),
  submittedAt: Instant,
  reviewedAt: Instant.nullable(),
  revision: Revision,
  may: May,
})
export type Report = z.infer<typeof Report>

export const listReports = query('followUp.listReports', 'GET /reports', {
  summary: 'Progress reports: validated ones to all, the others to their delegation and the secretariat.',
  input: z.object({
    roundId: Id,
    recommendationId: Id.optional(),
    /** That one alone. */
    reportId: Id.optional(),
    /** `open`: those that are not validated. */
    state: z.enum(['open', 'validated']).optional(),
    /** The last report of the page before. */
    after: Id.optional(),
    /** Left out: all. */
    limit: z.coerce.number().pipe(z.int().min(1).max(200)).optional(),
  }),
  /** Newest first. */
  output: z.array(Report),
})
const measurements = z.array(Measured).max(50)
export const submitReport = command('followUp.submitReport', 'POST /reports', {
  summary:
    "Report an addressee's progress on an adopted recommendation, or that of an action of an adopted plan with what " +
    'was measured.',
  input: z.object({
    recommendationId: Id.optional(),
    action: z.object({ documentId: Id, itemId: Id }).optional(),
    /** Of the action and of the results that it leads to. */
    measurements: measurements.default([]),
    narrative: Paragraph,
    language: Language,
    proposedStatus: ImplementationStatus,
    evidenceUrl: EvidenceUrl.nullable().default(null),
    evidenceTitle: OptionalLine.default(''),
  }),
  output: Report,
})
export const reviseReport = command('followUp.reviseReport', 'PATCH /reports/:reportId', {
  summary: 'Submit a returned report again.',
  input: z.object({
    reportId: Id,
    narrative: Paragraph,
    proposedStatus: ImplementationStatus,
    evidenceUrl: EvidenceUrl.nullable().default(null),
    evidenceTitle: OptionalLine.default(''),
    /** In the place of all that were given before; left out, they stay. */
    measurements: measurements.optional(),
    revision: Revision,
  }),
  output: Report,
})
export const reviewReport = command('followUp.reviewReport', 'POST /reports/:reportId/review', {
  summary: 'Validate, or return with a note. Validation sets status and assurance.',
  input: z.object({
    reportId: Id,
    verdict: z.enum(['validated', 'returned']),
    note: OptionalParagraph.default(''),
    revision: Revision,
  }),
  output: Report,
})

export const withdrawEvidence = command('followUp.withdrawEvidence', 'POST /reports/:reportId/evidence/withdrawal', {
  summary: 'Take back what a report rests on, with a reason: what was validated by it is then only reported.',
  input: z.object({ reportId: Id, reason: Paragraph, revision: Revision }),
  output: Report,
})
export const restoreEvidence = command('followUp.restoreEvidence', 'POST /reports/:reportId/evidence/restoration', {
  summary: 'The secretariat has looked at it again: it counts as before.',
  input: z.object({ reportId: Id, revision: Revision }),
  output: Report,
})

/** One thing that waits for the acting seat, made from the rows and the clock at each read. */
export const WorkItem = z.object({
  kind: z.enum([
    'silence_running',
    'decision_open',
    'respond',
    'report_due',
    'measurement_due',
    'report_returned',
    'report_to_validate',
    'match_to_accept',
    'commitment_to_confirm',
    'recommendation_incomplete',
    'recommendation_to_adopt',
    'no_response',
    'request_without_taker',
    'credentials_provisional',
    'session_live',
    'text_open',
    'translation_behind',
  ]),
  title: z.string(),
  /** The code of the delegation that the item is about. */
  delegationCode: z.string().nullable(),
  dueOn: Day.nullable(),
  /** To the minute, where a day is not enough. */
  until: Instant.nullable(),
  flag: Flag.nullable(),
  /** Path in the interface. */
  href: z.string(),
  /** Not one thing, but so many more of the kind, which are found at `href`. */
  more: z.int().positive().nullable(),
})
export type WorkItem = z.infer<typeof WorkItem>

export const listWork = query('followUp.listWork', 'GET /work', {
  summary: 'What waits for the acting seat: for a delegation what is asked of it, for the secretariat its work list.',
  input: z.object({ roundId: Id }),
  output: z.array(WorkItem),
})
