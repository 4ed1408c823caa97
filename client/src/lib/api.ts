import { pathParameters, type Contract, type OutputOf, type RawInputOf } from '@multilogue/shared/contract'
import { problemName, problemType, PROBLEMS, type Problem, type ProblemName } from '@multilogue/shared/problems'
import { acting } from './acting'

/** What was answered "no", as the server told it. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
    this.name = problemName(problem)
  }
}

/** A problem of the browser's own finding. */
export const localProblem = (name: ProblemName): Problem => ({ type: problemType(name), ...PROBLEMS[name] })

/** The problem in anything thrown. */
export const problemOf = (thrown: unknown): Problem =>
  thrown instanceof ProblemError ? thrown.problem : localProblem('unexpected')

const PASSING = new Set<ProblemName>(['unavailable', 'too-many-requests', 'unexpected'])

/** Whether the same may be answered a moment later. */
export const isPassing = (problem: Problem): boolean => PASSING.has(problemName(problem))

export const newKey = (): string => crypto.randomUUID()

/**
 * Calls one contract over HTTP.
 * @param options.key the idempotency key; a lost answer is asked for once more under the same key. null: the command
 * does no harm when it arrives twice, and the server keeps no answer
 * @throws ProblemError, with `/problems/unavailable` when the server cannot be reached
 */
export async function call<C extends Contract>(
  contract: C,
  input: RawInputOf<C>,
  options: { key?: string | null; signal?: AbortSignal } = {},
): Promise<OutputOf<C>> {
  const key = options.key === undefined ? newKey() : options.key
  const [url, init] = requestOf(contract, input as Record<string, unknown>, key)
  const request: [string, RequestInit] = [url, { ...init, signal: options.signal }]
  try {
    return await ask<OutputOf<C>>(request)
  } catch (thrown) {
    if (thrown instanceof ProblemError) throw thrown
    if (contract.kind === 'read' || options.signal?.aborted) throw new ProblemError(localProblem('unavailable'))
  }
  try {
    return await ask<OutputOf<C>>(request)
  } catch (thrown) {
    throw thrown instanceof ProblemError ? thrown : new ProblemError(localProblem('unavailable'))
  }
}

/**
 * Fetches a file, with the name that the server gave it.
 * @throws ProblemError, with `/problems/unavailable` when the server cannot be reached
 */
export async function fetchFile<C extends Contract>(contract: C, input: RawInputOf<C>): Promise<File> {
  try {
    const [url, init] = requestOf(contract, input as Record<string, unknown>, null)
    const response = await fetch(url, init)
    if (!response.ok) throw await problemIn(response)
    const named = /filename\*=UTF-8''(\S+)/.exec(response.headers.get('content-disposition') ?? '')
    return new File([await response.blob()], named ? decodeURIComponent(named[1]!) : 'file')
  } catch (thrown) {
    throw thrown instanceof ProblemError ? thrown : new ProblemError(localProblem('unavailable'))
  }
}

function requestOf(contract: Contract, input: Record<string, unknown>, key: string | null): [string, RequestInit] {
  const inPath = pathParameters(contract.path)
  const path = inPath.reduce(
    (at, name) => at.replace(`:${name}`, encodeURIComponent(String(input[name]))),
    contract.path,
  )
  const rest = Object.entries(input).filter(([name, value]) => !inPath.includes(name) && value !== undefined)
  const reads = contract.method === 'GET'
  const query = reads && rest.length > 0 ? `?${new URLSearchParams(rest.map(([n, v]) => [n, String(v)]))}` : ''
  const seat = acting.seatId
  return [
    `/api${path}${query}`,
    {
      method: contract.method,
      headers: {
        ...(seat ? { 'x-seat': seat } : {}),
        ...(contract.kind === 'write' && key !== null ? { 'idempotency-key': key } : {}),
        ...(reads ? {} : { 'content-type': 'application/json' }),
      },
      body: reads ? undefined : JSON.stringify(Object.fromEntries(rest)),
    },
  ]
}

async function ask<T>([url, init]: [string, RequestInit]): Promise<T> {
  const response = await fetch(url, init)
  if (response.ok) return (await response.json()) as T
  throw await problemIn(response)
}

async function problemIn(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined)
  const told = body && typeof body === 'object' && 'type' in body
  return new ProblemError(
    told ? (body as Problem) : localProblem(response.status === 401 ? 'not-signed-in' : 'unavailable'),
  )
}
