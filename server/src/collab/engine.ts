import type { Card, Right } from '@multilogue/shared/collab'
import type { ProblemName } from '@multilogue/shared/problems'
import * as Y from 'yjs'
import { CLOSE } from './close-codes.js'
import { CommitQueue } from './commit-queue.js'
import { Connection } from './connection.js'
import { defaultLimits } from './limits.js'
import type { Limits } from './limits.js'
import type { Holder, Ports, Wire } from './ports.js'
import { Refused } from './refused.js'
import { compactHere } from './compact.js'
import type { Compact } from './compact.js'
import type { Core } from './core.js'
import type { Room } from './room.js'
import { Crowd } from './crowd.js'
import type { Verdict } from './room.js'
import { Rooms } from './rooms.js'
import { readUpdate } from './update.js'
import type { ReadUpdate } from './update.js'
import { WriteBudget } from './write-budget.js'

/** Where the adapter puts what happens on a WebSocket. */
export interface Joined {
  receive(bytes: Uint8Array): void
  closed(): void
}

export interface JoinOptions {
  /** 1: the client understands the extra messages of shared/src/collab.ts, 2: the short frames too, 0: neither. */
  ext: number
  /** The right, when it was found out a moment ago; otherwise it is asked. */
  right?: Right
}

export interface EngineStats {
  documents: number
  connections: number
  waitingBytes: number
  storedUpdates: number
  /** Log rows that no Yjs can apply. */
  skippedUpdates: number
  failedSnapshots: number
  /** Edits that were not taken, for whatever reason. */
  refusedUpdates: number
  /** Something could not be stored and is being tried again. */
  storeFailing: boolean
}

export interface Engine {
  /**
   * Takes a WebSocket that is open and whose holder is known. Frames may be given at once.
   */
  connect(documentId: string, holder: Holder, card: Card, wire: Wire, options: JoinOptions): Joined
  /**
   * The same merge without a WebSocket [ENGINE-10].
   * @param vector state vector of what the client has; nothing: all is sent
   * @param update what the client has and the server may not
   * @returns what the client lacks, its own update being stored, and the log number of that state
   * @throws Refused `not-found`, `text-not-writable`, `foreign-author`, `edit-out-of-order`, `too-large`,
   *         `invalid-input`, `unavailable`;
   *         `not-saved`: the server keeps trying, and sending the same again does no harm
   */
  sync(
    documentId: string,
    holder: Holder,
    request: { vector?: Uint8Array; update?: Uint8Array },
  ): Promise<{ update: Uint8Array; no: number }>
  /**
   * Appends what the server itself has made, such as a first content, however large. No right is asked.
   * @returns its log number once it is stored; waits as long as the store fails
   * @throws Refused `not-found`, `invalid-input`, `unavailable`; `not-saved`: the engine closed first
   */
  apply(documentId: string, holder: Holder, update: Uint8Array): Promise<{ no: number }>
  /**
   * The document as it is stored, as updates to be applied one after the other. No right is asked.
   * @throws Refused `not-found`
   */
  read(documentId: string): Promise<{ updates: Uint8Array[]; no: number }>
  stats(): EngineStats
  /** Stores what is on its way (waits `closeGrace` at most), hangs up everywhere and leaves no timer behind. */
  close(): Promise<void>
}

/** The collaboration engine. Its rules and its wire are told in `protocol.ts`. */
export function createEngine(ports: Ports, limits: Partial<Limits> = {}, compact: Compact = compactHere): Engine {
  return new CollaborationEngine(ports, { ...defaultLimits, ...limits }, compact)
}

class CollaborationEngine implements Engine {
  readonly #core: Core
  readonly #rooms: Rooms
  readonly #connections = new Map<string, Set<Connection>>()
  readonly #crowd: Crowd
  readonly #stopListening: (() => void)[]
  #recheck: () => void
  #closing = false

