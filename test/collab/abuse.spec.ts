import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeExtra, EXTRA } from '@multilogue/shared/collab'
import * as Y from 'yjs'
import { CLOSE } from '../../server/src/collab/close-codes.js'
import type { Joined } from '../../server/src/collab/engine.js'
import type { Holder, Wire } from '../../server/src/collab/ports.js'
import { step1Frame, updateFrame } from '../../server/src/collab/protocol.js'
import { paragraphsOf } from '../../server/src/documents/contents.js'
import { ABUSES, COSTLY, forge } from './abuse.js'
import type { Material } from './abuse.js'
import { cardOf, presence } from './client.js'
import type { Client } from './client.js'
import { editAtRandom } from './edits.js'
import { pick, randomFrom } from './random.js'
import { Stage } from './stage.js'
import { turns } from './world.js'

const SEEDS = [1, 2, 3, 4, 5]
const CASES = 20_000
const CULPRITS = 20
/** Between two words of honest clients. */
const CASES_PER_WORD = 400
const MEMORY_BOUND = 48 * 2 ** 20
const EXPECTED_CODES: number[] = Object.values(CLOSE)
  .map(({ code }) => code)
  .filter((code) => code !== CLOSE.unexpected.code)

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A peer that means no good, and comes back whenever it is thrown out. */
class Culprit implements Wire {
  readonly bufferedAmount = 0
  readonly codes = new Map<number, number>()
  readonly problems = new Map<string, number>()
  readonly holder: Holder
  #joined: Joined | null = null

  constructor(
    private readonly stage: Stage,
    readonly personId: string,
  ) {
    this.holder = { personId, seatId: `seat of ${personId}`, sessionId: personId }
  }

  comeBack(): void {
    if (this.#joined !== null) return
    this.#joined = this.stage.engine.connect('text', this.holder, cardOf(this.personId), this, { ext: 2 })
    this.#joined.receive(step1Frame(Uint8Array.of(0)))
  }

  do(frame: Uint8Array): void {
    this.#joined?.receive(frame)
  }

  send(bytes: Uint8Array): void {
    const extra = decodeExtra(bytes)
    if (extra?.type !== EXTRA.notTaken) return
    const { type } = extra.problem
    this.problems.set(type, (this.problems.get(type) ?? 0) + 1)
  }

  close(code: number): void {
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1)
    this.leave()
  }

  leave(): void {
    const joined = this.#joined
    this.#joined = null
    joined?.closed()
  }
}

/** What honest clients send, as raw material. */
function realFrames(random: Material['random']): Uint8Array[] {
  const doc = new Y.Doc()
  const frames = [presence(7, '{"cursor":{"anchor":1,"head":2}}'), step1Frame(Uint8Array.of(1, 7, 5))]
  doc.on('update', (update: Uint8Array) => frames.push(updateFrame(update)))
  for (let edits = 0; edits < 60; edits++) editAtRandom(doc, random)
  return frames
}

