import { z } from 'zod'
import { command, query } from './contract.js'
import { Figures } from './figures.js'
import { ReportState } from './follow-up.js'
import { Assurance, ImplementationStatus, Recommendation } from './recommendations.js'
import { Party } from './reviews.js'
import { RoundAct } from './round-report.js'
import { Day, Id, Instant, Language, May, Paragraph, Revision } from './values.js'

/*
 * A review of a country to which earlier rounds have recommended something: what had become of each recommendation when
 * the last round ended, what has become of it now, and how the country, the secretariat and its peers see it. Nobody
 * writes over what another one has said, nor over what they said themselves.
 */

/** Who assesses: the secretariat, and the discussant for the peers. The country itself reports. */
export const SIDES = ['secretariat', 'peer'] as const
export const Side = z.enum(SIDES)
export type Side = z.infer<typeof Side>

export const IMPACTS = ['too_early', 'none', 'limited', 'substantial', 'transformative'] as const
export const Impact = z.enum(IMPACTS)
export type Impact = z.infer<typeof Impact>

export const Rating = z.object({ status: ImplementationStatus, assurance: Assurance, at: Instant.nullable() })
export type Rating = z.infer<typeof Rating>

const said = { language: Language, dir: z.enum(['ltr', 'rtl']), byName: z.string(), at: Instant }

export const Assessment = z.object({
  ...{ side: Side, no: Revision, status: ImplementationStatus, impact: Impact, words: z.string(), ...said },
  /** Of a peer. */
  delegationName: z.string().nullable(),
})
export type Assessment = z.infer<typeof Assessment>

export const Change = Recommendation.pick({
  ...{ id: true, roundNumber: true, number: true, title: true, language: true, dir: true, dueOn: true },
}).extend({
  then: Rating,
  now: Rating,
  /** What the country has reported last, of the reports that the reader may see. */
  reported: z.object({ status: ImplementationStatus, state: ReportState, narrative: z.string(), ...said }).nullable(),
  /** Newest first. */
  assessments: z.array(Assessment),
  /** What becomes of it in the round, by its carry-over or in the register, once that is decided. */
  act: RoundAct.nullable(),
})
export type Change = z.infer<typeof Change>

export const ChangeTable = z.object({
  reviewId: Id,
  delegation: Party,
  discussant: Party.nullable(),
  /** When the last round ended; null while it still goes on. */
  since: Instant.nullable(),
  /** Earlier reviews of the country. */
  reviewed: z.array(z.object({ roundNumber: z.int(), on: Day })),
  figures: z.object({ then: Figures, now: Figures }),
  changes: z.array(Change),
  /** As whom the reader assesses. */
  side: Side.nullable(),
  may: May,
})
export type ChangeTable = z.infer<typeof ChangeTable>

const ORDER: ImplementationStatus[] = [
  'not_started',
  'not_pursued',
  'in_progress',
  'partially_implemented',
  'implemented',
]
const PROOF = Assurance.options

/** Which way it went. Of two that are as far, the better proven one is further. */
export function movementOf(then: Rating, now: Rating): 'forward' | 'same' | 'back' | 'lapsed' {
  if (now.status === 'no_longer_applicable') return then.status === now.status ? 'same' : 'lapsed'
  const by =
    ORDER.indexOf(now.status) - ORDER.indexOf(then.status) ||
    PROOF.indexOf(now.assurance) - PROOF.indexOf(then.assurance)
  return by > 0 ? 'forward' : by < 0 ? 'back' : 'same'
}

export const getChangeTable = query('changeTable.getChangeTable', 'GET /sessions/:sessionId/review/changes', {
  summary: 'What has become of earlier recommendations to the country under review: then, now, and how it is seen.',
  input: z.object({ sessionId: Id }),
  output: ChangeTable,
})
export const assessChange = command(
  'changeTable.assessChange',
  'POST /reviews/:reviewId/recommendations/:recommendationId/assessments',
  {
    summary: 'Say how far an earlier recommendation is and what has come of it, for the secretariat or as discussant.',
    input: z.object({
      reviewId: Id,
      recommendationId: Id,
      status: ImplementationStatus,
      impact: Impact,
      words: Paragraph,
      language: Language,
      /** How many assessments of the own side stand already. */
      revision: z.int().nonnegative(),
    }),
    output: ChangeTable,
  },
)
