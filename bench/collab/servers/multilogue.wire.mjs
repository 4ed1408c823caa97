import { decodeKeys, decodeNames, encodeKey, KEYS, keyOfUpdate, NAMES, updateOfKey } from '@multilogue/shared/keys'
import { readSync, update } from '../wire.mjs'

/**
 * One connection with `?ext=2`, as Multilogue's own client has it: single keys go in short once the server has given
 * names to those who occur in them (shared/src/keys.ts), everything else as stock frames.
 */
export function shortSession() {
  const clients = new Map()
  const names = new Map()
  const hear = (payload) => {
    if (payload[0] !== NAMES) return
    for (const [name, client] of decodeNames(payload.subarray(1))) {
      clients.set(name, client)
      names.set(client, name)
    }
  }
  return {
    hello: [],
    hear,
    wrap(frame) {
      const sync = readSync(frame)
      const key = sync?.kind === 'update' ? keyOfUpdate(sync.body) : null
      const short = key === null ? null : encodeKey(key, (client) => names.get(client))
      return short === null ? frame : Buffer.concat([Uint8Array.of(KEYS), short])
    },
    unwrap(payload) {
      hear(payload)
      if (payload[0] !== KEYS) return [payload]
      const keys = decodeKeys(payload.subarray(1), (name) => clients.get(name))
      return keys.map((key) => update(updateOfKey(key)))
    },
  }
}
