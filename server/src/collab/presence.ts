import type { Card } from '@multilogue/shared/collab'
import { CLOSE, Culprit } from './close-codes.js'
import type { Limits } from './limits.js'
import type { Clock, Holder } from './ports.js'
import { cursorsFrame } from './cursors-frame.js'
import { PresenceRelay } from './presence-relay.js'
import { presenceEntry, presenceFrame } from './protocol.js'
import type { PresenceEntry } from './protocol.js'

/** What presence knows about a connection. */
export interface Participant {
  readonly holder: Holder
  readonly card: Card
  /** Understands the short frames of shared/src/cursors.ts and keys.ts. */
  readonly readsShort: boolean
  send(frame: Uint8Array): void
}

/** Somebody who is in the room, here (a participant) or on another server (its name). */
export interface Seen {
  owner: Participant | string
  /** null: away for the moment. */
  state: object | null
  card: Card
}

/**
 * Who is in the room and where their cursors are [ENGINE-7]. Lives beside the document, never in it.
 *
 * One connection has one client id, the first it speaks for that no other session holds; entries for other ids
 * (stock clients echo what they hear) are dropped. The `user` field is the server's card, so nobody can pose.
 * Changes of a room go out together once per tick, and the tick grows with the room. Who reads cursors is sent one
 * frame that is the same for all; a stock client is never sent its own state, because it would take the server's
 * copy for news and send it back for ever.
 *
 * Clocks are the server's: a client that comes back within its own clock would not be heard otherwise.
 */
export class Presence {
  #clientIds = new Map<Participant, number>()
  #seen = new Map<number, Seen>()
  /** Client ids that moved since the last tick; true: they came since, and their card is not known yet. */
  #changed = new Map<number, boolean>()
  #newcomers = new Set<Participant>()
  #clockValue = 0
  #cancelTick: (() => void) | null = null
  readonly #relay: PresenceRelay

  constructor(
    private readonly participants: ReadonlySet<Participant>,
    private readonly clock: Clock,
    private readonly limits: Limits,
    publish: (bytes: Uint8Array) => void,
    /** Who has written with a client id [ENGINE-3]. */
    private readonly writerOf: (clientId: number) => string | undefined,
  ) {
    this.#relay = new PresenceRelay(this.#seen, publish)
  }

  /** @throws Culprit when the participant's own state is too large or not an object */
  receive(from: Participant, entries: PresenceEntry[]): void {
    const own = this.#clientIds.get(from)
    const entry = entries.find(({ clientId }) => (own === undefined ? this.#isFree(clientId, from) : clientId === own))
    if (entry === undefined) return
    if (entry.state.length > this.limits.presenceBytes) throw new Culprit(CLOSE.presenceTooLarge)
    const state = parsed(entry.state)
    if (own === undefined) {
      if (state === null) return
      this.#claim(entry.clientId, from)
    }
    this.#see(entry.clientId, { owner: from, state, card: from.card })
    if (!from.readsShort && this.#newcomers.delete(from)) this.#greetStock(from)
  }

  /** Whose cursor is shown under a client id: nobody else's words will do. */
  personOf(clientId: number): string | undefined {
    return this.#seen.get(clientId)?.card.personId
  }

  /** What another server says of its people in this room. */
  hear(server: string, bytes: Uint8Array): void {
    for (const { clientId, seen } of this.#relay.read(server, bytes, this.clock.now())) {
      const owner = this.#seen.get(clientId)?.owner
      if (owner !== undefined && typeof owner !== 'string') continue
      if (seen === null && owner === server) this.#forgetId(clientId)
      if (seen === null) continue
      this.#see(clientId, seen)
    }
  }

  /** Tells the other servers who is here, and forgets the people of those that have fallen silent. */
  keepAlive(): void {
    for (const clientId of this.#relay.overdue(this.clock.now())) this.#forgetId(clientId)
    this.#relay.tellAll()
  }

  /**
   * Somebody wants to know who is there, and is told at the next tick at the latest. A stock client is told as soon
   * as its own client id is known: after a reconnect its former connection may still hold that id, and a stock client
   * that is sent its own old state believes it.
   */
  welcome(newcomer: Participant): void {
    if (this.participants.size === 1) this.#relay.ask()
    this.#newcomers.add(newcomer)
    this.#scheduleTick()
  }

  /** Somebody asks again who is there. */
  asked(by: Participant): void {
    if (by.readsShort) this.welcome(by)
    else this.#greetStock(by)
  }

  /** The connection is gone: so is its cursor, for everybody. */
  forget(leaver: Participant): void {
    this.#newcomers.delete(leaver)
    const clientId = this.#clientIds.get(leaver)
    if (clientId === undefined) return
    this.#clientIds.delete(leaver)
    this.#forgetId(clientId)
  }

  destroy(): void {
    this.#cancelTick?.()
  }

  /** Not written with by anybody else; and free, or held by a connection of the same session (on another server: person), which this one replaces. */
  #isFree(clientId: number, by: Participant): boolean {
    if ((this.writerOf(clientId) ?? by.holder.personId) !== by.holder.personId) return false
    const seen = this.#seen.get(clientId)
    if (seen === undefined) return true
    if (typeof seen.owner === 'string') return seen.card.personId === by.card.personId
    return seen.owner.holder.sessionId === by.holder.sessionId
  }

  #claim(clientId: number, by: Participant): void {
    const before = this.#seen.get(clientId)?.owner
    if (before !== undefined && typeof before !== 'string') this.#clientIds.delete(before)
    this.#clientIds.set(by, clientId)
  }

  #see(clientId: number, seen: Seen): void {
    const before = this.#seen.get(clientId)
    const isNew = before === undefined || before.state === null || before.owner !== seen.owner
    this.#seen.set(clientId, seen)
    this.#announce(clientId, isNew)
  }

  #forgetId(clientId: number): void {
    if (this.#seen.delete(clientId)) this.#announce(clientId, false)
  }

  #announce(clientId: number, isNew: boolean): void {
    this.#changed.set(clientId, isNew || this.#changed.get(clientId) === true)
    this.#scheduleTick()
  }

