import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NestFactory } from '@nestjs/core'
import { IoAdapter } from '@nestjs/platform-socket.io'
import type { NestExpressApplication } from '@nestjs/platform-express'
import compression from 'compression'
import { AppModule, type Outside } from './app.module.js'
import { CollabSocket } from './documents/collab.socket.js'
import { Texts } from './documents/texts.js'
import { apiRouter } from './http/api.router.js'
import { docsRouter } from './http/docs.router.js'
import { Health } from './http/health.js'
import { Metrics } from './http/metrics.js'
import { Pages } from './http/pages.js'
import { PublicAnswers } from './http/public-answers.js'
import { logged, problems } from './http/requests.js'
import { WebSessions } from './identity/web-sessions.js'
import { Publisher } from './realtime/publisher.js'
import { Dispatcher } from './work/dispatcher.js'
import { RateLimits } from './work/rate-limits.js'

/** The browser application's build, beside this package. */
export const CLIENT_BUILD = fileURLToPath(new URL('../../client/build', import.meta.url))

/** Longer than the minute for which a proxy keeps a connection, lest it send a request into one that is just being closed. */
const KEEP_ALIVE_MS = 65_000

/**
 * The whole server, not listening yet.
 * @param clientBuild folder of the built pages; null serves the API alone
 */
export async function createApp(
  outside: Outside,
  clientBuild: string | null,
  demo: boolean,
): Promise<NestExpressApplication> {
  const { settings, log } = outside
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(outside), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
    forceCloseConnections: true,
  })
  app.useWebSocketAdapter(new IoAdapter(app))
  const metrics = app.get(Metrics)
  const pages = clientBuild && existsSync(clientBuild) ? new Pages(clientBuild) : undefined
  app.disable('x-powered-by')
  app.use(logged(log, metrics))
  if (pages) app.use(pages.headers())
  app.use(compression())
  app.use(
    '/healthz',
    answerJson(() => Promise.resolve({ status: 'ok', demo })),
  )
  app.use(
    '/readyz',
    answerJson(() =>
      app
        .get(Health)
        .ready()
        .then((r) => ({ ...r, text: !app.get(Texts).engine.stats().storeFailing })),
    ),
  )
  app.use(
    '/metrics',
    (_request: unknown, response: { type(t: string): { send(b: string): void } }, next: (e: unknown) => void) =>
      void metrics.registry.metrics().then((text) => response.type('text/plain').send(text), next),
  )
  app.use('/api', docsRouter())
  const parts = {
    settings,
    dispatcher: app.get(Dispatcher),
    sessions: app.get(WebSessions),
    limits: app.get(RateLimits),
    answers: app.get(PublicAnswers),
  }
  app.use('/api', apiRouter(parts))
  if (pages) app.use(pages.router())
  app.use(problems(log))
  metrics.gauge('room_readers', 'Connections that follow a stream.', () => app.get(Publisher).readers)
  metrics.gauge('text_connections', 'Connections to texts.', () => app.get(Texts).engine.stats().connections)
  metrics.gauge('texts_open', 'Texts held in memory.', () => app.get(Texts).engine.stats().documents)
  await app.init()
  const server = app.getHttpServer()
  server.keepAliveTimeout = KEEP_ALIVE_MS
  app.get(CollabSocket).listen(server)
  return app
}

type Answer = { status(code: number): { json(body: object): void } }

/** Answers a health question: 200, or 503 when something it names is not right. */
const answerJson =
  (read: () => Promise<object>) => (_request: unknown, response: Answer, next: (thrown: unknown) => void) =>
    void read().then(
      (body) => response.status(Object.values(body).includes(false) && 'ready' in body ? 503 : 200).json(body),
      next,
    )
