import { PROBLEMS, problemType, type Problem, type ProblemName } from '@multilogue/shared/problems'
import { z } from 'zod'

/**
 * A refusal that the person is told about. Thrown by services without HTTP in it; translated once, at the
 * border, into a problem (RFC 9457).
 */
export class Refusal extends Error {
  constructor(
    readonly problem: ProblemName,
    readonly detail?: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail ?? PROBLEMS[problem].title)
  }
}

/** @param field  where it stands in what was sent: `closesOn`, `offers/0/money` */
export const invalidInput = (field: string, detail: string) =>
  new Refusal('invalid-input', undefined, { errors: [{ pointer: `#/${field}`, detail }] })

/** Hidden and absent are the same. */
export const nothingHere = () => new Refusal('not-found')

const pointerOf = (path: PropertyKey[]) => '#' + path.map((part) => `/${String(part)}`).join('')

/** Codes of PostgreSQL and of the socket to it that mean: try again soon. */
const UNAVAILABLE = /^(08...|57P0.|53...|ECONN.*|EPIPE|ETIMEDOUT)$/
/** What the driver and the pool say without a code when the connection was lost before or between statements. */
const CONNECTION_LOST = /Connection terminated|not queryable|already released|timeout exceeded when trying to connect/

/** Codes of PostgreSQL for a value that it cannot keep: a character U+0000, a day outside its calendar. */
const NOT_STORABLE = /^22(P05|003|007|008|021)$/

/**
 * The problem to answer for anything thrown. What is not a refusal becomes a fixed sentence: no message or
 * stack of an unknown error leaves the server.
 * @param instance the request's id, by which the log line can be found
 */
export function problemOf(thrown: unknown, instance: string): Problem {
  if (thrown instanceof Refusal) return told(thrown.problem, instance, thrown.detail, thrown.more)
  if (thrown instanceof z.ZodError)
    return told('invalid-input', instance, undefined, {
      errors: thrown.issues.map((issue) => ({ pointer: pointerOf(issue.path), detail: issue.message })),
    })
  const { code, type, status, message } = (thrown ?? {}) as Record<string, unknown>
  if (type === 'entity.too.large') return told('too-large', instance)
  if (typeof type === 'string' && status === 400) return told('invalid-input', instance, 'The body is not valid JSON.')
  // Express and its parsers name what they cannot read: an encoding, an alphabet, an escape in the path.
  if (typeof status === 'number' && status >= 400 && status < 500)
    return told('invalid-input', instance, 'The request cannot be read.')
  if (typeof code === 'string' && NOT_STORABLE.test(code))
    return told('invalid-input', instance, 'A text or number in it cannot be kept.')
  if (code === '23505') return told('already-exists', instance)
  if (typeof code === 'string' && UNAVAILABLE.test(code)) return told('unavailable', instance)
  if (typeof message === 'string' && CONNECTION_LOST.test(message)) return told('unavailable', instance)
  return told('unexpected', instance)
}

function told(name: ProblemName, instance: string, detail?: string, more: object = {}): Problem {
  const { status, title } = PROBLEMS[name]
  return { type: problemType(name), title, status, ...(detail ? { detail } : {}), instance, ...more }
}
