import type { Right } from '@multilogue/shared/collab'
import type { Clock } from './ports.js'

/**
 * The right of one connection, asked when it is used [ENGINE-4]. An answer serves for `cacheMs`, and not a moment
 * longer once rights are said to have changed, not even when it was still on its way then.
 */
export class RightNow {
  #known: { right: Right; askedAt: number } | null = null
  #changes = 0

  constructor(
    private readonly ask: () => Promise<Right>,
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
    return this.#known !== null && this.clock.now() - this.#known.askedAt < this.cacheMs ? this.#known.right : null
  }

  async get(): Promise<Right> {
    for (;;) {
      const askedAt = this.clock.now()
      if (this.known !== null) return this.known
      const changes = this.#changes
      const right = await this.ask()
      if (changes === this.#changes) {
        this.#known = { right, askedAt }
        return right
      }
    }
  }
}
