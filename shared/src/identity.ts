import { z } from 'zod'
import { command, query } from './contract.js'
import { Done, Id, Language, NoInput } from './values.js'

/** What a person does in a round. Rights come from the role, the delegation's kind and the object's state. */
export const ROLES = [
  'head',
  'alternate',
  'adviser',
  'expert',
  'chair',
  'facilitator',
  'rapporteur',
  'secretariat',
  'admin',
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
export const DELEGATION_KINDS = ['member', 'observer', 'stakeholder'] as const
export const DelegationKind = z.enum(DELEGATION_KINDS)
export type DelegationKind = z.infer<typeof DelegationKind>
export const CREDENTIALS = ['none', 'provisional', 'accepted', 'rejected'] as const
export const Credentials = z.enum(CREDENTIALS)

export const Seat = z.object({
  id: Id,
  role: Role,
  roundId: Id,
  roundTitle: z.string(),
  delegationId: Id.nullable(),
  delegationCode: z.string().nullable(),
  delegationName: z.string().nullable(),
  delegationKind: DelegationKind.nullable(),
  credentials: Credentials.nullable(),
})
export type Seat = z.infer<typeof Seat>

export const Me = z.object({
  person: z.object({ id: Id, name: z.string(), email: z.string(), language: Language }),
  seats: z.array(Seat),
  /** May plan rounds without sitting in one. */
  administers: z.boolean(),
  /** A round with invented people and values, made at the first start. */
  demo: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const signIn = command('identity.signIn', 'POST /sign-in', {
  summary: 'Sign in; sets the session cookie.',
  access: 'open',
  input: z.object({ email: z.email().max(254), password: z.string().min(1).max(200) }),
  output: Me,
})
export const signOut = command('identity.signOut', 'POST /sign-out', {
  summary: 'Sign out; ends the session and its open connections.',
  access: 'http',
  input: NoInput,
  output: Done,
})
export const me = query('identity.me', 'GET /me', {
  summary: 'The signed-in person and all seats.',
  access: 'http',
  input: NoInput,
  output: Me,
})
export const setLanguage = command('identity.setLanguage', 'PATCH /me', {
  summary: 'Keep the interface language with the person.',
  input: z.object({ language: Language }),
  output: Done,
})
