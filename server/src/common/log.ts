import pino, { type Logger } from 'pino'

export type Log = Logger
/** Injection token of the structured log. Log ids, sizes and durations; never what a person wrote. */
export const LOG = Symbol('log')

export const createLog = (level: string): Log =>
  pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })

/** What may be logged of an error: its kind and code. A driver's message can quote the row. */
export function errorFacts(thrown: unknown): { error: string; code?: string; at?: string } {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const code = (thrown as { code?: unknown }).code
  const at = thrown.stack
    ?.split('\n')
    .find((line) => line.trim().startsWith('at '))
    ?.trim()
  return { error: thrown.name, ...(typeof code === 'string' ? { code } : {}), ...(at ? { at } : {}) }
}
