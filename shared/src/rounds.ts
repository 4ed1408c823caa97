import { z } from 'zod'
import { command, query } from './contract.js'
import { Credentials, DelegationKind, Role } from './identity.js'
import { RoundRules } from './rules.js'
import { Day, Id, Instant, Language, Line, May, NoInput, Revision, TimeZone } from './values.js'

export const ROUND_STATUSES = [
  'planned',
  'open',
  'in_session',
  'adopted',
  'follow_up',
  'under_review',
  'closed',
] as const
export const RoundStatus = z.enum(ROUND_STATUSES)
export const SESSION_KINDS = [
  'plenary',
  'working_group',
  'informal',
  'side_event',
  'clinic',
  'mission',
  'workshop',
] as const
export const SessionKind = z.enum(SESSION_KINDS)
/** How the session sits; while it is suspended, nobody is given the floor. */
export const FORMALITIES = ['formal', 'informal', 'suspended'] as const
export const Formality = z.enum(FORMALITIES)
export const SessionStatus = z.enum(['draft', 'confirmed', 'live', 'ended', 'cancelled'])

export const ItemState = z.enum(['open', 'closed'])

export const Round = z.object({
  id: Id,
  number: z.number().int(),
  title: z.string(),
  place: z.string(),
  opens: Day,
  closes: Day,
  status: RoundStatus,
  previousId: Id.nullable(),
  symbolPrefix: z.string(),
  languages: z.array(Language),
  rules: RoundRules,
  revision: Revision,
  may: May,
})
export type Round = z.infer<typeof Round>

/** Who sits in a round, and from which seat. */
export const Member = z.object({
  seatId: Id,
  name: z.string(),
  role: Role,
  /** The mail address, for those who give seats. */
  email: z.string().nullable(),
  /** Has not chosen a password yet. */
  invited: z.boolean(),
  may: May,
})
export type Member = z.infer<typeof Member>

export const Delegation = z.object({
  id: Id,
  roundId: Id,
  code: z.string(),
  name: z.string(),
  kind: DelegationKind,
  credentials: Credentials,
  members: z.array(Member),
  revision: Revision,
  may: May,
})
export type Delegation = z.infer<typeof Delegation>

/** A group of delegations that speaks together. */
export const Body = z.object({
  id: Id,
  roundId: Id,
  code: z.string(),
  name: z.string(),
  delegationIds: z.array(Id),
})
export type Body = z.infer<typeof Body>

export const Session = z.object({
  id: Id,
  roundId: Id,
  kind: SessionKind,
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  venue: z.string(),
  status: SessionStatus,
  formality: Formality,
  suspendedUntil: Instant.nullable(),
  currentItemId: Id.nullable(),
  /** The country that it reviews. */
  reviewed: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** Counts the changes that a calendar has to be told of: time, place, title, cancellation. */
  sequence: z.int().nonnegative(),
  revision: Revision,
  may: May,
})
export type Session = z.infer<typeof Session>

export const AgendaItem = z.object({
  id: Id,
  sessionId: Id,
  number: z.string(),
  title: z.string(),
  questions: z.array(z.string()),
  threadId: Id,
  documentId: Id.nullable(),
  state: ItemState,
})
export type AgendaItem = z.infer<typeof AgendaItem>

/** The agenda as a document, or a correction of it. */
export const IssuedAgenda = z.object({ issuedId: Id, symbol: z.string(), issuedAt: Instant })
export type IssuedAgenda = z.infer<typeof IssuedAgenda>

export const SessionDetail = Session.extend({ items: z.array(AgendaItem) })
export const RoundDetail = Round.extend({
  sessions: z.array(Session),
  delegations: z.array(Delegation),
  bodies: z.array(Body),
  /** Those who sit for no delegation. */
  officers: z.array(Member),
  /** The agenda as it was issued and its corrections, in order. */
  agenda: z.array(IssuedAgenda),
})
export type RoundDetail = z.infer<typeof RoundDetail>

