import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DATABASE_USER, findBinaries, prepareCluster, stopOrphan, stopPostgres } from './embedded-cluster.js'
import { own } from './embedded-owner.js'
import { chooseRunner } from './embedded-runner.js'

/*
 * The PostgreSQL that comes as an npm package, for people who bring no database of their own.
 *
 * The data folder holds `postgres/` (the cluster), `postgres.password` (mode 0600), `postgres.log`, and
 * `owner.lock`, which names the one process that may use the folder. The database runs in a session of its
 * own, so that Ctrl-C reaches the server first. When the server is killed the database stays behind as an
 * orphan; the next start stops it and starts it anew. When the database itself dies, it is started again
 * on the same port, so that connections come back by themselves.
 */

export interface EmbeddedOptions {
  /** folder that holds everything of this database; made when absent */
  dataDir: string
  /** false for tests: faster, but data does not survive a crash of the machine */
  durable?: boolean
  /** told in plain sentences what happens */
  log?: (sentence: string) => void
}

export interface Embedded {
  /** of the database `multilogue` */
  url: string
  /** of the database `postgres`, from which others can be created */
  maintenanceUrl: string
  /** number of the database's main process; another one after it had to be started again */
  pid: () => number | undefined
  /** stops the database cleanly and gives the folder free; may be called twice */
  stop: () => Promise<void>
}

type Log = (sentence: string) => void

const START_LIMIT_MS = 120_000
const RESTARTS_PER_MINUTE = 5

/**
 * Starts the embedded PostgreSQL on a data folder and keeps it running until `stop`.
 * @throws Error with a sentence for people: folder in use or somebody else's, no database for this computer,
 *         database did not start (with its own last words)
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, durable = true, log = () => undefined } = options
  const folder = path.resolve(dataDir)
  makeFolder(folder, dataDir)
  const release = own(folder, dataDir)
  try {
    const cluster = path.join(folder, 'postgres')
    const binaries = findBinaries()
    const runner = chooseRunner(binaries.postgres)
    await stopOrphan(cluster, binaries.pgCtl, log)
    const { initdb, postgres, pgCtl } = binaries
    const password = prepareCluster(cluster, { name: dataDir, durable, initdb, runner, log })
    const database = new Supervised(log, {
      logFile: path.join(folder, 'postgres.log'),
      spawn: (port, output) => runner.spawn(postgres, serverArguments(cluster, port, durable), output),
      end: (pid) => stopPostgres(pid, cluster, pgCtl),
      beforeRestart: () => stopOrphan(cluster, pgCtl, log),
      url: (port, name) => `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${name}`,
    })
    await database.start()
    const onExit = (): void => {
      database.abandon()
      release()
    }
    process.once('exit', onExit)
    let stopping: Promise<void> | undefined
    const stop = async (): Promise<void> => {
      await database.stop()
      process.removeListener('exit', onExit)
      release()
    }
    return {
      url: database.url('multilogue'),
      maintenanceUrl: database.url('postgres'),
      pid: () => database.pid,
      stop: () => (stopping ??= stop()),
    }
  } catch (error) {
    release()
    throw error
  }
}

function makeFolder(folder: string, name: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true })
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new Error(`The data folder ${name} cannot be made (${reason}). Set DATA_DIR to another folder.`, {
      cause: error,
    })
  }
}

function serverArguments(cluster: string, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    // People's words must not reach the log: neither failing statements nor the rows they carry.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', cluster, '-p', String(port), '-k', '', ...flags]
}

interface Means {
  logFile: string
  spawn: (port: number, output: number) => ChildProcess
  end: (pid: number) => Promise<void>
  beforeRestart: () => Promise<void>
  url: (port: number, name: string) => string
}

/** One database process that is started again when it dies. */
class Supervised {
  private child: ChildProcess | undefined
  private port = 0
  private stopped = false
  private restarts: number[] = []
  private revival: Promise<void> = Promise.resolve()

  constructor(
    private readonly log: Log,
    private readonly means: Means,
  ) {}

  get pid(): number | undefined {
    return this.child?.pid
  }

  url(name: string): string {
    return this.means.url(this.port, name)
  }

  async start(): Promise<void> {
    this.port = await freePort()
    try {
      await this.launch()
    } catch (error) {
      if (!/Address already in use/.test(String(error))) throw error
      this.port = await freePort()
      await this.launch()
    }
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.revival
    if (this.child) await this.end(this.child)
  }

  /** For the moment this process ends: only what can be done without waiting. */
  abandon(): void {
    this.stopped = true
    if (this.child && isUp(this.child)) this.child.kill('SIGINT')
  }

  private async launch(): Promise<void> {
    const { logFile } = this.means
    if ((fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) fs.rmSync(logFile)
    const output = fs.openSync(logFile, 'a', 0o600)
    const before = fs.fstatSync(output).size
    const child = this.means.spawn(this.port, output)
    fs.closeSync(output)
    child.unref()
    try {
      await ready(child, () => ensureDatabase(this.url('postgres')), this.log)
    } catch (cause) {
      await this.end(child)
      const words = fs.readFileSync(logFile).subarray(before).toString('utf8').trim()
      const last = words.split('\n').slice(-8).join('\n') || (cause as Error).message
      throw new Error(`The embedded database did not start. Its last words:\n${last}`, { cause })
    }
    this.child = child
    child.once('exit', () => {
      if (!this.stopped) this.revival = this.revive()
    })
    if (!isUp(child)) throw new Error('The embedded database stopped just after it had started.')
  }

  private async revive(): Promise<void> {
    this.log('The embedded database stopped unexpectedly. Starting it again...')
    while (!this.stopped) {
      const now = Date.now()
      this.restarts = [...this.restarts.filter((at) => now - at < 60_000), now]
      if (this.restarts.length > RESTARTS_PER_MINUTE) {
        this.log('The embedded database does not stay up: see postgres.log in the data folder.')
        return
      }
      // The dead database's workers need a moment to notice that it is gone.
      await sleep(300)
      try {
        await this.means.beforeRestart()
        if (!this.stopped) await this.launch()
        return
      } catch (error) {
        this.log(error instanceof Error ? error.message : String(error))
      }
    }
  }

  private async end(child: ChildProcess): Promise<void> {
    if (child.pid !== undefined && isUp(child)) await this.means.end(child.pid)
  }
}

function isUp(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** Waits until `attempt` succeeds, at most 2 minutes (a recovery after a crash may take a while). */
async function ready(child: ChildProcess, attempt: () => Promise<void>, log: Log): Promise<void> {
  let spawnError: Error | undefined
  child.once('error', (error) => (spawnError = error))
  const started = Date.now()
  let told = false
  for (;;) {
    if (spawnError) throw spawnError
    if (!isUp(child)) throw new Error(`It ended with code ${child.exitCode ?? child.signalCode}.`)
    try {
      return await attempt()
    } catch (error) {
      const waited = Date.now() - started
      if (waited > START_LIMIT_MS) throw error
      if (waited > 3000 && !told) log('Still waiting for the embedded database...')
      told ||= waited > 3000
    }
    await sleep(30)
  }
}

async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'multilogue'`)
    if (found.rowCount === 0) await client.query('CREATE DATABASE multilogue')
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
