import type { Problem } from '@multilogue/shared/problems'
import * as Y from 'yjs'

/** What came of one exchange with the server over HTTP. */
export type Exchanged =
  | { kind: 'merged'; update: Uint8Array; no: number }
  /** The words will not be in the text. */
  | { kind: 'refused'; problem: Problem }
  /** An edit before these words is missing there. */
  | { kind: 'gap'; problem: Problem }
  /** The server has answered, but cannot take the words at the moment. */
  | { kind: 'later'; problem: Problem }
  | { kind: 'unreachable' }
  /** The server will not have this person at this text any more. */
  | { kind: 'closed'; code: number }

/** @param update  words for the server; undefined: only what is missing here is asked for */
export type Exchange = (vector: Uint8Array, update: Uint8Array | undefined) => Promise<Exchanged>

/** The copy of a text that is kept equal with the server's. */
interface Copy {
  doc: Y.Doc
  /** `SaveLedger`, as far as it is needed here. */
  ledger: { readonly unsaved: boolean; readonly edits: number; stored(edits: number): void }
  /** Local updates since everything was last saved. */
  pending: Uint8Array[]
}

export interface SlowLineEvents {
  /** `up`: the server answers. */
  onchange: () => void
  onmerged: (no: number) => void
  onlater: (problem: Problem) => void
  onrefused: (problem: Problem) => void
  onclosed: (code: number) => void
}

const PACE_MS = 2000
const QUIET_PACE_MS = 5000

/** Keeps a copy of a text equal with the server's over plain HTTP, for as long as no WebSocket gets through. */
export class SlowLine {
  #copy: Copy
  #exchange: Exchange
  #events: SlowLineEvents
  /** Counts starts and stops: an answer that comes after a stop is still merged, but starts nothing. */
  #run = 0
  #running = false
  #up: boolean | undefined
  #sendWhole = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(copy: Copy, exchange: Exchange, events: SlowLineEvents) {
    this.#copy = copy
    this.#exchange = exchange
    this.#events = events
  }

  get running() {
    return this.#running
  }
  /** Whether the server answers; undefined until that is known. */
  get up() {
    return this.#up
  }

  start() {
    if (this.#running) return
    this.#running = true
    void this.#round(++this.#run)
  }

  stop() {
    if (!this.#running) return
    this.#running = false
    this.#up = undefined
    this.#run++
    clearTimeout(this.#timer)
  }

  /** Does not wait for the next round. */
  hurry() {
    if (!this.#running || this.#timer === undefined) return
    clearTimeout(this.#timer)
    void this.#round(this.#run)
  }

  async #round(run: number): Promise<void> {
    this.#timer = undefined
    const { doc, ledger } = this.#copy
    const { edits } = ledger
    const exchanged = await this.#exchange(Y.encodeStateVector(doc), this.#words())
    if (exchanged.kind === 'merged') {
      Y.applyUpdate(doc, exchanged.update, this)
      ledger.stored(edits)
      this.#sendWhole = false
      this.#events.onmerged(exchanged.no)
    }
    if (run !== this.#run) return
    this.#up = exchanged.kind !== 'unreachable'
    if (exchanged.kind === 'closed') return this.#end(() => this.#events.onclosed(exchanged.code))
    const isFinal = exchanged.kind === 'refused' || (exchanged.kind === 'gap' && this.#sendWhole)
    if (isFinal) return this.#end(() => this.#events.onrefused(exchanged.problem))
    if (exchanged.kind === 'gap') this.#sendWhole = true
    if (exchanged.kind === 'later') this.#events.onlater(exchanged.problem)
    this.#events.onchange()
    if (run === this.#run) this.#timer = setTimeout(() => void this.#round(run), this.#pace())
  }

  #words(): Uint8Array | undefined {
    const { doc, ledger, pending } = this.#copy
    if (!ledger.unsaved) return undefined
    return this.#sendWhole ? Y.encodeStateAsUpdate(doc) : Y.mergeUpdates(pending)
  }

  #pace(): number {
    const isWatched = document.visibilityState === 'visible' || this.#copy.ledger.unsaved
    return isWatched && this.#up ? PACE_MS : QUIET_PACE_MS
  }

  #end(tell: () => void) {
    this.stop()
    tell()
  }
}
