import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CONTRACTS } from '@multilogue/shared/api'
import { ATTACHMENT_BYTES, attachFile } from '@multilogue/shared/attachments'
import { importText, previewFile } from '@multilogue/shared/exchange'
import { syncDocument } from '@multilogue/shared/documents'
import { pathParameters, type Contract } from '@multilogue/shared/contract'
import { checkSheet, readIn, SHEET_BYTES } from '@multilogue/shared/register'
import { me, signIn, signOut } from '@multilogue/shared/identity'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import { Refusal } from '../common/problem.js'
import type { Settings } from '../config/settings.js'
import type { WebSessions } from '../identity/web-sessions.js'
import type { Dispatcher } from '../work/dispatcher.js'
import { FileAnswer } from '../work/file-answer.js'
import type { RateLimits } from '../work/rate-limits.js'
import { WrittenAnswer } from '../work/written-answer.js'
import { NOBODY } from '../access/caller.js'
import { sessionCookie, tokenOf } from './cookie.js'
import { ownOrigin } from './origin.js'
import type { PublicAnswers } from './public-answers.js'

export interface ApiParts {
  settings: Settings
  dispatcher: Dispatcher
  sessions: WebSessions
  limits: RateLimits
  answers: PublicAnswers
}

/** The routes below `/api`, one for each contract. */
export function apiRouter(parts: ApiParts): Router {
  const { settings } = parts
  const router = express.Router()
  router.use((request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    next(reads || ownOrigin(request, settings) ? undefined : new Refusal('foreign-origin'))
  })
  const small = express.json({ limit: settings.BODY_KILOBYTES * 1024 })
  const text = express.json({ limit: settings.TEXT_FRAME_KILOBYTES * 1536 })
  // Base64 takes four characters for three bytes.
  const file = express.json({ limit: settings.IMPORT_MEGABYTES * 1.4 * 1024 * 1024 })
  const attachment = express.json({ limit: ATTACHMENT_BYTES * 1.4 })
  const sheet = express.json({ limit: SHEET_BYTES * 1.4 })
  const larger: Partial<Record<string, typeof small>> = {
    [syncDocument.name]: text,
    [previewFile.name]: file,
    [importText.name]: file,
    [attachFile.name]: attachment,
    [checkSheet.name]: sheet,
    [readIn.name]: sheet,
  }
  const run = { [signIn.name]: runSignIn, [signOut.name]: runSignOut, [me.name]: runMe }
  for (const contract of CONTRACTS.values()) {
    const verb = contract.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete'
    const body = larger[contract.name] ?? small
    const handle = run[contract.name] ?? (contract.access === 'open' ? runOpen : runContract)
    router[verb](contract.path, body, (request, response, next) => {
      response.setHeader('Cache-Control', 'no-store')
      handle(parts, contract, request, response).catch(next)
    })
  }
  router.use((_request: Request, _response: Response, next: NextFunction) => next(new Refusal('not-found')))
  return router
}

type Run = (parts: ApiParts, contract: Contract, request: Request, response: Response) => Promise<void>

const runContract: Run = async ({ sessions, dispatcher }, contract, request, response) => {
  const signedIn = await sessions.find(tokenOf(request))
  const caller = await sessions.caller(signedIn, request.get('x-seat'))
  response.locals.personId = caller.personId
  await answerWith(
    response,
    contract,
    await dispatcher.dispatch(contract, caller, inputOf(contract, request), keyOf(request)),
  )
}

/** What is public, and for who knows a token that was made here; guessing is limited per address. */
const runOpen: Run = async ({ dispatcher, limits, answers }, contract, request, response) => {
  const { cached } = contract
  if (cached !== undefined) {
    const input = contract.input.parse(inputOf(contract, request))
    const json = await answers.get(`${contract.name} ${JSON.stringify(input)}`, cached, async () => {
      await limits.knock(request.ip ?? '')
      return JSON.stringify(await dispatcher.dispatch(contract, NOBODY, input))
    })
    response.setHeader('Cache-Control', `public, max-age=${cached}`)
    response.type('json').send(json)
    return
  }
  await limits.knock(request.ip ?? '')
  await answerWith(response, contract, await dispatcher.dispatch(contract, NOBODY, inputOf(contract, request)))
}

async function answerWith(response: Response, contract: Contract, answer: unknown): Promise<void> {
  response.status(contract.method === 'POST' ? 201 : 200)
  if (answer instanceof FileAnswer) {
    response.setHeader('Content-Disposition', answer.disposition)
    // It is kept and never run, whatever a browser takes it for.
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'")
    response.type(answer.media)
    if (answer.content instanceof Uint8Array) response.end(answer.content)
    // What breaks on the way ends the connection, so that nobody takes a part for the whole.
    else await pipeline(Readable.from(answer.content), response)
  } else if (answer instanceof WrittenAnswer) response.type('json').end(answer.json)
  else response.json(answer)
}

const runSignIn: Run = async ({ sessions, limits, settings }, contract, request, response) => {
  const { email, password } = signIn.input.parse(request.body ?? {})
  await limits.signIn(request.ip ?? '', email)
  const { token, personId } = await sessions.begin(email, password)
  response.locals.personId = personId
  response.setHeader('Set-Cookie', sessionCookie(settings, token))
  response.json(contract.output.parse(await sessions.me(personId)))
}

const runSignOut: Run = async ({ sessions, settings }, _contract, request, response) => {
  const { sessionId } = await sessions.find(tokenOf(request))
  await sessions.end(sessionId)
  response.setHeader('Set-Cookie', sessionCookie(settings))
  response.json({ done: true })
}

const runMe: Run = async ({ sessions }, contract, request, response) => {
  const { personId } = await sessions.find(tokenOf(request))
  response.locals.personId = personId
  response.json(contract.output.parse(await sessions.me(personId)))
}

/** Path parameters win over a body or query that names the same. */
function inputOf(contract: Contract, request: Request): unknown {
  const rest: unknown = contract.method === 'GET' ? request.query : (request.body ?? {})
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest))
    throw new Refusal('invalid-input', 'The body must be a JSON object.')
  return { ...rest, ...Object.fromEntries(pathParameters(contract.path).map((p) => [p, request.params[p]])) }
}

function keyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key')
  if (key !== undefined && (key.length < 8 || key.length > 100))
    throw new Refusal('invalid-input', 'An Idempotency-Key has 8 to 100 characters.')
  return key
}
