import fs from 'node:fs'
import path from 'node:path'
import * as multilogue from './multilogue.mjs'

/*
 * The counter-proof of the power cut: Multilogue with a database that answers before it syncs, which has to lose keys.
 */
export const title = 'Multilogue, synchronous_commit off'
export const { start, settle } = multilogue

export async function prepare(folder, options) {
  await multilogue.prepare(folder, options)
  const [settings] = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('postgresql.auto.conf'))
  fs.appendFileSync(path.join(folder, settings), 'synchronous_commit = off\n')
}
