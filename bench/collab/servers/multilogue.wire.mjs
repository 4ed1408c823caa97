import { inflateRawSync } from 'node:zlib'
import { KEYS, NAMES } from '@multilogue/shared/keys'
import { ShortFrames } from '@multilogue/shared/short-frames'
import { readSync, update } from '../wire.mjs'

/**
 * One connection with `?ext=2`, as Multilogue's own client has it: single keys go in short once the server has given
 * names to those who occur in them, everything else as stock frames.
 */
export function shortSession() {
  const short = new ShortFrames(0, inflateRawSync)
  const hear = (payload) => {
    if (payload[0] === NAMES) short.learnNames(payload)
  }
  return {
    hello: [],
    hear,
    wrap(frame) {
      const sync = readSync(frame)
      return (sync?.kind === 'update' ? short.keyFrame(sync.body) : null) ?? frame
    },
    unwrap(payload) {
      hear(payload)
      return payload[0] === KEYS ? short.updatesOf(payload).map((bytes) => update(bytes)) : [payload]
    },
  }
}
