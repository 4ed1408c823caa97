import { z } from 'zod'

/**
 * The catalogue of everything that can be answered "no", for HTTP and sockets alike (RFC 9457).
 * Programs look at `type` and the extra members; people read the interface's own translation of `type`.
 */
export const PROBLEMS = {
  'invalid-input': { status: 400, title: 'Some of what was sent cannot be taken' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'E-mail address and password do not match' },
  'not-allowed': { status: 403, title: 'Your seat may not do this' },
  'foreign-origin': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'link-expired': { status: 410, title: 'This link was used, replaced or has expired' },
  'wrong-state': { status: 409, title: 'This cannot be done now' },
  'succession-circular': { status: 409, title: 'This would lead in a circle' },
  'stale-revision': { status: 409, title: 'Somebody else changed this meanwhile' },
  'already-exists': { status: 409, title: 'This exists already' },
  'key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'too-large': { status: 413, title: 'This is too large' },
  'unreadable-sheet': { status: 422, title: 'The file cannot be read as a table' },
  'sheet-faulty': { status: 422, title: 'There are mistakes in the table' },
  'unreadable-file': { status: 422, title: 'The file cannot be read as a text' },
  'stream-too-old': { status: 410, title: 'Too much has happened since, load the page anew' },
  'too-many-requests': { status: 429, title: 'Too many requests, wait a moment' },
  'text-not-writable': { status: 409, title: 'The text cannot be changed now' },
  'text-moved-on': { status: 409, title: 'The text has moved on since; bring the proposal to it' },
  'words-gone': { status: 409, title: 'The words are not in the text any more' },
  'paragraph-agreed': { status: 409, title: 'The paragraph is agreed; it has to be reopened first' },
  'sponsor-needed': { status: 403, title: 'Only a member delegation tables text; ask one to sponsor it' },
  'plan-incomplete': { status: 409, title: 'The plan is not complete' },
  'rendering-incomplete': { status: 409, title: 'The text is not complete in this language' },
  'vision-incomplete': { status: 409, title: 'The vision statement cannot be adopted yet' },
  'list-closed': { status: 409, title: 'The list of speakers is closed' },
  'no-more-replies': { status: 409, title: 'The delegation has used its rights of reply on this item' },
  'floor-taken': { status: 409, title: 'The floor is with somebody else' },
  'sitting-suspended': { status: 409, title: 'The meeting is suspended' },
  'action-unowned': { status: 409, title: 'An action has neither owner nor date' },
  muted: { status: 403, title: 'You may make no statements in this round for a while' },
  'slow-mode': { status: 409, title: 'Your next statement is not possible yet' },
  'foreign-author': { status: 403, title: 'These words carry the mark of another author' },
  'file-not-taken': { status: 422, title: 'A file of this kind is not taken' },
  'file-harmful': { status: 422, title: 'The scanner has found something harmful in the file' },
  'scanner-failed': { status: 503, title: 'The file could not be checked' },
  'translator-failed': { status: 503, title: 'The translation service has not answered' },
  'edit-out-of-order': { status: 409, title: 'An edit before this one is missing' },
  'not-saved': { status: 503, title: 'Not saved yet, keep it' },
  unavailable: { status: 503, title: 'The service is not available at the moment' },
  unexpected: { status: 500, title: 'Something went wrong' },
} as const

export type ProblemName = keyof typeof PROBLEMS

export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>

export const problemType = (name: ProblemName): string => `/problems/${name}`
/** The catalogue's name of a problem; `unexpected` for a type that this version does not know. */
export function problemName(problem: { type: string }): ProblemName {
  const name = problem.type.replace('/problems/', '')
  return name in PROBLEMS ? (name as ProblemName) : 'unexpected'
}
