import { createHash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { z } from 'zod'
import { row, rows } from '../common/sql.js'
import { archivedTables, quoted, versionOf } from './tables.js'

/** Rows, and characters, that are put into the database at a time. */
const AT_ONCE = { rows: 500, characters: 32_000_000 }

const Head = z.object({ multilogue: z.literal(1), version: z.string() })
const TableHead = z.object({ table: z.string(), columns: z.array(z.string()) })
const End = z.object({ rows: z.int(), sha256: z.string() })

/**
 * Fills an empty forum from the lines that `writeArchive` gives: all of it, or nothing.
 *
 * @returns how many rows came
 * @throws Error with a sentence: the database is not empty, the archive is of another version, cut off or changed
 */
export async function readArchive(source: DataSource, lines: AsyncIterable<string>): Promise<number> {
  return source.transaction(async (db) => {
    await db.query(`SET LOCAL statement_timeout = 0`)
    await db.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
    if (await row(db, `SELECT 1 FROM person LIMIT 1`))
      throw new Error('The database holds a forum already: an archive is read into an empty one.')
    const restore = await withoutReferences(db)
    const count = await fill(db, lines)
    await restore()
    await advanceNumbers(db)
    return count
  })
}

/** Rows come by table, so that what they refer to may come later: references are looked at in the end, all at once. */
async function withoutReferences(db: EntityManager): Promise<() => Promise<void>> {
  const found = await rows<{ table: string; name: string; definition: string }>(
    db,
    `SELECT c.relname AS table, f.conname AS name, pg_get_constraintdef(f.oid) AS definition
     FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
     WHERE f.contype = 'f' AND f.conparentid = 0 AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
  )
  for (const { table, name } of found) await db.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`)
  return async () => {
    for (const { table, name, definition } of found)
      await db.query(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`)
  }
}

async function fill(db: EntityManager, lines: AsyncIterable<string>): Promise<number> {
  const known = new Map((await archivedTables(db)).map((table) => [table.name, table]))
  const hash = createHash('sha256')
  let into: z.infer<typeof TableHead> | undefined
  let waiting: string[] = []
  let length = 0
  let count = 0
  let hasHead = false
  const flush = async () => {
    if (into && waiting.length > 0) await put(db, into, waiting)
    waiting = []
    length = 0
  }
  for await (const line of lines) {
    if (hasHead && line.startsWith('[')) {
      waiting.push(line)
      count += 1
      length += line.length
      if (waiting.length === AT_ONCE.rows || length >= AT_ONCE.characters) await flush()
    } else {
      await flush()
      const told = parsed(line)
      const end = End.safeParse(told)
      if (end.success) {
        if (end.data.rows !== count || end.data.sha256 !== hash.digest('hex'))
          throw new Error('The archive was changed after it was written.')
        return count
      }
      if (!hasHead) {
        const { version } = headOf(told)
        const here = await versionOf(db)
        if (version !== here) throw new Error(`The archive is of version ${version}, and this database of ${here}.`)
        hasHead = true
      } else {
        into = TableHead.parse(told)
        const table = known.get(into.table)
        if (!table || table.columns.join() !== into.columns.join())
          throw new Error(`The archive has a table ${into.table} that is not known here.`)
        // What migrations have put into an empty database comes with the archive.
        await db.query(`DELETE FROM ${quoted(into.table)}`)
      }
    }
    hash.update(`${line}\n`)
  }
  throw new Error('The archive is cut off.')
}

function headOf(told: unknown): z.infer<typeof Head> {
  const head = Head.safeParse(told)
  if (!head.success) throw new Error('This is no archive of Multilogue.')
  return head.data
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    throw new Error('This is no archive of Multilogue, or it is damaged.')
  }
}

/** The database reads the values by the types of its columns; `OFFSET 0` has it read each row once. */
async function put(db: EntityManager, { table, columns }: z.infer<typeof TableHead>, lines: string[]): Promise<void> {
  const names = columns.map(quoted).join(', ')
  const objects = `SELECT json_object_agg(n.name, v.value) FROM json_array_elements(r.value) WITH ORDINALITY AS v(value, at)
    JOIN unnest($2::text[]) WITH ORDINALITY AS n(name, at) USING (at)`
  await db.query(
    `INSERT INTO ${quoted(table)} (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${columns.map((column) => `(t).${quoted(column)}`).join(', ')} FROM (
       SELECT json_populate_record(NULL::${quoted(table)}, (${objects})) AS t FROM json_array_elements($1::json) AS r OFFSET 0) filled`,
    [`[${lines.join(',')}]`, columns],
  )
}

/** Numbers that the database counts by itself go on behind those that have come. */
async function advanceNumbers(db: EntityManager): Promise<void> {
  const counted = await rows<{ table: string; column: string }>(
    db,
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND is_identity = 'YES'`,
  )
  for (const { table, column } of counted)
    await db.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${quoted(column)}), 1), max(${quoted(column)}) IS NOT NULL)
       FROM ${quoted(table)}`,
      [quoted(table), column],
    )
}
