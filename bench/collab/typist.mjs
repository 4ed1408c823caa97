import * as encoding from 'lib0/encoding'

/** Name of the text in the Yjs document that everybody types into. */
export const TEXT = 'bench'

const ORIGIN = 0x80
const STRING = 4
const NO_DELETIONS = 0
const PARENT_BY_NAME = 1

/**
 * Somebody who types at the end of their own words: Yjs updates of one key, made by hand. Each has the typist's
 * client id, the next clock, and the key before as its origin, exactly as an editor would send it.
 */
export class Typist {
  /** performance.now() of each key, by clock. */
  sentAt = []

  constructor(clientId) {
    this.clientId = clientId
  }

  get clock() {
    return this.sentAt.length
  }

  /** @param text ASCII; every character of it is one clock */
  next(text = 'x') {
    const { clientId, clock } = this
    const now = performance.now()
    for (let i = 0; i < text.length; i++) this.sentAt.push(now)
    return insertion({ clientId, clock, after: clock > 0 ? clock - 1 : null, text })
  }
}

/**
 * A Yjs update that inserts text after the character `after` of the same client id (null: at the start).
 * @param gone clocks [from, to) of the same client id that the update deletes
 */
export function insertion({ clientId, clock, after, text, gone }) {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    if (after === null) {
      encoding.writeUint8(encoder, STRING)
      encoding.writeVarUint(encoder, PARENT_BY_NAME)
      encoding.writeVarString(encoder, TEXT)
    } else {
      encoding.writeUint8(encoder, ORIGIN | STRING)
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, after)
    }
    encoding.writeVarString(encoder, text)
    if (gone === undefined) return encoding.writeVarUint(encoder, NO_DELETIONS)
    for (const value of [1, clientId, 1, gone[0], gone[1] - gone[0]]) encoding.writeVarUint(encoder, value)
  })
}

let lastId = Math.floor(Math.random() * 2 ** 31)
/** A client id as Yjs makes them: 32 bits, five bytes on the wire. No two of one run are the same. */
export const newClientId = () => 2 ** 31 + ((lastId += 7919) % 2 ** 31)
