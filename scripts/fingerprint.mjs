import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './say.mjs'

/**
 * One hash over the names and contents of files and folders (folders with all they hold).
 * @param entries  paths from the project folder; absent ones are allowed and change the hash
 * @param more  further text that counts
 */
export function fingerprint(entries, more = '') {
  const hash = createHash('sha256').update(more)
  for (const entry of entries) {
    for (const file of filesOf(path.join(root, entry))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file))
    }
  }
  return hash.digest('hex')
}

function filesOf(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [entry]
  return fs
    .readdirSync(entry)
    .sort()
    .flatMap((name) => filesOf(path.join(entry, name)))
}

/** A note of what something was made from, kept in a file from the project folder. */
export function stamp(file) {
  const place = path.join(root, file)
  return {
    matches: (value) => fs.existsSync(place) && fs.readFileSync(place, 'utf8') === value,
    write: (value) => {
      fs.mkdirSync(path.dirname(place), { recursive: true })
      fs.writeFileSync(place, value)
    },
  }
}
