import fs from 'node:fs'
import path from 'node:path'

/*
 * What a disk holds of a folder when the power goes, at its worst: what was there before, and whatever a finished sync
 * had covered. Bytes are covered by a sync of their file, names (made, renamed, removed) by a sync of their directory.
 * Only that directories are there counts as kept in any case. Beside it stands what the processes see, cache and all.
 */

/** Bytes that are borrowed until they are changed. */
class Bytes {
  #buffer
  #length
  #isOwn = false

  constructor(buffer) {
    this.#buffer = buffer
    this.#length = buffer.length
  }

  get length() {
    return this.#length
  }

  get all() {
    return this.#buffer.subarray(0, this.#length)
  }

  write(at, data) {
    this.#makeRoom(at + data.length)
    data.copy(this.#buffer, at)
    this.#length = Math.max(this.#length, at + data.length)
  }

  resize(length) {
    this.#makeRoom(length)
    this.#buffer.fill(0, Math.min(length, this.#length))
    this.#length = length
  }

  #makeRoom(length) {
    if (this.#isOwn && length <= this.#buffer.length) return
    const larger = Buffer.alloc(Math.max(this.#length, length > this.#buffer.length ? length * 2 : length))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
    this.#isOwn = true
  }
}

/** One file, whatever its name. */
class File {
  #changes = []
  #synced = 0

  constructor(buffer) {
    this.seen = new Bytes(buffer)
    this.kept = new Bytes(buffer)
  }

  change(change) {
    change(this.seen)
    this.#changes.push(change)
  }

  /** @returns what finishes the sync */
  beginSync() {
    const covered = this.#changes.length
    return () => {
      for (; this.#synced < covered; this.#synced++) {
        this.#changes[this.#synced](this.kept)
        this.#changes[this.#synced] = undefined
      }
    }
  }
}

export class Disk {
  #folder
  /** Files by name: as the processes see them, and as they are on the disk. */
  #seen = new Map()
  #kept = new Map()

  /** @param folder  all that is in it now counts as being on the disk */
  constructor(folder) {
    this.#folder = folder
    for (const name of filesIn(folder)) this.#seen.set(name, new File(fs.readFileSync(name)))
    this.#kept = new Map(this.#seen)
  }

  has(name) {
    return name.startsWith(`${this.#folder}/`) || name === this.#folder
  }

  /** @returns its length in bytes; undefined when there is none */
  lengthOf(name) {
    return this.#seen.get(name)?.seen.length
  }

  make(name) {
    if (!this.#seen.has(name)) this.#seen.set(name, new File(Buffer.alloc(0)))
  }

  write(name, at, data) {
    this.#seen.get(name)?.change((bytes) => bytes.write(at, data))
  }

  resize(name, length) {
    this.#seen.get(name)?.change((bytes) => bytes.resize(length))
  }

  rename(from, to) {
    for (const name of [...this.#seen.keys()]) {
      if (name !== from && !name.startsWith(`${from}/`)) continue
      this.#seen.set(to + name.slice(from.length), this.#seen.get(name))
      this.#seen.delete(name)
    }
  }

  remove(name) {
    this.#seen.delete(name)
  }

  /** A sync of a file or a directory has begun and covers what was done until now. @returns what finishes it */
  beginSync(name) {
    const file = this.#seen.get(name)
    if (file !== undefined) return file.beginSync()
    const here = [...this.#seen].filter(([each]) => path.dirname(each) === name)
    return () => {
      for (const each of [...this.#kept.keys()]) if (path.dirname(each) === name) this.#kept.delete(each)
      for (const [each, kept] of here) this.#kept.set(each, kept)
    }
  }

  /**
   * Proves that nothing was overlooked: every file in the folder has to be as the processes have seen it.
   * @param unknown  Set of names of which nobody can tell, since they were being written when the end came
   */
  check(unknown) {
    const names = new Set([...filesIn(this.#folder), ...this.#seen.keys()])
    const wrong = [...names].filter((name) => {
      if (unknown.has(name)) return false
      const file = this.#seen.get(name)
      return file === undefined || !fs.existsSync(name) || !fs.readFileSync(name).equals(file.seen.all)
    })
    if (wrong.length > 0) throw new Error(`The trace does not tell how these came about: ${wrong.join(', ')}.`)
  }

  /** Cuts the power: the folder has what the disk has, and nothing else. */
  cut() {
    for (const name of filesIn(this.#folder)) if (!this.#kept.has(name)) fs.rmSync(name)
    for (const [name, { kept }] of this.#kept) {
      if (fs.existsSync(name) && fs.readFileSync(name).equals(kept.all)) continue
      const directory = path.dirname(name)
      fs.mkdirSync(directory, { recursive: true })
      const { uid, gid } = fs.statSync(fs.existsSync(name) ? name : directory)
      fs.writeFileSync(name, kept.all, { mode: 0o600 })
      fs.chownSync(name, uid, gid)
    }
  }
}

function filesIn(folder) {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}
