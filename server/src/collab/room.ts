import type { Core, Member, Writer } from './core.js'
import { Names } from './names.js'
import { Outbox } from './outbox.js'
import type { Author, LogRow } from './ports.js'
import { Presence } from './presence.js'
import { Refused } from './refused.js'
import { Snapshots } from './snapshots.js'
import { TextState } from './text-state.js'
import { tryRead } from './update.js'
import type { ReadUpdate } from './update.js'

/** An update that has been read. */
export interface NewEdit {
  update: Uint8Array
  /** The update in short (shared/src/keys.ts), when it came so. */
  key: Uint8Array | null
  read: ReadUpdate
}

/** An own row that is committed and waits for the rows before it. */
interface Stored {
  row: LogRow
  edits: NewEdit[]
  writers: Writer[]
}

/**
 * What becomes of an update: `known` adds nothing, `foreign` writes with another's client id, `early` builds on what
 * is not there, `taken` is on its way into the log.
 */
export type Verdict = 'known' | 'taken' | 'early' | { foreign: number }

/**
 * One document while somebody needs it: the log's rows 1 to `no` and nothing else [ENGINE-1]. An update becomes part
 * of it and reaches the members when its row is committed, not before. It is judged by its headers; no Y.Doc is built.
 *
 * A row arrives as the queue's word about an own commit, or by reading the log's tail, when an own number leaves
 * a gap (another server wrote in between), the bus woke us, or now and then in case a wake-up was lost [ENGINE-11].
 */
export class Room {
  readonly text = new TextState()
  readonly snapshots: Snapshots
  readonly members = new Set<Member>()
  readonly presence: Presence
  readonly names = new Names()
  /** Connections, requests and updates on their way. A room with none is idle. */
  holders = 0
  /** Whose each client id is [ENGINE-3], from its first update's way into the log on. */
  #authors = new Map<number, Author>()
  /** How many updates are on their way into the log, and how far they bring each client id. */
  #underway = 0
  #ahead = new Map<number, number>()
  #stored = new Map<number, Stored>()
  readonly #outbox: Outbox
  #reading: Promise<boolean> | null = null
  #readAgain = false
  #gone = false
  #timers = new Map<string, () => void>()

  constructor(
    readonly documentId: string,
    private readonly core: Core,
    private readonly onIdle: (room: Room) => void,
  ) {
    const { clock, bus } = core.ports
    this.presence = new Presence(
      this.members,
      clock,
      core.limits,
      (bytes) => bus.publishPresence(documentId, bytes),
      (clientId) => this.#authors.get(clientId)?.personId,
    )
    this.snapshots = new Snapshots(documentId, this.text, core)
    this.#outbox = new Outbox(this.members, clock, core.writes)
  }

  /** Reads the document from the store. Never seeds it: an empty log is an empty text [ENGINE-8]. */
  async load(): Promise<void> {
    const stored = await this.core.ports.store.load(this.documentId)
    if (stored === null) throw new Refused('not-found')
    for (const { clientId, personId, seatId } of stored.authors) this.#authors.set(clientId, { personId, seatId })
    const isWhole = this.text.load(stored.snapshot)
    const rows = isWhole ? stored.updates : await this.core.ports.store.tail(this.documentId, 0)
    for (const row of rows) this.#adopt(row)
  }

  get no(): number {
    return this.text.no
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
    this.#outbox.sendNow()
    this.members.add(member)
    if (this.members.size === 1) this.#tend(0)
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return
    this.presence.forget(member)
    if (this.members.size === 0) this.#cancel('tend')
  }

