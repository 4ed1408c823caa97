import { fileURLToPath } from 'node:url'
import { startServer } from '../processes.mjs'
import { namedDocuments, stockDialect } from './stock.mjs'

const program = fileURLToPath(new URL('relay.server.mjs', import.meta.url))

export const title = 'bare relay'

export async function prepare() {}

export async function start() {
  const { address, tree } = await startServer([program])
  return { address, tree, dialect: stockDialect, documents: namedDocuments }
}
