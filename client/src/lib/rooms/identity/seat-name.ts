import { among } from '@multilogue/shared/among'
import { ROLES, type Seat } from '@multilogue/shared/identity'
import { t, term } from '$lib/i18n/i18n.svelte'

export const roleName = (role: string): string => term(`identity.role.${role}`)

/** "Ghana, head of delegation", or the function alone. */
export const seatName = (seat: Seat): string =>
  seat.delegationName
    ? t('identity.seatOf', { delegation: seat.delegationName, role: roleName(seat.role) })
    : roleName(seat.role)

/** A delegation's code as it is, a function in the reader's language. */
export const codeLabel = (code: string): string => (among(ROLES, code) ? roleName(code) : code)
