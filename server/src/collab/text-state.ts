import * as Y from 'yjs'
import { covers, Known } from './known.js'
import type { LogRow, Snapshot } from './ports.js'
import { step2Frame, updateFrame } from './protocol.js'
import { mergeUpdates } from './update.js'
import type { ReadUpdate } from './update.js'

/** An answer that was worked out at log row `no`, kept for all who ask the same. */
interface Answer {
  no: number
  frames: Uint8Array[]
}

const NOTHING = Y.encodeStateAsUpdate(new Y.Doc())
const NO_VECTOR = Y.encodeStateVector(new Y.Doc())
/** An answer is worked out anew when more rows than this came after it. */
const STALE_ROWS = 256
const MAX_ANSWERS = 64

/**
 * A document as stored bytes: the last snapshot and the log rows after it. It is sent as it is, to everybody from
 * the same buffers, and no Y.Doc is built [ENGINE-8].
 */
export class TextState {
  #snapshot: Snapshot | null = null
  /** Rows after the snapshot. */
  #rows: LogRow[] = []
  #rowBytes = 0
  #known = new Known()
  /** By the state vector of who asked; '' for who has nothing. */
  #answers = new Map<string, Answer>()
  /** Rows after some number, merged: a tail that many are sent. */
  #tails = new Map<number, { no: number; updates: Uint8Array[] }>()

  get no(): number {
    return this.#rows.at(-1)?.no ?? this.#snapshot?.no ?? 0
  }

  /** Log rows and their bytes since the last snapshot. */
  get sinceSnapshot(): { rows: number; bytes: number } {
    return { rows: this.#rows.length, bytes: this.#rowBytes }
  }

  get snapshotBytes(): number {
    return this.#snapshot?.state.length ?? 0
  }

  get known(): Known {
    return this.#known
  }

  /** @returns false when the snapshot cannot be read; then it counts as not there */
  load(snapshot: Snapshot | null): boolean {
    try {
      this.#known = snapshot === null ? new Known() : Known.of(snapshot)
      this.#snapshot = snapshot
      return true
    } catch {
      return false
    }
  }

  /** One more log row. @param read  what is in it; nothing: it cannot be read and counts as empty */
  add(row: LogRow, read: ReadUpdate[]): void {
    const bytes = read.length === 0 ? NOTHING : row.bytes
    for (const part of read) this.#known.add(part)
    this.#rows.push({ ...row, bytes })
    this.#rowBytes += bytes.length
    this.#tails.clear()
  }

  /** What a compaction has to put together: the last snapshot's state and the rows after it. */
  parts(): Uint8Array[] {
    const base = this.#snapshot === null ? [] : [this.#snapshot.state]
    return [...base, ...this.#rows.map(({ bytes }) => bytes)]
  }

  /** A snapshot made of `parts()`; rows that came meanwhile stay. */
  rebase(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    this.#rows = this.#rows.filter(({ no }) => no > snapshot.no)
    this.#rowBytes = this.#rows.reduce((sum, { bytes }) => sum + bytes.length, 0)
    this.#answers.clear()
    this.#tails.clear()
  }

  /** The whole document as updates to be applied one after the other. */
  whole(): Uint8Array[] {
    const base = this.#snapshot === null ? [] : [this.#snapshot.state]
    return [...base, ...this.#after(this.#snapshot?.no ?? 0)]
  }

  /**
   * Frames that give a peer with this state vector everything that it lacks; the last is the step 2.
   * @throws when the vector is malformed
   */
  answer(vector: Uint8Array): Uint8Array[] {
    const key = isEmpty(vector) ? '' : Buffer.from(vector).toString('latin1')
    let answer = this.#answers.get(key)
    if (answer === undefined || this.no - answer.no > STALE_ROWS) {
      answer = key === '' ? this.#fromSnapshot() : { no: this.no, frames: this.missing(vector).map(updateFrame) }
      if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear()
      this.#answers.set(key, answer)
    }
    const tail = this.#after(answer.no)
    return [...answer.frames, ...tail.slice(0, -1).map(updateFrame), step2Frame(tail.at(-1) ?? NOTHING)]
  }

  /**
   * What a peer with this state vector lacks, as updates. Deletions are always sent whole, because a state vector
   * does not tell them.
   * @throws when the vector is malformed
   */
  missing(vector: Uint8Array): Uint8Array[] {
    if (isEmpty(vector)) return this.whole()
    Y.decodeStateVector(vector)
    const base = this.#snapshot
    const parts = this.#after(base?.no ?? 0).map((update) => Y.diffUpdate(update, vector))
    if (base === null) return parts
    return mergeUpdates([
      covers(vector, base.vector) ? deletionsOnly(base) : Y.diffUpdate(base.state, vector),
      ...parts,
    ])
  }

  #fromSnapshot(): Answer {
    const base = this.#snapshot
    return base === null ? { no: 0, frames: [] } : { no: base.no, frames: [updateFrame(base.state)] }
  }

  #after(no: number): Uint8Array[] {
    const cached = this.#tails.get(no)
    if (cached !== undefined) return cached.updates
    const first = this.#rows.length - (this.no - no)
    const updates = mergeUpdates(this.#rows.slice(first).map(({ bytes }) => bytes))
    this.#tails.set(no, { no: this.no, updates })
    return updates
  }
}

const isEmpty = (vector: Uint8Array): boolean => vector.length <= NO_VECTOR.length

/** An update without structs. */
const deletionsOnly = ({ deletions }: Snapshot): Uint8Array => Buffer.concat([Uint8Array.of(0), deletions])
