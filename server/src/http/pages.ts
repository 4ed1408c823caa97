import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { CHART_NAMES } from '@multilogue/shared/charts'
import express, { type RequestHandler, type Router } from 'express'
import helmet from 'helmet'
import expressStaticGzip from 'express-static-gzip'

/** Paths that belong to programs, never to a page. */
const NOT_PAGES = /^\/(api|socket\.io|collab|healthz|readyz|metrics|_app)(\/|$)/

/** What other sites may show in a frame: public figures, with nothing that acts. */
const EMBEDDED = new RegExp(`^/embed/rounds/[\\w-]+/charts/(${CHART_NAMES.join('|')})$`)

/** The one style attribute that SvelteKit writes, which hides its announcer of page changes from sight. */
const ROUTE_ANNOUNCER = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

/** The built browser application. `index.html` answers every page address; files with a hash in the name are kept for good. */
export class Pages {
  private readonly index: string

  /** @param folder the client's build; @throws Error when it has not been built */
  constructor(private readonly folder: string) {
    const file = join(folder, 'index.html')
    if (!existsSync(file)) throw new Error(`The browser application is not built: ${file} is missing.`)
    this.index = readFileSync(file, 'utf8')
  }

  /** Strict content security policy: nothing from elsewhere, and of inline scripts only the build's own, by hash. */
  headers(): RequestHandler {
    const hashes = [...this.index.matchAll(/<script(?:\s[^>]*)?>([^<]+)<\/script>/g)].map(
      ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
    )
    const [alone, within] = ["'none'", '*'].map((ancestors) => this.helmet(hashes, ancestors))
    return (request, response, next) => (EMBEDDED.test(request.path) ? within! : alone!)(request, response, next)
  }

  /** @param ancestors  whose pages may show this one in a frame */
  private helmet(hashes: readonly string[], ancestors: string): RequestHandler {
    return helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", ...hashes],
          styleSrc: ["'self'"],
          styleSrcAttr: ["'unsafe-hashes'", ROUTE_ANNOUNCER],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: [ancestors],
        },
      },
      xFrameOptions: ancestors === '*' ? false : { action: 'deny' },
      strictTransportSecurity: { maxAge: 31_536_000 },
      referrerPolicy: { policy: 'same-origin' },
    })
  }

  router(): Router {
    const router = express.Router()
    // The build has compressed them better than there is time for while somebody waits.
    const files: RequestHandler = expressStaticGzip(this.folder, {
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      index: false,
      serveStatic: { redirect: false, setHeaders: keepHashed },
    })
    router.use(files)
    router.get(/.*/, (request, response, next) => {
      // A compressed file was meant to be sent, but is gone since the start.
      response.removeHeader('Content-Encoding')
      if (NOT_PAGES.test(request.path)) return next()
      response.setHeader('Cache-Control', 'no-cache')
      response.type('html').send(this.index)
    })
    return router
  }
}

/** @param file  the whole path */
function keepHashed(response: ServerResponse, file: string): void {
  const isHashed = file.includes(join('/', '_app', 'immutable', '/'))
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0')
}
