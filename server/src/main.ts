import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { CLIENT_BUILD, createApp } from './app.js'
import { Clock } from './common/clock.js'
import { createLog } from './common/log.js'
import { readSettings, type Settings } from './config/settings.js'
import { openDatabase } from './database/open.js'
import { demoState, makeDemo } from './demo/demo.js'
import { FirstAccount } from './identity/first-account.js'

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

/** A key of the server's own making, kept beside the embedded database and readable by its owner alone. */
function keptKey(folder: string): string {
  const file = join(folder, 'session-key')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

async function start(settings: Settings): Promise<void> {
  const stopping: (() => Promise<unknown>)[] = []
  let stopped = false
  const stop = async (code: number) => {
    if (stopped) return
    stopped = true
    for (const step of stopping.reverse()) await step().catch(() => (code = 1))
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  try {
    const dataDir = resolve(settings.DATA_DIR)
    const { source, close } = await openDatabase(settings, say)
    stopping.push(close)
    const wanted = settings.DEMO ?? settings.DATABASE_URL === undefined
    const state = await demoState(source)
    if (state === 'demo' && settings.DEMO === false)
      throw new Error('The database holds the demo accounts and DEMO is 0. Use a database without them.')
    const demo = state === 'demo' || (state === 'empty' && wanted)
    const log = createLog(settings.LOG_LEVEL)
    const sessionKey = settings.SESSION_SECRET ?? keptKey(dataDir)
    const app = await createApp({ settings, source, clock: new Clock(), log, sessionKey }, CLIENT_BUILD, demo)
    stopping.push(() => app.close())
    if (state === 'empty' && wanted) {
      say('Making the demo round…')
      await makeDemo(app)
    }
    const welcome = settings.ADMIN_EMAIL && (await app.get(FirstAccount).make(settings.ADMIN_EMAIL))
    await app.listen(settings.PORT, settings.HOST)
    const { port } = app.getHttpServer().address() as AddressInfo
    const address = settings.PUBLIC_URL ?? `http://${settings.HOST === '0.0.0.0' ? 'localhost' : settings.HOST}:${port}`
    // In one piece: who waits for the first line has read the others too.
    say(
      [
        `\nMultilogue is ready: ${address}`,
        welcome,
        state === 'empty' &&
          !wanted &&
          !settings.ADMIN_EMAIL &&
          'The database is empty and nobody can sign in: set ADMIN_EMAIL to your mail address and start again.',
        !settings.SMTP_URL && 'No mail is sent: SMTP_URL is not set.',
        demo &&
          'Demo round with invented people and values. Sign in as secretariat@demo.test, chair@demo.test,\n' +
            'gha.head@demo.test or any other account of the README; the password is multilogue-demo.',
      ]
        .filter(Boolean)
        .join('\n'),
    )
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    await stop(1)
  }
}

try {
  await start(readSettings(process.env))
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exit(1)
}
