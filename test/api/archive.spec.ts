import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { DataSource } from 'typeorm'
import { pack, unpack } from '../../server/src/archive/packed.js'
import { readArchive } from '../../server/src/archive/read-archive.js'
import { writeArchive } from '../../server/src/archive/write-archive.js'
import { createApp } from '../../server/src/app.js'
import { createLog } from '../../server/src/common/log.js'
import { readSettings } from '../../server/src/config/settings.js'
import { createSource, migrate } from '../../server/src/database/data-source.js'
import { makeDemo } from '../../server/src/demo/demo.js'
import { getPublicRound, listPublicRounds } from '@multilogue/shared/portal'
import { Dispatcher } from '../../server/src/work/dispatcher.js'
import { NOBODY } from '../../server/src/access/caller.js'
import { emptyDatabase } from '../support/database.js'
import { dumpSchema } from '../support/schema.js'
import { StandingClock } from '../support/stage.js'

/* Everything that a forum holds, out of one database and into another. */

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function empty(): Promise<{ source: DataSource; url: string }> {
  const { url, drop } = await emptyDatabase()
  closing.push(drop)
  const source = await createSource(url, 4).initialize()
  closing.push(() => source.destroy())
  await migrate(source)
  return { source, url }
}

/** Mail is written to nobody's server, and waits. */
const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'forum@example.org', PUBLIC_URL: 'https://forum.example.org' }

async function appOn({ source, url }: { source: DataSource; url: string }) {
  const settings = readSettings({
    ...{ DATABASE_URL: url, SESSION_SECRET: 'x'.repeat(40), WRITES_PER_MINUTE: '100000', ...MAIL },
  })
  const outside = { settings, source, clock: new StandingClock(), log: createLog('silent'), sessionKey: 'k'.repeat(40) }
  return createApp(outside, null, true)
}

async function archiveOf(source: DataSource): Promise<string[]> {
  let whole = ''
  for await (const piece of writeArchive(source)) whole += piece
  return whole.trimEnd().split('\n')
}
async function* linesOf(lines: string[]) {
  yield* lines
}

let demo: string[]
let openly: unknown
beforeAll(async () => {
  const from = await empty()
  const app = await appOn(from)
  await makeDemo(app)
  openly = await readOpenly(app)
  await app.close()
  const [mailed] = await from.source.query<{ count: number }[]>(
    `SELECT count(*)::int FROM notice WHERE mail_id IS NOT NULL`,
  )
  expect(mailed!.count).toBeGreaterThan(0)
  demo = await archiveOf(from.source)
  for (const close of closing.splice(0).reverse()) await close()
})

/** What everybody reads of the rounds. */
async function readOpenly(app: Awaited<ReturnType<typeof appOn>>) {
  const ask = app.get(Dispatcher)
  const rounds = (await ask.dispatch(listPublicRounds, NOBODY, {})) as { id: string }[]
  const all = await Promise.all(rounds.map(({ id: roundId }) => ask.dispatch(getPublicRound, NOBODY, { roundId })))
  return JSON.parse(JSON.stringify(all)) as unknown
}

describe('An archive', () => {
  it('[ARCH-1] read into an empty database and written again is the same, to the last byte', async () => {
    const into = await empty()
    const schema = await dumpSchema(into.source)
    expect(await readArchive(into.source, linesOf(demo))).toBeGreaterThan(1000)
    expect(await archiveOf(into.source)).toEqual(demo)
    expect(await dumpSchema(into.source)).toBe(schema)
  })

  it('[ARCH-2] is a forum that lives on: the same figures, and numbers that go on', async () => {
    const into = await empty()
    await readArchive(into.source, linesOf(demo))
    const app = await appOn(into)
    closing.push(() => app.close())
    expect(await readOpenly(app)).toEqual(openly)
    for (const [table, column] of [
      ['negotiation_act', 'id'],
      ['notice', 'number'],
    ] as const) {
      const [next] = await into.source.query<{ isFree: boolean }[]>(
        `SELECT nextval(pg_get_serial_sequence($1, $2)) > (SELECT max(${column}) FROM ${table}) AS "isFree"`,
        [table, column],
      )
      expect({ table, ...next }).toEqual({ table, isFree: true })
    }
  })

  it('[ARCH-3] holds no password, sign-in, or key', () => {
    const text = demo.join('\n')
    expect(text).not.toMatch(/\$argon2|\$2[aby]\$|scrypt|password_hash/)
    const tables = demo
      .filter((line) => line.startsWith('{"table"'))
      .map((line) => (JSON.parse(line) as { table: string }).table)
    for (const secret of ['web_session', 'push_key', 'push_browser', 'invitation', 'mail'])
      expect(tables).not.toContain(secret)
    expect(tables).toContain('document_update')
  })

  const spoilt: [string, (lines: string[]) => string[], RegExp][] = [
    ['cut off', (lines) => lines.slice(0, -1), /cut off/],
    [
      'short of a row',
      (lines) =>
        lines.toSpliced(
          lines.findIndex((line) => line.startsWith('[')),
          1,
        ),
      /changed/,
    ],
    [
      'with a changed word',
      (lines) => lines.map((line) => line.replace('Multilateral Industrial', 'Another Industrial')),
      /changed/,
    ],
    ['of another version', (lines) => lines.with(0, '{"multilogue":1,"version":"Old1"}'), /version Old1/],
    ['of something else', () => ['{"a":1}', '[]'], /no archive/],
    ['not JSON', () => ['PK\u0003\u0004'], /no archive/],
  ]
  it.each(spoilt)('[ARCH-4] %s is refused with a sentence, and nothing is written', async (_how, spoil, says) => {
    const into = await empty()
    const before = await archiveOf(into.source)
    await expect(readArchive(into.source, linesOf(spoil(demo)))).rejects.toThrow(says)
    expect(await archiveOf(into.source)).toEqual(before)
  })

  it('[ARCH-6] goes through a file for its owner alone; what is no such file is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'archive-'))
    closing.push(() => rm(folder, { recursive: true }))
    const file = join(folder, 'forum.ndjson.gz')
    await pack(linesOf(demo.map((line) => `${line}\n`)), file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const into = await empty()
    await readArchive(into.source, unpack(file))
    expect(await archiveOf(into.source)).toEqual(demo)
    await writeFile(file, 'not packed')
    await expect(readArchive((await empty()).source, unpack(file))).rejects.toThrow(/no archive/)
    await expect(readArchive((await empty()).source, unpack(join(folder, 'no')))).rejects.toThrow(/no such file/)
  })

  it('[ARCH-5] is not read into a forum that has begun', async () => {
    const into = await empty()
    await readArchive(into.source, linesOf(demo))
    await expect(readArchive(into.source, linesOf(demo))).rejects.toThrow(/holds a forum already/)
  })
})
