import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { KEYS } from './keys.js'
import { PROBLEMS, problemType, type Problem, type ProblemName } from './problems.js'

/**
 * What Multilogue adds to the y-websocket protocol on `/collab/<documentId>`.
 *
 * Sent by the server only to clients that connected with `?ext=1` or more; a stock client never sees them.
 * A frame is one byte, the message type, and then a JSON object in UTF-8 to the end of the frame; `durable`, which
 * follows every edit, has two varuints instead.
 *
 *   100 durable    the log number up to which the text is stored, and how many of this connection's edit
 *                  frames (`isEditFrame`) are settled: stored, found to be no news, or answered as not taken.
 *                  Everything the client sent is saved when `settled` equals the number that it sent.
 *   101 not taken  an edit frame was not taken, and why. `retry: true`: the server still holds the edit and
 *                  keeps trying, a later `durable` covers it. `retry: false`: it will not be in the text.
 *   102 rights     what this connection may do from now on, and the version of what texts are made of.
 */
export const EXTRA = { durable: 100, notTaken: 101, rights: 102 } as const

export type Right = 'write' | 'read' | 'none'

interface NotTaken {
  problem: Problem
  retry: boolean
}
interface Rights {
  right: Right
  reason: 'joined' | 'changed'
  /** `TEXT_SCHEMA` of the server. */
  schema: number
}

export type ExtraMessage =
  | { type: typeof EXTRA.durable; no: number; settled: number }
  | ({ type: typeof EXTRA.notTaken } & NotTaken)
  | ({ type: typeof EXTRA.rights } & Rights)

export function encodeExtra(message: ExtraMessage): Uint8Array {
  if (message.type === EXTRA.durable) {
    return encoding.encode((encoder) => {
      for (const value of [message.type, message.no, message.settled]) encoding.writeVarUint(encoder, value)
    })
  }
  const { type, ...body } = message
  const json = new TextEncoder().encode(JSON.stringify(body))
  const frame = new Uint8Array(json.length + 1)
  frame[0] = type
  frame.set(json, 1)
  return frame
}

/**
 * Reads a whole frame, message type included.
 * @returns null for every other message type, so that later additions can be ignored
 * @throws SyntaxError when the body is not JSON
 */
export function decodeExtra(frame: Uint8Array): ExtraMessage | null {
  const body = (): unknown => JSON.parse(new TextDecoder().decode(frame.subarray(1)))
  switch (frame[0]) {
    case EXTRA.durable: {
      const decoder = decoding.createDecoder(frame.subarray(1))
      return { type: EXTRA.durable, no: decoding.readVarUint(decoder), settled: decoding.readVarUint(decoder) }
    }
    case EXTRA.notTaken:
      return { type: EXTRA.notTaken, ...(body() as NotTaken) }
    case EXTRA.rights:
      return { type: EXTRA.rights, ...(body() as Rights) }
    default:
      return null
  }
}

/** Whether an outgoing frame counts for `durable.settled`: sync step 2, update, or a key (keys.ts). */
export const isEditFrame = (frame: Uint8Array): boolean =>
  frame[0] === KEYS || (frame[0] === 0 && (frame[1] === 1 || frame[1] === 2))

/** Who is seen at a cursor. The server puts it into the `user` field of every presence state. */
export interface Card {
  personId: string
  name: string
  delegationCode: string
  colour: string
}

/** The "not taken" message for a problem of the catalogue. */
export function notTaken(name: ProblemName, retry: boolean): ExtraMessage {
  return { type: EXTRA.notTaken, problem: { type: problemType(name), ...PROBLEMS[name] }, retry }
}
