import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** What `owner.lock` holds: a process id alone is not enough, since ids are used again. */
interface Owner {
  pid: number
  /** when the process started, as the system tells it; null where it does not */
  started: string | null
}

/**
 * Makes this process the owner of a data folder, taking over from an owner that no longer runs.
 * @param name  the folder as people wrote it, for the sentence
 * @returns a function that gives the folder free
 * @throws Error naming the process that uses the folder
 */
export function own(folder: string, name: string): () => void {
  const lock = path.join(folder, 'owner.lock')
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      fs.writeFileSync(lock, mine, { flag: 'wx', mode: 0o600 })
      return () => {
        if (readIfThere(lock) === mine) fs.rmSync(lock, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(`The data folder ${name} cannot be written to: ${(error as Error).message}`, {
          cause: error,
        })
      }
    }
    const text = readIfThere(lock)
    if (text === undefined) continue
    const owner = parse(text)
    if (owner ? isAlive(owner) : isFresh(lock)) {
      throw new Error(
        `Another Multilogue${owner ? ` (process ${owner.pid})` : ''} is already using the data folder ${name}. ` +
          'Stop it first, or set DATA_DIR to another folder.',
      )
    }
    // Moved aside before it is deleted, so that two newcomers cannot delete each other's fresh lock.
    const aside = `${lock}.${process.pid}`
    try {
      fs.renameSync(lock, aside)
    } catch {
      continue
    }
    if (readIfThere(aside) === text) fs.rmSync(aside, { force: true })
    else fs.renameSync(aside, lock)
  }
  throw new Error(`Several programs want the data folder ${name} at once. Start one of them again.`)
}

/** Whether a process runs; one that has ended but was not yet collected by its parent does not count. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const stat = procStat(pid)
  return stat === undefined || !['Z', 'X'].includes(stat[0] ?? '')
}

function isAlive(owner: Owner): boolean {
  return isRunning(owner.pid) && (owner.started === null || startOf(owner.pid) === owner.started)
}

/** A lock without content: its owner died while writing it, or is writing it right now. */
function isFresh(lock: string): boolean {
  return Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2000
}

function startOf(pid: number): string | null {
  if (process.platform === 'win32') return null
  const ticks = procStat(pid)?.[19]
  if (ticks) return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()} ${ticks}`
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** Fields of /proc/<pid>/stat from the third (state) on: the second is a name that may hold spaces. */
function procStat(pid: number): string[] | undefined {
  const text = readIfThere(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Owner>
    return typeof pid === 'number' && pid > 0 ? { pid, started: started ?? null } : undefined
  } catch {
    return undefined
  }
}
