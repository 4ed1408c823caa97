import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CONTRACTS } from '@multilogue/shared/api'
import { closeBracket } from '@multilogue/shared/brackets'
import { pathParameters, type Contract } from '@multilogue/shared/contract'
import { editMessage, listMessages, postMessage } from '@multilogue/shared/dialogue'
import { submitReport } from '@multilogue/shared/follow-up'
import { offerInformal } from '@multilogue/shared/informals'
import { succeedRecommendations, withdrawRecommendation } from '@multilogue/shared/recommendations'
import { readIn } from '@multilogue/shared/register'
import { planRound } from '@multilogue/shared/rounds'
import { newId } from '../../server/src/common/ids.js'
import { emptyPlace, everyCase, furnish } from '../access/every-case.js'
import type { Case } from '../access/roles.js'
import { Stage } from '../support/stage.js'
import { expectProblem, send } from './raw.js'

/* What must not come in does not, for every command and every field of it. */

let stage: Stage
const here = emptyPlace()
const cases = everyCase(here)
/** Each command once, in a state in which it succeeds. */
const COMMANDS: [string, Case][] = [...CONTRACTS.values()]
  .filter((contract) => contract.kind === 'write' && contract.access === 'seat')
  .map((contract) => [contract.name, cases.find((one) => one.act === contract && one.may.length > 0)!])

beforeAll(async () => {
  stage = await Stage.open()
  await furnish(here, stage)
})
afterAll(() => stage.close())

type Fields = Record<string, unknown>
const WRONG: unknown[] = [null, 42, -1, 0.5, true, {}, [], [[]], 'not an id', '', ' ', 'x'.repeat(5000)]
const HTML = `<script>alert(1)</script><img src=x onerror="alert('2')"> & <b>bold</b> {{3}} \${4}`

const fits = (act: Contract, input: Fields) => act.input.safeParse(input).success
const fieldsOf = (act: Contract) => Object.keys(act.input.shape)
const attempt = async ({ act, may }: Case, input: Fields) => stage.call(may[0]!, act, input)

/** What is asked for is kept, but is no part of what is answered: why something was withdrawn, succeeded, closed or
 * offered, and the name of a file that was read in. */
const KEPT_ELSEWHERE: Contract[] = [
  withdrawRecommendation,
  succeedRecommendations,
  readIn,
  closeBracket,
  offerInformal,
  planRound,
]
/** Of what was there a moment ago nobody can tell that it never was: a paragraph, or whose turn the chair ends. */
const GONE: Record<string, string[]> = { paragraphId: ['text-moved-on', 'words-gone'], ending: ['floor-taken'] }

