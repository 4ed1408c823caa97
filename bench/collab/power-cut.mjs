import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/*
 * What a power cut leaves. `strace` writes down which bytes of which file a server and its database wrote, and which
 * syncs of these files had returned: it holds a process until the line is written, so nobody can have been answered
 * before a sync that the trace lacks. Afterwards every other byte is put back to what it was before the start. Names
 * of files (made, renamed, removed) count as kept, as they are once the file system's own journal is written.
 */
const CALLS =
  'openat,open,creat,close,write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,rename,renameat,renameat2,fsync,fdatasync'

/** A machine takes a while to come back: what lies there then is not fresh. */
const REBOOT_MS = 60_000

export const canTrace = spawnSync('strace', ['-V']).status === 0

/** The trace of one start of a server. */
export class SyncTrace {
  #file

  constructor(file) {
    if (!canTrace) throw new Error('There is no strace here, which tells what was synced.')
    this.#file = file
    fs.rmSync(file, { force: true })
  }

  /** What the server's command is put under. */
  get command() {
    return ['strace', '-f', '--seccomp-bpf', '-qq', '-y', '-s', '0', '-e', 'signal=none', '-e', `trace=${CALLS}`, '-o', this.#file] // prettier-ignore
  }

  /** @returns Map<path, SyncedFile>: all files that were written */
  read() {
    const reading = new Reading()
    const started = new Map()
    for (const line of fs.readFileSync(this.#file, 'utf8').split('\n')) {
      const [, pid, said] = /^(\d+)\s+(.*)$/.exec(line) ?? []
      if (said === undefined) continue
      const [, resumed] = /^<\.\.\. \w+ resumed>(.*)$/.exec(said) ?? []
      if (resumed !== undefined) {
        const call = started.get(pid)
        started.delete(pid)
        if (call !== undefined) reading.end(call.text + resumed, call.token)
      } else if (said.endsWith('<unfinished ...>')) {
        const text = said.slice(0, -'<unfinished ...>'.length)
        started.set(pid, { text, token: reading.begin(text) })
      } else reading.end(said, reading.begin(said))
    }
    return reading.files
  }
}

/** Byte ranges of one file: written and not yet synced, and synced. */
class SyncedFile {
  /** Where the next `write`, which does not say where, begins. */
  position = 0
  written = []
  synced = []
}

const WRITES = new Set(['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2'])
const SYNCS = new Set(['fsync', 'fdatasync'])

class Reading {
  files = new Map()

  #file(name) {
    if (!this.files.has(name)) this.files.set(name, new SyncedFile())
    return this.files.get(name)
  }

  /** A sync covers what had been written when it began. @returns what `end` wants back */
  begin(text) {
    const call = callOf(text)
    if (!SYNCS.has(call.name) || call.file === undefined) return undefined
    const file = this.#file(call.file)
    return { file, written: [...file.written] }
  }

  end(text, token) {
    const { name, file, result, offset, names } = callOf(text)
    if (result === undefined || result < 0) return
    if (token !== undefined) {
      token.file.synced.push(...token.written)
      token.file.written = token.file.written.filter((range) => !token.written.includes(range))
    } else if (WRITES.has(name) && file !== undefined) {
      const known = this.#file(file)
      const from = name.startsWith('pwrite') ? offset : known.position
      if (!name.startsWith('pwrite')) known.position += result
      known.written.push({ from, to: from + result })
    } else if (name.startsWith('open') && file !== undefined) {
      const known = this.files.get(file)
      if (known !== undefined && !text.includes('O_APPEND')) known.position = 0
    } else if (name.startsWith('rename') && names.length === 2) {
      const moved = this.files.get(names[0])
      this.files.delete(names[0])
      this.files.delete(names[1])
      if (moved !== undefined) this.files.set(names[1], moved)
    }
  }
}

/** Name, file, result and offset of a line such as `pwrite64(7</data/pg_wal/01>, ""..., 8192, 49152) = 8192`. */
function callOf(text) {
  const name = /^\w+/.exec(text)?.[0] ?? ''
  const result = /= (-?\d+)(?:<(.*)>)?(?: .*)?$/.exec(text)
  const onFile = name.startsWith('open') ? result?.[2] : /^\w+\(\d+<(\/[^>]*)>/.exec(text)?.[1]
  const offset = Number(/, (\d+)\)\s+=/.exec(text)?.[1])
  const names = [...text.matchAll(/"((?:[^"\\])*)"/g)].map(([, quoted]) => quoted)
  return { name, file: onFile, result: result ? Number(result[1]) : undefined, offset, names }
}

/**
 * Puts a folder into the state that a power cut leaves.
 * @param before  the folder as it was before the start
 * @param synced  what SyncTrace read
 */
export function cutAtLastSync({ folder, before, synced }) {
  const back = new Date(Date.now() - REBOOT_MS)
  for (const [name, { synced: ranges, written }] of synced) {
    if (!name.startsWith(`${folder}/`) || !fs.statSync(name, { throwIfNoEntry: false })?.isFile()) continue
    const old = path.join(before, path.relative(folder, name))
    const bytes = fs.readFileSync(name)
    const left = fs.existsSync(old) ? fs.readFileSync(old) : Buffer.alloc(0)
    const size = ranges.length > 0 || written.length === 0 ? bytes.length : left.length
    const kept = Buffer.alloc(size)
    left.copy(kept)
    for (const { from, to } of ranges) bytes.copy(kept, from, from, Math.min(to, size))
    fs.writeFileSync(name, kept)
    fs.utimesSync(name, back, back)
  }
}
