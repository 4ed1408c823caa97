import { randomUUID } from 'node:crypto'
import { Inject } from '@nestjs/common'
import { OnGatewayConnection, OnGatewayInit, WebSocketGateway } from '@nestjs/websockets'
import { CONTRACTS } from '@multilogue/shared/api'
import { Attend, Command, Subscribe } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import type { Server, Socket } from 'socket.io'
import { isStaff, presides, seatOf, type Caller } from '../access/caller.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { problemOf, Refusal } from '../common/problem.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import type { Settings } from '../config/settings.js'
import { tokenOf } from '../http/cookie.js'
import { ownOrigin } from '../http/origin.js'
import { WebSessions, type SignedIn } from '../identity/web-sessions.js'
import { Attending } from '../presence/attending.js'
import { Bus } from '../work/bus.js'
import { Dispatcher } from '../work/dispatcher.js'
import type { Audience } from '../work/work.js'
import { WrittenAnswer } from '../work/written-answer.js'
import { Publisher, type Reader } from './publisher.js'

type Ack = (answer: { ok: true; output: unknown } | { ok: false; problem: Problem }) => void

interface Listening {
  reader: Reader
  caller: Caller
}
interface Connected {
  token: string
  signedIn: SignedIn
  streams: Map<string, Listening>
  /** Leaves the session whose page is open. */
  leaveSession: (() => void) | undefined
}

/** Streams one connection may follow at a time. */
const STREAMS_AT_ONCE = 20

/**
 * The room over socket.io: `subscribe` to what happens, `command` to do something, `attend` a session. Session and seat
 * are asked again for each command, and for every open connection when rights change, so a right that is withdrawn ends
 * what it had opened.
 */
@WebSocketGateway({ destroyUpgrade: false, maxHttpBufferSize: 256 * 1024, serveClient: false })
export class RoomGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly connected = new Map<Socket, Connected>()

  constructor(
    private readonly sessions: WebSessions,
    private readonly dispatcher: Dispatcher,
    private readonly publisher: Publisher,
    private readonly attending: Attending,
    private readonly bus: Bus,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(server: Server): void {
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (thrown: unknown) => next(Object.assign(new Error('refused'), { data: this.problem(thrown) })),
      )
    })
    this.bus.on('rights', () => void this.review())
  }

  handleConnection(socket: Socket): void {
    const state = this.connected.get(socket)
    if (!state) return void socket.disconnect(true)
    socket.on('subscribe', (raw: unknown, ack: unknown) => this.answer(ack, () => this.subscribe(socket, state, raw)))
    socket.on('command', (raw: unknown, ack: unknown) => this.answer(ack, () => this.command(state, raw)))
    socket.on('attend', (raw: unknown, ack: unknown) => this.answer(ack, () => this.attend(socket, state, raw)))
    socket.on('disconnect', () => this.leave(socket, state))
  }

  private async admit(socket: Socket): Promise<void> {
    if (!ownOrigin(socket.request, this.settings)) throw new Refusal('foreign-origin')
    const token = tokenOf(socket.request)
    const signedIn = await this.sessions.find(token)
    this.connected.set(socket, { token: token!, signedIn, streams: new Map(), leaveSession: undefined })
    socket.conn.once('close', () => this.connected.delete(socket))
  }

  private async subscribe(socket: Socket, state: Connected, raw: unknown): Promise<{ head: number }> {
    const { stream, after, seat } = Subscribe.parse(raw)
    const caller = await this.sessions.caller(await this.sessions.find(state.token), seat)
    if (stream !== `round:${caller.seat?.roundId}`) throw new Refusal('not-found')
    if (state.streams.size >= STREAMS_AT_ONCE && !state.streams.has(stream)) throw new Refusal('too-many-requests')
    this.unsubscribe(state, stream)
    const reader: Reader = {
      hear: ({ audience, ...happening }) => {
        if (mayHear(caller, audience)) socket.emit('event', happening)
      },
    }
    state.streams.set(stream, { reader, caller })
    try {
      return { head: await this.publisher.subscribe(stream, after, reader) }
    } catch (thrown) {
      state.streams.delete(stream)
      throw thrown
    }
  }

  /** One session at a time: a connection is one page. */
  private async attend(socket: Socket, state: Connected, raw: unknown): Promise<object> {
    const { sessionId, seat } = Attend.parse(raw)
    const caller = await this.sessions.caller(await this.sessions.find(state.token), seat)
    const leave = sessionId === null ? undefined : await this.attending.attend(seatOf(caller), sessionId)
    state.leaveSession?.()
    state.leaveSession = leave
    if (!socket.connected) leave?.()
    return {}
  }

  private async command(state: Connected, raw: unknown): Promise<unknown> {
    const { name, input, key, seat } = Command.parse(raw)
    const contract = CONTRACTS.get(name)
    if (contract?.access !== 'seat') throw new Refusal('not-found')
    const caller = await this.sessions.caller(await this.sessions.find(state.token), seat)
    const answer = await this.dispatcher.dispatch(contract, caller, input, key)
    return answer instanceof WrittenAnswer ? answer.read() : answer
  }

  private async answer(ack: unknown, work: () => Promise<unknown>): Promise<void> {
    const done: Ack = typeof ack === 'function' ? (ack as Ack) : () => undefined
    try {
      done({ ok: true, output: await work() })
    } catch (thrown) {
      done({ ok: false, problem: this.problem(thrown) })
    }
  }

  private problem(thrown: unknown): Problem {
    const id = randomUUID()
    const problem = problemOf(thrown, `/requests/${id}`)
    if (problem.status >= 500) this.log.error({ id, ...errorFacts(thrown) }, 'socket command failed')
    return problem
  }

  /** Sessions that have ended are hung up on; seats that have ended or changed lose or keep their streams anew. */
  private async review(): Promise<void> {
    for (const [socket, state] of this.connected) {
      try {
        if (!(await this.sessions.stands(state.signedIn.sessionId))) socket.disconnect(true)
        else for (const [stream, listening] of state.streams) await this.reviewStream(socket, state, stream, listening)
      } catch (thrown) {
        this.log.warn(errorFacts(thrown), 'rights not reviewed')
      }
    }
  }

  private async reviewStream(socket: Socket, state: Connected, stream: string, listening: Listening): Promise<void> {
    const { caller } = listening
    try {
      const now = await this.sessions.caller(state.signedIn, caller.seat?.id)
      Object.assign(caller, now)
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      // Two wake-ups may look at the same time: it is told once.
      if (state.streams.get(stream) !== listening) return
      this.unsubscribe(state, stream)
      socket.emit('ended', { stream, problem: this.problem(thrown) })
    }
  }

  private unsubscribe(state: Connected, stream: string): void {
    const listening = state.streams.get(stream)
    if (listening) this.publisher.unsubscribe(stream, listening.reader)
    state.streams.delete(stream)
  }

  private leave(socket: Socket, state: Connected): void {
    for (const stream of [...state.streams.keys()]) this.unsubscribe(state, stream)
    state.leaveSession?.()
    this.connected.delete(socket)
  }
}

function mayHear({ seat }: Caller, audience: Audience | null): boolean {
  if (!audience) return true
  if (!seat) return false
  if (audience.secretariat && isStaff(seat)) return true
  if (audience.chair && presides(seat)) return true
  if (audience.seatIds?.includes(seat.id)) return true
  return seat.delegationId !== null && audience.delegationIds.includes(seat.delegationId)
}
