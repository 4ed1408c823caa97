import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEMO_PASSWORD } from '../../server/src/demo/world.js'

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))

export type Victim = 'server' | 'database' | 'server and database'

/** The real server with the embedded database and the demo round, in a folder of its own, to be killed. */
export class MortalServer {
  private child: ChildProcess | undefined
  private readonly cookies = new Map<string, string>()

  private constructor(
    readonly address: string,
    private readonly dataDir: string,
    private readonly port: number,
  ) {}

  static async open(): Promise<MortalServer> {
    const dataDir = mkdtempSync(join(tmpdir(), 'multilogue-mortal-'))
    // The database may have to run as another user, who must be able to enter.
    chmodSync(dataDir, 0o755)
    const port = await freePort()
    const server = new MortalServer(`http://127.0.0.1:${port}`, dataDir, port)
    await server.start()
    return server
  }

  /** Resolves once the server says that it is ready. @throws with its last words when it ends instead */
  async start(): Promise<void> {
    const { DATABASE_URL: _, ...rest } = process.env
    const env = {
      ...rest,
      DATA_DIR: this.dataDir,
      DEMO: '1',
      PORT: String(this.port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      NODE_OPTIONS: '',
      SIGN_INS_PER_MINUTE: '100000',
    }
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    let said = ''
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString()
        if (said.includes('Multilogue is ready')) resolve()
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(`The server ended: ${said}`)))
    })
  }

  /** kill -9, of all that is meant in the same moment. */
  async kill(victim: Victim): Promise<void> {
    const { child } = this
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    if (victim !== 'server') for (const pid of this.databaseProcesses()) killIfThere(pid)
    if (victim === 'database') return
    child?.kill('SIGKILL')
    await gone
  }

  async close(): Promise<void> {
    const { child } = this
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    }
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  get rss(): number {
    const status = readFileSync(`/proc/${this.child?.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024
  }

  async cookieOf(who: string): Promise<string> {
    const known = this.cookies.get(who)
    if (known !== undefined) return known
    const response = await fetch(`${this.address}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${who}@demo.test`, password: DEMO_PASSWORD }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie === undefined) throw new Error(`${who} could not sign in: ${response.status}`)
    this.cookies.set(who, cookie)
    return cookie
  }

  /** The first text of the demo round. */
  async firstText(who: string): Promise<string> {
    const ask = async (path: string): Promise<{ id: string }[]> => {
      const answer = await fetch(`${this.address}/api${path}`, { headers: { cookie: await this.cookieOf(who) } })
      return (await answer.json()) as { id: string }[]
    }
    const [round] = await ask('/rounds')
    const [text] = await ask(`/documents?roundId=${round?.id}`)
    if (text === undefined) throw new Error('the demo round has no text')
    return text.id
  }

  /** PostgreSQL's first process and those that it has started. */
  private databaseProcesses(): number[] {
    const [first = ''] = readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
    const children = rows.map((row) => row.trim().split(/\s+/)).filter(([, parent]) => parent === first)
    return [Number(first), ...children.map(([pid]) => Number(pid))]
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended in this moment
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close((error) => (error ? reject(error) : resolve(port)))
    })
  })
