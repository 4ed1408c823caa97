import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { moveListing } from '@multilogue/shared/assistance'
import { listCommitments } from '@multilogue/shared/commitments'
import { acceptMatch } from '@multilogue/shared/matches'
import {
  conductThread,
  editMessage,
  getThread,
  listMessages,
  listWordings,
  postMessage,
} from '@multilogue/shared/dialogue'
import { setMode } from '@multilogue/shared/documents'
import { reviewReport } from '@multilogue/shared/follow-up'
import { setLanguage } from '@multilogue/shared/identity'
import { reviseRecommendation } from '@multilogue/shared/recommendations'
import { addAgendaItem, conductSession } from '@multilogue/shared/rounds'
import { newId } from '../../server/src/common/ids.js'
import { DEMO_PASSWORD } from '../../server/src/demo/world.js'
import { AssistanceThings } from '../access/assistance-things.js'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until, type Via } from '../support/stage.js'
import { expectProblem, send } from './raw.js'

/* The same write twice, two writes at once, and too many writes. */

let stage: Stage
let round: SmallRound
let things: Things
let assistance: AssistanceThings

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new Things(stage, round)
  assistance = new AssistanceThings(stage, round, things)
})
afterAll(() => stage.close())

/** A thread of its own for a test. */
async function thread(): Promise<string> {
  const session = await things.session('confirmed')
  const item = { sessionId: session.id, number: '1', title: 'Item' }
  return (await stage.world.do('secretariat', addAgendaItem, item)).threadId
}
const bodies = async (threadId: string) =>
  (await stage.done('gha.head', listMessages, { threadId })).map((message) => message.body)
const events = async (threadId: string) => {
  const [row] = await stage.source.query<{ count: string }[]>(
    `SELECT count(*) FROM event WHERE name = 'message.posted' AND payload -> 'message' ->> 'threadId' = $1`,
    [threadId],
  )
  return Number(row!.count)
}

describe.each(['http', 'socket'] as Via[])('A write over %s', (via) => {
  it('[KEY-1] of a doubled click is made once, and both get its answer', async () => {
    const threadId = await thread()
    const input = { threadId, body: 'Once.', language: 'en' as const }
    const key = newId()
    const answers = await Promise.all([1, 2, 3].map(() => stage.call('gha.head', postMessage, input, { via, key })))
    expect(answers.map(({ says }) => says)).toEqual(['ok', 'ok', 'ok'])
    expect(new Set(answers.map(({ output }) => output!.id)).size).toBe(1)
    expect(answers[1]!.output).toEqual(answers[0]!.output)
    expect(await bodies(threadId)).toEqual(['Once.'])
    expect(await events(threadId)).toBe(1)
  })

  it('[KEY-2] under a key that belongs to another write is refused', async () => {
    const threadId = await thread()
    const key = newId()
    const input = { threadId, body: 'First.', language: 'en' as const }
    await stage.done('gha.head', postMessage, input, { via, key })
    const other = await stage.call('gha.head', postMessage, { ...input, body: 'Second.' }, { via, key })
    expect(other).toMatchObject({ status: 422, says: 'key-reused' })
    expect((await stage.call('gha.head', setLanguage, { language: 'en' }, { via, key })).says).toBe('key-reused')
    // Another person's key is another key.
    await stage.done('eth.head', postMessage, { ...input, body: 'Third.' }, { via, key })
    expect(await bodies(threadId)).toEqual(['First.', 'Third.'])
  })

  it('[KEY-3] that was refused may be tried again under its key', async () => {
    const threadId = await thread()
    const input = { threadId, body: 'At last.', language: 'en' as const }
    const key = newId()
    const { revision } = await stage.done('chair', conductThread, { threadId, state: 'closed', revision: 1 })
    expect((await stage.call('gha.head', postMessage, input, { via, key })).says).toBe('wrong-state')
    await stage.done('chair', conductThread, { threadId, state: 'open', revision })
    expect((await stage.call('gha.head', postMessage, input, { via, key })).says).toBe('ok')
    expect(await bodies(threadId)).toEqual(['At last.'])
  })
})

