import type { Right } from '@multilogue/shared/collab'
import { createEngine } from '../../server/src/collab/engine.js'
import type { Engine } from '../../server/src/collab/engine.js'
import type { Limits } from '../../server/src/collab/limits.js'
import type {
  Author,
  Authority,
  Bus,
  BusListener,
  Clock,
  Holder,
  LogRow,
  NewUpdate,
  Refusal,
  Snapshot,
  Store,
  StoredText,
} from '../../server/src/collab/ports.js'

/**
 * The engine's world without network, database and wall clock: only the engine, Yjs and the protocol are real.
 * Every port has the switches that the rules need to be tried.
 */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 5, 1)
  #timers = new Set<{ at: number; run: () => void }>()

  get pending(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Runs what is due on the way, in order, with some turns of the event loop after each. */
  async advance(ms: number): Promise<void> {
    await turns(5) // what is on its way sets its timers before the time passes
    const until = this.#now + ms
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.run()
      await turns(5)
    }
    this.#now = until
    await turns(5)
  }
}

/** A door that is open, until it is held. */
class Gate {
  #held: { promise: Promise<void>; open: () => void } | null = null

  hold(): void {
    let open = (): void => undefined
    const promise = new Promise<void>((resolve) => (open = resolve))
    this.#held = { promise, open }
  }

  letGo(): void {
    this.#held?.open()
    this.#held = null
  }

  async pass(): Promise<void> {
    await this.#held?.promise
  }
}

interface Stored {
  rows: NewUpdate[]
  snapshot: Snapshot | null
  authors: Map<number, Author>
}

export class MemoryStore implements Store {
  documents = new Map<string, Stored>()
  failing = false
  /** Documents that cannot be appended to, whatever is in the same batch. */
  poisoned = new Set<string>()
  loadFailing = false
  snapshotFailing = false
  /** Appends are made, but nobody hears of it. */
  losingAnswers = false
  loads = 0
  batches: NewUpdate[][] = []
  refusals: Refusal[] = []
  /** Before an append has any effect, and after it is durable but not yet answered. */
  readonly appending = new Gate()
  readonly answering = new Gate()
  readonly loading = new Gate()
  /** A tail is read, but not yet answered. */
  readonly tailing = new Gate()
  readonly saving = new Gate()

  create(documentId: string): void {
    this.documents.set(documentId, { rows: [], snapshot: null, authors: new Map() })
  }

  of(documentId: string): Stored {
    const stored = this.documents.get(documentId)
    if (stored === undefined) throw new Error(`no document ${documentId}`)
    return stored
  }

  letGo(): void {
    for (const gate of [this.appending, this.answering, this.loading, this.tailing, this.saving]) gate.letGo()
  }

  async load(documentId: string): Promise<StoredText | null> {
    this.loads += 1
    await this.loading.pass()
    await turns(1)
    if (this.loadFailing) throw new Error('the database is away')
    const stored = this.documents.get(documentId)
    if (stored === undefined) return null
    const { snapshot, authors } = stored
    return {
      snapshot,
      updates: this.#after(documentId, snapshot?.no ?? 0),
      authors: [...authors].map(([clientId, author]) => ({ clientId, ...author })),
    }
  }

  async tail(documentId: string, after: number): Promise<LogRow[]> {
    await turns(1)
    if (this.failing) throw new Error('the database is away')
    const rows = this.#after(documentId, after)
    await this.tailing.pass()
    return rows
  }

  async append(batch: NewUpdate[]): Promise<(number | null)[]> {
    this.batches.push(batch)
    await turns(1)
    await this.appending.pass()
    if (this.failing) throw new Error('the database is away')
    if (batch.some(({ documentId }) => this.poisoned.has(documentId))) throw new Error('constraint violated')
    const numbers = batch.map((update) => {
      const { rows, authors } = this.of(update.documentId)
      const { personId, seatId } = update
      for (const clientId of update.clientIds) {
        if ((authors.get(clientId)?.personId ?? personId) !== personId) return null
      }
      for (const clientId of update.clientIds) authors.set(clientId, { personId, seatId })
      return rows.push({ ...update, bytes: update.bytes.slice() })
    })
    await this.answering.pass()
    if (this.losingAnswers) throw new Error('the connection broke after COMMIT')
    return numbers
  }

  async saveSnapshot(documentId: string, snapshot: Snapshot): Promise<void> {
    await turns(1)
    await this.saving.pass()
    if (this.snapshotFailing) throw new Error('the disk is full')
    this.of(documentId).snapshot = snapshot
  }

  recordRefusal(refusal: Refusal): Promise<void> {
    this.refusals.push(refusal)
    return Promise.resolve()
  }

  #after(documentId: string, no: number): LogRow[] {
    return this.of(documentId)
      .rows.map(({ bytes, personId, seatId }, at) => ({ no: at + 1, bytes, personId, seatId }))
      .slice(no)
  }
}

/** Everybody may write until told otherwise. */
export class FakeAuthority implements Authority {
  asked = 0
  failing = false
  /** The answer is found, but not yet given. */
  readonly answering = new Gate()
  #rights = new Map<string, Right>()
  #listeners = new Set<(documentId: string | null) => void>()

  async rightOf(_documentId: string, { personId }: Holder): Promise<Right> {
    this.asked += 1
    await turns(1)
    if (this.failing) throw new Error('the database is away')
    const right = this.#rights.get(personId) ?? 'write'
    await this.answering.pass()
    return right
  }

  onRightsChanged(listener: (documentId: string | null) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Changes the right without a word to the engine. */
  set(personId: string, right: Right): void {
    this.#rights.set(personId, right)
  }

  signal(documentId: string | null): void {
    for (const listener of this.#listeners) listener(documentId)
  }
}

/** The bus of several engines; `port` is one engine's end. */
export class MemoryBus {
  losing = false
  #ends = new Set<{ listener: BusListener; port: Bus }>()
  #ports = 0

  get subscriptions(): number {
    return this.#ends.size
  }

  port(): Bus {
    const name = `server ${(this.#ports += 1)}`
    const toOthers = (tell: (listener: BusListener) => void): void => {
      if (this.losing) return
      for (const end of this.#ends) if (end.port !== port) setImmediate(() => tell(end.listener))
    }
    const port: Bus = {
      publish: (documentId) => toOthers((listener) => listener.grown(documentId)),
      publishPresence: (documentId, bytes) => toOthers((listener) => listener.presence(documentId, name, bytes)),
      subscribe: (listener) => {
        const end = { listener, port }
        this.#ends.add(end)
        return () => void this.#ends.delete(end)
      },
    }
    return port
  }
}

export class World {
  readonly clock = new FakeClock()
  readonly store = new MemoryStore()
  readonly authority = new FakeAuthority()
  readonly bus = new MemoryBus()
  readonly engine: Engine

  constructor(private readonly limits: Partial<Limits> = {}) {
    this.store.create('text')
    this.engine = this.startEngine()
  }

  /** One more server on the same store, authority and bus. */
  startEngine(): Engine {
    const { store, authority, clock } = this
    return createEngine({ store, authority, clock, bus: this.bus.port() }, this.limits)
  }

  /** Waits for a condition, in turns of the event loop while the clock moves on by `msPerTurn`. */
  async until(what: string, condition: () => boolean, msPerTurn = 0): Promise<void> {
    for (let turn = 0; turn < 5000; turn++) {
      if (condition()) return
      if (msPerTurn > 0) await this.clock.advance(msPerTurn)
      else await turns(1)
    }
    throw new Error(`never came true: ${what}`)
  }
}

/** Lets the event loop go round: whatever is on its way without a timer arrives. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
