import { createHmac, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { proposeMatch } from '@multilogue/shared/matches'
import { listMessages, postMessage } from '@multilogue/shared/dialogue'
import { openDocument } from '@multilogue/shared/documents'
import { me } from '@multilogue/shared/identity'
import { endSeat } from '@multilogue/shared/seats'
import { WebSocket } from 'ws'
import { DEMO_PASSWORD } from '../../server/src/demo/world.js'
import { emptyPlace, furnish } from '../access/every-case.js'
import { assistanceCases } from '../access/assistance-cases.js'
import { chainCases } from '../access/chain-cases.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { expectProblem, send } from './raw.js'

/* Who knocks: sessions, seats and origins, at each of the three doors. */

let stage: Stage
let round: SmallRound

beforeEach(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterEach(() => stage.close())

const EVIL = 'https://evil.example'
const NAME = 'multilogue_session'
const write = () => ({ threadId: round.item.threadId, body: 'Hello.', language: 'en' as const })
const writeRoute = () => `POST /api/threads/${round.item.threadId}/messages`
const body = JSON.stringify({ body: 'Hello.', language: 'en' })
const statements = () => stage.done('gha.head', listMessages, { threadId: round.item.threadId })

/** Knocks at `/collab`. @returns the status of the refusal, or 101 when it was opened */
function knock(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${stage.address.replace('http', 'ws')}${path}`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy()
      resolve(statusCode!)
    })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('error', reject)
  })
}

async function text(): Promise<string> {
  const input = { roundId: round.roundId, kind: 'outcome', title: 'Text', language: 'en' } as const
  return (await stage.done('facilitator', openDocument, input)).id
}

/** That a cookie opens none of the doors. */
async function expectShut(cookie: string): Promise<void> {
  expectProblem(await send(stage, 'GET /api/me', { headers: { cookie } }), 'not-signed-in')
  expectProblem(await send(stage, writeRoute(), { body, headers: { cookie } }), 'not-signed-in')
  await expect(stage.connect({ cookie })).rejects.toMatchObject({ problem: { type: '/problems/not-signed-in' } })
  expect(await knock(`/collab/${round.roundId}`, { cookie })).toBe(401)
}

describe('A cookie', () => {
  it('[SESSION-1] ends after twelve unused hours at every door, also on an open connection', async () => {
    const cookie = await stage.cookieOf('gha.head')
    const socket = await stage.socketOf('gha.head')
    stage.clock.moveTo('2027-06-08T20:59:59Z')
    expect((await send(stage, 'GET /api/me', { headers: { cookie } })).status).toBe(200)
    stage.clock.moveTo('2027-06-09T08:59:59Z')
    await expectShut(cookie)
    const late: unknown = await socket.emitWithAck('command', { name: postMessage.name, input: write() })
    expect(late).toMatchObject({ ok: false, problem: { type: '/problems/not-signed-in' } })
    stage.forget('gha.head')
    expect(await statements()).toEqual([])
  })

  it('[SESSION-2] that is forged opens nothing', async () => {
    const real = await stage.cookieOf('gha.head')
    const last = real.at(-1) === 'A' ? 'Q' : 'A'
    const [row] = await stage.source.query<{ id: string; token_hash: Buffer }[]>(`SELECT * FROM web_session`)
    const forged = [
      `${NAME}=`,
      `${NAME}=${randomBytes(32).toString('base64url')}`,
      real.slice(0, -2) + last + last,
      real.toUpperCase(),
      `${NAME}=${row!.id}`,
      `${NAME}=${row!.token_hash.toString('base64url')}`,
      `${NAME}=${createHmac('sha256', 'guess').update(stage.world.caller('gha.head').personId).digest('base64url')}`,
      `${NAME}=' OR 1=1 --`,
      `${NAME}=${'x'.repeat(4000)}`,
      `${NAME}=%00`,
      `other=${real.split('=')[1]}`,
    ]
    for (const cookie of forged) await expectShut(cookie)
  })

  it('[SESSION-3] is dead after signing out, with all that it had opened', async () => {
    const cookie = await stage.cookieOf('gha.head')
    const socket = await stage.connect({ cookie })
    const out = await send(stage, 'POST /api/sign-out', { who: 'gha.head', body: '{}' })
    expect(out.headers.get('set-cookie')).toMatch(new RegExp(`^${NAME}=;.*Max-Age=0`))
    await until('the socket is hung up', () => socket.disconnected, 1000)
    await expectShut(cookie)
  })

  it('[SESSION-4] is for the server alone, and its token is kept nowhere', async () => {
    const signIn = JSON.stringify({ email: 'GHA.Head@demo.test', password: DEMO_PASSWORD })
    const answer = await send(stage, 'POST /api/sign-in', { body: signIn })
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    const token = cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'))
    expect(answer.text).not.toContain(token)
    const kept = await stage.source.query<{ all: string }[]>(
      `SELECT string_agg(s::text, ' ') AS all FROM web_session s`,
    )
    expect(kept[0]!.all).not.toContain(token)
    expect(kept[0]!.all).not.toContain(Buffer.from(token).toString('hex'))
  })

  it('[SESSION-5] is not given for a wrong password, and nobody learns which accounts there are', async () => {
    const tell = async (email: string) => {
      const given = JSON.stringify({ email, password: 'wrong' })
      const { instance: _, ...rest } = expectProblem(
        await send(stage, 'POST /api/sign-in', { body: given }),
        'wrong-credentials',
      )
      return rest
    }
    expect(await tell('gha.head@demo.test')).toEqual(await tell('nobody@demo.test'))
  })
})