describe.each(SEEDS)('twenty thousand bad frames (seed %i)', (seed) => {
  const random = randomFrom(seed)
  const rejections: unknown[] = []
  const onRejection = (reason: unknown): void => void rejections.push(reason)
  let stage: Stage
  let honest: Client[]
  let culprits: Culprit[]
  let slowest = 0
  let heapBefore = 0

  beforeAll(async () => {
    process.on('unhandledRejection', onRejection)
    stage = new Stage({ framesPerSecond: 1e9, framesBurst: 1e9, connectionsPerPerson: 1e6 })
    honest = [await stage.join('ghana'), await stage.join('fiji', { ext: 2 })]
    for (const client of honest) client.awareness.setLocalState({ cursor: 0 })
    for (const client of honest) client.type('first')
    await stage.until('both are known', () => honest.every((client) => client.isSaved))
    culprits = Array.from({ length: CULPRITS }, (_, at) => new Culprit(stage, `culprit ${at}`))
    collectGarbage()
    heapBefore = process.memoryUsage().heapUsed
    await rounds()
  }, 120_000)

  afterAll(async () => {
    process.off('unhandledRejection', onRejection)
    await stage.end()
  })

  async function rounds(): Promise<void> {
    const real = realFrames(random)
    const names = Object.keys(ABUSES)
    const nextName = (): string => {
      for (;;) {
        const name = pick(random, names)
        if (!COSTLY.has(name) || random(40) === 0) return name
      }
    }
    const victims = honest.map(({ doc }) => doc.clientID)
    let forged: Uint8Array[] = []
    for (let done = 0; done < CASES; done += CULPRITS) {
      if (done % CASES_PER_WORD === 0) {
        const text = Y.encodeStateAsUpdate(honest[0]!.doc)
        forged = victims.map((victim) => forge(random, text, victim))
      }
      for (const culprit of culprits) culprit.comeBack()
      await turns(4) // until they are in: a frame that waits is dropped when the one before it ends the connection
      for (const culprit of culprits) culprit.do(ABUSES[nextName()]!({ random, real, forged, victims }))
      if (done % CASES_PER_WORD > 0) continue
      const began = performance.now()
      for (const client of honest) client.type('h', random(client.text.length + 1))
      if (done % 10_000 === 0) for (const client of honest) client.erase(0, client.text.length)
      await stage.until('both honest have it', () => honest.every((client) => client.isSaved))
      slowest = Math.max(slowest, performance.now() - began)
      await stage.clock.advance(500)
    }
    for (const culprit of culprits) culprit.leave()
    await stage.clock.advance(1000)
  }

  it('[ENGINE-6] close the culprit with a reason, or are answered as not taken', () => {
    expect(rejections).toEqual([])
    const codes = new Set(culprits.flatMap((culprit) => [...culprit.codes.keys()]))
    expect([...codes].filter((code) => !EXPECTED_CODES.includes(code))).toEqual([])
    expect([...codes].sort()).toEqual(expect.arrayContaining([4400, 4413, 4431]))
    const problems = new Set(culprits.flatMap((culprit) => [...culprit.problems.keys()]))
    expect([...problems].sort()).toEqual(['/problems/edit-out-of-order', '/problems/foreign-author'])
  })

  it('[ENGINE-6] leave honest clients alone: connected, saved, equal, and never waiting for long', () => {
    const [ghana, fiji] = honest as [Client, Client]
    for (const client of honest) {
      expect(client).toMatchObject({ isConnected: true, isSaved: true, problems: [] })
      expect(client.text).toBe(ghana.text)
    }
    expect(stage.textOfLog).toBe(ghana.text)
    expect(slowest).toBeLessThan(1000)
    expect(Y.encodeStateVector(ghana.doc).length).toBe(Y.encodeStateVector(fiji.doc).length)
  })

  it('[ENGINE-3] put no word and no cursor into the name of another', () => {
    const { rows, authors } = stage.store.of('text')
    for (const { personId, doc } of honest) expect(authors.get(doc.clientID)?.personId).toBe(personId)
    const reached = new Map<number, number>()
    for (const { bytes, personId } of rows) {
      for (const [client, clock] of Y.parseUpdateMeta(bytes).to) {
        if (clock > (reached.get(client) ?? 0)) expect(authors.get(client)?.personId).toBe(personId)
        reached.set(client, Math.max(reached.get(client) ?? 0, clock))
      }
    }
    for (const client of honest) {
      for (const other of honest) {
        const state = client.awareness.getStates().get(other.doc.clientID)
        if (other !== client) expect(state).toMatchObject({ cursor: 0, user: cardOf(other.personId) })
      }
    }
  })

  it('[ENGINE-6] leave a log that everybody can apply and read', async () => {
    const doc = new Y.Doc()
    for (const { bytes } of stage.store.of('text').rows) Y.applyUpdate(doc, bytes)
    expect(() => paragraphsOf(doc)).not.toThrow()
    expect(stage.engine.stats()).toMatchObject({ skippedUpdates: 0, waitingBytes: 0, storeFailing: false })
    const late = await stage.join('late')
    expect(late.text).toBe(honest[0]!.text)
  })

  it('[ENGINE-6] leave no memory behind', async () => {
    stage.store.batches.length = 0
    stage.store.refusals.length = 0
    collectGarbage()
    const grown = process.memoryUsage().heapUsed - heapBefore
    expect(grown).toBeLessThan(MEMORY_BOUND)
    expect(stage.engine.stats().connections).toBe(3)
  })
})
