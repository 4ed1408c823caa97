import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { startServer } from '../collab/processes.mjs'
import { COMMENTS, PARAGRAPHS, PROPOSALS } from './sizes.mjs'
import { sentence, writeParagraphs } from './words.mjs'

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))
/** The demo's member delegations: as many as authors. */
const CODES = ['gha', 'eth', 'mar', 'tun', 'col', 'mex', 'ind', 'idn', 'pak', 'kor', 'deu', 'che']

/** The product as it is started, with its demo people, and a long text that twelve of them have written. */
export async function start(folder) {
  fs.mkdirSync(folder, { mode: 0o755 })
  const env = {
    DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'error',
    WRITES_PER_MINUTE: '100000',
    SIGN_INS_PER_MINUTE: '1000',
  }
  const { address, tree } = await startServer([main], { env, log: `${folder}.log` })
  const facilitator = await person(address, 'facilitator')
  const [{ id: roundId }] = await facilitator.call('GET', '/rounds')
  const heads = await Promise.all(CODES.map((code) => person(address, `${code}.head`)))
  const text = await longText(roundId, facilitator, heads)
  return {
    address,
    text,
    path: `/documents/${text.id}`,
    editor: '.ProseMirror[contenteditable="true"]',
    authors: heads.length,
    signIn: (page) => signIn(page, address),
    join: (at) => join(address, text.id, heads[at % heads.length]),
    stop: () => tree.stop(),
  }
}

async function longText(roundId, facilitator, heads) {
  const document = await facilitator.call('POST', '/documents', {
    roundId,
    kind: 'outcome',
    title: 'Long text of the benchmark',
    language: 'en',
    visibility: 'participants',
  })
  const { id } = document
  const ids = Array.from({ length: PARAGRAPHS }, () => randomUUID())
  const share = Math.ceil(PARAGRAPHS / heads.length)
  for (const [at, writer] of heads.entries()) {
    const doc = new Y.Doc()
    const known = await writer.call('POST', `/documents/${id}/sync`, {})
    Y.applyUpdate(doc, Buffer.from(known.update, 'base64'))
    const before = Y.encodeStateVector(doc)
    writeParagraphs(doc, at * share, Math.min(PARAGRAPHS, (at + 1) * share), (number) => ids[number])
    await send(writer, id, Y.encodeStateAsUpdate(doc, before))
  }
  for (let number = 0; number < PROPOSALS; number++) {
    const head = heads[number % heads.length]
    const drafted = await head.call('POST', `/documents/${id}/proposals`, {
      documentId: id,
      operation: 'replace',
      paragraphId: ids[number * Math.floor(PARAGRAPHS / PROPOSALS)],
      words: sentence(1000 + number),
    })
    await head.call('POST', `/proposals/${drafted.id}/table`, { revision: drafted.revision })
  }
  for (let number = 0; number < COMMENTS; number++) {
    const head = heads[(number + 5) % heads.length]
    await head.call('POST', `/documents/${id}/comments`, {
      paragraphId: ids[number * Math.floor(PARAGRAPHS / COMMENTS)],
      body: sentence(2000 + number),
      language: 'en',
      visibility: 'room',
    })
  }
  return { id, proposals: PROPOSALS, comments: COMMENTS }
}

const send = (writer, id, bytes) =>
  writer.call('POST', `/documents/${id}/sync`, { update: Buffer.from(bytes).toString('base64') })

export async function person(address, who) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email: `${who}@demo.test`, password: 'multilogue-demo' })
  const response = await fetch(`${address}/api/sign-in`, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`${who}: ${await response.text()}`)
  const cookie = response.headers.get('set-cookie').split(';')[0]
  const call = async (method, route, input) => {
    const sent = { method, headers: { ...headers, cookie }, body: input && JSON.stringify(input) }
    const answer = await fetch(`${address}/api${route}`, sent)
    if (!answer.ok) throw new Error(`${method} ${route}: ${await answer.text()}`)
    return answer.json()
  }
  return { cookie, call }
}

async function signIn(page, address) {
  await page.goto(address)
  await page.evaluate(() => localStorage.setItem('multilogue.language', 'en'))
  await page.evaluate(
    (body) => fetch('/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    JSON.stringify({ email: 'gha.head@demo.test', password: 'multilogue-demo' }),
  )
}

/** Somebody else's editor, over the stock protocol. */
async function join(address, documentId, { cookie }) {
  class Signed extends WebSocket {
    constructor(url) {
      super(url, { headers: { cookie } })
    }
  }
  const doc = new Y.Doc()
  const options = { WebSocketPolyfill: Signed, disableBc: true }
  const provider = new WebsocketProvider(address.replace('http', 'ws') + '/collab', documentId, doc, options)
  await new Promise((resolve) => provider.once('sync', resolve))
  return { doc, awareness: provider.awareness, leave: () => provider.destroy() }
}
