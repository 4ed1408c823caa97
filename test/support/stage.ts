import type { AddressInfo } from 'node:net'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Contract, OutputOf, RawInputOf } from '@multilogue/shared/contract'
import { pathParameters } from '@multilogue/shared/contract'
import type { Happening } from '@multilogue/shared/events'
import { problemName, type Problem } from '@multilogue/shared/problems'
import { io, type Socket } from 'socket.io-client'
import type { DataSource } from 'typeorm'
import { createApp } from '../../server/src/app.js'
import { Clock } from '../../server/src/common/clock.js'
import { createLog } from '../../server/src/common/log.js'
import { readSettings, type Settings } from '../../server/src/config/settings.js'
import { createSource } from '../../server/src/database/data-source.js'
import { DEMO_PASSWORD, World } from '../../server/src/demo/world.js'
import { freshDatabase } from './database.js'

/** A clock that stands where the test puts it. */
export class StandingClock extends Clock {
  constructor(private instant = new Date('2027-06-08T09:00:00Z')) {
    super()
  }
  override now(): Date {
    return this.instant
  }
  moveTo(instant: string): void {
    this.instant = new Date(instant)
  }
}

/** What came back: either the output or the problem, told apart by `problem`. */
export interface Answer<T> {
  status: number
  output?: T
  problem?: Problem
  /** The catalogue's name of the problem, or `ok`. */
  says: string
  headers?: Headers
}

export type Via = 'http' | 'socket'
export interface Call {
  via?: Via
  key?: string
  seat?: string
}

/** A running server of its own, on its own database, with a world to act in. Close it when done. */
export class Stage {
  private readonly cookies = new Map<string, string>()
  private readonly sockets = new Map<string, Socket>()

  private constructor(
    readonly app: NestExpressApplication,
    readonly source: DataSource,
    readonly clock: StandingClock,
    readonly address: string,
    readonly world: World,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(settings: Partial<Settings> = {}, clientBuild: string | null = null): Promise<Stage> {
    const { url, drop } = await freshDatabase()
    const source = await createSource(url, 10).initialize()
    const clock = new StandingClock()
    const given = readSettings({ DATABASE_URL: url, SESSION_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent' })
    const all: Settings = { ...given, SIGN_INS_PER_MINUTE: 100_000, WRITES_PER_MINUTE: 100_000, ...settings }
    const log = createLog('silent')
    const app = await createApp({ settings: all, source, clock, log, sessionKey: 'k'.repeat(40) }, clientBuild, true)
    await app.listen(0, '127.0.0.1')
    const { port } = app.getHttpServer().address() as AddressInfo
    return new Stage(app, source, clock, `http://127.0.0.1:${port}`, new World(app), drop)
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.values()) socket.disconnect()
    await this.app.close()
    await this.source.destroy()
    await this.drop()
  }

  async cookieOf(who: string): Promise<string> {
    const known = this.cookies.get(who)
    if (known) return known
    const response = await fetch(`${this.address}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${who}@demo.test`, password: DEMO_PASSWORD }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (!cookie) throw new Error(`${who} could not sign in: ${response.status}`)
    this.cookies.set(who, cookie)
    return cookie
  }

  /** Signs in anew at the next call. */
  forget(who: string): void {
    this.cookies.delete(who)
    this.sockets.get(who)?.disconnect()
    this.sockets.delete(who)
  }

  /** @param who a key of the world; null for nobody */
  async call<C extends Contract>(
    who: string | null,
    contract: C,
    input: RawInputOf<C>,
    how: Call = {},
  ): Promise<Answer<OutputOf<C>>> {
    return how.via === 'socket' ? this.overSocket(who, contract, input, how) : this.overHttp(who, contract, input, how)
  }

  /** Like `call`, for what must succeed. */
  async done<C extends Contract>(who: string, contract: C, input: RawInputOf<C>, how: Call = {}): Promise<OutputOf<C>> {
    const answer = await this.call(who, contract, input, how)
    if (answer.problem) throw new Error(`${contract.name} as ${who}: ${JSON.stringify(answer.problem)}`)
    return answer.output as OutputOf<C>
  }

  async overHttp<C extends Contract>(
    who: string | null,
    contract: C,
    input: RawInputOf<C>,
    how: Call,
  ): Promise<Answer<OutputOf<C>>> {
    const given = { ...(input as Record<string, unknown>) }
    let path = contract.path
    for (const name of pathParameters(path)) {
      path = path.replace(`:${name}`, encodeURIComponent(String(given[name])))
      delete given[name]
    }
    const query = contract.method === 'GET' ? `?${new URLSearchParams(given as Record<string, string>)}` : ''
    const response = await fetch(`${this.address}/api${path}${query}`, {
      method: contract.method,
      headers: {
        ...(who ? { cookie: await this.cookieOf(who) } : {}),
        ...(how.key ? { 'idempotency-key': how.key } : {}),
        ...(how.seat ? { 'x-seat': how.seat } : {}),
        ...(contract.method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      body: contract.method === 'GET' ? undefined : JSON.stringify(given),
    })
    const body: unknown = await response.json()
    const { status, headers } = response
    if (response.ok) return { status, output: body as OutputOf<C>, says: 'ok', headers }
    const problem = body as Problem
    return { status, problem, says: problemName(problem), headers }
  }

  private async overSocket<C extends Contract>(
    who: string | null,
    contract: C,
    input: RawInputOf<C>,
    how: Call,
  ): Promise<Answer<OutputOf<C>>> {
    const socket = who === null ? undefined : await this.socketOf(who)
    if (!socket) return { status: 401, says: 'not-signed-in' }
    const { via: _, ...rest } = how
    const reply = (await socket.emitWithAck('command', { name: contract.name, input, ...rest })) as
      { ok: true; output: OutputOf<C> } | { ok: false; problem: Problem }
    if (reply.ok) return { status: 200, output: reply.output, says: 'ok' }
    return { status: reply.problem.status, problem: reply.problem, says: problemName(reply.problem) }
  }

  async socketOf(who: string): Promise<Socket> {
    const known = this.sockets.get(who)
    if (known?.connected) return known
    const socket = await this.connect({ cookie: await this.cookieOf(who) })
    this.sockets.set(who, socket)
    return socket
  }

  /** A connection of its own. @throws the server's problem when it is refused */
  async connect(headers: Record<string, string>): Promise<Socket> {
    const socket = io(this.address, {
      extraHeaders: headers,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', (error: Error & { data?: unknown }) =>
        reject(Object.assign(error, { problem: error.data })),
      )
    }).catch((error: unknown) => {
      socket.disconnect()
      throw error
    })
    return socket
  }

  /** Follows a round as `who`. */
  async follow(who: string, roundId: string, after?: number): Promise<Follower> {
    const socket = await this.connect({ cookie: await this.cookieOf(who) })
    const heard: Happening[] = []
    socket.on('event', (happening: Happening) => heard.push(happening))
    const reply = (await socket.emitWithAck('subscribe', { stream: `round:${roundId}`, after })) as
      { ok: true; output: { head: number } } | { ok: false; problem: Problem }
    return { socket, heard, reply, close: () => socket.disconnect() }
  }
}

export interface Follower {
  socket: Socket
  heard: Happening[]
  reply: { ok: true; output: { head: number } } | { ok: false; problem: Problem }
  close: () => void
}

/** Waits until `holds` is true, asking again after each turn. @throws with `what` after five seconds */
export async function until(what: string, holds: () => boolean | Promise<boolean>, within = 5000): Promise<void> {
  const end = Date.now() + within
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
