import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import type { Engine } from '../../server/src/collab/engine.js'
import { Client } from './client.js'
import { turns, World } from './world.js'

const STEPS = 400
const SEEDS = [1, 20260601, Date.now() % 2 ** 31]

/** mulberry32: the same seed gives the same run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

describe('whatever happens', () => {
  it.each(SEEDS)('[ENGINE-1] [ENGINE-8] [ENGINE-11] all copies end equal to the log (seed %i)', async (seed) => {
    const random = randomFrom(seed)
    const world = new World({ snapshotOpenRows: 40, snapshotIdleRows: 10, idle: 100, framesBurst: 1e6 })
    const engines: Engine[] = [world.engine, world.startEngine()]
    const clients = ['ghana', 'fiji', 'kenya', 'nepal'].map((personId) => new Client(personId))
    const anEngine = (): Engine => engines[random(engines.length)] ?? world.engine

    const act = async (client: Client): Promise<void> => {
      const dice = random(100)
      if (dice < 50)
        client.type(String.fromCharCode(97 + random(26)).repeat(1 + random(4)), random(client.text.length + 1))
      else if (dice < 70 && client.text.length > 0) client.erase(random(client.text.length), 1)
      else if (dice < 78 && client.isConnected) client.disconnect()
      else if (dice < 86 && !client.isConnected) client.connect(anEngine())
      else if (dice < 89) world.store.failing = !world.store.failing
      else if (dice < 91) world.bus.losing = !world.bus.losing
      else if (dice < 93) await restart(random(engines.length))
      else if (dice < 97) await world.clock.advance(random(500))
      else await turns(1 + random(4))
    }

    /** A server goes, as far as the failing store lets it store what it holds, and another comes. */
    const restart = async (at: number): Promise<void> => {
      const closing = engines[at]?.close()
      engines[at] = world.startEngine()
      await world.clock.advance(6_000)
      await closing
    }

    for (let step = 0; step < STEPS; step++) {
      const client = clients[random(clients.length)]
      if (client !== undefined) await act(client)
    }
    world.store.failing = false
    world.bus.losing = false
    for (const client of clients) if (!client.isConnected) client.connect(anEngine())
    const isEqual = (): boolean => clients.every((client) => client.isSaved && client.text === clients[0]?.text)
    await world.until('all are saved and equal', isEqual, 100)
    // What came before a reconnect may still wait for its next try; to everybody it is no news.
    await world.until('nothing waits', () => engines.every((engine) => engine.stats().waitingBytes === 0), 100)

    const log = new Y.Doc()
    for (const { bytes } of world.store.of('text').rows) Y.applyUpdate(log, bytes)
    expect(log.getText('t').toJSON()).toBe(clients[0]?.text)
    for (const engine of engines) {
      const stored = new Y.Doc()
      for (const update of (await engine.read('text')).updates) Y.applyUpdate(stored, update)
      expect(stored.getText('t').toJSON()).toBe(clients[0]?.text)
      expect(engine.stats()).toMatchObject({ skippedUpdates: 0, waitingBytes: 0, storeFailing: false })
    }
    for (const client of clients) client.destroy()
    await Promise.all(engines.map((engine) => engine.close()))
    expect(world.clock.pending).toBe(0)
  })
})
