import { z } from 'zod'
import { AssistanceFigures, CommitmentSum } from './assistance-figures.js'
import { command, query } from './contract.js'
import { Figures } from './figures.js'
import { Report } from './follow-up.js'
import { Credentials, DelegationKind, Role } from './identity.js'
import { Match } from './matches.js'
import { listProgress } from './progress.js'
import { Recommendation } from './recommendations.js'
import { Day, Id, Instant, Language, Line, May, TimeZone } from './values.js'

/* What there is of one country, or of another party, on one page: its duties, its cooperation, its words, its people. */

/** Whom to turn to in a delegation. */
export const FocalPoint = z.object({
  id: Id,
  seatId: Id,
  name: z.string(),
  role: Role,
  topic: z.string(),
  languages: z.array(Language),
  timeZone: z.string(),
  may: May,
})
export type FocalPoint = z.infer<typeof FocalPoint>

/** Commitments of other parties to it, and its own to others. */
export const Flows = z.object({ gives: z.array(CommitmentSum), receives: z.array(CommitmentSum) })
export type Flows = z.infer<typeof Flows>

const Party = z.object({
  code: z.string(),
  name: z.string(),
  kind: DelegationKind,
  /** Its number by M49; null for what is no country. */
  m49: z.int().nullable(),
  /** Groups of countries to which it belongs today. */
  groups: z.array(z.string()),
})

export const CountryLine = Party.extend({
  /** Of what is addressed to it. */
  figures: Figures,
  requests: AssistanceFigures.shape.requests,
  ...Flows.shape,
})
export type CountryLine = z.infer<typeof CountryLine>

/** What one party has confirmed to another, of one currency or unit. */
export const Flow = z.object({ from: z.string(), to: z.string(), sum: CommitmentSum })
export type Flow = z.infer<typeof Flow>

export const listCountries = query('countries.listCountries', 'GET /rounds/:roundId/countries', {
  summary: 'The parties of a round: how far each is with what is addressed to it, what it gives and receives.',
  input: z.object({ roundId: Id }),
  output: z.object({ countries: z.array(CountryLine), flows: z.array(Flow) }),
})
export type Countries = z.infer<typeof listCountries.output>

export const Statement = z.object({
  messageId: Id,
  href: z.string(),
  /** On which thread. */
  title: z.string(),
  /** Its first words. */
  words: z.string(),
  language: Language,
  dir: z.enum(['ltr', 'rtl']),
  at: Instant,
})

export const CountryReview = z.object({
  sessionId: Id,
  title: z.string(),
  roundNumber: z.int(),
  startsAt: Instant,
  /** Its session can be opened from the acting seat. */
  here: z.boolean(),
  statement: z.object({ issuedId: Id, symbol: z.string() }).nullable(),
})

export const Country = CountryLine.extend({
  delegationId: Id,
  credentials: Credentials,
  focalPoints: z.array(FocalPoint),
  recommendations: z.array(Recommendation),
  reports: z.array(Report),
  matches: z.array(Match),
  /** Adopted plans in which it leads an action. */
  plans: listProgress.output,
  reviews: z.array(CountryReview),
  statements: z.object({
    total: z.int(),
    /** Newest first. */
    latest: z.array(Statement),
  }),
  may: May,
})
export type Country = z.infer<typeof Country>

export const getCountry = query('countries.getCountry', 'GET /rounds/:roundId/countries/:code', {
  summary: 'One party of a round: duties, reports, cooperation, plans, reviews, statements and focal points.',
  input: z.object({ roundId: Id, code: z.string().max(12) }),
  output: Country,
})

export const nameFocalPoint = command('countries.nameFocalPoint', 'POST /delegations/:delegationId/focal-points', {
  summary: 'Name somebody of the delegation whom to turn to on a topic.',
  input: z.object({
    delegationId: Id,
    seatId: Id,
    topic: Line,
    languages: z.array(Language).min(1).max(6),
    timeZone: TimeZone,
  }),
  output: FocalPoint,
})
export const endFocalPoint = command('countries.endFocalPoint', 'DELETE /focal-points/:focalPointId', {
  summary: 'Somebody is not the one to turn to on a topic any more.',
  input: z.object({ focalPointId: Id }),
  output: z.object({ endedOn: Day }),
})
