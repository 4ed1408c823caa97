import type { DataSource } from 'typeorm'
import { readSettings } from '../config/settings.js'
import { openDatabase } from '../database/open.js'
import { pack, unpack } from './packed.js'
import { readArchive } from './read-archive.js'
import { writeArchive } from './write-archive.js'

/* `npm run export -- <file>` and `npm run import -- <file>`: everything that a forum holds, as a file. */

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

async function take(source: DataSource, file: string): Promise<void> {
  await pack(writeArchive(source), file)
  say(`Everything is in ${file}. It holds what was said in confidence: keep it as you keep the database.`)
}

async function bring(source: DataSource, file: string): Promise<void> {
  const count = await readArchive(source, unpack(file))
  say(`Read ${count} rows. Passwords are chosen anew: start with ADMIN_EMAIL set to an address of the forum.`)
}

const [act, file] = process.argv.slice(2)
try {
  if ((act !== 'export' && act !== 'import') || !file) throw new Error('Say export or import, and a file.')
  const { source, close } = await openDatabase(readSettings(process.env), say)
  await (act === 'export' ? take : bring)(source, file).finally(close)
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exitCode = 1
}