  constructor(ports: Ports, limits: Limits, compact: Compact) {
    const { store, bus, clock, authority } = ports
    const queue = new CommitQueue(store, clock, limits, (documentIds) => {
      for (const documentId of documentIds) {
        this.#rooms.committed(documentId)
        bus.publish(documentId)
      }
    })
    this.#core = {
      ports,
      limits,
      queue,
      writes: new WriteBudget(clock, limits),
      compact,
      counters: { skippedUpdates: 0, failedSnapshots: 0, refusedUpdates: 0 },
    }
    this.#rooms = new Rooms(this.#core)
    this.#crowd = new Crowd(limits)
    this.#stopListening = [
      bus.subscribe({
        grown: (documentId) => this.#rooms.wake(documentId),
        presence: (documentId, from, bytes) => this.#rooms.hear(documentId, from, bytes),
      }),
      authority.onRightsChanged((documentId) => this.#reviewRights(documentId)),
    ]
    this.#recheck = this.#scheduleRecheck()
  }

  connect(documentId: string, holder: Holder, card: Card, wire: Wire, { ext, right }: JoinOptions): Joined {
    const present = this.#connections.get(documentId) ?? new Set<Connection>()
    const connection = new Connection(documentId, holder, card, wire, ext, this.#core, (gone) => {
      if (!present.delete(gone)) return
      this.#crowd.leave(documentId, holder)
      if (present.size === 0 && this.#connections.get(documentId) === present) this.#connections.delete(documentId)
    })
    if (this.#closing) connection.end(CLOSE.goingAway)
    else if (!this.#crowd.enter(documentId, holder)) connection.end(CLOSE.tooManyConnections)
    else {
      present.add(connection)
      this.#connections.set(documentId, present)
      void connection.open(this.#rooms, right)
    }
    return connection
  }

  async sync(documentId: string, holder: Holder, request: { vector?: Uint8Array; update?: Uint8Array }) {
    const right = await this.#core.ports.authority.rightOf(documentId, holder, 'now')
    if (right === 'none') throw new Refused('not-found')
    return this.#inRoom(documentId, async (room) => {
      if ((request.update?.length ?? 0) > this.#core.limits.frameBytes) throw new Refused('too-large')
      if (request.update !== undefined) await this.#append(room, holder, request.update, right, 'once')
      try {
        return { update: Y.mergeUpdates(room.text.missing(request.vector ?? new Uint8Array())), no: room.no }
      } catch {
        throw new Refused('invalid-input')
      }
    })
  }

  apply(documentId: string, holder: Holder, update: Uint8Array): Promise<{ no: number }> {
    return this.#inRoom(documentId, async (room) => ({
      no: await this.#append(room, holder, update, 'write', 'patiently'),
    }))
  }

  read(documentId: string): Promise<{ updates: Uint8Array[]; no: number }> {
    return this.#inRoom(documentId, (room) => Promise.resolve({ updates: room.text.whole(), no: room.no }))
  }

  stats(): EngineStats {
    const { queue, counters } = this.#core
    const connections = [...this.#connections.values()].reduce((sum, present) => sum + present.size, 0)
    return {
      documents: this.#rooms.size,
      connections,
      waitingBytes: queue.bytes,
      storedUpdates: queue.storedUpdates,
      ...counters,
      storeFailing: queue.failing,
    }
  }

  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    this.#recheck()
    for (const stop of this.#stopListening) stop()
    const { queue, limits } = this.#core
    await queue.drained(limits.closeGrace)
    for (const connection of this.#everyConnection()) connection.end(CLOSE.goingAway)
    queue.stop()
    await this.#rooms.close(limits.snapshotIdleRows)
  }

  async #inRoom<T>(documentId: string, work: (room: Room) => Promise<T>): Promise<T> {
    if (this.#closing) throw new Refused('unavailable')
    const room = await this.#rooms.enter(documentId)
    try {
      return await work(room)
    } finally {
      room.release()
    }
  }

  #read(update: Uint8Array): ReadUpdate {
    try {
      return readUpdate(update)
    } catch {
      throw new Refused('invalid-input')
    }
  }

  async #append(
    room: Room,
    holder: Holder,
    update: Uint8Array,
    right: Right,
    how: 'once' | 'patiently',
  ): Promise<number> {
    const { queue, limits, ports } = this.#core
    const read = this.#read(update)
    if (!room.text.known.lacks(read)) return room.no
    if (right !== 'write') throw new Refused('text-not-writable')
    if (queue.bytes + update.length > limits.unstoredBytes) throw new Refused('unavailable')
    return new Promise((resolve, reject) => {
      const refuse = (problem: ProblemName) => reject(new Refused(problem))
      const submit = () =>
        room.submit({ update, key: null, read }, holder, {
          done: resolve,
          failed: () => how === 'once' && refuse('not-saved'),
          refused: () => lookAgain(),
          dropped: () => refuse('not-saved'),
        })
      // What it builds on, or brings along of others, may be on another server.
      const lookAgain = () =>
        void room.catchUp().then((isRead) => (isRead ? judge(submit(), true) : refuse('not-saved')))
      const judge = (verdict: Verdict, isLast: boolean) => {
        if (verdict === 'taken') return
        if (verdict === 'known') return resolve(room.no)
        if (!isLast) return lookAgain()
        if (verdict === 'early') return refuse('edit-out-of-order')
        refuse('foreign-author')
        const { personId, seatId } = holder
        const refusal = { documentId: room.documentId, problem: 'foreign-author', personId, seatId }
        ports.store.recordRefusal({ ...refusal, clientId: verdict.foreign }).catch(() => undefined)
      }
      judge(submit(), false)
    })
  }

  /** @param documentId null: all documents */
  #reviewRights(documentId: string | null): void {
    const affected = documentId === null ? this.#everyConnection() : (this.#connections.get(documentId) ?? [])
    for (const connection of affected) connection.rightsChanged()
  }

  #everyConnection(): Connection[] {
    return [...this.#connections.values()].flatMap((present) => [...present])
  }

  /** Signals can be lost, and a right can end by itself when its session expires. */
  #scheduleRecheck(): () => void {
    return this.#core.ports.clock.after(this.#core.limits.recheck, () => {
      this.#reviewRights(null)
      this.#recheck = this.#scheduleRecheck()
    })
  }
}
