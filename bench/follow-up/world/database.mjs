import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { createSource, migrate } from '../../../server/dist/database/data-source.js'
import { startEmbedded } from '../../../server/dist/database/embedded.js'
import { sizesOf } from './sizes.mjs'
import { makeWorld } from './world.mjs'

/**
 * A database of its own with a world in it.
 * @returns {url, counts, client, stop}; `stop` removes it
 */
export async function databaseWithWorld({ scale, seed, closed, say }) {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-bench-'))
  fs.chmodSync(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir, durable: true })
  const url = embedded.url
  let client
  const stop = async () => {
    await client?.end()
    await embedded.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const source = createSource(url, 2)
    await source.initialize()
    await migrate(source)
    await source.destroy()
    client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC -c jit=off' })
    await client.connect()
    const counts = await makeWorld(client, sizesOf(scale), { seed, closed, say })
    return { url, counts, client, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}
