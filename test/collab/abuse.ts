import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { step1Frame, step2Frame, updateFrame } from '../../server/src/collab/protocol.js'
import { presence } from './client.js'
import { pick } from './random.js'
import type { Random } from './random.js'

/** What a bad peer can make its frames of. */
export interface Material {
  random: Random
  /** Frames as an honest client sends them. */
  real: Uint8Array[]
  /** Edits of the text as it stands, under client ids of others. */
  forged: Uint8Array[]
  /** Whose client ids these are. */
  victims: number[]
}

const MiB = 1024 * 1024
const HUGE = new Uint8Array(50 * MiB)
const NESTED = '['.repeat(200_000)

const bytesFrom = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: random(most + 1) }, () => random(256))

/** A varuint of any size, also beyond what a number can hold. */
const varUint = (random: Random): number[] => [...Array<number>(random(12)).fill(0xff), random(128)]

const written = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write)
const numbers = (...values: number[]): Uint8Array =>
  written((encoder) => values.forEach((value) => encoding.writeVarUint(encoder, value)))

const anyClock = (random: Random): number =>
  pick(random, [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 52, random(2 ** 31)])

/** One struct: `info` says which kind of content follows, `rest` is that content. */
function struct(client: number, clock: number, info: number, rest: Uint8Array): Uint8Array {
  return written((encoder) => {
    for (const value of [1, 1, client, clock]) encoding.writeVarUint(encoder, value)
    encoding.writeUint8(encoder, info)
    encoding.writeUint8Array(encoder, rest)
    encoding.writeVarUint(encoder, 0)
  })
}

const inRoot = (content: (encoder: encoding.Encoder) => void): Uint8Array =>
  written((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 't')
    content(encoder)
  })

/** Edits the text under the client id of somebody else. */
export function forge(random: Random, text: Uint8Array, victim: number): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, text)
  doc.clientID = victim
  const before = Y.encodeStateVector(doc)
  doc.getText('t').insert(random(doc.getText('t').length + 1), 'forged')
  const update = Y.encodeStateAsUpdate(doc, before)
  doc.destroy()
  return update
}

