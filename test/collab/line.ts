import type { Joined } from '../../server/src/collab/engine.js'
import type { Wire } from '../../server/src/collab/ports.js'
import type { Random } from './random.js'

/** One connection. What is sent waits on it, either way, until it is carried; each way keeps its order. */
export class Line implements Wire {
  readonly up: Uint8Array[] = []
  joined: Joined | null = null
  #down: Uint8Array[] = []
  #closing: number | null = null
  #isCut = false

  constructor(
    private readonly receive: (bytes: Uint8Array) => void,
    private readonly closed: (code: number) => void,
  ) {}

  get bufferedAmount(): number {
    return this.#down.reduce((sum, { length }) => sum + length, 0)
  }

  get isQuiet(): boolean {
    return this.up.length + this.#down.length === 0
  }

  send(bytes: Uint8Array): void {
    if (!this.#isCut) this.#down.push(bytes.slice())
  }

  close(code: number): void {
    this.#closing = code
  }

  /** Carries some frames, at most `most` each way. */
  carry(most: number): void {
    for (let left = most; left > 0 && !this.#isCut && this.#closing === null; left--) {
      const bytes = this.up.shift()
      if (bytes === undefined) break
      this.joined?.receive(bytes)
    }
    for (let left = most; left > 0 && !this.#isCut; left--) {
      const bytes = this.#down.shift()
      if (bytes === undefined) break
      this.receive(bytes)
    }
    if (this.#closing === null || this.#down.length > 0 || this.#isCut) return
    this.#isCut = true
    this.joined?.closed()
    this.closed(this.#closing)
  }

  cut(random: Random): void {
    if (this.#isCut) return
    this.#isCut = true
    for (const bytes of this.up.slice(0, random(this.up.length + 1))) this.joined?.receive(bytes)
    this.joined?.closed()
  }

  /** The server is no more: nothing is said on either side. */
  break(): void {
    this.#isCut = true
    this.closed(1006)
  }
}
