import type { Problem } from '@multilogue/shared/problems'
import { isPassing } from './api'

const LONGEST_MS = 10_000

/** Reads again, later and later, what could not be read: nobody will tell that the server is back, or the line. */
export class Patience {
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly again: () => void) {}

  /** What will be answered the same for ever is not asked again. */
  failed(problem: Problem): void {
    this.rest()
    if (isPassing(problem)) this.#timer = setTimeout(this.again, Math.min(LONGEST_MS, 1000 * 2 ** ++this.#failures))
  }

  succeeded(): void {
    this.rest()
    this.#failures = 0
  }

  /** It is being read, or nobody looks at it any more. */
  rest(): void {
    clearTimeout(this.#timer)
  }
}
