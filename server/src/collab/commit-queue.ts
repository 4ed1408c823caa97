import type { Limits } from './limits.js'
import type { Clock, NewUpdate, Store } from './ports.js'
import { mergeUpdates } from './update.js'

/** An update on its way into the log. */
export interface Entry extends NewUpdate {
  /** @param bytes  the whole row: this update, and those of the same author that were stored with it */
  stored(no: number, bytes: Uint8Array): void
  /** One of its client ids has become another author's meanwhile. */
  refused(): void
  /** A try to store it failed for the first time. It stays in the queue and is tried again. */
  failed(): void
  /** The engine closed before it was stored. */
  dropped(): void
}

interface Lane {
  entries: Entry[]
  failures: number
  resting: boolean
}

/** What becomes one row: updates of one author in one document, which nobody else has seen. */
interface Row {
  update: NewUpdate
  entries: Entry[]
}

/**
 * Group commit [ENGINE-1]: everything that arrived while the last transaction ran goes into the next one,
 * across documents. A document's updates keep their order, except that those of one author become one row: nobody
 * has seen any of them, so nobody else's can build on them.
 *
 * A batch that fails is kept and tried again, with growing waits and each document in a transaction of its
 * own, so that a document that can never be stored holds up nobody else. When a commit's answer was lost, its
 * updates are appended twice; to Yjs the second time is no news.
 */
export class CommitQueue {
  #lanes = new Map<string, Lane>()
  #running = false
  #stopped = false
  #whenEmpty: (() => void)[] = []
  #timers = new Set<() => void>()
  bytes = 0
  storedUpdates = 0

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly onCommitted: (documentIds: Set<string>) => void,
  ) {}

  get failing(): boolean {
    return [...this.#lanes.values()].some((lane) => lane.failures > 0)
  }

  add(entry: Entry): void {
    if (this.#stopped) return entry.dropped()
    const lane = this.#lanes.get(entry.documentId) ?? { entries: [], failures: 0, resting: false }
    this.#lanes.set(entry.documentId, lane)
    lane.entries.push(entry)
    this.bytes += entry.bytes.length
    if (lane.failures > 0) entry.failed()
    void this.#run()
  }

  /** Resolves when nothing waits to be stored, at the latest after `ms`. */
  drained(ms: number): Promise<void> {
    if (this.#lanes.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = this.#after(ms, resolve)
      this.#whenEmpty.push(() => {
        cancel()
        resolve()
      })
    })
  }

  stop(): void {
    this.#stopped = true
    for (const cancel of this.#timers) cancel()
    for (const lane of this.#lanes.values()) for (const entry of lane.entries) entry.dropped()
    this.#lanes.clear()
    this.bytes = 0
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    await new Promise((resolve) => setImmediate(resolve)) // what else has arrived belongs to the same transaction
    for (;;) {
      const fresh = this.#take((lane) => lane.failures === 0, Infinity)
      const retried = this.#take((lane) => lane.failures > 0, 1)
      if (fresh.length + retried.length === 0) break
      if (fresh.length > 0) await this.#commit(fresh)
      if (retried.length > 0) await this.#commit(retried)
    }
    this.#running = false
  }

  #take(wanted: (lane: Lane) => boolean, most: number): Entry[] {
    const batch: Entry[] = []
    for (const lane of this.#lanes.values()) {
      if (lane.entries.length === 0 || lane.resting || !wanted(lane)) continue
      batch.push(...lane.entries.splice(0, this.limits.rowsPerCommit - batch.length))
      if (--most === 0 || batch.length >= this.limits.rowsPerCommit) break
    }
    return batch
  }

  async #commit(batch: Entry[]): Promise<void> {
    const rows = toRows(batch)
    let numbers: (number | null)[]
    try {
      numbers = await this.store.append(rows.map(({ update }) => update))
      if (numbers.length !== rows.length) throw new Error('the store did not number every update')
    } catch {
      return this.#putBack(batch)
    }
    const documentIds = new Set(batch.map((entry) => entry.documentId))
    for (const documentId of documentIds) this.#rested(documentId)
    for (const entry of batch) this.bytes -= entry.bytes.length
    rows.forEach(({ update, entries }, at) => {
      const no = numbers[at] ?? null
      for (const entry of entries) {
        if (no === null) entry.refused()
        else entry.stored(no, update.bytes)
      }
    })
    this.storedUpdates += batch.length
    this.onCommitted(documentIds)
    if (this.#lanes.size === 0) this.#whenEmpty.splice(0).forEach((tell) => tell())
  }

  #rested(documentId: string): void {
    const lane = this.#lanes.get(documentId)
    if (lane === undefined) return
    lane.failures = 0
    if (lane.entries.length === 0) this.#lanes.delete(documentId)
  }

  #putBack(batch: Entry[]): void {
    if (this.#stopped) return batch.forEach((entry) => entry.dropped())
    for (const documentId of new Set(batch.map((entry) => entry.documentId))) {
      const lane = this.#lanes.get(documentId)
      if (lane === undefined) continue
      const wasWell = lane.failures === 0
      lane.entries.unshift(...batch.filter((entry) => entry.documentId === documentId))
      lane.failures += 1
      lane.resting = true
      if (wasWell) lane.entries.forEach((entry) => entry.failed())
      const { retryFirst, retryLast } = this.limits
      this.#after(Math.min(retryFirst * 2 ** (lane.failures - 1), retryLast), () => {
        lane.resting = false
        void this.#run()
      })
    }
  }

  #after(ms: number, run: () => void): () => void {
    const cancel = this.clock.after(ms, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
    return () => {
      this.#timers.delete(cancel)
      cancel()
    }
  }
}

function toRows(batch: Entry[]): Row[] {
  const byAuthor = new Map<string, Entry[]>()
  for (const entry of batch) {
    const author = `${entry.documentId} ${entry.personId} ${entry.seatId}`
    const before = byAuthor.get(author)
    if (before === undefined) byAuthor.set(author, [entry])
    else before.push(entry)
  }
  return [...byAuthor.values()].flatMap((entries) => {
    const merged = mergeUpdates(entries.map(({ bytes }) => bytes))
    return merged.length === 1 ? [rowOf(entries, merged[0])] : entries.map((entry) => rowOf([entry], entry.bytes))
  })
}

function rowOf(entries: Entry[], bytes: Uint8Array = new Uint8Array()): Row {
  const [{ documentId, personId, seatId }] = entries as [Entry]
  const clientIds = [...new Set(entries.flatMap((entry) => entry.clientIds))]
  return { update: { documentId, personId, seatId, clientIds, bytes }, entries }
}
