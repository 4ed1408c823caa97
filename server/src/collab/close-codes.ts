/**
 * Why the server ends a connection. y-websocket takes 4400-4499 as final and connects again after all others.
 * The sentence goes along as the reason (at most 123 bytes).
 */
export interface CloseCode {
  code: number
  reason: string
}

export const CLOSE = {
  goingAway: { code: 1012, reason: 'The server is restarting; connect again in a moment.' },
  unexpected: { code: 1011, reason: 'Something went wrong on the server; connect again in a moment.' },
  slowReader: { code: 1013, reason: 'You read more slowly than the others write; connect again.' },
  busy: { code: 1013, reason: 'More is waiting to be stored than the server can hold; connect again later.' },
  malformed: { code: 4400, reason: 'A message could not be read.' },
  withdrawn: { code: 4403, reason: 'You may not read this text any more.' },
  notFound: { code: 4404, reason: 'There is no such text.' },
  tooLarge: { code: 4413, reason: 'A message was too large; send it in smaller pieces.' },
  presenceTooLarge: { code: 4431, reason: 'The presence state was too large.' },
  notLoaded: { code: 4503, reason: 'The text could not be loaded; connect again in a moment.' },
  tooManyMessages: { code: 4529, reason: 'Too many messages in a short time; connect again.' },
  tooManyConnections: { code: 4530, reason: 'Too many connections to this text; connect again later.' },
} as const satisfies Record<string, CloseCode>

/** Ends the connection whose frame is being handled, and no other. */
export class Culprit extends Error {
  constructor(readonly close: CloseCode) {
    super(close.reason)
  }
}
