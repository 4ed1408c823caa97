import { DELEGATION_ROLES } from '@multilogue/shared/seats'
import type { Role } from '@multilogue/shared/identity'
import { isStaff, stand, type ActingSeat } from './caller.js'

/*
 * Who gives and ends seats: the secretariat and administrators all of the round, the head of a delegation those of the
 * delegation, but for heads.
 */

/** A seat that is held or to be given. */
export interface Place {
  delegationId: string | null
  role: Role
}

export const managesSeats = (seat: ActingSeat) => isStaff(seat) || seat.role === 'admin'

/** A delegation whose credentials were rejected brings in nobody. */
export const mayGive = (seat: ActingSeat, { delegationId, role }: Place) =>
  managesSeats(seat) || (leads(seat, delegationId) && stand(seat.credentials) && role !== 'head')
export const mayEnd = (seat: ActingSeat, { delegationId }: Place) => managesSeats(seat) || leads(seat, delegationId)

const leads = (seat: ActingSeat, delegationId: string | null) =>
  seat.role === 'head' && delegationId !== null && seat.delegationId === delegationId

export const isRoleOf = ({ delegationId, role }: Place): boolean =>
  (delegationId !== null) === (DELEGATION_ROLES as readonly Role[]).includes(role)