it('[KEY-4] a write whose answer was lost is not made again by the retry', async () => {
  const threadId = await thread()
  const input = { threadId, body: 'Lost answer.', language: 'en' as const }
  const key = newId()
  const cookie = await stage.cookieOf('gha.head')
  const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': key }
  const route = `${stage.address}/api/threads/${threadId}/messages`
  await new Promise<void>((resolve) => {
    const request = httpRequest(route, { method: 'POST', headers }, () => {
      request.destroy()
      resolve()
    })
    request.end(JSON.stringify({ body: input.body, language: input.language }))
  })
  await until('it is made', async () => (await bodies(threadId)).length === 1)
  const retried = await stage.done('gha.head', postMessage, input, { key })
  expect(retried.body).toBe('Lost answer.')
  // The retry may go by the other door.
  expect(await stage.done('gha.head', postMessage, input, { key, via: 'socket' })).toEqual(retried)
  expect(await bodies(threadId)).toEqual(['Lost answer.'])
  expect(await events(threadId)).toBe(1)
})

it('[KEY-5] a key that is too short or too long is refused', async () => {
  const body = JSON.stringify({ language: 'en' })
  for (const key of ['short', 'x'.repeat(101)]) {
    const raw = await send(stage, 'PATCH /api/me', { who: 'gha.head', body, headers: { 'idempotency-key': key } })
    expectProblem(raw, 'invalid-input')
  }
})

describe('Two people who change the same thing', () => {
  it('[STALE-1] a statement: the second is told where it stands, and no wording is lost', async () => {
    const { messageId, revision } = await things.madeStatement({})
    const edits = ['One way.', 'Another way.'].map((body) =>
      stage.call('gha.head', editMessage, { messageId, body, revision }),
    )
    const says = (await Promise.all(edits)).map((answer) => answer.problem ?? 'ok')
    expect(says).toContain('ok')
    expect(says).toContainEqual(expect.objectContaining({ status: 409, type: '/problems/stale-revision', revision: 2 }))
    const wordings = await stage.done('eth.head', listWordings, { messageId })
    expect(wordings.map((wording) => wording.revision)).toEqual([1, 2])
  })

  it('[STALE-2] anything else: one change is made, the other is told the revision', async () => {
    const threadId = await thread()
    const session = await things.session('confirmed')
    const document = await things.documentToMove('participants')
    const recommendation = await things.recommendationToRevise('proposed')
    const pairs = [
      ['gha.head', 'chair', reviseRecommendation, recommendation],
      ['chair', 'facilitator', setMode, document],
      ['chair', 'secretariat', conductThread, { threadId, floor: 'all', revision: 1 }],
      ['chair', 'secretariat', conductSession, { sessionId: session.id, status: 'live', revision: session.revision }],
    ] as const
    for (const [one, other, act, input] of pairs) {
      const answers = await Promise.all([one, other].map((who) => stage.call(who, act, input as never)))
      const told = answers.find(({ problem }) => problem)
      expect({ act: act.name, says: answers.map(({ says }) => says).sort() }).toEqual({
        act: act.name,
        says: ['ok', 'stale-revision'],
      })
      expect(told?.problem).toMatchObject({ status: 409, revision: (input as { revision: number }).revision + 1 })
    }
  })

  it('[STALE-3] a step that can be made only once is made once', async () => {
    const listing = await assistance.listingToMove('draft', 'published')
    const report = await things.reportToReview('submitted')
    const twice = async (who: string, act: typeof moveListing | typeof reviewReport, input: object) =>
      (await Promise.all([1, 2].map(() => stage.call(who, act, input as never)))).map(({ says }) => says).sort()
    expect(await twice('deu.head', moveListing, listing)).toEqual(['ok', 'stale-revision'])
    expect(await twice('secretariat', reviewReport, report)).toEqual(['ok', 'wrong-state'])
  })

  it('[STALE-3] both sides may accept in the same moment: one commitment comes of it', async () => {
    const input = { ...(await assistance.matchToDecide('proposed')), gains: 'Experience.' }
    const accepting = ['deu.head', 'gha.head'].map((who) => stage.call(who, acceptMatch, input))
    const answers = await Promise.all(accepting)
    expect(answers.map(({ says }) => says)).toEqual(['ok', 'ok'])
    expect(answers.map(({ output }) => output!.state).sort()).toEqual(['agreed', 'proposed'])
    const of = { roundId: round.roundId, matchId: input.matchId }
    expect((await stage.done('chair', listCommitments, of)).total).toBe(1)
  })

  it('[STALE-4] a revision that has not been yet is stale too', async () => {
    const threadId = await thread()
    const answer = await stage.call('chair', conductThread, { threadId, floor: 'all', revision: 7 })
    expect(answer.problem).toMatchObject({ status: 409, revision: 1 })
    expect((await stage.done('chair', getThread, { threadId })).floor).toBe('members')
  })
})

