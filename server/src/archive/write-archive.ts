import { createHash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { rows } from '../common/sql.js'
import { archivedTables, quoted, versionOf, type Table } from './tables.js'

/** Rows that are in memory at a time; of those with files, fewer. */
const AT_ONCE = 500
const HEAVY_AT_ONCE = 10

/**
 * Everything that a forum holds, as lines of JSON: the version, each table with its columns, its rows as arrays, and at
 * last how many rows there are and the SHA-256 of all lines before. The same content gives the same bytes.
 *
 * It is one moment of the database, whatever is written meanwhile.
 */
export async function* writeArchive(source: DataSource): AsyncGenerator<string> {
  const runner = source.createQueryRunner()
  const hash = createHash('sha256')
  const line = (value: string) => {
    hash.update(value)
    return value
  }
  let count = 0
  try {
    await runner.startTransaction('REPEATABLE READ')
    await runner.query(`SET LOCAL statement_timeout = 0`)
    await runner.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
    yield line(`${JSON.stringify({ multilogue: 1, version: await versionOf(runner.manager) })}\n`)
    for (const table of await archivedTables(runner.manager)) {
      yield line(`${JSON.stringify({ table: table.name, columns: table.columns })}\n`)
      for await (const found of rowsOf(runner.manager, table)) {
        count += found.length
        for (const row of found) yield line(`${row}\n`)
      }
    }
    yield `${JSON.stringify({ rows: count, sha256: hash.digest('hex') })}\n`
  } finally {
    await runner.rollbackTransaction().catch(() => undefined)
    await runner.release()
  }
}

/** As JSON made by the database: decimals and instants keep every digit. */
async function* rowsOf(db: EntityManager, { name, columns, order, isHeavy }: Table): AsyncGenerator<string[]> {
  const values = columns.map(quoted).join(', ')
  await db.query(
    `DECLARE archived NO SCROLL CURSOR FOR
     SELECT json_build_array(${values})::text AS row FROM ${quoted(name)} ORDER BY ${order.join(', ') || 1}`,
  )
  const most = isHeavy ? HEAVY_AT_ONCE : AT_ONCE
  for (;;) {
    const found = await rows<{ row: string }>(db, `FETCH ${most} FROM archived`)
    if (found.length > 0) yield found.map(({ row }) => row)
    if (found.length < most) break
  }
  await db.query(`CLOSE archived`)
}
