import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import pg from 'pg'
import { startEmbedded } from '../../../server/dist/database/embedded.js'

/*
 * Hocuspocus as its documentation sets it up: the Database extension, its debounce as it comes (2 s of silence, at
 * most 10 s), on the same PostgreSQL with the same settings that Multilogue brings along.
 */
const [folder] = process.argv.slice(2)
const database = await startEmbedded({ dataDir: folder })
const pool = new pg.Pool({ connectionString: database.url, max: 10 })
await pool.query(`CREATE TABLE IF NOT EXISTS documents (name text PRIMARY KEY, data bytea NOT NULL)`)

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const { rows } = await pool.query(`SELECT data FROM documents WHERE name = $1`, [documentName])
        return rows[0]?.data ?? null
      },
      store: async ({ documentName, state }) => {
        await pool.query(
          `INSERT INTO documents (name, data) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET data = $2`,
          [documentName, state],
        )
      },
    }),
  ],
})
await server.listen()
console.log(`ready: http://127.0.0.1:${server.address.port}`)
process.once('SIGTERM', () => {
  void server
    .destroy()
    .then(() => pool.end())
    .then(() => database.stop())
    .then(() => process.exit(0))
})
