import { slowReaders, unfulfillable } from './abuse.mjs'
import { bytes } from './bytes.mjs'
import { cold } from './cold.mjs'
import { cut } from './cut.mjs'
import { documents } from './documents.mjs'
import { forged } from './forged.mjs'
import { kill } from './kill.mjs'
import { presence } from './presence.mjs'
import { rejoin } from './rejoin.mjs'
import { saturation } from './saturation.mjs'
import { typing } from './typing.mjs'

/** Scenarios by name, in the order of the table. */
export const SCENARIOS = {
  'typing-500': typing({ clients: 500, typists: 50, withCursors: false }),
  'typing-200': typing({ clients: 200, typists: 20, withCursors: true }),
  'saturation-1': saturation({ documents: 1, clients: 50, readEvery: 25, withOverload: true }),
  'saturation-50': saturation({ documents: 50, clients: 4, readEvery: 4, withOverload: false }),
  documents,
  cold,
  rejoin,
  presence,
  bytes,
  kill,
  cut,
  forged,
  unfulfillable,
  'slow-readers': slowReaders,
}

/** Those in which a server that is not one to choose tells something; in all others it is left out. */
const ONLY_IN = {
  /** What the floor is of a server that keeps nothing. */
  relay: ['typing-500', 'typing-200', 'saturation-1', 'saturation-50', 'presence', 'bytes', 'documents'],
  /** That the cut takes what was not synced. */
  'multilogue-async': ['cut'],
}

export const isIn = (scenario, server) => ONLY_IN[server]?.includes(scenario) ?? true
