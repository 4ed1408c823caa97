import type { Clock } from './ports.js'

/** Lets `burst` through at once and `perSecond` in the long run. */
export class TokenBucket {
  #tokens: number
  #filledAt: number

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#tokens = burst
    this.#filledAt = clock.now()
  }

  take(): boolean {
    const now = this.clock.now()
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
