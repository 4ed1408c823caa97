import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { person, signIn, startProduct } from '../product.mjs'
import { COMMENTS, PARAGRAPHS, PROPOSALS } from './sizes.mjs'
import { sentence, writeParagraphs } from './words.mjs'

/** The product as it is started, with its demo people, and a long text that twelve of them have written. */
export async function start(folder) {
  const { address, tree, heads } = await startProduct(folder)
  const facilitator = await person(address, 'facilitator')
  const [{ id: roundId }] = await facilitator.call('GET', '/rounds')
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