describe('Too many', () => {
  async function strict(settings: { WRITES_PER_MINUTE?: number; SIGN_INS_PER_MINUTE?: number }): Promise<Stage> {
    const opened = await Stage.open(settings)
    const { world } = opened
    const days = { opens: '2027-06-08', closes: '2027-06-10' }
    const roundId = await world.round({ number: 3, title: 'Round 3', place: 'Vienna', ...days, symbolPrefix: 'T.3' })
    for (const key of ['one', 'two']) {
      await world.person(key, key)
      await world.seat(key, roundId, 'secretariat')
    }
    return opened
  }

  it('[RATE-1] writes of one person are refused for a while, of nobody else, and reads never', async () => {
    const opened = await strict({ WRITES_PER_MINUTE: 3 })
    try {
      const write = (who: string) => send(opened, 'PATCH /api/me', { who, body: '{"language":"fr"}' })
      const statuses = [await write('one'), await write('one'), await write('one')].map(({ status }) => status)
      expect(statuses).toEqual([200, 200, 200])
      const refused = await write('one')
      const problem = expectProblem(refused, 'too-many-requests')
      const wait = Number(refused.headers.get('retry-after'))
      expect(wait).toBeGreaterThanOrEqual(1)
      expect(wait).toBeLessThanOrEqual(60)
      expect(problem.retryAfterSeconds).toBe(wait)
      const overSocket = await opened.call('one', setLanguage, { language: 'es' }, { via: 'socket' })
      expect(overSocket.says).toBe('too-many-requests')
      expect((await send(opened, 'GET /api/rounds', { who: 'one' })).status).toBe(200)
      expect((await write('two')).status).toBe(200)
    } finally {
      await opened.close()
    }
  })

  it('[RATE-2] sign-ins are refused for a while: of one account, and from one address', async () => {
    const opened = await strict({ SIGN_INS_PER_MINUTE: 10 })
    try {
      const signIn = (who: string, password: string) =>
        send(opened, 'POST /api/sign-in', { body: JSON.stringify({ email: `${who}@demo.test`, password }) })
      expectProblem(await signIn('one', 'wrong'), 'wrong-credentials')
      expectProblem(await signIn('ONE', 'wrong'), 'wrong-credentials')
      const refused = await signIn('one', DEMO_PASSWORD)
      expectProblem(refused, 'too-many-requests')
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect(refused.headers.get('set-cookie')).toBeNull()
      expect((await signIn('two', DEMO_PASSWORD)).status).toBe(200)
      for (let i = 5; i <= 10; i++) expectProblem(await signIn(`nobody${i}`, 'wrong'), 'wrong-credentials')
      expectProblem(await signIn('two', DEMO_PASSWORD), 'too-many-requests')
    } finally {
      await opened.close()
    }
  })
})
