import type { Limits } from './limits.js'
import type { Clock } from './ports.js'

/**
 * How many frames all rooms of a process write to sockets, which is what costs. As long as there is time for more,
 * nobody waits; beyond that each takes its turn, and what a room has to say in the meantime is joined.
 */
export class WriteBudget {
  /** When all turns that were taken are over, at the pace of the limit. */
  #busyUntil = -Infinity

  constructor(
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  /** Takes a turn. @returns milliseconds until then */
  takeTurn(frames: number): number {
    const { writesPerSecond, writesCredit, longestTurn } = this.limits
    const now = this.clock.now()
    const turn = Math.min(Math.max(this.#busyUntil, now - writesCredit), now + longestTurn)
    this.#busyUntil = turn + (frames / writesPerSecond) * 1000
    return Math.max(0, turn - now)
  }
}
