import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { startEmbedded } from '../../server/src/database/embedded.js'

const BUILT = new URL('../../server/dist/database/embedded.js', import.meta.url).href
let dataDir: string

interface Owner {
  process: ChildProcess
  url: string
  postgres: number
}

/** A process of its own that owns the folder, as the server does. */
async function owner(): Promise<Owner> {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(BUILT)})
    const database = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ url: database.url, postgres: database.pid() }))
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = await new Promise<string>((resolve, reject) => {
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', () => reject(new Error(errors)))
  })
  return { process: child, ...(JSON.parse(said) as { url: string; postgres: number }) }
}

async function ask<T>(url: string, ...statements: string[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows as T[]
  } finally {
    await client.end()
  }
}

const killed = ({ process: child }: Owner) =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })

describe('The embedded database', () => {
  let first: Owner
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'multilogue-embedded-'))
    // The database may have to run as another user, who must be able to enter.
    chmodSync(dataDir, 0o755)
    first = await owner()
    await ask(first.url, 'CREATE TABLE kept (n int)', 'INSERT INTO kept SELECT generate_series(1, 100)')
  })
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

  it('[DATA-1] refuses a second owner of its folder with a sentence', async () => {
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/Another Multilogue \(process \d+\) is already using/)
  })

  it('[DATA-2] has every acknowledged row after kill -9 of its owner and of itself', async () => {
    await killed(first)
    process.kill(first.postgres, 'SIGKILL')
    const second = await owner()
    expect(await ask(second.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 100 }])
    await ask(second.url, 'INSERT INTO kept VALUES (101)')
    await killed(second)
    const database = await startEmbedded({ dataDir })
    try {
      expect(await ask(database.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 101 }])
    } finally {
      await database.stop()
    }
  })
})