describe('Every command', () => {
  it.each(COMMANDS)('[BORDER-1] %s refuses a wrong type and names the field', async (_name, one) => {
    const given = (await one.given()) as Fields
    const inPath = pathParameters(one.act.path)
    for (const field of fieldsOf(one.act))
      for (const wrong of WRONG) {
        if (inPath.includes(field) && String(wrong).trim() === '') continue
        // An address is made of text: null in it is the text `null`.
        const input = { ...given, [field]: inPath.includes(field) ? String(wrong) : wrong }
        if (fits(one.act, input)) continue
        const { problem } = await attempt(one, input)
        expect({ field, wrong, status: problem?.status }).toEqual({ field, wrong, status: 400 })
        expect(problem!.errors!.every(({ pointer }) => pointer.startsWith(`#/${field}`))).toBe(true)
        expect(problem!.errors!.every(({ detail }) => detail.length > 0)).toBe(true)
      }
  })

  it.each(COMMANDS)('[BORDER-2] %s refuses a missing field and names it', async (_name, one) => {
    const given = (await one.given()) as Fields
    for (const field of fieldsOf(one.act).filter((name) => !pathParameters(one.act.path).includes(name))) {
      const { [field]: _, ...rest } = given
      if (fits(one.act, rest)) continue
      const { problem } = await attempt(one, rest)
      expect({ field, status: problem?.status }).toEqual({ field, status: 400 })
      expect(problem!.errors!.map(({ pointer }) => pointer)).toEqual([`#/${field}`])
    }
  })

  it.each(COMMANDS)('[BORDER-3] %s finds nothing under an id that nobody has given', async (_name, one) => {
    const given = (await one.given()) as Fields
    for (const field of fieldsOf(one.act)) {
      const unknown = [newId(), [newId()], { kind: 'message', messageId: newId() }]
      for (const value of unknown) {
        const input = { ...given, [field]: value }
        if (!fits(one.act, input) || JSON.stringify(value) === JSON.stringify(given[field])) continue
        // A text that happens to look like an id is a text.
        if ([['Some words'], 'Some words'].some((words) => fits(one.act, { ...given, [field]: words }))) continue
        const { says } = await attempt(one, input)
        const gone = GONE[field] ?? []
        const refused = ['not-found', 'invalid-input', 'not-allowed', ...gone].includes(says)
        expect({ field, says: refused ? 'refused' : says }).toEqual({ field, says: 'refused' })
      }
    }
  })

  it.each(COMMANDS)('[BORDER-4] %s takes no control characters in any text', async (_name, one) => {
    const given = (await one.given()) as Fields
    for (const field of fieldsOf(one.act)) {
      const text = given[field] ?? 'x'
      if (typeof text !== 'string' || field.endsWith('Id')) continue
      const input = { ...given, [field]: `${text}\u0000` }
      const { says } = await attempt(one, input)
      expect({ field, says }).toEqual({ field, says: 'invalid-input' })
    }
  })

  it.each(COMMANDS)('[BORDER-5] %s keeps markup as the plain text that was typed', async (_name, one) => {
    const first = (await one.given()) as Fields
    const marked = (given: Fields, field: string) => ({
      ...given,
      [field]: Array.isArray(given[field]) ? [HTML] : HTML,
    })
    // What is quoted has to stand in the text already.
    const texts = fieldsOf(one.act).filter((field) => field !== 'quote' && fits(one.act, marked(first, field)))
    for (const field of texts) {
      const given = field === texts[0] ? first : ((await one.given()) as Fields)
      const { says, output, headers } = await attempt(one, marked(given, field))
      expect({ field, says }).toEqual({ field, says: 'ok' })
      expect(headers?.get('content-type')).toMatch(/^application\/json/)
      if (KEPT_ELSEWHERE.includes(one.act)) continue
      expect(JSON.stringify(output)).toContain(JSON.stringify(HTML).slice(1, -1))
    }
  })
})

