import { createEngine } from '../../server/src/collab/engine.js'
import type { Engine } from '../../server/src/collab/engine.js'
import type { Limits } from '../../server/src/collab/limits.js'
import type { Bus, Store } from '../../server/src/collab/ports.js'
import { Refused } from '../../server/src/collab/refused.js'
import { Delegate } from './delegate.js'
import { Ledger } from './ledger.js'
import { pick, randomFrom } from './random.js'
import type { Random } from './random.js'
import { FakeAuthority, FakeClock, MemoryBus, MemoryStore, turns } from './world.js'

const LIMITS: Partial<Limits> = { snapshotOpenRows: 20, snapshotIdleRows: 5, idle: 100, framesBurst: 1e6 }
const PEOPLE = ['ghana', 'fiji', 'kenya', 'nepal', 'chile']

const ENDED = 'this process has ended'
/** What a request may fail with, besides a problem. */
const OUTAGES = [ENDED, 'the database is away']

interface Server {
  engine: Engine
  /** As the end of its process: from now on it reaches neither the store nor anybody. */
  kill(): void
}

/**
 * One run of what can happen to some delegates, one or two servers and a store, all of it told by the seed.
 * When it is over, `settle` brings everybody back and `ledger` compares what is there.
 */
export class Simulation {
  readonly clock = new FakeClock()
  readonly store = new MemoryStore()
  readonly authority = new FakeAuthority()
  readonly bus = new MemoryBus()
  readonly ledger = new Ledger(this.store)
  readonly delegates: Delegate[]
  /** What was done, for reading a failed run. */
  readonly told: string[] = []
  readonly #random: Random
  #servers: Server[]
  #all: Server[] = []
  /** Requests over HTTP that were not answered yet. */
  #asked = new Map<Promise<void>, Engine>()
  #syncRefused: string[] = []

