import type { Limits } from './limits.js'
import type { Clock } from './ports.js'
import { updateFrame } from './protocol.js'
import { mergeUpdates } from './update.js'

interface Reader {
  send(frame: Uint8Array): void
}

/**
 * What a room's members are sent of the log. The first row in a quiet room goes out at once; in a busy one the rows
 * of a tick go out as one frame, built once for all, because writing to sockets is what costs: the larger the room,
 * the longer the tick.
 */
export class Outbox {
  #updates: Uint8Array[] = []
  /** The only one who wrote what is waiting, and has it: undefined as long as nothing waits, null if there are several. */
  #soleWriter: Reader | null | undefined
  #sentAt = -Infinity
  #cancel: (() => void) | null = null

  constructor(
    private readonly readers: ReadonlySet<Reader>,
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  /** @param writer  the one member that has this update already, if it is exactly one */
  add(update: Uint8Array, writer: Reader | null): void {
    this.#soleWriter = this.#soleWriter === undefined || this.#soleWriter === writer ? writer : null
    this.#updates.push(update)
  }

  /** Sends what waits: now, or when the tick is over. */
  flush(): void {
    if (this.#updates.length === 0 || this.#cancel !== null) return
    const wait = this.#sentAt + this.#tick - this.clock.now()
    if (wait <= 0) return this.sendNow()
    this.#cancel = this.clock.after(wait, () => {
      this.#cancel = null
      this.sendNow()
    })
  }

  /** Everything that waits, so that who joins now is sent nothing twice and nothing out of order. */
  sendNow(): void {
    const [updates, writer] = [this.#updates, this.#soleWriter]
    if (updates.length === 0) return
    this.#updates = []
    this.#soleWriter = undefined
    this.#sentAt = this.clock.now()
    for (const update of mergeUpdates(updates)) {
      const frame = updateFrame(update)
      for (const reader of this.readers) if (reader !== writer) reader.send(frame)
    }
  }

  destroy(): void {
    this.#cancel?.()
  }

  get #tick(): number {
    const { broadcastTickPerReader, broadcastTickMost } = this.limits
    const tick = this.readers.size * broadcastTickPerReader
    return tick < 1 ? 0 : Math.min(tick, broadcastTickMost)
  }
}
