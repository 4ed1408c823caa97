import type { Card } from '@multilogue/shared/collab'
import { CLOSE, Culprit } from './close-codes.js'
import type { Limits } from './limits.js'
import type { Clock, Holder } from './ports.js'
import { presenceEntry, presenceFrame } from './protocol.js'
import type { PresenceEntry } from './protocol.js'

/** What presence knows about a connection. */
export interface Participant {
  readonly holder: Holder
  readonly card: Card
  send(frame: Uint8Array): void
}

/**
 * Who is in the room and where their cursors are [ENGINE-7]. Lives beside the document, never in it.
 *
 * One connection has one client id, the first it speaks for that no other session holds; entries for other ids
 * (stock clients echo what they hear) are dropped. The `user` field is the server's card, so nobody can pose.
 * Changes of a room go out together once per tick; a participant is never sent its own state, because a stock
 * client would take the server's copy for news and send it back for ever.
 *
 * Clocks are the server's: a client that comes back within its own clock would not be heard otherwise.
 */
export class Presence {
  #clientIds = new Map<Participant, number>()
  #states = new Map<number, { owner: Participant; state: object | null }>()
  #changed = new Set<number>()
  #newcomers = new Set<Participant>()
  #clockValue = 0
  #cancelTick: (() => void) | null = null

  constructor(
    private readonly participants: ReadonlySet<Participant>,
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  /** @throws Culprit when the participant's own state is too large or not an object */
  receive(from: Participant, entries: PresenceEntry[]): void {
    const own = this.#clientIds.get(from)
    const entry = entries.find(({ clientId }) => (own === undefined ? this.#isFree(clientId, from) : clientId === own))
    if (entry === undefined) return
    if (entry.state.length > this.limits.presenceBytes) throw new Culprit(CLOSE.presenceTooLarge)
    const state = stamped(entry.state, from.card)
    if (own === undefined) {
      if (state === null) return
      this.#claim(entry.clientId, from)
    }
    this.#states.set(entry.clientId, { owner: from, state })
    if (this.#newcomers.delete(from)) this.greet(from)
    this.#announce(entry.clientId)
  }

  /**
   * Somebody wants to know who is there. Greeted as soon as its own client id is known, at the next tick at the
   * latest: after a reconnect its former connection may still hold that id, and a client that is sent its own old
   * state believes it.
   */
  welcome(newcomer: Participant): void {
    this.#newcomers.add(newcomer)
    this.#scheduleTick()
  }

  /** Sends what is known about all others; nothing when nobody else is seen. */
  greet(newcomer: Participant): void {
    const entries: Uint8Array[] = []
    for (const [clientId, { owner, state }] of this.#states) {
      if (owner !== newcomer && state !== null) entries.push(presenceEntry(clientId, this.#nextClock(), state))
    }
    if (entries.length > 0) newcomer.send(presenceFrame(entries))
  }

  /** The connection is gone: so is its cursor, for everybody. */
  forget(leaver: Participant): void {
    this.#newcomers.delete(leaver)
    const clientId = this.#clientIds.get(leaver)
    if (clientId === undefined) return
    this.#clientIds.delete(leaver)
    this.#states.delete(clientId)
    this.#announce(clientId)
  }

  destroy(): void {
    this.#cancelTick?.()
  }

  /** Free, or held by a connection of the same session, which this one replaces after a reconnect. */
  #isFree(clientId: number, by: Participant): boolean {
    const owner = this.#states.get(clientId)?.owner
    return owner === undefined || owner.holder.sessionId === by.holder.sessionId
  }

  #claim(clientId: number, by: Participant): void {
    const before = this.#states.get(clientId)?.owner
    if (before !== undefined) this.#clientIds.delete(before)
    this.#clientIds.set(by, clientId)
  }

  #announce(clientId: number): void {
    this.#changed.add(clientId)
    this.#scheduleTick()
  }

  #scheduleTick(): void {
    this.#cancelTick ??= this.clock.after(this.limits.presenceTick, () => this.#tick())
  }

  #tick(): void {
    this.#cancelTick = null
    for (const newcomer of this.#newcomers) this.greet(newcomer)
    this.#newcomers.clear()
    if (this.#changed.size === 0) return
    const parts = new Map<number, Uint8Array>()
    for (const clientId of this.#changed) {
      const state = this.#states.get(clientId)?.state ?? null
      parts.set(clientId, presenceEntry(clientId, this.#nextClock(), state))
    }
    this.#changed.clear()
    const forMostOfThem = presenceFrame([...parts.values()])
    for (const participant of this.participants) {
      const own = this.#clientIds.get(participant)
      if (own === undefined || !parts.has(own)) participant.send(forMostOfThem)
      else if (parts.size > 1)
        participant.send(presenceFrame([...parts].filter(([id]) => id !== own).map(([, part]) => part)))
    }
  }

  /** Higher than any before, also than those of an earlier life of the room: clients remember clocks. */
  #nextClock(): number {
    this.#clockValue = Math.max(this.#clockValue + 1, this.clock.now())
    return this.#clockValue
  }
}

function stamped(json: Uint8Array, card: Card): object | null {
  let state: unknown
  try {
    state = JSON.parse(new TextDecoder().decode(json))
  } catch {
    throw new Culprit(CLOSE.malformed)
  }
  if (state === null) return null
  if (typeof state !== 'object' || Array.isArray(state)) throw new Culprit(CLOSE.malformed)
  return { ...state, user: card }
}
