import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/**
 * The short presence frame, sent by the server instead of the stock one to clients that connected with `?ext=2`. It
 * is the same for the whole room, the reader's own cursor included, and names people once instead of with each move.
 *
 *   103, packing (0: as it is, 1: the rest is raw deflate), count, then per entry
 *   client id, clock, kind (0 left, 1 moved, 2 moved, with card), and unless 0 the state as a JSON string
 *
 * All numbers are Yjs varuints. With kind 2 the state's `user` is the card (`Card` of collab.ts), which stays valid
 * for the client id until it has left.
 */
export const CURSORS = 103
export const PLAIN = 0
export const DEFLATED = 1
export const CURSOR = { left: 0, moved: 1, introduced: 2 } as const

export interface CursorEntry {
  clientId: number
  clock: number
  kind: number
  /** Of kind 0: null. */
  state: Record<string, unknown> | null
}

/** The entries without what stands before them in the frame. */
export function encodeCursors(entries: CursorEntry[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, kind, state } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, kind)
      if (kind !== CURSOR.left) encoding.writeVarString(encoder, JSON.stringify(state))
    }
  })
}

/**
 * @param frame  whole, message type included
 * @param inflate  raw inflate
 * @throws when it is no such frame
 */
export function decodeCursors(frame: Uint8Array, inflate: (bytes: Uint8Array) => Uint8Array): CursorEntry[] {
  if (frame[0] !== CURSORS) throw new Error('not a cursors frame')
  const rest = frame.subarray(2)
  const decoder = decoding.createDecoder(frame[1] === DEFLATED ? inflate(rest) : rest)
  const entries: CursorEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const [clientId, clock, kind] = [
      decoding.readVarUint(decoder),
      decoding.readVarUint(decoder),
      decoding.readVarUint(decoder),
    ]
    const state: unknown = kind === CURSOR.left ? null : JSON.parse(decoding.readVarString(decoder))
    entries.push({ clientId, clock, kind, state: state as Record<string, unknown> | null })
  }
  return entries
}
