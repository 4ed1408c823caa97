import { encodeNames } from '@multilogue/shared/keys'
import type { ReadUpdate } from './update.js'

/** More people than this write in no room; who comes later is sent stock frames. */
const MOST = 4096

/** Short names for the client ids of a room, told to those who read keys (shared/src/keys.ts). */
export class Names {
  #names = new Map<number, number>()
  #clients: number[] = []

  clientOf(name: number): number | undefined {
    return this.#clients[name]
  }

  /** All names given so far, as a frame; nothing when there are none. */
  get frame(): Uint8Array | null {
    return this.#clients.length === 0 ? null : encodeNames(this.#clients.entries())
  }

  /** Names everybody who occurs in an update. @returns the new names as a frame, if there are any */
  give({ structs, needs, deletions }: ReadUpdate): Uint8Array | null {
    const first = this.#clients.length
    const give = ({ client }: { client: number }): void => {
      if (this.#names.has(client) || this.#clients.length >= MOST) return
      this.#names.set(client, this.#clients.push(client) - 1)
    }
    structs.forEach(give)
    for (const need of needs) need.forEach(give)
    deletions.forEach(give)
    if (this.#clients.length === first) return null
    return encodeNames([...this.#clients.entries()].slice(first))
  }
}