  #scheduleTick(): void {
    const { presenceTick, presenceTickPerReader, presenceTickMost } = this.limits
    const tick = Math.min(Math.max(presenceTick, this.participants.size * presenceTickPerReader), presenceTickMost)
    this.#cancelTick ??= this.clock.after(tick, () => this.#tick())
  }

  #tick(): void {
    this.#cancelTick = null
    this.#greetNewcomers()
    if (this.#changed.size === 0) return
    const changed = [...this.#changed]
    this.#changed.clear()
    this.#relay.tell(changed.map(([clientId]) => clientId))
    const readers = [...this.participants]
    const stock = readers.filter(({ readsShort }) => !readsShort)
    if (stock.length < readers.length) {
      const frame = cursorsFrame(
        changed.map(([id, withCard]) => ({ ...this.#entry(id, this.#seen.get(id)), withCard })),
      )
      for (const reader of readers) if (reader.readsShort) reader.send(frame)
    }
    if (stock.length > 0)
      this.#tellStock(
        stock,
        changed.map(([clientId]) => clientId),
      )
  }

  /** Nothing is sent when nobody is seen. */
  #greetNewcomers(): void {
    const newcomers = [...this.#newcomers]
    this.#newcomers.clear()
    const here = [...this.#seen].filter(([, { state }]) => state !== null)
    if (here.length === 0) return
    const frame = newcomers.some(({ readsShort }) => readsShort)
      ? cursorsFrame(here.map(([id, seen]) => ({ ...this.#entry(id, seen), withCard: true })))
      : null
    for (const newcomer of newcomers) {
      if (newcomer.readsShort && frame !== null) newcomer.send(frame)
      else this.#greetStock(newcomer)
    }
  }

  #greetStock(newcomer: Participant): void {
    const others = [...this.#seen].filter(([, { owner, state }]) => owner !== newcomer && state !== null)
    if (others.length > 0) newcomer.send(presenceFrame(others.map(([id, seen]) => this.#stockEntry(id, seen))))
  }

  #tellStock(readers: Participant[], changed: number[]): void {
    const parts = new Map(changed.map((id) => [id, this.#stockEntry(id, this.#seen.get(id))]))
    const forMostOfThem = presenceFrame([...parts.values()])
    for (const participant of readers) {
      const own = this.#clientIds.get(participant)
      if (own === undefined || !parts.has(own)) participant.send(forMostOfThem)
      else if (parts.size > 1)
        participant.send(presenceFrame([...parts].filter(([id]) => id !== own).map(([, part]) => part)))
    }
  }

  #entry(clientId: number, seen: Seen | undefined) {
    return { clientId, clock: this.#nextClock(), state: seen?.state ?? null, card: seen?.card }
  }

  #stockEntry(clientId: number, seen: Seen | undefined): Uint8Array {
    const state = seen === undefined || seen.state === null ? null : { ...seen.state, user: seen.card }
    return presenceEntry(clientId, this.#nextClock(), state)
  }

  /** Higher than any before, also than those of an earlier life of the room: clients remember clocks. */
  #nextClock(): number {
    this.#clockValue = Math.max(this.#clockValue + 1, this.clock.now())
    return this.#clockValue
  }
}

/** The state without its `user`, which is the server's to say. */
function parsed(json: Uint8Array): object | null {
  let state: unknown
  try {
    state = JSON.parse(new TextDecoder().decode(json))
  } catch {
    throw new Culprit(CLOSE.malformed)
  }
  if (state === null) return null
  if (typeof state !== 'object' || Array.isArray(state)) throw new Culprit(CLOSE.malformed)
  return Object.fromEntries(Object.entries(state).filter(([key]) => key !== 'user'))
}
