import { KEYS } from '@multilogue/shared/keys'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/**
 * The wire is y-websocket's [ENGINE-9]. One WebSocket message is one frame:
 *
 *   0 sync       0 step 1   state vector: "send me what I lack"
 *                1 step 2   update: everything the other lacks; the answer to a step 1
 *                2 update   update: a change as it happens
 *   1 presence   an awareness update: count, then per entry client id, clock, JSON state (null: left)
 *   2 auth       not used; the cookie has spoken already
 *   3 ask presence
 *   100-102      from the server to clients with `?ext=1` or more only, see shared/src/collab.ts
 *   103          from the server to clients with `?ext=2` instead of type 1, see shared/src/cursors.ts
 *   104, 105     with clients with `?ext=2`: what is typed, in short, see shared/src/keys.ts
 *
 *   client                                   server
 *     step 1, presence            -->
 *                                 <--        the text as stored (update), the log since then (step 2),
 *                                            then its own step 1 if the client may write, presence
 *     step 2                      -->        (yjs clients always answer, mostly with nothing new)
 *     update                      -->        right asked, author and predecessors checked, appended, committed
 *                                 <--        update to all others; `durable` to the author
 *
 * Types that are not listed are ignored, so that either side can be the newer one.
 *
 * Rules of the engine that tests quote, as [ENGINE-n]:
 *   1  nothing is seen before it is stored          6  one bad peer harms nobody
 *   2  saved means saved                            7  presence is stamped, coalesced, and never in the document
 *   3  a client id belongs to one person and seat   8  a room has a life: loading, open, idle, gone
 *   4  rights are asked when used                   9  the wire is y-websocket's
 *   5  not taken is said aloud                     10  the same merge over plain HTTP
 *                                                  11  several servers, one text
 */
const SYNC = 0
const PRESENCE = 1
const ASK_PRESENCE = 3
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

export type Frame =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'edit'; update: Uint8Array; isWhole: boolean }
  | { kind: 'key'; body: Uint8Array }
  | { kind: 'presence'; entries: PresenceEntry[] }
  | { kind: 'ask presence' }
  | { kind: 'unknown' }

export interface PresenceEntry {
  clientId: number
  /** UTF-8 JSON, not parsed: most entries that stock clients send are echoes of others and are dropped. */
  state: Uint8Array
}

/** @throws when the bytes end too early or are no frame */
export function decodeFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  if (type === PRESENCE) return { kind: 'presence', entries: decodePresence(decoding.readVarUint8Array(decoder)) }
  if (type === KEYS) return { kind: 'key', body: bytes.subarray(1) }
  if (type === ASK_PRESENCE) return { kind: 'ask presence' }
  if (type !== SYNC) return { kind: 'unknown' }
  const step = decoding.readVarUint(decoder)
  if (step === STEP_1) return { kind: 'step1', vector: decoding.readVarUint8Array(decoder) }
  if (step === STEP_2 || step === UPDATE) {
    return { kind: 'edit', update: decoding.readVarUint8Array(decoder), isWhole: step === STEP_2 }
  }
  throw new Error('unknown sync step')
}

function decodePresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const entries: PresenceEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const clientId = decoding.readVarUint(decoder)
    decoding.readVarUint(decoder) // the sender's clock: the server counts its own
    entries.push({ clientId, state: decoding.readVarUint8Array(decoder) })
  }
  return entries
}

const syncFrame = (step: number, body: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })

export const step1Frame = (vector: Uint8Array): Uint8Array => syncFrame(STEP_1, vector)
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(STEP_2, update)
export const keysFrame = (keys: Uint8Array[]): Uint8Array => Buffer.concat([Uint8Array.of(KEYS), ...keys])
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(UPDATE, update)

/** One entry for `presenceFrame`. @param state null says that the client left */
export const presenceEntry = (clientId: number, clock: number, state: object | null): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  })

export const presenceFrame = (entries: Uint8Array[]): Uint8Array =>
  encoding.encode((encoder) => {
    const body = encoding.encode((inner) => {
      encoding.writeVarUint(inner, entries.length)
      for (const entry of entries) encoding.writeUint8Array(inner, entry)
    })
    encoding.writeVarUint(encoder, PRESENCE)
    encoding.writeVarUint8Array(encoder, body)
  })
