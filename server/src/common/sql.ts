import type pg from 'pg'
import type { DataSource, EntityManager } from 'typeorm'
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js'

/**
 * Runs one statement and answers its rows. TypeORM answers rows for some statements and rows with a count for
 * `UPDATE` and `DELETE`; here it is always the rows.
 */
export async function rows<T>(db: EntityManager | DataSource, text: string, values: unknown[] = []): Promise<T[]> {
  const answer = await db.query<unknown[]>(text, values)
  const withCount = answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
  return (withCount ? answer[0] : answer) as T[]
}

/** The first row, or undefined. */
export async function row<T>(
  db: EntityManager | DataSource,
  text: string,
  values: unknown[] = [],
): Promise<T | undefined> {
  return (await rows<T>(db, text, values))[0]
}

/**
 * Runs one statement that is planned once per connection, for what is asked all the time; outside of any transaction.
 * TypeORM has no word for that, so it goes to the pool below it.
 * @param name  belongs to the text for ever
 */
export async function prepared<T>(source: DataSource, name: string, text: string, values: unknown[]): Promise<T[]> {
  const pool = (source.driver as PostgresDriver).master as pg.Pool
  return (await pool.query<T & pg.QueryResultRow>({ name, text, values })).rows
}

/** Inserts one row. Column names come from the code, never from a request. */
export async function insert(db: EntityManager, table: string, values: Record<string, unknown>): Promise<void> {
  const names = Object.keys(values)
  const places = names.map((_, i) => `$${i + 1}`)
  await db.query(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`, Object.values(values))
}
