import type { ShortFrames } from '@multilogue/shared/short-frames'
import * as decoding from 'lib0/decoding'

const SYNC = 0
const PRESENCE = 1
const UPDATE = 2

/**
 * What becomes of a frame that y-websocket sends: a single key goes in short. y-websocket also sends back what it
 * hears of others' cursors, which the server would only drop.
 * @returns null: nothing is sent
 */
export function outgoing<Frame extends Uint8Array>(
  frame: Frame,
  short: ShortFrames,
  ownClientId: number,
): Frame | Uint8Array<ArrayBuffer> | null {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === PRESENCE) return tellsOf(ownClientId, decoding.readVarUint8Array(decoder)) ? frame : null
  if (type !== SYNC || decoding.readVarUint(decoder) !== UPDATE) return frame
  return short.keyFrame(decoding.readVarUint8Array(decoder)) ?? frame
}

function tellsOf(clientId: number, presence: Uint8Array): boolean {
  const decoder = decoding.createDecoder(presence)
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    if (decoding.readVarUint(decoder) === clientId) return true
    decoding.readVarUint(decoder) // clock
    decoding.readVarUint8Array(decoder) // state
  }
  return false
}
