import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { updateFrame } from '../../server/src/collab/protocol.js'
import { Client, presence } from './client.js'
import { Stage } from './stage.js'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(() => stage.end())

describe('bad peers', () => {
  const malformed: [string, Uint8Array][] = [
    ['an empty frame', new Uint8Array()],
    ['a sync step that does not exist', Uint8Array.of(0, 7, 0)],
    ['a length beyond the frame', Uint8Array.of(0, 2, 200, 1, 0)],
    ['an update of noise', updateFrame(Uint8Array.of(1, 1, 255, 255, 3, 7, 7, 7))],
    ['an item that names its own successor', updateFrame(Uint8Array.of(1, 1, 5, 0, 0x84, 5, 9, 1, 120, 0))],
    ['a state vector of noise', Uint8Array.of(0, 0, 2, 200, 200)],
    ['a presence state that is no JSON', presence(1, '{"cursor":')],
    ['a presence state that is no object', presence(1, '[1]')],
  ]

  it.each(malformed)('[ENGINE-6] %s closes only the culprit', async (_name, frame) => {
    const ghana = await stage.join('ghana')
    const culprit = new Client('culprit')
    culprit.awareness.setLocalState(null)
    stage.clients.push(culprit.connect(stage.engine))
    culprit.raw(frame)
    await stage.until('out', () => culprit.closed?.code === 4400)
    const fiji = await stage.join('fiji')
    ghana.type('undisturbed')
    await stage.until('the others go on', () => fiji.text === 'undisturbed')
    expect(stage.logged).toBe(1)
  })

  it('[ENGINE-6] an update that nobody can apply would end in the middle of yjs, were it let in', () => {
    const [, frame] = malformed[4] ?? []
    expect(() => Y.applyUpdate(new Y.Doc(), (frame ?? new Uint8Array()).subarray(3))).toThrow()
  })

  it('[ENGINE-9] message types that are not known are ignored', async () => {
    const ghana = await stage.join('ghana')
    ghana.raw(Uint8Array.of(2, 0))
    ghana.raw(Uint8Array.of(120, 1, 2, 3))
    ghana.type('a')
    await stage.until('saved', () => ghana.isSaved)
    expect(ghana.isConnected).toBe(true)
  })

  it('[ENGINE-6] frames that are too large or too many close the culprit', async () => {
    const large = await stage.join('large')
    large.raw(new Uint8Array(2 ** 20 + 1))
    expect(large.closed?.code).toBe(4413)
    const many = await stage.join('many')
    for (let count = 0; count < 1001; count++) many.raw(Uint8Array.of(3))
    expect(many.closed?.code).toBe(4529)
    const steady = await stage.join('steady')
    for (let second = 0; second < 10; second++) {
      for (let count = 0; count < 200; count++) steady.raw(Uint8Array.of(3))
      await stage.clock.advance(1000)
    }
    expect(steady.isConnected).toBe(true)
  })

  it('[ENGINE-6] who does not read is closed and hurts nobody', async () => {
    const ghana = await stage.join('ghana')
    const stuck = await stage.join('stuck')
    const fiji = await stage.join('fiji')
    stuck.unread = 5 * 2 ** 20
    ghana.type('a')
    await stage.until('fiji sees it', () => fiji.text === 'a')
    expect(stuck.closed?.code).toBe(1013)
  })

  it('[ENGINE-6] what cannot be stored is bounded', async () => {
    stage = new Stage({ unsettledBytes: 1000 })
    const ghana = await stage.join('ghana')
    stage.store.appending.hold()
    for (let count = 0; count < 100 && ghana.isConnected; count++) ghana.type('0123456789')
    expect(ghana.closed?.code).toBe(1013)
  })

  it('[ENGINE-6] connections are bounded, per document and per session', async () => {
    stage = new Stage({ connectionsPerDocument: 3, connectionsPerSession: 2 })
    await stage.join('ghana')
    await stage.join('ghana')
    const third = new Client('ghana').connect(stage.engine)
    expect(third.closed?.code).toBe(4530)
    await stage.join('fiji')
    const fourth = new Client('kenya').connect(stage.engine)
    expect(fourth.closed?.code).toBe(4530)
    stage.clients.push(third, fourth)
  })
})
