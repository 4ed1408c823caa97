import { z } from 'zod'
import { command, query } from './contract.js'
import { ParagraphStatus } from './negotiation.js'
import { Part } from './numbering.js'
import { RoundRules } from './rules.js'
import {
  ContentHash,
  Id,
  Instant,
  Language,
  May,
  OptionalParagraph,
  Paragraph,
  ParagraphId,
  Revision,
  TimeZone,
} from './values.js'

/*
 * How a text is decided on. Silence, consensus and a vote on a whole text adopt an issued revision of it, word for
 * word; a vote on one paragraph says what becomes of that paragraph, and a straw poll has no effect. What state a
 * procedure is in follows from its rows and the server's clock, to the second, whether or not anything has run.
 */

export const METHODS = ['silence', 'consensus', 'vote', 'straw_poll'] as const
export const Method = z.enum(METHODS)
export type Method = z.infer<typeof Method>
/** roll_call: in the order of the roll, from a delegation that is drawn by lot. secret: who voted is known, and not what. */
export const BALLOTS = ['recorded', 'secret', 'roll_call'] as const
export const Ballot = z.enum(BALLOTS)
export type Ballot = z.infer<typeof Ballot>
/** broken: silence was broken, somebody objected, or a vote did not adopt. */
export const ProcedureState = z.enum(['scheduled', 'running', 'passed', 'broken', 'cancelled'])
export type ProcedureState = z.infer<typeof ProcedureState>
export const CHOICES = ['yes', 'no', 'abstain'] as const
export const Choice = z.enum(CHOICES)
export type Choice = z.infer<typeof Choice>
/** `polled`: a straw poll has ended. */
export const DecisionResult = z.enum(['adopted', 'not_adopted', 'no_quorum', 'polled'])
export type DecisionResult = z.infer<typeof DecisionResult>

export const STANCE_KINDS = ['explanation', 'reservation', 'disassociation'] as const
export const StanceKind = z.enum(STANCE_KINDS)
export type StanceKind = z.infer<typeof StanceKind>

const Party = z.object({ code: z.string(), name: z.string() })
const Said = { text: z.string(), language: Language, dir: z.enum(['ltr', 'rtl']), at: Instant }

/** Where a delegation stands once something is adopted. */
export const Stance = z.object({
  id: Id,
  kind: StanceKind,
  /** Null: to the whole. */
  paragraphId: z.string().nullable(),
  by: Party,
  ...Said,
})
export type Stance = z.infer<typeof Stance>

/** A break of silence or an objection in the room. */
export const Objection = z.object({
  id: Id,
  /** Of a break, what it names. */
  paragraphIds: z.array(z.string()),
  /** Null as long as the chair has not released the names. */
  by: Party.nullable(),
  /** Empty when no reason is given, or when it is not released with the name. */
  ...Said,
  /** It came at the deadline or after it, and has no effect. */
  late: z.boolean(),
  own: z.boolean(),
})
export type Objection = z.infer<typeof Objection>

export const Procedure = z.object({
  id: Id,
  roundId: Id,
  document: z.object({ id: Id, title: z.string(), language: Language, dir: z.enum(['ltr', 'rtl']) }),
  /** The revision that is decided on; null when it is one paragraph. */
  issued: z.object({ id: Id, symbol: z.string() }).nullable(),
  paragraphId: z.string().nullable(),
  /** The log number and the hash of the words that are decided on. */
  no: z.int(),
  hash: z.string(),
  session: z.object({ id: Id, title: z.string(), timeZone: z.string() }),
  method: Method,
  ballot: Ballot.nullable(),
  state: ProcedureState,
  result: DecisionResult.nullable(),
  opensAt: Instant,
  /** Of silence its end; of consensus, until when the chair waits for objections. */
  deadline: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Why it was cancelled. */
  reason: z.string().nullable(),
  /** Those that it began under. */
  rules: RoundRules,
  /** Member delegations that could take part when it began. */
  members: z.int(),
  /** How many have to be present. */
  quorum: z.int(),
  /** Members present when it ended; null while it is open, and of silence, for which nobody has to be present. */
  present: z.array(Party).nullable(),
  objections: z.array(Objection),
  /** The names of those who broke silence are known to all. */
  released: z.boolean(),
  /** Codes of those who have voted. */
  voted: z.array(z.string()),
  /** What the seat's delegation votes; null when it has not voted, and always of a secret ballot. */
  ownVote: Choice.nullable(),
  /** Null as long as it is not to be known. */
  tally: z.object({ yes: z.int(), no: z.int(), abstain: z.int() }).nullable(),
  /** Every member in the order of the roll; null as long as it is not to be known, and always of a secret ballot. */
  roll: z.array(Party.extend({ choice: Choice.nullable() })).nullable(),
  /** Under what symbol it was adopted. */
  decision: z.object({ id: Id, symbol: z.string() }).nullable(),
  /** Where it is talked about after silence was broken. */
  carryOn: z.object({ sessionId: Id, itemId: Id }).nullable(),
  stances: z.array(Stance),
  /** The server's clock at this answer: countdowns count from it. */
  at: Instant,
  revision: Revision,
  may: May,
})
export type Procedure = z.infer<typeof Procedure>

