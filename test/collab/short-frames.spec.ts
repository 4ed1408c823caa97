import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import { decodeKeys, encodeKey, KEYS, keyOfUpdate, updateOfKey } from '@multilogue/shared/keys'
import * as Y from 'yjs'
import { Stage } from './stage.js'
import { turns } from './world.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

/** What one change of a text sends. */
function updateOf(change: (text: Y.Text) => void, before = 'abc'): Uint8Array {
  const doc = new Y.Doc()
  const text = doc.getText('t')
  text.insert(0, before)
  let sent: Uint8Array | undefined
  doc.on('update', (update: Uint8Array) => (sent = update))
  change(text)
  if (sent === undefined) throw new Error('nothing was sent')
  return sent
}

describe('short frames', () => {
  it.each<[string, (text: Y.Text) => void]>([
    ['at the end', (text) => text.insert(3, 'd')],
    ['in the middle', (text) => text.insert(1, 'é')],
    ['at the start', (text) => text.insert(0, '中文')],
    ['a pair of surrogates', (text) => text.insert(2, '🌍')],
    ['erasing', (text) => text.delete(1, 2)],
  ])('[ENGINE-9] a key is the same update again: %s', (_, change) => {
    const update = updateOf(change)
    const key = keyOfUpdate(update)
    if (key === null) throw new Error('not a key')
    expect(updateOfKey(key)).toEqual(update)
    const names = [key.client]
    const body = encodeKey(key, (client) => names.indexOf(client))
    expect(decodeKeys(body ?? new Uint8Array(), (name) => names[name])).toEqual([key])
    expect(body?.length).toBeLessThan(update.length - 4)
  })

  it.each<[string, (text: Y.Text) => void]>([
    ['formatting', (text) => text.format(0, 2, { bold: true })],
    ['an embed', (text) => text.insertEmbed(1, { image: 'x' })],
    ['several places', (text) => text.applyDelta([{ insert: 'x' }, { retain: 2 }, { insert: 'y' }])],
    ['replacing', (text) => text.applyDelta([{ delete: 1 }, { insert: 'y' }])],
  ])('[ENGINE-9] what is more than a key goes as it is: %s', (_, change) => {
    expect(keyOfUpdate(updateOf(change))).toBeNull()
  })

  it('[ENGINE-9] those who read short frames and those who do not end equal, and the log is a stock log', async () => {
    const short = [await stage.join('ghana', { ext: 2 }), await stage.join('fiji', { ext: 2 })]
    const stock = await stage.join('chile', { ext: 0 })
    for (let round = 0; round < 30; round++) {
      for (const client of [...short, stock]) client.type(client.personId[0] ?? '', round % (client.text.length + 1))
      if (round % 7 === 6) short[0]?.erase(round % 5, 2)
      await stage.until('stored', () => short.every(({ isSaved }) => isSaved))
    }
    await stage.until('equal', () => short.every(({ text }) => text === stock.text))
    expect(stage.textOfLog).toBe(stock.text)
    expect(short[1]?.types).toContain(KEYS)
    expect(stock.types).not.toContain(KEYS)
  })

  it('[ENGINE-9] a typed key takes fewer than half the bytes', async () => {
    const [ghana, fiji] = [await stage.join('ghana', { ext: 2 }), await stage.join('fiji', { ext: 2 })]
    await stage.typeRows(ghana, 'a', 3)
    await stage.until('fiji sees them', () => fiji.text === 'aaa')
    const [out, into] = [ghana.bytesOut, fiji.bytesIn]
    await stage.typeRows(ghana, 'b', 10)
    await stage.until('fiji sees them', () => fiji.text.length === 13)
    expect((ghana.bytesOut - out) / 10).toBeLessThanOrEqual(7)
    expect((fiji.bytesIn - into) / 10).toBeLessThanOrEqual(7)
  })

  it('[ENGINE-3] a key under the name of somebody else is refused', async () => {
    const [ghana, forger] = [await stage.join('ghana', { ext: 2 }), await stage.join('forger', { ext: 2 })]
    ghana.type('ours')
    await stage.until('seen', () => forger.text === 'ours')
    const key = {
      client: ghana.doc.clientID,
      clock: 4,
      left: { client: ghana.doc.clientID, clock: 3 },
      right: null,
      text: '!',
    }
    const body = encodeKey(key, () => 0) ?? new Uint8Array()
    forger.raw(encoding.encode((encoder) => [KEYS, ...body].forEach((byte) => encoding.writeUint8(encoder, byte))))
    await stage.until('refused', () => forger.problems.includes('/problems/foreign-author'))
    ghana.type(' and more')
    await stage.until('the owner goes on', () => forger.text === 'ours and more')
    expect(stage.store.refusals).toMatchObject([{ personId: 'forger', clientId: ghana.doc.clientID }])
  })

  it.each<[string, number[]]>([
    ['a name that was not given', [0, 9, 0, 1, 120]],
    ['cut off', [2, 0]],
    ['nothing', []],
    ['two keys', [1, 0, 0, 1, 1, 0, 0, 1]],
    ['without length', [1, 0, 0, 0]],
  ])('[ENGINE-6] a key frame of noise closes only the culprit: %s', async (_, body) => {
    const [ghana, culprit] = [await stage.join('ghana'), await stage.join('culprit', { ext: 2 })]
    ghana.type('x')
    await stage.until('seen', () => culprit.text === 'x')
    culprit.raw(Uint8Array.from([KEYS, ...body]))
    await stage.until('out', () => culprit.closed?.code === 4400)
    await turns(5)
    expect(ghana.isConnected).toBe(true)
  })

  it('[ENGINE-7] cursors are the same for the whole room, and name people once', async () => {
    const [ghana, fiji] = [await stage.join('ghana', { ext: 2 }), await stage.join('fiji', { ext: 2 })]
    ghana.awareness.setLocalState({ user: { name: 'Somebody else' }, cursor: 1 })
    const seen = () => fiji.awareness.getStates().get(ghana.doc.clientID)
    await stage.until('seen', () => seen()?.cursor === 1, 50)
    const size = fiji.bytesIn
    ghana.awareness.setLocalState({ user: { name: 'Somebody else' }, cursor: 2 })
    await stage.until('moved', () => seen()?.cursor === 2, 50)
    expect(seen()?.user).toMatchObject({ name: 'Delegate ghana' })
    expect(fiji.bytesIn - size).toBeLessThan(40)
    ghana.disconnect()
    await stage.until('gone', () => seen() === undefined, 50)
  })

  it('[ENGINE-7] who was away and comes back is named again', async () => {
    const [ghana, fiji] = [await stage.join('ghana', { ext: 2 }), await stage.join('fiji', { ext: 2 })]
    const seen = () => fiji.awareness.getStates().get(ghana.doc.clientID)
    ghana.awareness.setLocalState({ cursor: 1 })
    await stage.until('seen', () => seen()?.cursor === 1, 50)
    ghana.awareness.setLocalState(null)
    await stage.until('away', () => seen() === undefined, 50)
    ghana.awareness.setLocalState({ cursor: 2 })
    await stage.until('back', () => seen()?.cursor === 2, 50)
    expect(seen()?.user).toMatchObject({ name: 'Delegate ghana' })
  })
})
