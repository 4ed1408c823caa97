import type { Contract, OutputOf, RawInputOf } from '@multilogue/shared/contract'
import type { Happening } from '@multilogue/shared/events'
import { problemName, type Problem } from '@multilogue/shared/problems'
import { io, type Socket } from 'socket.io-client'
import { acting } from '$lib/acting'
import { isPassing, localProblem, ProblemError } from '$lib/api'

export type ConnectionState = 'live' | 'connecting' | 'offline' | 'signed-out'
type Listener = (happening: Happening) => void
type Reply<T> = { ok: true; output: T } | { ok: false; problem: Problem }

interface Followed {
  listeners: Set<Listener>
  /** The last number applied; undefined until something is known. */
  last: number | undefined
  resets: Set<() => void>
}

const LOST_MS = 2000

/**
 * One connection for the whole page. After a break it says the last number it has seen and is given the rest in
 * order; a number that was applied already is passed over.
 */
class Connection {
  #state = $state<ConnectionState>('connecting')
  #ended = $state(0)
  #socket: Socket | undefined
  #losing: ReturnType<typeof setTimeout> | undefined
  #streams = new Map<string, Followed>()
  #attending: string | null = null

  get state(): ConnectionState {
    return this.#state
  }
  /** How often a seat that was listening has lost its right to; whoever acts must be asked for anew. */
  get ended(): number {
    return this.#ended
  }

  open(): void {
    if (this.#socket) return
    const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true, reconnectionDelayMax: 4000 })
    this.#socket = socket
    socket.on('connect', () => {
      this.#found('live')
      for (const stream of this.#streams.keys()) void this.#subscribe(stream)
      if (this.#attending) void this.#attend()
    })
    socket.on('disconnect', (reason) => {
      this.#lose()
      if (reason === 'io server disconnect') socket.connect()
    })
    socket.on('connect_error', (error: Error & { data?: Problem }) => {
      const refused = error.data && problemName(error.data) === 'not-signed-in'
      if (refused) this.#found('signed-out')
      else this.#lose()
      if (error.data && !refused) setTimeout(() => socket.connect(), 3000)
    })
    socket.on('event', (happening: Happening) => this.#apply(happening))
    socket.on('ended', () => this.#ended++)
  }

  close(): void {
    this.#socket?.disconnect()
    this.#socket = undefined
    this.#found('connecting')
    this.#streams.clear()
  }

  #found(state: ConnectionState): void {
    clearTimeout(this.#losing)
    this.#losing = undefined
    this.#state = state
  }

  /** Nobody needs to hear of a line that is back in a moment, as after a restart of the server. */
  #lose(): void {
    this.#losing ??= setTimeout(() => (this.#state = 'offline'), LOST_MS)
  }

  /** Listens on with the rights of the seat that acts now. */
  reseat(): void {
    if (!this.#socket?.connected) return
    for (const stream of this.#streams.keys()) void this.#subscribe(stream)
    if (this.#attending) void this.#attend()
  }

  /** Says that the page of a session is open, and says so again after every break. @returns how to stop */
  attend(sessionId: string): () => void {
    this.#attending = sessionId
    void this.#attend()
    return () => {
      if (this.#attending !== sessionId) return
      this.#attending = null
      void this.#attend()
    }
  }

  async #attend(): Promise<void> {
    if (!this.#socket?.connected) return
    const sessionId = this.#attending
    const reply = await this.#ask('attend', { sessionId, seat: acting.seatId })
    if (reply.ok || !isPassing(reply.problem)) return
    setTimeout(() => sessionId === this.#attending && void this.#attend(), 3000)
  }

  /** @returns how to stop listening */
  listen(stream: string, listener: Listener): () => void {
    const { listeners } = this.#follow(stream)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  /** Calls `reset` when the page must be fetched anew, because what happened was not told. @returns how to stop */
  onReset(stream: string, reset: () => void): () => void {
    const { resets } = this.#follow(stream)
    resets.add(reset)
    return () => void resets.delete(reset)
  }

  #follow(stream: string): Followed {
    const known = this.#streams.get(stream)
    if (known) return known
    const followed: Followed = { listeners: new Set(), last: undefined, resets: new Set() }
    this.#streams.set(stream, followed)
    if (this.#socket?.connected) void this.#subscribe(stream)
    return followed
  }

  /** Sends a command over the socket. @throws ProblemError */
  async command<C extends Contract>(contract: C, input: RawInputOf<C>, key: string): Promise<OutputOf<C>> {
    if (!this.#socket?.connected) throw new ProblemError(localProblem('unavailable'))
    const sent = { name: contract.name, input, key, seat: acting.seatId }
    const reply = await this.#ask<OutputOf<C>>('command', sent)
    if (!reply.ok) throw new ProblemError(reply.problem)
    return reply.output
  }

  async #ask<T>(event: string, body: object): Promise<Reply<T>> {
    try {
      return (await this.#socket!.timeout(10_000).emitWithAck(event, body)) as Reply<T>
    } catch {
      return { ok: false, problem: localProblem('unavailable') }
    }
  }

  async #subscribe(stream: string): Promise<void> {
    const followed = this.#streams.get(stream)
    if (!followed) return
    const fresh = followed.last === undefined
    const reply = await this.#ask<{ head: number }>('subscribe', { stream, after: followed.last, seat: acting.seatId })
    if (reply.ok) {
      followed.last = Math.max(followed.last ?? 0, reply.output.head)
      if (fresh) this.#reset(followed)
      return
    }
    const refusal = problemName(reply.problem)
    if (refusal === 'stream-too-old') {
      followed.last = undefined
      await this.#subscribe(stream)
    } else if (isPassing(reply.problem)) {
      setTimeout(() => this.#socket?.connected && void this.#subscribe(stream), 3000)
    }
  }

  /** What happened between the page's fetch and the subscription is not told; fetching once more closes the gap. */
  #reset(followed: Followed): void {
    for (const reset of followed.resets) reset()
  }

  #apply(happening: Happening): void {
    const followed = this.#streams.get(happening.stream)
    if (!followed || happening.seq <= (followed.last ?? -1)) return
    followed.last = happening.seq
    for (const listener of followed.listeners) listener(happening)
  }
}

export const connection = new Connection()