/** A paragraph of what is decided on, as it is worded there. */
export const DecidedParagraph = z.object({
  id: z.string(),
  /** As delegations speak of it, `PP1` or `3 bis`; empty for what has no number. */
  number: z.string(),
  part: Part.nullable(),
  text: z.string(),
  status: ParagraphStatus.nullable(),
  /** Adopted without a reservation of anybody. */
  agreedLanguage: z.boolean(),
})
export type DecidedParagraph = z.infer<typeof DecidedParagraph>
export const ProcedureDetail = Procedure.extend({ paragraphs: z.array(DecidedParagraph) })
export type ProcedureDetail = z.infer<typeof ProcedureDetail>

/** A wall clock somewhere: it has no meaning in an hour that the place skips. */
export const LocalTime = z.object({
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, { error: 'A local time such as 2027-06-14T18:00.' }),
  zone: TimeZone,
})
/** An instant, or what a clock somewhere shows at it; of an hour that is there twice, the later one. */
export const Deadline = z.union([Instant, LocalTime])
export type Deadline = z.infer<typeof Deadline>

const onProcedure = { procedureId: Id, revision: Revision }

export const listProcedures = query('decisions.listProcedures', 'GET /decisions', {
  summary: 'The decisions of a round, those that are open first.',
  input: z.object({ roundId: Id }),
  output: z.object({ procedures: z.array(Procedure), may: May }),
})
export const getProcedure = query('decisions.getProcedure', 'GET /decisions/:procedureId', {
  summary: 'A decision with the words that it is taken on.',
  input: z.object({ procedureId: Id }),
  output: ProcedureDetail,
})
export const openProcedure = command('decisions.openProcedure', 'POST /decisions', {
  summary: 'Ask for a decision on an issued revision, which freezes the text; or on one paragraph of a text.',
  input: z
    .object({
      documentId: Id,
      issuedId: Id.optional(),
      paragraph: z.object({ id: ParagraphId, hash: ContentHash }).optional(),
      /** In whose room it is, and in whose zone its times are told. */
      sessionId: Id,
      method: Method,
      ballot: Ballot.optional(),
      /** Left out, now. */
      opensAt: Instant.optional(),
      deadline: Deadline.optional(),
    })
    .refine(({ issuedId, paragraph }) => (issuedId === undefined) !== (paragraph === undefined), {
      path: ['issuedId'],
      error: 'Name an issued revision, or one paragraph.',
    })
    .refine(({ method, paragraph }) => !paragraph || method === 'vote' || method === 'straw_poll', {
      path: ['paragraph'],
      error: 'One paragraph is voted on or polled.',
    })
    .refine(({ method, deadline }) => (method === 'silence') === (deadline !== undefined), {
      path: ['deadline'],
      error: 'A silence procedure has a deadline, and nothing else has.',
    })
    .refine(({ method, ballot }) => (method === 'vote') === (ballot !== undefined), {
      path: ['ballot'],
      error: 'A vote says how it is taken, and nothing else does.',
    }),
  output: Procedure,
})
export const extendSilence = command('decisions.extendSilence', 'PUT /decisions/:procedureId/deadline', {
  summary: 'Give a silence procedure more time; it is never shortened.',
  input: z.object({ ...onProcedure, deadline: Deadline }),
  output: Procedure,
})
export const cancelProcedure = command('decisions.cancelProcedure', 'POST /decisions/:procedureId/cancel', {
  summary: 'Take back the question, with the reason.',
  input: z.object({ ...onProcedure, reason: Paragraph }),
  output: Procedure,
})
export const breakSilence = command('decisions.breakSilence', 'POST /decisions/:procedureId/breaks', {
  summary: 'Break silence on paragraphs. What comes too late is kept as such and has no effect.',
  input: z.object({
    procedureId: Id,
    paragraphIds: z.array(ParagraphId).min(1).max(200),
    text: Paragraph,
    language: Language,
  }),
  output: Procedure,
})
export const releaseNames = command('decisions.releaseNames', 'POST /decisions/:procedureId/release', {
  summary: 'Let all know who broke silence, and why.',
  input: z.object(onProcedure),
  output: Procedure,
})
export const objectTo = command('decisions.objectTo', 'POST /decisions/:procedureId/objections', {
  summary: 'Object to what the chair is about to declare adopted; the reason may follow.',
  input: z.object({ procedureId: Id, text: OptionalParagraph.default(''), language: Language }),
  output: Procedure,
})
export const giveReason = command('decisions.giveReason', 'PUT /objections/:objectionId/reason', {
  summary: 'Say why the delegation has objected.',
  input: z.object({ objectionId: Id, text: Paragraph, language: Language }),
  output: Procedure,
})
export const castVote = command('decisions.castVote', 'PUT /decisions/:procedureId/vote', {
  summary:
    'Vote for the delegation. Until the gavel a later vote takes the place of an earlier one, but not in a secret ballot.',
  input: z.object({ procedureId: Id, choice: Choice }),
  output: Procedure,
  unkept: ['choice'],
})
export const gavel = command('decisions.gavel', 'POST /decisions/:procedureId/gavel', {
  summary: 'Declare adopted what nobody objects to, or close a vote or a poll.',
  input: z.object({ procedureId: Id }),
  output: Procedure,
})
export const takeStance = command('decisions.takeStance', 'POST /decisions/:procedureId/stances', {
  summary: 'Explain a position, reserve or disassociate once it is adopted, on a paragraph or on the whole.',
  input: z.object({
    procedureId: Id,
    kind: StanceKind,
    paragraphId: ParagraphId.optional(),
    text: Paragraph,
    language: Language,
  }),
  output: Procedure,
})
