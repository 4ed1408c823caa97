import { z } from 'zod'
import { command } from './contract.js'
import { Role } from './identity.js'
import { Done, Id, Language, Line } from './values.js'

/** Roles of those who sit for a delegation, and of those who do not. */
export const DELEGATION_ROLES = ['head', 'alternate', 'adviser', 'expert'] as const satisfies Role[]
export const OFFICER_ROLES = ['chair', 'facilitator', 'rapporteur', 'secretariat', 'admin'] as const satisfies Role[]

/**
 * How somebody comes to a password: a link in a mail, or, where no mail is sent, one that the secretariat hands over.
 * Both null: the person has a password.
 */
export const Invitation = z.object({ mailed: z.boolean(), link: z.url().nullable() })
export type Invitation = z.infer<typeof Invitation>

export const giveSeat = command('seats.giveSeat', 'POST /rounds/:roundId/seats', {
  summary: 'Give somebody a seat; who is not known yet is enrolled under the mail address and invited.',
  input: z.object({
    roundId: Id,
    delegationId: Id.nullable(),
    role: Role,
    email: z.email().max(254),
    /** Not taken where the address is known. */
    name: Line,
    language: Language,
  }),
  output: z.object({ seatId: Id, name: z.string(), invitation: Invitation }),
})
export const inviteAgain = command('seats.inviteAgain', 'POST /seats/:seatId/invitation', {
  summary: 'A new link to choose a password, for somebody who has lost the first or forgotten the password.',
  input: z.object({ seatId: Id }),
  output: Invitation,
})
export const endSeat = command('seats.endSeat', 'DELETE /seats/:seatId', {
  summary: 'End a seat; its rights are gone at once, authorship stays.',
  input: z.object({ seatId: Id }),
  output: Done,
})
