import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { EXTRA } from '@multilogue/shared/collab'
import pg from 'pg'
import { DEMO_PASSWORD } from '../../server/src/demo/world.js'
import { Client } from '../collab/client.js'
import { engineAt } from '../realtime/engine-at.js'
import { StockClient } from '../realtime/stock-client.js'
import { Forum } from '../support/forum.js'
import { until } from '../support/stage.js'

/* Two processes on one database: a stock client at the first, one that reads short frames at the second. */

const PATIENCE = 30_000
const STOCK = 'gha.head'
const SHORT = 'eth.head'

let one: Forum
let other: Forum
let cookies: Map<string, string>
let documentId: string
let stock: StockClient
let short: Client
/** Every word that was typed, each once. */
let typed: string[]
let stopTyping: (() => void)[]

beforeAll(async () => {
  one = await Forum.open()
  other = await one.beside()
  cookies = new Map([
    [STOCK, await signIn(STOCK)],
    [SHORT, await signIn(SHORT)],
  ])
  documentId = await textInDrafting()
}, 120_000)
afterAll(async () => {
  await other.close()
  await one.close()
})

beforeEach(async () => {
  typed = []
  stopTyping = []
  stock = await enterStock(one)
  short = new Client(SHORT, { document: documentId, ext: 2 })
  enterShort()
  await until('both have the text', () => stock.provider.synced && short.isSaved && short.sentEdits > 0, PATIENCE)
})
afterEach(() => {
  for (const stop of stopTyping) stop()
  stock.close()
  short.destroy()
})

async function signIn(who: string): Promise<string> {
  const response = await fetch(`${one.address}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${who}@demo.test`, password: DEMO_PASSWORD }),
  })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}
async function textInDrafting(): Promise<string> {
  const ask = async <T>(path: string): Promise<T[]> => {
    const answer = await fetch(`${one.address}/api${path}`, { headers: { cookie: cookies.get(STOCK) ?? '' } })
    return (await answer.json()) as T[]
  }
  const [round] = await ask<{ id: string }>('/rounds')
  const texts = await ask<{ id: string; title: string; mode: string }>(`/documents?roundId=${round?.id}`)
  return texts.find(({ title, mode }) => title.startsWith('Action plan') && mode === 'drafting')!.id
}
const enterStock = ({ address }: Forum): Promise<StockClient> =>
  StockClient.connect({ address, cookieOf: (who) => Promise.resolve(cookies.get(who) ?? '') }, STOCK, documentId)
function enterShort(): void {
  short.connect(engineAt(other.address, cookies.get(SHORT) ?? ''))
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/<[^<>]+>/g))
const stockWords = (client = stock): Set<string> => wordsOf(client.doc.getText('t').toJSON())
const shortWords = (): Set<string> => wordsOf(short.text)

/** Both type a word every few milliseconds, wherever they are; who is cut off connects again. */
function keepTyping(): void {
  const write = (by: string, insert: (word: string) => void): void => {
    const word = `<${by} ${typed.length}>`
    typed.push(word)
    insert(word)
  }
  const typing = setInterval(() => {
    write(STOCK, (word) => stock.doc.getText('t').insert(0, word))
    write(SHORT, (word) => short.type(word))
    if (!short.isConnected) enterShort()
  }, 15)
  stopTyping.push(() => clearInterval(typing))
}

/** Waits for more words to be typed, while whatever happens goes on. */
const untilTyped = (more: number): Promise<void> => {
  const enough = typed.length + more
  return until('more is typed', () => typed.length >= enough, PATIENCE)
}

/** Nobody types any more, and everybody has every word. */
async function allIsThere(): Promise<void> {
  for (const stop of stopTyping) stop()
  if (!short.isConnected) enterShort()
  const lacks = (words: Set<string>): boolean => typed.some((word) => !words.has(word))
  await until('both have every word', () => !lacks(stockWords()) && !lacks(shortWords()), PATIENCE)
  await until('the second is saved', () => short.isSaved, PATIENCE)
  expect(short.text).toBe(stock.doc.getText('t').toJSON())
  const refused = short.extra.filter((message) => message.type === EXTRA.notTaken && !message.retry)
  expect(refused).toEqual([])
  const late = await enterStock(one)
  try {
    await until('somebody else has the text', () => late.provider.synced, PATIENCE)
    expect(late.doc.getText('t').toJSON()).toBe(short.text)
  } finally {
    late.close()
  }
}

/** Ends the connections on which the servers hear from each other. @returns how many there were */
async function cutBus(): Promise<number> {
  const client = new pg.Client({ connectionString: one.databaseUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}

describe('Two servers, one text', () => {
  it('[ENGINE-11] words cross both ways', async () => {
    keepTyping()
    await untilTyped(100)
    await allIsThere()
  }, 120_000)

  it('[ENGINE-7] [ENGINE-11] cursors cross both ways, with the card of whose they are, and end with them', async () => {
    const { awareness } = stock.provider
    awareness.setLocalStateField('cursor', { anchor: 1 })
    short.awareness.setLocalState({ cursor: { anchor: 2 } })
    const seenBy = (who: typeof awareness, of: typeof awareness) => who.getStates().get(of.clientID)
    const have = (who: typeof awareness, of: typeof awareness) => seenBy(who, of)?.cursor !== undefined
    await until('both see each other', () => have(awareness, short.awareness) && have(short.awareness, awareness))
    expect(seenBy(awareness, short.awareness)).toMatchObject({ cursor: { anchor: 2 }, user: { delegationCode: 'ETH' } })
    expect(seenBy(short.awareness, awareness)).toMatchObject({ cursor: { anchor: 1 }, user: { delegationCode: 'GHA' } })
    short.disconnect()
    await until('the cursor is gone', () => seenBy(awareness, short.awareness) === undefined, PATIENCE)
  }, 120_000)

  it('[ENGINE-11] with the bus cut again and again, words are late and none is lost', async () => {
    keepTyping()
    let cut = 0
    for (let times = 0; times < 5; times++) {
      await untilTyped(40)
      cut += await cutBus()
    }
    expect(cut).toBeGreaterThanOrEqual(5)
    await allIsThere()
  }, 90_000)

  it('[ENGINE-2] [ENGINE-11] both restarted one after the other while both type, no word is lost', async () => {
    keepTyping()
    await untilTyped(50)
    for (const forum of [one, other]) {
      await forum.stop()
      await untilTyped(30)
      await forum.start()
      await untilTyped(50)
    }
    await allIsThere()
  }, 120_000)

  it('[ENGINE-1] [ENGINE-11] with one of them killed, the other goes on and no word is lost', async () => {
    keepTyping()
    await untilTyped(50)
    await one.kill()
    const before = shortWords().size
    await until('the other goes on', () => short.isSaved && shortWords().size > before, PATIENCE)
    await one.start()
    await untilTyped(50)
    await allIsThere()
  }, 90_000)
})
