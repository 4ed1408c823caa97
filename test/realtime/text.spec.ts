import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { getDocument, openDocument, setMode } from '@multilogue/shared/documents'
import { signOut } from '@multilogue/shared/identity'
import { endSeat } from '@multilogue/shared/seats'
import * as Y from 'yjs'
import { paragraphsOf } from '../../server/src/documents/contents.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { cutConnections, secondServer } from './second-server.js'
import { StockClient } from './stock-client.js'

/* Stock y-websocket clients on the whole server: cookie, rights, log and database are the real ones. */

let stage: Stage
let round: SmallRound
let clients: StockClient[]

beforeEach(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  clients = []
})
afterEach(async () => {
  for (const client of clients) client.close()
  await stage.close()
})

async function text(): Promise<string> {
  const input = { roundId: round.roundId, kind: 'vision_statement', title: 'Vision', language: 'en' } as const
  const { id } = await stage.world.do('facilitator', openDocument, input)
  await stage.world.begin('facilitator', id, [{ kind: 'paragraph', text: 'We. ' }])
  return id
}
async function knock(who: string | null, documentId: string): Promise<StockClient> {
  const client = await StockClient.connect(stage, who, documentId)
  clients.push(client)
  return client
}
async function join(who: string, documentId: string): Promise<StockClient> {
  const client = await knock(who, documentId)
  await until(`${who} has the text`, () => client.provider.synced)
  return client
}
const stored = async (documentId: string) => {
  const rows = await stage.source.query<{ bytes: Buffer }[]>(
    `SELECT bytes FROM document_update WHERE document_id = $1 ORDER BY no`,
    [documentId],
  )
  return rows.map(({ bytes }) => bytes)
}
/** The paragraphs that the log alone makes, without the server's memory. */
async function fromLog(documentId: string): Promise<string[]> {
  const doc = new Y.Doc()
  for (const bytes of await stored(documentId)) Y.applyUpdate(doc, bytes)
  const paragraphs = paragraphsOf(doc).map((paragraph) => paragraph.text)
  doc.destroy()
  return paragraphs
}
const served = async (documentId: string) =>
  (await stage.done('secretariat', getDocument, { documentId })).paragraphs.map((paragraph) => paragraph.text)
const equal = (...all: StockClient[]) => {
  const [first, ...others] = all.map((client) => JSON.stringify(client.paragraphs))
  return others.every((other) => other === first)
}

