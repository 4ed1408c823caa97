import { postMessage, type Message } from '@multilogue/shared/dialogue'
import type { RawInputOf } from '@multilogue/shared/contract'
import { problemName, type Problem } from '@multilogue/shared/problems'
import { call, newKey, ProblemError } from '$lib/api'
import { readKept, writeKept } from '$lib/collab/kept'

export interface Unsent {
  /** The idempotency key: however often it is sent, the statement is made once. */
  key: string
  input: RawInputOf<typeof postMessage>
  state: 'sending' | 'waiting' | 'refused' | 'sent'
  messageId?: string
  problem?: Problem
}

/** A line that is down, as opposed to an answer. */
const RETRY_MS = 4000
const WORTH_RETRYING = new Set(['unavailable', 'not-saved', 'too-many-requests', 'slow-mode'])

/** Under slow mode the server says how long. */
function retryAfter({ problem }: Unsent): number {
  const { waitSeconds } = (problem ?? {}) as { waitSeconds?: number }
  return waitSeconds === undefined ? RETRY_MS : waitSeconds * 1000
}

/**
 * Statements of one seat in one thread that the server has not yet confirmed, oldest first. They survive
 * a lost line and a closed tab, and are sent in order, each with its own key.
 */
export class Outbox {
  #entries = $state<Unsent[]>([])
  #place: string
  #running = false
  #timer: ReturnType<typeof setTimeout> | undefined

  #onsent: () => void

  /** @param onsent  the server has made a statement; it arrives as what happened in the room, and may be late */
  constructor(threadId: string, seatId: string, onsent: () => void) {
    this.#onsent = onsent
    this.#place = `multilogue.unsent.${seatId}.${threadId}`
    this.#entries = readKept<Unsent[]>(this.#place, []).filter((entry) => entry.state !== 'sent')
    for (const entry of this.#entries) if (entry.state === 'sending') entry.state = 'waiting'
  }

  get entries(): readonly Unsent[] {
    return this.#entries
  }

  /** Keeps the statement first and sends it second. */
  post(input: RawInputOf<typeof postMessage>) {
    this.#entries.push({ key: newKey(), input, state: 'waiting' })
    this.#keep()
    void this.flush()
  }

  /** Sends what waits; does nothing while a sending is under way. */
  async flush() {
    if (this.#running) return
    this.#running = true
    clearTimeout(this.#timer)
    try {
      for (let next = this.#waiting(); next; next = this.#waiting()) {
        next.state = 'sending'
        next.problem = undefined
        if (!(await this.#send(next))) break
      }
    } finally {
      this.#running = false
      this.#keep()
    }
    const waiting = this.#waiting()
    if (waiting) this.#timer = setTimeout(() => void this.flush(), retryAfter(waiting))
  }

  /** A refused statement once more; it was not made, so its key is still free. */
  again(key: string) {
    const entry = this.#entries.find((one) => one.key === key)
    if (entry) entry.state = 'waiting'
    void this.flush()
  }

  drop(key: string) {
    this.#entries = this.#entries.filter((entry) => entry.key !== key)
    this.#keep()
  }

  stop() {
    clearTimeout(this.#timer)
  }

  #waiting() {
    return this.#entries.find((entry) => entry.state === 'waiting')
  }

  /** @returns false when the line is down and the rest must wait */
  async #send(entry: Unsent): Promise<boolean> {
    try {
      const message: Message = await call(postMessage, entry.input, { key: entry.key })
      entry.messageId = message.id
      entry.state = 'sent'
      this.#onsent()
      return true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const goesOn = !WORTH_RETRYING.has(problemName(error.problem))
      entry.state = goesOn ? 'refused' : 'waiting'
      entry.problem = error.problem
      return goesOn
    }
  }

  #keep() {
    const open = this.#entries.filter((entry) => entry.state !== 'sent')
    writeKept(this.#place, open.length ? open : undefined)
  }
}