  constructor(seed: number) {
    const random = (this.#random = randomFrom(seed))
    this.store.create('text')
    this.#servers = Array.from({ length: 1 + random(2) }, () => this.#startServer())
    this.delegates = PEOPLE.slice(0, 2 + random(4)).map(
      (personId) => new Delegate(personId, pick(random, [0, 1, 1, 2]), random, this.ledger),
    )
    for (const delegate of this.delegates) delegate.connect(this.#anEngine())
  }

  get engines(): Engine[] {
    return this.#servers.map(({ engine }) => engine)
  }

  /** Problems that nobody may ever have who does nothing wrong. */
  get wrongly(): string[] {
    const all = [...this.delegates.flatMap(({ refused }) => refused), ...this.#syncRefused]
    return all.filter((problem) => !['text-not-writable', 'not-found', 'not-saved', 'unavailable'].includes(problem))
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      const delegate = pick(this.#random, this.delegates)
      this.told.push(`${delegate.personId}: ${await this.#act(delegate)}`)
      for (const { line } of this.delegates) if (this.#random(3) > 0) line?.carry(this.#random(6))
    }
  }

  /** All that fails is well again, everybody may write and comes back, and all is quiet. @throws when it is never */
  async settle(): Promise<void> {
    const { store, bus, authority, clock } = this
    store.failing = store.loadFailing = store.losingAnswers = store.snapshotFailing = false
    authority.failing = bus.losing = false
    for (const { personId } of this.delegates) authority.set(personId, 'write')
    authority.signal('text')
    for (let turn = 0; turn < 1000; turn++) {
      for (const delegate of this.delegates) {
        if (delegate.line === null) delegate.connect(this.#anEngine())
        delegate.line?.carry(Infinity)
      }
      await clock.advance(100)
      if (this.#asked.size === 0 && this.#isQuiet()) return
    }
    const states = this.delegates.map(({ state, doc }) => `${state}: ${this.ledger.differences(doc).join('; ')}`)
    const stats = this.engines.map((engine) => JSON.stringify(engine.stats()))
    throw new Error(['never quiet', ...states, ...stats].join('\n'))
  }

  /** @throws when an engine leaves a timer behind */
  async end(): Promise<void> {
    for (const delegate of this.delegates) delegate.destroy()
    const closing = Promise.all(this.#all.map(({ engine }) => engine.close()))
    await this.clock.advance(10_000)
    await closing
    if (this.clock.pending > 0) throw new Error(`${this.clock.pending} timers are left behind`)
  }

  #isQuiet(): boolean {
    return (
      this.delegates.every(({ isSaved }) => isSaved) &&
      this.engines.every((engine) => engine.stats().waitingBytes === 0) &&
      this.delegates.every(({ doc }) => this.ledger.differences(doc).length === 0)
    )
  }

  async #act(delegate: Delegate): Promise<string> {
    const { store, clock, bus, authority } = this
    const random = this.#random
    const dice = random(100)
    if (dice < 55) return delegate.edit()
    if (dice < 58) return delegate.repeat()
    if (dice < 60) return delegate.moveCursor()
    if (dice < 66) return delegate.disconnect()
    if (dice < 76) return delegate.line === null ? delegate.connect(this.#anEngine()) : 'stay'
    if (dice < 78) return delegate.reopen()
    if (dice < 80) return this.#sync(delegate)
    if (dice < 82) return `store failing ${(store.failing = !store.failing)}`
    if (dice < 83) return `answers lost ${(store.losingAnswers = !store.losingAnswers)}`
    if (dice < 84) return `snapshots failing ${(store.snapshotFailing = !store.snapshotFailing)}`
    if (dice < 86) return `bus losing ${(bus.losing = !bus.losing)}`
    if (dice < 87) return `authority failing ${(authority.failing = !authority.failing)}`
    if (dice < 89) return this.#changeRight(delegate)
    if (dice < 91) return random(2) === 0 ? this.#killServer() : this.#restartServer()
    if (dice < 96) {
      await clock.advance(random(300))
      return 'time passes'
    }
    await turns(1 + random(4))
    return 'turns'
  }

  #changeRight({ personId }: Delegate): string {
    const right = pick(this.#random, ['write', 'write', 'read', 'none'] as const)
    this.authority.set(personId, right)
    if (this.#random(4) > 0) this.authority.signal(pick(this.#random, ['text', null]))
    return `may ${right}`
  }

  #sync(delegate: Delegate): string {
    const engine = this.#anEngine()
    const asked = delegate.sync(engine).catch((thrown: unknown) => {
      if (thrown instanceof Refused) this.#syncRefused.push(thrown.problem)
      else if (!OUTAGES.includes((thrown as Error).message)) throw thrown
    })
    this.#asked.set(asked, engine)
    void asked.finally(() => this.#asked.delete(asked))
    return 'sync over HTTP'
  }

  #killServer(): string {
    const at = this.#random(this.#servers.length)
    this.#servers[at]?.kill()
    this.#servers[at] = this.#startServer()
    return `server ${at} is killed`
  }

  async #restartServer(): Promise<string> {
    const at = this.#random(this.#servers.length)
    const closing = this.#servers[at]?.engine.close()
    this.#servers[at] = this.#startServer()
    if (this.#random(2) === 0) {
      await this.clock.advance(6_000)
      await closing
    }
    return `server ${at} is restarted`
  }

  #anEngine(): Engine {
    return pick(this.#random, this.#servers).engine
  }

  #startServer(): Server {
    const { authority, clock } = this
    const life = { isOver: false }
    const ports = { authority, clock, store: storeDuring(life, this.store), bus: busDuring(life, this.bus.port()) }
    const engine = createEngine(ports, LIMITS)
    const kill = (): void => {
      life.isOver = true
      for (const delegate of this.delegates) if (delegate.engine === engine) delegate.line?.break()
      for (const [asked, of] of this.#asked) if (of === engine) this.#asked.delete(asked)
    }
    this.#all.push({ engine, kill })
    return { engine, kill }
  }
}

interface Life {
  isOver: boolean
}

/** What was on its way to the store when the process ended may still be stored. */
function storeDuring(life: Life, store: Store): Store {
  const check = (): void => {
    if (life.isOver) throw new Error(ENDED)
  }
  const guarded =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check()
      const result = await work(...args)
      check()
      return result
    }
  return {
    load: guarded((id) => store.load(id)),
    tail: guarded((id, after) => store.tail(id, after)),
    append: guarded((batch) => store.append(batch)),
    saveSnapshot: guarded((id, snapshot) => store.saveSnapshot(id, snapshot)),
    recordRefusal: guarded((refusal) => store.recordRefusal(refusal)),
  }
}

function busDuring(life: Life, bus: Bus): Bus {
  return {
    publish: (id) => void (life.isOver || bus.publish(id)),
    publishPresence: (id, bytes) => void (life.isOver || bus.publishPresence(id, bytes)),
    subscribe: (listener) => bus.subscribe(listener),
  }
}
