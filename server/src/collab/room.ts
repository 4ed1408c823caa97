import * as Y from 'yjs'
import type { CommitQueue } from './commit-queue.js'
import type { Limits } from './limits.js'
import type { Holder, Ports } from './ports.js'
import { Presence } from './presence.js'
import type { Participant } from './presence.js'
import { updateFrame } from './protocol.js'
import { Refused } from './refused.js'
import { tryApply } from './update.js'

/** What a room knows about a connection. */
export interface Member extends Participant {
  /** Called now and then, so that the member can show a sign of life. */
  keepAlive(): void
}

/** Who hears what becomes of an update. */
export interface Author {
  /** Not sent the update itself: it has it. */
  member?: Member
  /** Stored as log row `no` or earlier, and applied to the room. */
  done(no: number): void
  /** Not stored yet, will be tried again. */
  failed(): void
  /** The engine closed before it was stored. */
  dropped(): void
}

/** What all rooms of an engine share. */
export interface Core {
  ports: Ports
  limits: Limits
  queue: CommitQueue
  counters: { skippedUpdates: number; failedSnapshots: number }
}

interface Stored {
  bytes: Uint8Array
  author: Author
}

/**
 * One document while somebody needs it. Its Y.Doc is the log's rows 1 to `no`, applied one by one in order, and
 * nothing else [ENGINE-1]: an update reaches `doc` and the members when its row is committed, not before.
 *
 * A row arrives as the queue's word about an own commit, or by reading the log's tail, when an own number leaves
 * a gap (another server wrote in between), the bus woke us, or now and then in case a wake-up was lost [ENGINE-11].
 */
export class Room {
  readonly doc = new Y.Doc()
  readonly members = new Set<Member>()
  readonly presence: Presence
  /** Connections, requests and updates on their way. A room with none is idle. */
  holders = 0
  no = 0
  #snapshotNo = 0
  #snapshotDueAfter = 0
  #saving: Promise<void> | null = null
  #stored = new Map<number, Stored>()
  #whole: { no: number; update: Uint8Array } | null = null
  #reading = false
  #readAgain = false
  #gone = false
  #timers = new Map<string, () => void>()

  constructor(
    readonly documentId: string,
    private readonly core: Core,
    private readonly onIdle: (room: Room) => void,
  ) {
    this.presence = new Presence(this.members, core.ports.clock, core.limits)
  }

  /** Reads the document from the store. Never seeds it: an empty log is an empty text [ENGINE-8]. */
  async load(): Promise<void> {
    const { store } = this.core.ports
    const text = await store.load(this.documentId)
    if (text === null) throw new Refused('not-found')
    let rows = text.updates
    if (text.snapshot !== null && !tryApply(this.doc, text.snapshot)) rows = await store.tail(this.documentId, 0)
    else this.no = this.#snapshotNo = text.no
    for (const { no, bytes } of rows) {
      if (!tryApply(this.doc, bytes)) this.core.counters.skippedUpdates += 1
      this.no = no
    }
  }

  hold(): void {
    this.holders += 1
    this.#cancel('idle')
  }

  release(): void {
    this.holders -= 1
    if (this.holders > 0 || this.#gone) return
    this.#after('idle', this.core.limits.idle, () => this.onIdle(this))
  }

  join(member: Member): void {
    this.members.add(member)
    if (this.members.size === 1) this.#tend(0)
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return
    this.presence.forget(member)
    if (this.members.size === 0) this.#cancel('tend')
  }

  /** Sends an update, already checked, on its way into the log. */
  submit(bytes: Uint8Array, { personId, seatId }: Holder, author: Author): void {
    const { documentId } = this
    this.hold()
    this.core.queue.add({
      documentId,
      bytes,
      personId,
      seatId,
      stored: (no) => {
        if (this.#gone || no <= this.no) return this.#settle(author)
        this.#stored.set(no, { bytes, author })
        this.#advance()
      },
      failed: () => author.failed(),
      dropped: () => {
        author.dropped()
        this.release()
      },
    })
  }

  /**
   * Everything that a peer with this state vector lacks.
   * @throws when the vector is malformed
   */
  missing(vector?: Uint8Array): Uint8Array {
    if (vector !== undefined && vector.length > 1) return Y.encodeStateAsUpdate(this.doc, vector)
    if (this.#whole?.no !== this.no) this.#whole = { no: this.no, update: Y.encodeStateAsUpdate(this.doc) }
    return this.#whole.update
  }

  /** Reads the log after `no`. One reading at a time; a call meanwhile makes it read once more. */
  async catchUp(): Promise<void> {
    this.#readAgain = true
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#readAgain && !this.#gone) {
        this.#readAgain = false
        const rows = await this.core.ports.store.tail(this.documentId, this.no)
        if (this.#gone) return
        for (const { no, bytes } of rows) if (no === this.no + 1) this.#take(no, bytes)
      }
    } catch {
      this.#after('catch up', this.core.limits.retryLast, () => void this.catchUp())
    }
    this.#reading = false
    if (this.#stored.size > 0) this.#after('catch up', this.core.limits.retryFirst, () => void this.catchUp())
  }

  /** Saves a snapshot when at least `rows` log rows came since the last. A failure costs loading time, no text. */
  saveSnapshot(rows: number): Promise<void> {
    if (this.#saving !== null) return this.#saving
    const no = this.no
    if (no < this.#snapshotNo + rows || no < this.#snapshotDueAfter) return Promise.resolve()
    this.#saving = this.core.ports.store
      .saveSnapshot(this.documentId, no, this.missing())
      .then(() => void (this.#snapshotNo = no))
      .catch(() => {
        this.core.counters.failedSnapshots += 1
        this.#snapshotDueAfter = no + rows
      })
      .finally(() => (this.#saving = null))
    return this.#saving
  }

  destroy(): void {
    this.#gone = true
    for (const cancel of this.#timers.values()) cancel()
    this.presence.destroy()
    this.doc.destroy()
  }

  #advance(): void {
    for (let next = this.#stored.get(this.no + 1); next !== undefined; next = this.#stored.get(this.no + 1)) {
      this.#take(this.no + 1, next.bytes)
    }
    if (this.#stored.size > 0) void this.catchUp()
  }

  #take(no: number, bytes: Uint8Array): void {
    const own = this.#stored.get(no)
    this.#stored.delete(no)
    this.no = no
    if (tryApply(this.doc, bytes)) {
      const frame = updateFrame(bytes)
      for (const member of this.members) if (member !== own?.author.member) member.send(frame)
    } else {
      this.core.counters.skippedUpdates += 1
    }
    if (own !== undefined) this.#settle(own.author)
    void this.saveSnapshot(this.core.limits.snapshotOpenRows)
  }

  #settle(author: Author): void {
    author.done(this.no)
    this.release()
  }

  #tend(elapsed: number): void {
    const { keepAlive, recheck } = this.core.limits
    this.#after('tend', keepAlive, () => {
      for (const member of this.members) member.keepAlive()
      const due = elapsed + keepAlive >= recheck
      if (due) void this.catchUp()
      this.#tend(due ? 0 : elapsed + keepAlive)
    })
  }

  #after(name: string, ms: number, run: () => void): void {
    if (this.#gone) return
    this.#cancel(name)
    const cancel = this.core.ports.clock.after(ms, () => {
      this.#timers.delete(name)
      run()
    })
    this.#timers.set(name, cancel)
  }

  #cancel(name: string): void {
    this.#timers.get(name)?.()
    this.#timers.delete(name)
  }
}
