import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as encoding from 'lib0/encoding'
import { startServer } from '../processes.mjs'
import { namedDocuments, stockState } from './stock.mjs'

const program = fileURLToPath(new URL('hocuspocus.server.mjs', import.meta.url))
const AUTH = 2
const TOKEN = 0

export { settle } from './settle.mjs'
export const title = 'Hocuspocus, PostgreSQL'

export async function prepare(folder) {
  fs.chmodSync(folder, 0o755)
}

export async function start(folder, { under } = {}) {
  const log = path.join(path.dirname(folder), 'hocuspocus.log')
  const { address, tree } = await startServer([program, folder], { log, under })
  const dialect = {
    target: () => ({ path: '/' }),
    session,
    state: stockState,
  }
  return { address, tree, dialect, documents: namedDocuments }
}

const authFrame = () =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AUTH)
    encoding.writeVarUint(encoder, TOKEN)
    encoding.writeVarString(encoder, 'anybody')
  })

/** Every message begins with the document's name. */
function session(document) {
  const name = encoding.encode((encoder) => encoding.writeVarString(encoder, document))
  const wrap = (frame) => {
    const message = new Uint8Array(name.length + frame.length)
    message.set(name)
    message.set(frame, name.length)
    return message
  }
  return {
    // The provider waits for the answer before it goes on; sending both at once spares the peer a round trip.
    hello: [wrap(authFrame())],
    wrap,
    unwrap: (payload) => [payload.subarray(name.length)],
  }
}
