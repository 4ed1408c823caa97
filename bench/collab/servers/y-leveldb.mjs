import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '../processes.mjs'
import { namedDocuments, stockDialect } from './stock.mjs'

const program = fileURLToPath(new URL('y-leveldb.server.mjs', import.meta.url))

export const title = 'y-websocket, LevelDB'

export async function prepare() {}

export async function start(folder, { under } = {}) {
  const log = path.join(path.dirname(folder), 'y-leveldb.log')
  const env = { YPERSISTENCE: path.join(folder, 'texts') }
  const { address, tree } = await startServer([program], { env, log, under })
  return { address, tree, dialect: stockDialect, documents: namedDocuments }
}
