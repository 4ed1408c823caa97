import { conducts, stand, type ActingSeat } from './caller.js'

/*
 * Who says who is present
 *
 * Everybody in the round sees who is present. A delegation is online by having the page of the session open; that it
 * is in the room is said by the chair or the secretariat, as long as the session is not over. Members count for the
 * quorum when their credentials are accepted or provisional.
 */
export const mayDeclare = (seat: ActingSeat): boolean => conducts(seat)

export const countsForQuorum = (kind: string, credentials: ActingSeat['credentials']): boolean =>
  kind === 'member' && stand(credentials)