describe('A body', () => {
  const route = () => `POST /api/threads/${here.round.item.threadId}/messages`
  const count = async () => (await stage.done('gha.head', listMessages, { threadId: here.round.item.threadId })).length

  it.each([
    ['cut off', '{"body": "half'],
    ['no JSON', 'body=Hello&language=en'],
    ['a number', '42'],
    ['a text', '"body"'],
    ['null', 'null'],
    ['an array', '[{"body":"Hello","language":"en"}]'],
    ['empty', ''],
  ])('[BORDER-6] that is %s is refused', async (_name, body) => {
    const before = await count()
    expectProblem(await send(stage, route(), { who: 'gha.head', body }), 'invalid-input')
    expect(await count()).toBe(before)
  })

  it('[BORDER-6] of another type, encoding or alphabet is refused', async () => {
    const body = JSON.stringify({ body: 'Hello', language: 'en' })
    const unreadable: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=ebcdic' },
      { 'content-encoding': 'bogus' },
      { 'content-encoding': 'gzip' },
    ]
    for (const headers of unreadable)
      expectProblem(await send(stage, route(), { who: 'gha.head', body, headers }), 'invalid-input')
  })

  it('[BORDER-6] of a statement of one megabyte is refused, as is one that is a little too long', async () => {
    const statement = (length: number) => JSON.stringify({ body: 'x'.repeat(length), language: 'en' })
    const large = await send(stage, route(), { who: 'gha.head', body: statement(1_000_000) })
    expectProblem(large, 'too-large')
    const long = await send(stage, route(), { who: 'gha.head', body: statement(4001) })
    expect(expectProblem(long, 'invalid-input').errors).toMatchObject([{ pointer: '#/body' }])
    expect((await send(stage, route(), { who: 'gha.head', body: statement(4000) })).status).toBe(201)
  })

  it('[BORDER-6] nested thousands deep, or with members that nobody asked for, does no harm', async () => {
    const deep = `{"body":"Hello","language":"en","more":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    const headers = { 'idempotency-key': 'deep-deep-deep' }
    expect((await send(stage, route(), { who: 'gha.head', body: deep, headers })).status).toBe(201)
    const odd = `{"body":"Hello","language":"en","__proto__":{"seat":1},"constructor":1,"seatId":"${newId()}"}`
    const { status, text } = await send(stage, route(), { who: 'gha.head', body: odd })
    expect(status).toBe(201)
    expect(JSON.parse(text)).toMatchObject({ seatId: here.round.seats['gha.head'] })
  })

  it('[BORDER-6] over the socket is refused in the same way', async () => {
    const socket = await stage.socketOf('gha.head')
    for (const sent of [null, 42, [], {}, { name: 7 }, { name: 'toString' }, { name: postMessage.name, input: [] }])
      expect(await socket.emitWithAck('command', sent)).toMatchObject({
        ok: false,
        problem: { instance: expect.any(String) },
      })
    const input = { threadId: here.round.item.threadId, body: 'Hello', language: 'en' }
    const nul: unknown = await socket.emitWithAck('command', { name: postMessage.name, input, key: 'key-with-\u0000' })
    expect(nul).toMatchObject({ ok: false, problem: { type: '/problems/invalid-input' } })
    for (const sent of [null, {}, { stream: 'round:x' }, { stream: `round:${here.round.roundId}`, after: -1 }])
      expect(await socket.emitWithAck('subscribe', sent)).toMatchObject({ ok: false, problem: { status: 400 } })
    expect(socket.connected).toBe(true)
  })
})

describe('An address', () => {
  it.each(['GET /api/nothing', 'GET /api/', 'PUT /api/rounds', 'DELETE /api/me', 'PUT /api/sign-in'])(
    '[BORDER-7] that leads nowhere says so: %s',
    async (route) => {
      expectProblem(await send(stage, route, { who: 'gha.head' }), 'not-found')
    },
  )

  it('[BORDER-7] that is not well formed is refused', async () => {
    for (const path of [
      '/api/rounds/%E0%A4%A',
      '/api/rounds/%00',
      '/api/rounds/1%20OR%201=1',
      '/api/trace/message/%00',
    ])
      expectProblem(await send(stage, `GET ${path}`, { who: 'gha.head' }), 'invalid-input')
    for (const query of ['', '?roundId=', '?roundId=x', '?roundId[]=a&roundId[]=b', `?roundId=${newId()}&roundId=2`])
      expectProblem(await send(stage, `GET /api/documents${query}`, { who: 'gha.head' }), 'invalid-input')
  })
})

describe('Evidence', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.org/x',
    'example.org',
    `https://example.org/${'x'.repeat(2000)}`,
  ])('[BORDER-8] is a link to the web: %s is refused', async (evidenceUrl) => {
    const input = { ...(await here.things.reportInput('adopted')), evidenceUrl }
    const { problem } = await stage.call('gha.head', submitReport, input)
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '#/evidenceUrl' }] })
  })
})

it('[BORDER-9] what a statement was is not lost when a correction is refused', async () => {
  const { messageId, revision } = await here.things.madeStatement({})
  for (const body of ['', ' ', 'x\u0000', 'x'.repeat(4001)])
    expect((await stage.call('gha.head', editMessage, { messageId, body, revision })).says).toBe('invalid-input')
  const kept = await stage.call('gha.head', editMessage, { messageId, body: 'Second.', revision })
  expect(kept.output).toMatchObject({ body: 'Second.', revision: 2 })
})
