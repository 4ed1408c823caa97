import type { Clock } from './ports.js'
import { keysFrame, updateFrame } from './protocol.js'
import { mergeUpdates } from './update.js'
import type { WriteBudget } from './write-budget.js'

interface Reader {
  /** Understands shared/src/keys.ts. */
  readonly readsShort: boolean
  send(frame: Uint8Array): void
}

interface Outgoing {
  update: Uint8Array
  /** What is in the update, in short; null for what has no short form. */
  keys: (Uint8Array | null)[]
}

/**
 * What a room's members are sent of the log. In a quiet room a row goes out at once; when the process has much to
 * write, the rows of a while go out as one frame, built once for all, because writing to sockets is what costs.
 */
export class Outbox {
  #waiting: Outgoing[] = []
  /** The only one who wrote what is waiting, and has it: undefined as long as nothing waits, null if there are several. */
  #soleWriter: Reader | null | undefined
  #cancel: (() => void) | null = null

  constructor(
    private readonly readers: ReadonlySet<Reader>,
    private readonly clock: Clock,
    private readonly budget: WriteBudget,
  ) {}

  /** @param writer  the one member that has this update already, if it is exactly one */
  add(outgoing: Outgoing, writer: Reader | null): void {
    this.#soleWriter = this.#soleWriter === undefined || this.#soleWriter === writer ? writer : null
    this.#waiting.push(outgoing)
  }

  /** Sends what waits: now, or when it is the room's turn. */
  flush(): void {
    if (this.#waiting.length === 0 || this.#cancel !== null) return
    const wait = this.budget.takeTurn(this.readers.size)
    if (wait < 1) return this.sendNow()
    this.#cancel = this.clock.after(wait, () => {
      this.#cancel = null
      this.sendNow()
    })
  }

  /** Everything that waits, so that who joins now is sent nothing twice and nothing out of order. */
  sendNow(): void {
    const [waiting, writer] = [this.#waiting, this.#soleWriter]
    if (waiting.length === 0) return
    this.#waiting = []
    this.#soleWriter = undefined
    let short: Uint8Array[] | undefined
    let stock: Uint8Array[] | undefined
    for (const reader of this.readers) {
      if (reader === writer) continue
      const frames = reader.readsShort ? (short ??= shortFrames(waiting)) : (stock ??= stockFrames(waiting))
      for (const frame of frames) reader.send(frame)
    }
  }

  destroy(): void {
    this.#cancel?.()
  }
}

const stockFrames = (waiting: Outgoing[]): Uint8Array[] =>
  mergeUpdates(waiting.map(({ update }) => update)).map(updateFrame)

/** Rows that are all keys go together in short, those between them as updates. */
function shortFrames(waiting: Outgoing[]): Uint8Array[] {
  const frames: Uint8Array[] = []
  for (let from = 0, to = 0; from < waiting.length; from = to) {
    const isShort = inShort(waiting[from])
    while (to < waiting.length && inShort(waiting[to]) === isShort) to += 1
    const rows = waiting.slice(from, to)
    if (isShort) frames.push(keysFrame(rows.flatMap(({ keys }) => keys.filter((key) => key !== null))))
    else frames.push(...stockFrames(rows))
  }
  return frames
}

const inShort = (outgoing: Outgoing | undefined): boolean => outgoing?.keys.every((key) => key !== null) === true
