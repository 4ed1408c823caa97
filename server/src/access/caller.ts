import type { Credentials, DelegationKind, Role } from '@multilogue/shared/identity'
import type { z } from 'zod'
import { Refusal } from '../common/problem.js'

/** A seat as rights see it. */
export interface ActingSeat {
  id: string
  role: Role
  roundId: string
  delegationId: string | null
  delegationCode: string | null
  delegationName: string | null
  delegationKind: DelegationKind | null
  credentials: z.infer<typeof Credentials> | null
}

/** Who asks. `seat` is the one acting seat of this request; rights never add up over several seats. */
export interface Caller {
  personId: string
  personName: string
  sessionId: string
  seat: ActingSeat | null
}

/** What the server does by itself. */
export const NOBODY: Caller = { personId: '', personName: 'Multilogue', sessionId: '', seat: null }

/*
 * Who may act for whom
 *
 * A seat acts in its own round, and a member of a delegation only for that delegation. The decisive acts
 * (responding, publishing, accepting, reporting) need the head or an alternate. A delegation whose
 * credentials are rejected has no rights but to read; provisional keeps them all. Observers and stakeholders
 * read what participants read, may speak where the floor is open to all, and may offer assistance.
 * The secretariat services the round and never takes a position; an administrator only manages seats.
 */
export const isStaff = (seat: ActingSeat) => seat.role === 'secretariat'
export const presides = (seat: ActingSeat) => seat.role === 'chair'
export const conducts = (seat: ActingSeat) => seat.role === 'chair' || seat.role === 'secretariat'
export const holdsPen = (seat: ActingSeat) => seat.role === 'facilitator' || seat.role === 'chair'
/** Those who answer for what is said to have happened. */
export const keepsRecord = (seat: ActingSeat) => conducts(seat) || seat.role === 'rapporteur'
/** The secretariat has texts translated; who holds the pen of a text answers for its words in every language. */
export const translates = (seat: ActingSeat) => isStaff(seat) || holdsPen(seat)

export const stand = (credentials: ActingSeat['credentials']): boolean =>
  credentials === 'accepted' || credentials === 'provisional'
export const accredited = (seat: ActingSeat): seat is ActingSeat & { delegationId: string; delegationCode: string } =>
  seat.delegationId !== null && stand(seat.credentials)
export const isMember = (seat: ActingSeat) => accredited(seat) && seat.delegationKind === 'member'
export const decides = (seat: ActingSeat) => accredited(seat) && (seat.role === 'head' || seat.role === 'alternate')

/** The acting seat. @throws Refusal not-allowed when the person has none */
export function seatOf(caller: Caller): ActingSeat {
  if (!caller.seat) throw new Refusal('not-allowed', 'You have no seat in a round.')
  return caller.seat
}

/** @throws Refusal not-allowed unless `allowed` */
export function must(allowed: boolean, detail: string): asserts allowed {
  if (!allowed) throw new Refusal('not-allowed', detail)
}

/** @throws Refusal wrong-state unless `possible` */
export function mustBe(possible: boolean, detail: string): asserts possible {
  if (!possible) throw new Refusal('wrong-state', detail)
}
