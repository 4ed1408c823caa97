import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { DataSource } from 'typeorm'
import { createApp } from '../../server/src/app.js'
import { createLog } from '../../server/src/common/log.js'
import { readSettings } from '../../server/src/config/settings.js'
import { createSource, migrate } from '../../server/src/database/data-source.js'
import { MIGRATIONS } from '../../server/src/database/migrations.js'
import { demoState, makeDemo } from '../../server/src/demo/demo.js'
import { emptyDatabase } from '../support/database.js'
import { dumpSchema } from '../support/schema.js'
import { StandingClock } from '../support/stage.js'

const FILE = new URL('../../migrations/schema.sql', import.meta.url)
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function bare(): Promise<{ source: DataSource; url: string }> {
  const { url, drop } = await emptyDatabase()
  closing.push(drop)
  return { source: await open(url), url }
}
async function open(url: string): Promise<DataSource> {
  const source = await createSource(url, 4).initialize()
  closing.push(() => source.destroy())
  return source
}

/** The demo round, made by the services on this database. */
async function seed(source: DataSource, url: string): Promise<void> {
  const settings = readSettings({ DATABASE_URL: url, SESSION_SECRET: 'x'.repeat(40), WRITES_PER_MINUTE: '100000' })
  const outside = { settings, source, clock: new StandingClock(), log: createLog('silent'), sessionKey: 'k'.repeat(40) }
  const app = await createApp(outside, null, true)
  await makeDemo(app).finally(() => app.close())
}

/** These come with visitors: signing in, having a page open, retrying, correcting, writing much, agreeing, being written to. All else is filled. */
const EMPTY_IN_DEMO = [
  'web_session',
  'presence',
  'idempotency_key',
  'document_snapshot',
  'document_version',
  'document_refusal',
  'document_author',
  'document_credit',
  'message_wording',
  'remark_wording',
  'mail',
  'push',
  'push_browser',
]
const NAMES = MIGRATIONS.map((migration) => migration.name)
const ran = async (source: DataSource) =>
  (await source.query<{ name: string }[]>(`SELECT name FROM migration ORDER BY id`)).map(({ name }) => name)
const tablesOf = async (source: DataSource) =>
  (
    await source.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition`,
    )
  ).map(({ name }) => name)

/** Down step by step and up again, comparing the schema at every step with what it was there on the way up. */
async function downAndUp(source: DataSource, onTheWayUp: string[]): Promise<void> {
  for (const [left, schema] of [...onTheWayUp.entries()].reverse()) {
    expect(await ran(source)).toEqual(NAMES.slice(0, left + 1))
    expect(await dumpSchema(source)).toBe(schema)
    await source.undoLastMigration()
  }
  expect(await tablesOf(source)).toEqual(['migration'])
  expect(await migrate(source)).toEqual(NAMES)
  expect(await dumpSchema(source)).toBe(onTheWayUp.at(-1))
}

/** The schema after each single migration, on a database that has never gone down. */
async function climb(): Promise<string[]> {
  const { source } = await bare()
  await source.showMigrations() // makes the table of migrations
  const runner = source.createQueryRunner()
  const schemas: string[] = []
  for (const Migration of MIGRATIONS) {
    await new Migration().up(runner)
    schemas.push(await dumpSchema(source))
  }
  await runner.release()
  return schemas
}

describe('Migrations', () => {
  it('[SCHEMA-1] go up, down step by step and up again on an empty database', async () => {
    const { source } = await bare()
    expect(await migrate(source)).toEqual(NAMES)
    expect(await migrate(source)).toEqual([])
    await downAndUp(source, await climb())
  })

  it('[SCHEMA-2] go down and up again on a database full of work', async () => {
    const { source, url } = await bare()
    await migrate(source)
    await seed(source, url)
    expect(await demoState(source)).toBe('demo')
    const empty: string[] = []
    for (const table of await tablesOf(source)) {
      const [row] = await source.query<{ some: boolean }[]>(`SELECT EXISTS (SELECT 1 FROM ${table}) AS some`)
      if (!row!.some) empty.push(table)
    }
    expect(empty.filter((table) => !EMPTY_IN_DEMO.includes(table))).toEqual([])
    await downAndUp(source, await climb())
    expect(await demoState(source)).toBe('empty')
    await seed(source, url)
    expect(await demoState(source)).toBe('demo')
  })

  it('[SCHEMA-3] run once when two servers start at the same moment', async () => {
    const { source, url } = await bare()
    const other = await open(url)
    const done = await Promise.all([migrate(source), migrate(other)])
    expect(done.map((names) => names.length).sort()).toEqual([0, NAMES.length])
    expect(await ran(source)).toEqual(NAMES)
  })

  it('[SCHEMA-4] make the schema that is checked in (UPDATE_SCHEMA=1 writes it anew)', async () => {
    const { source } = await bare()
    await migrate(source)
    const schema = await dumpSchema(source)
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(FILE, schema)
    expect(readFileSync(FILE, 'utf8')).toBe(schema)
  })

  it('[SCHEMA-5] name every constraint and index themselves, so that a later migration can find them', async () => {
    const { source } = await bare()
    await migrate(source)
    const named = await source.query<{ name: string }[]>(
      `SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
         AND conrelid <> 'migration'::regclass AND NOT EXISTS (SELECT 1 FROM pg_class t WHERE t.oid = conrelid AND t.relispartition)
       UNION SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('i', 'I') AND NOT relispartition
         AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indexrelid = c.oid AND i.indrelid = 'migration'::regclass)`,
    )
    expect(named.filter(({ name }) => !/^(pk|fk|uq|ck|ix)_[a-z_]+$/.test(name))).toEqual([])
    const stamps = NAMES.map((name) => Number(/\d+$/.exec(name)))
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
  })
})
