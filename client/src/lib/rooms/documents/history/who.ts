import { Role } from '@multilogue/shared/identity'
import { roleName } from '$lib/rooms/identity/seat-name'

/** A delegation's code as it is, a function in the reader's language. */
export const codeLabel = (code: string): string => (Role.options.some((role) => role === code) ? roleName(code) : code)
