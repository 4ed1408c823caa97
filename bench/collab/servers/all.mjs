import * as hocuspocus from './hocuspocus.mjs'
import * as multilogueAsync from './multilogue.async.mjs'
import * as multilogue from './multilogue.mjs'
import * as relay from './relay.mjs'
import * as yLeveldb from './y-leveldb.mjs'

/** Servers by name. Each has `title`, `prepare(folder, {people})` and `start(folder)`, and with a database `settle(folder)`. */
export const SERVERS = { multilogue, hocuspocus, 'y-leveldb': yLeveldb, relay, 'multilogue-async': multilogueAsync }
