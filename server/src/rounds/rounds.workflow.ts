/* Which step may follow which. */

const ROUND_STEPS: Record<string, string[]> = {
  planned: ['open'],
  open: ['in_session'],
  in_session: ['adopted'],
  adopted: ['follow_up'],
  follow_up: ['under_review'],
  under_review: ['closed'],
  closed: [],
}
const SESSION_STEPS: Record<string, string[]> = {
  draft: ['confirmed', 'cancelled'],
  confirmed: ['live', 'cancelled'],
  live: ['ended', 'cancelled'],
  ended: [],
  cancelled: [],
}
const CREDENTIALS_STEPS: Record<string, string[]> = {
  none: ['provisional', 'accepted', 'rejected'],
  provisional: ['accepted', 'rejected'],
  accepted: ['provisional', 'rejected'],
  rejected: ['provisional', 'accepted'],
}

const follows = (steps: Record<string, string[]>) => (from: string, to: string) => steps[from]?.includes(to) ?? false
export const roundMay = follows(ROUND_STEPS)
export const sessionMay = follows(SESSION_STEPS)
export const credentialsMay = follows(CREDENTIALS_STEPS)

/** It can still be moved or cancelled. */
export const isAhead = (status: string): boolean => status === 'draft' || status === 'confirmed'
