import * as encoding from 'lib0/encoding'
import { CURSOR, decodeCursors } from './cursors.js'
import { decodeKeys, decodeNames, encodeKey, KEYS, keyOfUpdate, updateOfKey } from './keys.js'

/**
 * A client's end of the short frames (keys.ts, cursors.ts), for as long as one connection lasts: remembers the names
 * and cards that came over it, and says what came in the words of Yjs and y-protocols.
 */
export class ShortFrames {
  #names = new Map<number, number>()
  #clients = new Map<number, number>()
  #cards = new Map<number, unknown>()
  #ownClientId: number
  #inflate: (bytes: Uint8Array) => Uint8Array

  /** @param inflate  raw inflate */
  constructor(ownClientId: number, inflate: (bytes: Uint8Array) => Uint8Array) {
    this.#ownClientId = ownClientId
    this.#inflate = inflate
  }

  /** @returns the update as a key frame; null when it is more than one key, or somebody in it has no name yet */
  keyFrame(update: Uint8Array): Uint8Array<ArrayBuffer> | null {
    if (this.#names.size === 0) return null
    const key = keyOfUpdate(update)
    const body = key && encodeKey(key, (client) => this.#names.get(client))
    if (!body) return null
    const frame = new Uint8Array(body.length + 1)
    frame[0] = KEYS
    frame.set(body, 1)
    return frame
  }

  /** @param frame  of type 105  @throws when it is cut off */
  learnNames(frame: Uint8Array): void {
    for (const [name, client] of decodeNames(frame.subarray(1))) {
      this.#clients.set(name, client)
      this.#names.set(client, name)
    }
  }

  /**
   * @param frame  of type 104
   * @returns Yjs updates, to be applied in this order
   * @throws when it is cut off, or names somebody who has no name
   */
  updatesOf(frame: Uint8Array): Uint8Array[] {
    return decodeKeys(frame.subarray(1), (name) => this.#clients.get(name)).map(updateOfKey)
  }

  /**
   * @param frame  of type 103
   * @returns an awareness update of y-protocols: everybody with a card as `user`, the reader's own cursor left out
   * @throws when it cannot be read to its end
   */
  presenceOf(frame: Uint8Array): Uint8Array {
    const others = decodeCursors(frame, this.#inflate).filter(({ clientId }) => clientId !== this.#ownClientId)
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, others.length)
      for (const { clientId, clock, kind, state } of others) {
        if (kind === CURSOR.introduced) this.#cards.set(clientId, state?.user)
        if (kind === CURSOR.left) this.#cards.delete(clientId)
        encoding.writeVarUint(encoder, clientId)
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarString(encoder, JSON.stringify(state && { ...state, user: this.#cards.get(clientId) }))
      }
    })
  }
}