export const ABUSES: Record<string, (material: Material) => Uint8Array> = {
  'nothing at all': () => new Uint8Array(),
  'random bytes': ({ random }) => bytesFrom(random, 64),
  'random bytes after a true beginning': ({ random }) => Uint8Array.of(random(4), random(4), ...bytesFrom(random, 64)),
  'a random update': ({ random }) => updateFrame(bytesFrom(random, 64)),
  'a random key': ({ random }) => Uint8Array.of(104, ...bytesFrom(random, 16)),
  'a key in a strange name': ({ random }) =>
    Uint8Array.of(104, random(16), ...numbers(random(9), anyClock(random), 1, 1)),
  'an unknown type': ({ random }) => Uint8Array.of(4 + random(96), ...bytesFrom(random, 16)),
  'a type of the server': ({ random }) => Uint8Array.of(100 + random(8), ...bytesFrom(random, 16)),
  'a type beyond 2^53': ({ random }) => Uint8Array.from([...varUint(random), ...varUint(random)]),
  'lengths beyond 2^53': ({ random }) => Uint8Array.from([0, random(3), ...varUint(random), ...varUint(random)]),
  'a text frame': ({ random }) => new TextEncoder().encode(pick(random, ['ping', '{"type":"auth"}', '', '政策'])),
  'a frame cut short': ({ random, real }) => {
    const frame = pick(random, real)
    return frame.subarray(0, random(frame.length))
  },
  'a frame with bits flipped': ({ random, real }) => {
    const frame = pick(random, real).slice()
    for (let flips = 1 + random(4); flips > 0; flips--) {
      const at = random(frame.length)
      frame[at] = (frame[at] ?? 0) ^ (1 << random(8))
    }
    return frame
  },
  'a frame with more behind': ({ random, real }) => Uint8Array.from([...pick(random, real), ...bytesFrom(random, 8)]),
  'two frames mixed': ({ random, real }) => {
    const [one, other] = [pick(random, real), pick(random, real)]
    const at = random(one.length)
    return Uint8Array.from([...one.subarray(0, at), ...other.subarray(Math.min(at, other.length))])
  },
  'a gap in the clock': ({ random }) =>
    updateFrame(
      struct(
        random(2 ** 31),
        anyClock(random),
        4,
        inRoot((encoder) => encoding.writeVarString(encoder, 'x')),
      ),
    ),
  'a skip over a gap': ({ random }) => updateFrame(struct(random(2 ** 31), 0, 10, numbers(anyClock(random)))),
  'a tombstone of any length': ({ random }) =>
    updateFrame(
      struct(
        random(2 ** 31),
        0,
        pick(random, [0, 1]),
        inRoot((encoder) => encoding.writeVarUint(encoder, anyClock(random))),
      ),
    ),
  'a deletion of what is not there': ({ random }) =>
    updateFrame(numbers(0, 1, random(2 ** 31), 1, anyClock(random), anyClock(random))),
  'more announced than there is': ({ random }) =>
    updateFrame(numbers(anyClock(random), anyClock(random), random(2 ** 31), 0)),
  'content of any kind': ({ random }) =>
    updateFrame(
      struct(random(2 ** 31), 0, random(256), Uint8Array.from([...inRoot(() => undefined), ...bytesFrom(random, 24)])),
    ),
  'values without end': ({ random }) =>
    updateFrame(
      struct(
        random(2 ** 31),
        0,
        5,
        inRoot((encoder) => {
          encoding.writeVarString(encoder, 'key')
          encoding.writeVarString(encoder, NESTED.slice(0, random(NESTED.length)))
        }),
      ),
    ),
  'lists without end': ({ random }) =>
    updateFrame(
      struct(
        random(2 ** 31),
        0,
        8,
        inRoot((encoder) => {
          encoding.writeVarUint(encoder, 1)
          for (let depth = random(20_000); depth > 0; depth--) encoding.writeUint8Array(encoder, Uint8Array.of(117, 1))
          encoding.writeUint8(encoder, 126)
        }),
      ),
    ),
  'another document inside': ({ random }) =>
    updateFrame(
      struct(
        random(2 ** 31),
        0,
        9,
        inRoot((encoder) => {
          encoding.writeVarString(encoder, 'inner')
          encoding.writeAny(encoder, {})
        }),
      ),
    ),
  'words in the name of another': ({ random, forged }) => updateFrame(pick(random, forged)),
  'everything in the name of another': ({ random, forged }) => step2Frame(pick(random, forged)),
  'an absurd state vector': ({ random }) =>
    step1Frame(numbers(random(5), random(2 ** 31), anyClock(random), anyClock(random))),
  'presence that is no JSON': ({ random }) => presence(random(2 ** 31), '{"cursor":'.slice(0, random(11))),
  'presence that is no object': ({ random }) =>
    presence(random(2 ** 31), pick(random, ['[1]', '1', '""', 'true', '{}'])),
  'presence of another': ({ random, victims }) =>
    presence(pick(random, victims), pick(random, ['{"cursor":1}', 'null'])),
  'presence under a false name': ({ random }) =>
    presence(random(2 ** 31), '{"user":{"personId":"ghana","name":"Ghana","delegationCode":"GHA"},"seat":"ghana"}'),
  'presence without end': ({ random }) => presence(random(2 ** 31), `{"cursor":${NESTED.slice(0, 5000)}`),
  'nested presence': ({ random }) => {
    const depth = random(2000)
    return presence(random(2 ** 31), `{"cursor":${'['.repeat(depth)}${']'.repeat(depth)}}`)
  },
  'ten thousand presences': ({ random }) =>
    written((frame) => {
      const count = 10_000
      encoding.writeVarUint(frame, 1)
      encoding.writeVarUint8Array(
        frame,
        written((inner) => {
          encoding.writeVarUint(inner, count)
          for (let at = 0; at < count; at++) {
            encoding.writeVarUint(inner, random(2 ** 31))
            encoding.writeVarUint(inner, 1)
            encoding.writeVarString(inner, '{}')
          }
        }),
      )
    }),
  'fifty megabytes': () => HUGE,
}

/** These take long to make or to read: one in so many of the others. */
export const COSTLY = new Set([
  'values without end',
  'lists without end',
  'ten thousand presences',
  'presence without end',
])