describe('A seat', () => {
  it('[SEAT-1] of somebody else, of nobody or ended is refused, and nothing is done', async () => {
    const { seats } = round
    await stage.done('secretariat', endSeat, { seatId: seats['gha.adviser']! })
    const strange = [
      seats['gha.head']!,
      seats.secretariat!,
      seats.outsider!,
      seats['gha.adviser']!,
      round.roundId,
      'x',
      "'",
    ]
    for (const seat of strange) {
      const raw = await send(stage, writeRoute(), { who: 'eth.head', body, headers: { 'x-seat': seat } })
      expectProblem(raw, 'not-allowed')
    }
    expect((await stage.call('gha.adviser', postMessage, write(), { seat: seats['gha.adviser'] })).says).toBe(
      'not-allowed',
    )
    const socket = await stage.socketOf('eth.head')
    const given = { name: postMessage.name, input: write(), seat: seats['gha.head'] }
    expect(await socket.emitWithAck('command', given)).toMatchObject({ ok: false, problem: { status: 403 } })
    const follow = { stream: `round:${round.roundId}`, seat: seats['gha.head'] }
    expect(await socket.emitWithAck('subscribe', follow)).toMatchObject({ ok: false, problem: { status: 403 } })
    const cookie = await stage.cookieOf('eth.head')
    expect(await knock(`/collab/${await text()}?seat=${seats['gha.head']}`, { cookie })).toBe(403)
    expect(await statements()).toEqual([])
  })

  it("[SEAT-2] another delegation's hidden objects are not there, for every command", async () => {
    const here = emptyPlace()
    await furnish(here, stage, round)
    const { assistance } = here
    const hidden = [...chainCases(here), ...assistanceCases(here)].filter((one) => one.no === 'not-found')
    const tried: string[] = []
    for (const { act, state, given } of hidden) {
      const { says } = await stage.call('eth.head', act, await given())
      expect({ act: act.name, state, says }).toEqual({ act: act.name, state, says: 'not-found' })
      tried.push(act.name)
    }
    expect(tried).toHaveLength(7)
    const { listingId } = await assistance.listingToMove('draft', 'published')
    const offered = { ...(await assistance.matchToPropose('adopted')), offers: [{ offerId: listingId }] }
    expect((await stage.call('secretariat', proposeMatch, offered)).says).toBe('not-found')
  })
})

describe('A foreign origin', () => {
  it('[ORIGIN-1] writes nothing over HTTP, signs nobody in, and reads no answer', async () => {
    for (const headers of [{ origin: EVIL }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[]) {
      expectProblem(await send(stage, writeRoute(), { who: 'gha.head', body, headers }), 'foreign-origin')
      const signIn = JSON.stringify({ email: 'gha.head@demo.test', password: DEMO_PASSWORD })
      const raw = await send(stage, 'POST /api/sign-in', { body: signIn, headers })
      expectProblem(raw, 'foreign-origin')
      expect(raw.headers.get('set-cookie')).toBeNull()
    }
    const read = await send(stage, 'GET /api/me', { who: 'gha.head', headers: { origin: EVIL } })
    expect(read.headers.get('access-control-allow-origin')).toBeNull()
    const preflight = { origin: EVIL, 'access-control-request-method': 'POST' }
    const asked = await send(stage, writeRoute().replace('POST', 'OPTIONS'), { headers: preflight })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    expect(await statements()).toEqual([])
    const own = { origin: stage.address }
    expect((await send(stage, writeRoute(), { who: 'gha.head', body, headers: own })).status).toBe(201)
  })

  it('[ORIGIN-2] opens neither kind of socket', async () => {
    const cookie = await stage.cookieOf('gha.head')
    const path = `/collab/${await text()}`
    for (const origin of [EVIL, 'null', `${stage.address}.evil.example`]) {
      await expect(stage.connect({ cookie, origin })).rejects.toMatchObject({
        problem: { type: '/problems/foreign-origin', status: 403 },
      })
      expect(await knock(path, { cookie, origin })).toBe(403)
    }
    const socket = await stage.connect({ cookie, origin: stage.address })
    socket.disconnect()
    expect(await knock(path, { cookie, origin: stage.address })).toBe(101)
  })

  it('[ORIGIN-3] is everything but PUBLIC_URL, when that is set; then the cookie is marked Secure', async () => {
    const published = await Stage.open({ PUBLIC_URL: 'https://forum.example.org' })
    try {
      await published.world.person('gha.head', 'A head')
      const signIn = JSON.stringify({ email: 'gha.head@demo.test', password: DEMO_PASSWORD })
      const from = (origin: string) => send(published, 'POST /api/sign-in', { body: signIn, headers: { origin } })
      expectProblem(await from(published.address), 'foreign-origin')
      const answer = await from('https://forum.example.org')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('set-cookie')).toMatch(/; Secure/)
    } finally {
      await published.close()
    }
  })
})

it('[ORIGIN-4] other paths take no sockets', async () => {
  const cookie = await stage.cookieOf('gha.head')
  for (const path of [
    '/',
    '/collab',
    '/collab/',
    '/collab/x',
    `/collab/${round.roundId}`,
    '/collab/../api/me',
    '/api/me',
  ])
    expect(await knock(path, { cookie })).toBe(404)
  expect((await stage.call('gha.head', me, {})).says).toBe('ok')
})
