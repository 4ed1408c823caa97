import { DataSource } from 'typeorm'
import { ensureLogParts } from './log-parts.js'
import { MIGRATIONS } from './migrations.js'
import { outlive } from './outlive.js'

/** The pool. Connections run in UTC, and a statement that hangs is ended rather than holding its locks. */
export const createSource = (url: string, connections: number): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    poolSize: connections,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    migrationsTableName: 'migration',
    extra: {
      options: '-c TimeZone=UTC -c jit=off -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
      onConnect: outlive,
    },
    poolErrorHandler: () => undefined,
  })

/**
 * Brings the schema up to date, and the parts of the log by month, one server at a time.
 * @returns the names of the migrations that ran
 */
export const migrate = (source: DataSource): Promise<string[]> =>
  oneServerAtATime(source, async () => {
    const ran = await source.runMigrations()
    await ensureLogParts(source, new Date())
    return ran.map(({ name }) => name)
  })

/** Runs what changes the schema while no other server does. */
export async function oneServerAtATime<T>(source: DataSource, run: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner()
  try {
    await runner.query('SELECT pg_advisory_lock(4242)')
    return await run()
  } finally {
    await runner.query('SELECT pg_advisory_unlock(4242)').finally(() => runner.release())
  }
}
