import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { clonedDatabase, emptyDatabase } from './database.js'

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))
const STANDING = fileURLToPath(new URL('standing-server.mjs', import.meta.url))

/** The demo round is made once in a run, and only copied for each who asks. */
const DEMO = `demo_${process.env.TEST_RUN ?? process.pid}`

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close((error) => (error ? reject(error) : resolve(port)))
    })
  })

/** The real server as its own process, with the demo round on a database of its own. It can be killed. */
export class Forum {
  private child: ChildProcess | undefined
  /** What the server has said since its last start. */
  said = ''

  private constructor(
    readonly address: string,
    readonly databaseUrl: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly drop: () => Promise<void>,
    private readonly program = MAIN,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<Forum> {
    const { url, drop } = await clonedDatabase(DEMO, async (template) => {
      const maker = await Forum.on(template, () => Promise.resolve())
      await maker.stop()
    })
    return Forum.on(url, drop, { more: settings })
  }

  /** A forum whose demo round is made at `instant`, and whose clock is moved by hand from then on. */
  static async at(instant: string): Promise<Forum> {
    const { url, drop } = await emptyDatabase()
    return Forum.on(url, drop, { program: STANDING, clock: instant })
  }

  /** A forum on an empty database, as a secretariat begins with it; `said` has the link of the first account. */
  static async empty(adminEmail: string): Promise<Forum> {
    const { url, drop } = await emptyDatabase()
    return Forum.on(url, drop, { more: { DEMO: '0', ADMIN_EMAIL: adminEmail } })
  }

  /** Puts the clock of a forum made with `at` to an instant, where it stands. */
  async moveTo(instant: string): Promise<void> {
    const child = this.child!
    const moved = new Promise((resolve) => child.once('message', resolve))
    child.send(instant)
    await moved
  }

  /** One more server on the same database; whoever is signed in at one of them is so at both. */
  beside(): Promise<Forum> {
    return Forum.on(this.databaseUrl, () => Promise.resolve())
  }

  private static async on(
    url: string,
    drop: () => Promise<void>,
    { program = MAIN, clock = '', more = {} } = {},
  ): Promise<Forum> {
    const port = await freePort()
    const environment = {
      ...process.env,
      DATABASE_URL: url,
      CLOCK: clock,
      SESSION_SECRET: 's'.repeat(40),
      DEMO: '1',
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      SIGN_INS_PER_MINUTE: '100000',
      WRITES_PER_MINUTE: '100000',
      ...more,
    }
    const forum = new Forum(`http://127.0.0.1:${port}`, url, environment, drop, program)
    await forum.start()
    return forum
  }

  /** Resolves once the server says that it is ready. @throws with its last words when it ends instead */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [this.program], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.child = child
    this.said = ''
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.said += chunk.toString()
        if (this.said.includes('Multilogue is ready')) resolve()
      }
      child.stdout!.on('data', hear)
      child.stderr!.on('data', hear)
      child.once('exit', () => reject(new Error(`The server ended: ${this.said}`)))
    })
  }

  /** As at the start of a new version: the server is asked to end. */
  async stop(): Promise<void> {
    await this.end('SIGTERM')
  }

  /** As a power cut of the process: no clean-up runs. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async close(): Promise<void> {
    await this.stop()
    await this.drop()
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.child
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
}
