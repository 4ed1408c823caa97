import type { Right } from '@multilogue/shared/collab'
import type { Clock } from './ports.js'

/**
 * The right of one connection, asked when it is used [ENGINE-4]. An answer serves for `cacheMs` from when it was
 * asked, and not a moment longer once rights are said to have changed, not even when it was still on its way then.
 * One that is used in the second half of its time is asked anew meanwhile, so that who goes on typing never waits.
 */
export class RightNow {
  #known: { right: Right; askedAt: number } | null = null
  #changes = 0
  #renewing = false

  constructor(
    private readonly ask: (when: 'now' | 'soon') => Promise<Right>,
    private readonly clock: Clock,
    private readonly cacheMs: number,
  ) {}

  /** The right has been found out just now, on the way in. */
  learn(right: Right): void {
    this.#known = { right, askedAt: this.clock.now() }
  }

  /** Rights may have changed. */
  drop(): void {
    this.#known = null
    this.#changes += 1
  }

  /** The last answer while it serves, otherwise null. */
  get known(): Right | null {
    const age = this.#known === null ? Infinity : this.clock.now() - this.#known.askedAt
    return age < this.cacheMs ? (this.#known?.right ?? null) : null
  }

  /** As `known`, for a right that is being used. */
  use(): Right | null {
    const { known } = this
    if (known !== null && !this.#renewing && this.clock.now() - (this.#known?.askedAt ?? 0) > this.cacheMs / 2)
      void this.#renew()
    return known
  }

  async get(): Promise<Right> {
    for (;;) {
      const askedAt = this.clock.now()
      if (this.known !== null) return this.known
      const changes = this.#changes
      const right = await this.ask('now')
      if (changes === this.#changes) {
        this.#known = { right, askedAt }
        return right
      }
    }
  }

  /** When it fails or says something new, the next use asks again, and acts on it. */
  async #renew(): Promise<void> {
    this.#renewing = true
    const askedAt = this.clock.now()
    const changes = this.#changes
    const right = await this.ask('soon').catch(() => null)
    if (right !== null && changes === this.#changes)
      this.#known = right === this.#known?.right ? { right, askedAt } : null
    this.#renewing = false
  }
}
