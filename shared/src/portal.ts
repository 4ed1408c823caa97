import { z } from 'zod'
import { AssistanceFigures } from './assistance-figures.js'
import { Charts } from './charts.js'
import { query } from './contract.js'
import { CountryLine } from './countries.js'
import { Stance } from './decisions.js'
import { Figures } from './figures.js'
import { IssuedDocument, getIssued } from './negotiation.js'
import { AdoptedPlan } from './progress.js'
import { ImplementationStatus, Recommendation, Response } from './recommendations.js'
import { Round } from './rounds.js'
import { Id, Instant, Language, NoInput } from './values.js'

/* What everybody may read: documents of general distribution, and how far what was adopted is. */

/** Seconds for which a public answer may be older than what it tells. */
const CACHED = 30

export const PublicRound = Round.pick({
  id: true,
  number: true,
  title: true,
  place: true,
  opens: true,
  closes: true,
  status: true,
}).extend({ documents: z.int().nonnegative() })
export type PublicRound = z.infer<typeof PublicRound>

export const PublicDocument = IssuedDocument.omit({ documentId: true, by: true, no: true, distribution: true })
export type PublicDocument = z.infer<typeof PublicDocument>

export const PublicRecommendation = Recommendation.pick({
  id: true,
  roundNumber: true,
  number: true,
  title: true,
  action: true,
  owner: true,
  dueOn: true,
  sdgTargets: true,
  language: true,
  dir: true,
}).extend({
  addressees: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      response: Response,
      /** Null: nothing that the secretariat has validated is known. */
      status: ImplementationStatus.nullable(),
      statusAt: Instant.nullable(),
    }),
  ),
})
export type PublicRecommendation = z.infer<typeof PublicRecommendation>

/** A page of what a round recommends, newest round first. */
export const PublicRecommendations = z.object({
  recommendations: z.array(PublicRecommendation),
  /** `after` of the next page; null: there is none. */
  next: Id.nullable(),
})
export type PublicRecommendations = z.infer<typeof PublicRecommendations>

export const listPublicRounds = query('portal.listPublicRounds', 'GET /public/rounds', {
  summary: 'The rounds that are open or over, newest first. No sign-in.',
  access: 'open',
  cached: CACHED,
  input: NoInput,
  output: z.array(PublicRound),
})
export const getPublicRound = query('portal.getPublicRound', 'GET /public/rounds/:roundId', {
  summary: 'What a round has issued for general distribution, what it recommends, and how far that is. No sign-in.',
  access: 'open',
  cached: CACHED,
  input: z.object({ roundId: Id }),
  output: PublicRound.extend({
    issued: z.array(PublicDocument),
    /** How many recommendations are followed up; of them comes the first page. */
    recommended: z.int().nonnegative(),
    ...PublicRecommendations.shape,
    figures: Figures,
    /** Plans that the participants have adopted. */
    plans: z.array(AdoptedPlan),
    assistance: AssistanceFigures,
    /** How far each party is. */
    countries: z.array(CountryLine),
  }),
})
export const listPublicRecommendations = query(
  'portal.listPublicRecommendations',
  'GET /public/rounds/:roundId/recommendations',
  {
    summary: 'The recommendations that a round follows up, and how far they are, a page at a time. No sign-in.',
    access: 'open',
    cached: CACHED,
    input: z.object({ roundId: Id, after: Id.optional() }),
    output: PublicRecommendations,
  },
)
export const getPublicCountry = query('portal.getPublicCountry', 'GET /public/rounds/:roundId/countries/:code', {
  summary: 'How far one party is with what is addressed to it, and what it gives and receives. No sign-in.',
  access: 'open',
  cached: CACHED,
  input: z.object({ roundId: Id, code: z.string().max(12) }),
  output: CountryLine.extend({
    round: PublicRound.pick({ id: true, title: true, status: true }),
    recommendations: z.array(PublicRecommendation),
    /** Adopted plans in which it leads an action. */
    plans: z.array(AdoptedPlan),
  }),
})
export const getPublicCharts = query('portal.getPublicCharts', 'GET /public/rounds/:roundId/charts', {
  summary: 'The figures of a round, by stage, by goal and by party. No sign-in.',
  access: 'open',
  cached: CACHED,
  input: z.object({ roundId: Id }),
  output: Charts.extend({ round: PublicRound.pick({ id: true, title: true, status: true }) }),
})
export const getPublicDocument = query('portal.getPublicDocument', 'GET /public/documents/:issuedId', {
  summary: 'A document of general distribution, as it was issued, in one of its languages. No sign-in.',
  access: 'open',
  cached: CACHED,
  input: z.object({
    issuedId: Id,
    /** Left out, the original one. */
    language: Language.optional(),
  }),
  output: PublicDocument.extend({
    roundId: Id,
    /** As the rules of the round have them printed with it. */
    stances: z.array(Stance),
  }).extend(getIssued.output.pick({ shown: true, blocks: true }).shape),
})