export const listRounds = query('rounds.listRounds', 'GET /rounds', {
  summary: 'The rounds in which the person has a seat, newest first.',
  input: NoInput,
  output: z.array(Round),
})
export const getRound = query('rounds.getRound', 'GET /rounds/:roundId', {
  summary: 'A round with its sessions, delegations and groups.',
  input: z.object({ roundId: Id }),
  output: RoundDetail,
})
export const planRound = command('rounds.planRound', 'POST /rounds', {
  summary:
    'Plan a round. After an earlier one it takes over its delegations, people, groups and rules; credentials start anew. Whoever plans it sits in its secretariat.',
  input: z.object({
    number: z.int().min(1).max(999),
    title: Line,
    place: Line,
    opens: Day,
    closes: Day,
    symbolPrefix: z
      .string()
      .trim()
      .regex(/^[A-Z][A-Z0-9.-]{0,19}$/, { error: 'Capital letters, digits and dots, such as MIPF.4.' }),
    previousId: Id.nullable(),
  }),
  output: z.object({ id: Id, seatId: Id }),
})
export const moveRound = command('rounds.moveRound', 'PATCH /rounds/:roundId', {
  summary: 'Move a round to its next status.',
  input: z.object({ roundId: Id, status: RoundStatus, revision: Revision }),
  output: Round,
})
export const registerDelegation = command('rounds.registerDelegation', 'POST /rounds/:roundId/delegations', {
  summary: 'Register a delegation; its credentials start as none.',
  input: z.object({
    roundId: Id,
    code: z.string().regex(/^[A-Z0-9-]{2,12}$/, { error: 'Two to twelve capital letters or digits.' }),
    name: Line,
    kind: DelegationKind,
  }),
  output: Delegation,
})
export const setCredentials = command('rounds.setCredentials', 'PATCH /delegations/:delegationId', {
  summary: 'Record the state of the credentials. Provisional keeps all rights and is marked.',
  input: z.object({ delegationId: Id, credentials: Credentials, revision: Revision }),
  output: Delegation,
})
export const formBody = command('rounds.formBody', 'POST /rounds/:roundId/bodies', {
  summary: 'Form a group of delegations.',
  input: z.object({
    roundId: Id,
    code: z.string().regex(/^[A-Za-z0-9-]{2,12}$/, { error: 'Two to twelve letters or digits.' }),
    name: Line,
    delegationIds: z.array(Id).min(1).max(250),
  }),
  output: Body,
})
export const scheduleSession = command('rounds.scheduleSession', 'POST /rounds/:roundId/sessions', {
  summary: 'Schedule a session.',
  input: z.object({
    roundId: Id,
    kind: SessionKind,
    title: Line,
    startsAt: Instant,
    endsAt: Instant,
    timeZone: TimeZone,
    venue: Line,
  }),
  output: Session,
})
export const rescheduleSession = command('rounds.rescheduleSession', 'PATCH /sessions/:sessionId/schedule', {
  summary: 'Move a session that is not over, or change its title. An issued agenda is corrected with it.',
  input: z.object({
    sessionId: Id,
    title: Line,
    startsAt: Instant,
    endsAt: Instant,
    timeZone: TimeZone,
    venue: Line,
    revision: Revision,
  }),
  output: Session,
})
export const issueAgenda = command('rounds.issueAgenda', 'POST /rounds/:roundId/agenda', {
  summary:
    'Issue the agenda of a round as it is scheduled now. It is issued once, then corrected when a session moves.',
  input: z.object({ roundId: Id, language: Language }),
  output: IssuedAgenda,
})
export const getSession = query('rounds.getSession', 'GET /sessions/:sessionId', {
  summary: 'A session with its agenda.',
  input: z.object({ sessionId: Id }),
  output: SessionDetail,
})
export const conductSession = command('rounds.conductSession', 'PATCH /sessions/:sessionId', {
  summary: 'Confirm, open, end or cancel a session, call up an agenda item, or say how the session sits.',
  input: z.object({
    sessionId: Id,
    status: SessionStatus.optional(),
    currentItemId: Id.optional(),
    formality: Formality.optional(),
    /** When a suspended session goes on, if that is known. */
    suspendedUntil: Instant.nullable().optional(),
    revision: Revision,
  }),
  output: Session,
})
export const addAgendaItem = command('rounds.addAgendaItem', 'POST /sessions/:sessionId/items', {
  summary: 'Add an agenda item; its thread is opened with it.',
  input: z.object({
    sessionId: Id,
    number: z
      .string()
      .trim()
      .regex(/^[0-9]{1,2}(\.[0-9]{1,2})?$/, { error: 'A number such as 3 or 3.1.' }),
    title: Line,
    questions: z.array(Line).max(20).default([]),
    documentId: Id.optional(),
  }),
  output: AgendaItem,
})
