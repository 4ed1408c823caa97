import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { createSource, migrate } from '../../server/src/database/data-source.js'

const MIGRATIONS = path.resolve('migrations')

/** Named after the migrations that made it: a PostgreSQL that is kept running serves several states of the code. */
const TEMPLATE = `template_${createHash('sha256')
  .update(
    fs
      .readdirSync(MIGRATIONS)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => fs.readFileSync(path.join(MIGRATIONS, file), 'utf8'))
      .join(),
  )
  .digest('hex')
  .slice(0, 16)}`

/** The maintenance database of the PostgreSQL that the test command has started. */
export function maintenanceUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('TEST_DATABASE_URL is not set; run the tests with npm test.')
  return url
}

const urlOf = (database: string) => Object.assign(new URL(maintenanceUrl()), { pathname: `/${database}` }).toString()

async function maintain<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: maintenanceUrl() })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A database cloned from a template that the first asker makes. @param make  fills the template */
export async function clonedDatabase(
  template: string,
  make: (url: string) => Promise<void>,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await maintain(async (client) => {
    await client.query('SELECT pg_advisory_lock(77)')
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (rowCount === 0) {
      const making = `${template}_making`
      await client.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`)
      await client.query(`CREATE DATABASE ${making}`)
      await make(urlOf(making))
      await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`)
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
    await client.query('SELECT pg_advisory_unlock(77)')
  })
  const drop = () =>
    maintain(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  return { url: urlOf(name), drop }
}

/** A database with the migrated schema and no rows. */
export const freshDatabase = () =>
  clonedDatabase(TEMPLATE, async (url) => {
    const source = await createSource(url, 2).initialize()
    await migrate(source).finally(() => source.destroy())
  })

/** A database with nothing at all in it. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `bare_${randomUUID().replaceAll('-', '')}`
  await maintain((client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  const drop = () =>
    maintain(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  return { url: urlOf(name), drop }
}
