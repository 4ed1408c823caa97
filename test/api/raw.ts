import { expect } from '@jest/globals'
import { PROBLEMS, type Problem, type ProblemName } from '@multilogue/shared/problems'
import type { Stage } from '../support/stage.js'

export interface Raw {
  status: number
  headers: Headers
  text: string
}

/** A request exactly as it is given; nothing is added but the cookie of `who`. */
export async function send(
  stage: Stage,
  route: string,
  given: { who?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Raw> {
  const [method, path] = route.split(' ') as [string, string]
  const response = await fetch(`${stage.address}${path}`, {
    method,
    redirect: 'manual',
    body: given.body,
    headers: {
      ...(given.who ? { cookie: await stage.cookieOf(given.who) } : {}),
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...given.headers,
    },
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Anything that tells how the server is made: a stack, a file, a statement, a driver's message. */
const INSIDES = /\bat \S+ \(|node_modules|\.[jt]s:\d+|SELECT |INSERT |UPDATE |constraint|syntax error|Zod|TypeORM/i

/** That an answer is a problem of the catalogue, told as RFC 9457 says, and tells nothing about the server's insides. */
export function expectProblem(raw: Raw, name: ProblemName): Problem {
  expect({ status: raw.status, text: raw.text }).toEqual({
    status: PROBLEMS[name].status,
    text: expect.stringContaining(`/problems/${name}`),
  })
  expect(raw.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(raw.text).not.toMatch(INSIDES)
  const problem = JSON.parse(raw.text) as Problem
  expect(problem).toMatchObject({ type: `/problems/${name}`, title: PROBLEMS[name].title, status: raw.status })
  expect(problem.instance).toBe(`/requests/${raw.headers.get('x-request-id')}`)
  return problem
}
