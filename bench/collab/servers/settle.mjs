import pg from 'pg'
import { startEmbedded } from '../../../server/dist/database/embedded.js'

/** Tidies a database now, so that no trial pays for what another has written. */
export async function settle(folder) {
  const database = await startEmbedded({ dataDir: folder })
  const client = new pg.Client({ connectionString: database.url })
  try {
    await client.connect()
    await client.query('VACUUM (ANALYZE)')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
    await database.stop()
  }
}
