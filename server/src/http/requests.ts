import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { errorFacts, type Log } from '../common/log.js'
import { problemOf } from '../common/problem.js'
import type { Metrics } from './metrics.js'

/** Gives each request its id and logs it when it ends: ids, route and durations, never a query or a body. */
export const logged =
  (log: Log, metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const id = randomUUID()
    const began = process.hrtime.bigint()
    response.locals.requestId = id
    response.setHeader('X-Request-Id', id)
    response.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9
      const route = request.baseUrl + ((request.route as { path?: string } | undefined)?.path ?? '')
      if (route.startsWith('/api')) metrics.request(request.method, route, response.statusCode, seconds)
      const facts = { id, method: request.method, route: route || 'page', status: response.statusCode }
      const person = response.locals.personId as string | undefined
      log.info({ ...facts, ms: Math.round(seconds * 1000), ...(person ? { person } : {}) }, 'request')
    })
    next()
  }

/** Everything thrown on the way becomes a problem; only what nobody expected is logged as an error. */
export const problems =
  (log: Log): ErrorRequestHandler =>
  (thrown: unknown, _request, response, next) => {
    const id = response.locals.requestId as string
    const problem = problemOf(thrown, `/requests/${id}`)
    if (problem.status >= 500) log.error({ id, ...errorFacts(thrown) }, 'request failed')
    if (response.headersSent) return next(thrown)
    const wait = problem.retryAfterSeconds
    if (typeof wait === 'number') response.setHeader('Retry-After', String(wait))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
