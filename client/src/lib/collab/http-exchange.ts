import { syncDocument } from '@multilogue/shared/documents'
import { problemName, type Problem, type ProblemName } from '@multilogue/shared/problems'
import { TEXT_SCHEMA } from '@multilogue/shared/text-schema'
import { fromBase64, toBase64 } from 'lib0/buffer'
import { call, problemOf } from '$lib/api'
import { OUTDATED } from './closing'
import type { Exchange, Exchanged } from './slow-line'

/** A request that takes longer is on a line that is no line. */
const PATIENCE_MS = 30_000

/** WebSocket close codes that say the same as an answer over HTTP. */
const CLOSED: Partial<Record<ProblemName, number>> = { 'not-found': 4404, 'not-allowed': 4403 }
const LATER = new Set<ProblemName>(['not-saved', 'too-many-requests', 'unexpected'])
/** Whoever is signed out is led to the sign-in page, and finds the words again afterwards. */
const NO_ANSWER = new Set<ProblemName>(['unavailable', 'not-signed-in'])

/** Merges with the server over plain HTTP [ENGINE-10]. */
export function exchangeOverHttp(documentId: string): Exchange {
  return async (vector, update) => {
    try {
      const input = { documentId, vector: toBase64(vector), update: update && toBase64(update) }
      // Merging twice is merging once: the server need not remember what it answered.
      const merged = await call(syncDocument, input, { key: null, signal: AbortSignal.timeout(PATIENCE_MS) })
      if (merged.schema > TEXT_SCHEMA) return { kind: 'closed', code: OUTDATED }
      return { kind: 'merged', update: fromBase64(merged.update), no: merged.no }
    } catch (thrown) {
      return whatCameOf(problemOf(thrown))
    }
  }
}

function whatCameOf(problem: Problem): Exchanged {
  const name = problemName(problem)
  const code = CLOSED[name]
  if (code !== undefined) return { kind: 'closed', code }
  if (NO_ANSWER.has(name)) return { kind: 'unreachable' }
  if (LATER.has(name)) return { kind: 'later', problem }
  return name === 'edit-out-of-order' ? { kind: 'gap', problem } : { kind: 'refused', problem }
}