  /** Judges an update by what is here and on its way, and when it can be taken sends it on its way into the log. */
  submit(edit: NewEdit, { personId, seatId }: Author, writer: Writer): Verdict {
    const { read } = edit
    const { known } = this.text
    if (!known.lacks(read)) return 'known'
    const author = { personId, seatId }
    const clients = known.newClients(read)
    const foreign = clients.find((client) => !this.#isTheirs(client, author))
    if (foreign !== undefined) return { foreign }
    if (!known.integrates(read, this.#ahead)) return 'early'
    const clientIds = clients.filter((client) => !this.#authors.has(client))
    for (const client of clientIds) this.#authors.set(client, author)
    for (const { client, to } of read.structs) this.#ahead.set(client, Math.max(this.#ahead.get(client) ?? 0, to))
    this.#underway += 1
    this.hold()
    this.core.queue.add({
      documentId: this.documentId,
      bytes: edit.update,
      clientIds,
      ...author,
      stored: (no, whole) => {
        if (this.#gone || no <= this.no) return this.#settle(writer)
        const stored = this.#stored.get(no) ?? { row: { no, bytes: whole, ...author }, edits: [], writers: [] }
        this.#stored.set(no, stored)
        stored.edits.push(edit)
        stored.writers.push(writer)
      },
      failed: () => writer.failed(),
      refused: () => {
        for (const client of clients) this.#ahead.delete(client)
        for (const client of clientIds) this.#authors.delete(client)
        writer.refused()
        this.#arrived()
      },
      dropped: () => {
        writer.dropped()
        this.#arrived()
      },
    })
    return 'taken'
  }

  #isTheirs(client: number, author: Author): boolean {
    const bound = this.#authors.get(client)
    if (bound !== undefined) return isSame(bound, author)
    return (this.presence.personOf(client) ?? author.personId) === author.personId
  }

  /** All own commits of one round are told. A gap between their numbers is what another server wrote. */
  committed(): void {
    this.#takeStored()
    if (this.#stored.size > 0) void this.catchUp()
  }

  /**
   * Reads the log after `no`. One reading at a time; a call meanwhile makes it read once more.
   * @returns whether everything is here that was in the log when this was called; if not, it is tried again later
   */
  catchUp(): Promise<boolean> {
    if (this.#gone) return Promise.resolve(false)
    this.#readAgain = true
    this.#reading ??= this.#readTail()
    return this.#reading
  }

  destroy(): void {
    this.#gone = true
    // Committed, but behind rows of another server that could not be read: who wrote them may ask again.
    for (const { writers } of this.#stored.values()) for (const writer of writers) writer.dropped()
    this.#stored.clear()
    for (const cancel of this.#timers.values()) cancel()
    this.#outbox.destroy()
    this.presence.destroy()
  }

  async #readTail(): Promise<boolean> {
    let isRead = true
    try {
      while (this.#readAgain && !this.#gone) {
        this.#readAgain = false
        const rows = await this.core.ports.store.tail(this.documentId, this.no)
        for (const row of rows) if (!this.#gone && row.no === this.no + 1) this.#adopt(row)
        this.#takeStored()
      }
    } catch {
      isRead = false
      this.#after('catch up', this.core.limits.retryLast, () => void this.catchUp())
    }
    this.#reading = null
    if (this.#stored.size > 0) this.#after('catch up', this.core.limits.retryFirst, () => void this.catchUp())
    return isRead && !this.#gone
  }

  /** Takes in the own rows that are next, and sends on what has come. */
  #takeStored(): void {
    if (this.#gone) return
    for (let next = this.#stored.get(this.no + 1); next !== undefined; next = this.#stored.get(this.no + 1)) {
      this.#stored.delete(next.row.no)
      const [first, ...others] = next.writers.map(({ member }) => member)
      const sole = others.every((member) => member === first) ? first : undefined
      this.#take(next.row, next.edits, sole ?? null)
      for (const writer of next.writers) this.#settle(writer)
    }
    this.#outbox.flush()
    this.snapshots.makeWhenDue()
  }

  /** A row that was read from the log. Its new client ids are its author's, whatever was thought here. */
  #adopt(row: LogRow): void {
    const own = this.#stored.get(row.no)
    this.#stored.delete(row.no)
    const read = tryRead(row.bytes)
    if (read !== null) {
      const { personId, seatId } = row
      for (const client of this.text.known.newClients(read)) this.#authors.set(client, { personId, seatId })
    }
    this.#take(row, read === null ? [] : [{ update: row.bytes, key: null, read }], null)
    own?.writers.forEach((writer) => this.#settle(writer))
  }

  /** @param sole  the one member that has the row already, if it is exactly one */
  #take(row: LogRow, edits: NewEdit[], sole: Member | null): void {
    this.text.add(
      row,
      edits.map(({ read }) => read),
    )
    if (edits.length === 0) this.core.counters.skippedUpdates += 1
    if (edits.length === 0 || this.members.size === 0) return
    for (const { read } of edits) {
      const names = this.names.give(read)
      if (names === null) continue
      for (const member of this.members) if (member.readsShort) member.send(names)
    }
    this.#outbox.add({ update: row.bytes, keys: edits.map(({ key }) => key) }, sole)
  }

  #settle(writer: Writer): void {
    writer.done(this.no)
    this.#arrived()
  }

  /** One update less is on its way. */
  #arrived(): void {
    this.#underway -= 1
    if (this.#underway === 0) this.#ahead.clear()
    this.release()
  }

  #tend(elapsed: number): void {
    const { keepAlive, recheck } = this.core.limits
    this.#after('tend', keepAlive, () => {
      for (const member of this.members) member.keepAlive()
      this.presence.keepAlive()
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

const isSame = (one: Author, other: Author): boolean => one.personId === other.personId && one.seatId === other.seatId