describe('A text', () => {
  it('[TEXT-1] two delegations and the facilitator type at once and end equal, as the log says', async () => {
    const id = await text()
    const all = [await join('gha.head', id), await join('deu.head', id), await join('facilitator', id)]
    for (let i = 0; i < 20; i++) for (const [n, client] of all.entries()) client.type('abc'.charAt(n))
    all[0]!.write('Ghana adds this.')
    all[1]!.write('Germany adds that.')
    await until('all are equal', () => equal(...all) && all[0]!.paragraphs.length === 3)
    const [first, ...added] = all[2]!.paragraphs
    expect([...first!].sort().join('')).toBe([...'We. ', ...'abc'.repeat(20)].sort().join(''))
    expect([...added].sort()).toEqual(['Germany adds that.', 'Ghana adds this.'])
    await until('all is stored', async () => (await fromLog(id)).join() === all[0]!.paragraphs.join())
    expect(await served(id)).toEqual(all[0]!.paragraphs)
  })

  it('[TEXT-2] an edit is in the log before anybody else sees it', async () => {
    const id = await text()
    const [author, reader] = [await join('gha.head', id), await join('deu.head', id)]
    const seen: { shown: string[]; log: Promise<string[]> }[] = []
    // The question to the log is sent in the very turn in which the edit arrives.
    reader.doc.on('update', () => seen.push({ shown: reader.paragraphs, log: fromLog(id) }))
    for (const letter of 'stored first') {
      const before = seen.length
      author.type(letter)
      await until('the reader sees it', () => seen.length > before)
    }
    for (const { shown, log } of seen) expect((await log).join()).toContain(shown.join())
  })

  it('[TEXT-3] frozen while somebody types takes nothing more, and thawed it takes what waited', async () => {
    const id = await text()
    const [author, reader] = [await join('gha.head', id), await join('deu.head', id)]
    author.type('before')
    await until('the reader sees it', () => reader.paragraphs[0] === 'We. before')
    await stage.done('facilitator', setMode, { documentId: id, mode: 'frozen', revision: 1 })
    const log = (await stored(id)).length
    author.type(' after')
    // Frames of one connection are handled in order: who hears this presence knows that the edit was refused.
    const { provider } = author
    const asked = new Promise((resolve) => reader.provider.awareness.once('update', resolve))
    provider.awareness.setLocalStateField('cursor', 1)
    await asked
    expect(await stored(id)).toHaveLength(log)
    expect(reader.paragraphs).toEqual(['We. before'])
    expect(await served(id)).toEqual(['We. before'])
    await stage.done('facilitator', setMode, { documentId: id, mode: 'drafting', revision: 2 })
    await until('the reader sees the rest', () => reader.paragraphs[0] === 'We. before after')
  })

  it('[TEXT-4] edits of those who only read are not taken, in drafting and in negotiation', async () => {
    const id = await text()
    const writer = await join('facilitator', id)
    const readers = await Promise.all(
      ['unctad.head', 'agi.head', 'secretariat', 'rej.head'].map((who) => join(who, id)),
    )
    for (const reader of readers) reader.type('not mine')
    writer.type('mine')
    await until('all see the writer', () => readers.every(({ paragraphs }) => paragraphs[0]!.includes('mine')))
    expect(writer.paragraphs).toEqual(['We. mine'])
    await stage.done('facilitator', setMode, { documentId: id, mode: 'negotiating', revision: 1 })
    const member = await join('gha.head', id)
    member.type('too late')
    writer.type('!')
    await until('the member sees the writer', () => member.paragraphs[0]!.includes('!'))
    expect(writer.paragraphs).toEqual(['We. mine!'])
    expect(await served(id)).toEqual(['We. mine!'])
    expect(await fromLog(id)).toEqual(['We. mine!'])
  })

  it('[TEXT-5] a seat that ends, or a session, is hung up on within two seconds and comes in no more', async () => {
    const id = await text()
    const [adviser, head, other] = [
      await join('gha.adviser', id),
      await join('gha.head', id),
      await join('deu.head', id),
    ]
    await stage.done('gha.head', endSeat, { seatId: round.seats['gha.adviser']! })
    await until('the adviser is hung up on', () => adviser.closed.includes(4403), 2000)
    expect((await stage.call('gha.head', signOut, {})).says).toBe('ok')
    await until('the head is hung up on', () => head.closed.includes(4403), 2000)
    adviser.type('from outside')
    other.type('inside')
    await until('it is stored', async () => (await fromLog(id))[0] === 'We. inside')
    expect(other.closed).toEqual([])
    adviser.provider.connect()
    await until('the adviser is refused', () => adviser.refused.length > 0)
    expect(other.paragraphs).toEqual(['We. inside'])
  })

  it('[TEXT-6] nobody gets in without a cookie, and nobody into what is hidden', async () => {
    const id = await text()
    const hidden = { roundId: round.roundId, kind: 'outcome', title: 'Ours', language: 'en' } as const
    const own = await stage.done('gha.head', openDocument, { ...hidden, visibility: 'delegation' })
    await join('gha.adviser', own.id)
    for (const [who, documentId, status] of [
      [null, id, 401],
      [null, own.id, 401],
      ['secretariat', own.id, 404],
      ['deu.head', own.id, 404],
      ['outsider', id, 404],
    ] as const) {
      const stranger = await knock(who, documentId)
      await until(`${who} is refused`, () => stranger.refused.length > 0)
      expect(stranger.refused[0]).toBe(status)
      expect(stranger.paragraphs).toEqual([])
    }
  })

  it('[TEXT-7] 44 KB pasted in one go while two others type: all three end equal, and so does a fresh server', async () => {
    const id = await text()
    const all = [await join('gha.head', id), await join('deu.head', id), await join('eth.head', id)]
    const pasted = Array.from(
      { length: 110 },
      (_, i) => `${i}. ${'Industrial policy – سياسة – 产业政策 – политика. '.repeat(8)}`,
    )
    expect(Buffer.byteLength(pasted.join('\n'))).toBeGreaterThan(44_000)
    const [paster, ...typists] = all
    for (let i = 0; i < 60; i++) {
      if (i === 20) paster!.write(...pasted)
      for (const typist of typists) typist.type('x')
      await until('a turn has passed', () => true)
      if (i % 10 === 0) await until('the typists keep up', () => equal(...typists))
    }
    await until('all are equal', () => equal(...all) && all[1]!.paragraphs.length === 111)
    expect(all[1]!.paragraphs.slice(1)).toEqual(pasted)
    expect(all[0]!.paragraphs[0]).toBe(`We. ${'x'.repeat(120)}`)
    expect(await served(id)).toEqual(all[0]!.paragraphs)
    expect(await fromLog(id)).toEqual(all[0]!.paragraphs)
    const second = await secondServer(stage)
    try {
      const cookie = await stage.cookieOf('secretariat')
      const answer = await fetch(`${second.address}/api/documents/${id}`, { headers: { cookie } })
      const { paragraphs } = (await answer.json()) as { paragraphs: { text: string }[] }
      expect(paragraphs.map((paragraph) => paragraph.text)).toEqual(all[0]!.paragraphs)
    } finally {
      await second.close()
    }
  })

  it('[TEXT-8] with every connection to the database cut, what is typed waits and is stored', async () => {
    const id = await text()
    const [author, reader] = [await join('gha.head', id), await join('deu.head', id)]
    for (let i = 0; i < 5; i++) {
      author.type(`${i}`)
      await cutConnections(stage)
    }
    await until('the reader sees it all', () => reader.paragraphs[0] === 'We. 01234', 15_000)
    expect(await fromLog(id)).toEqual(['We. 01234'])
    expect(author.paragraphs).toEqual(reader.paragraphs)
  })
})
