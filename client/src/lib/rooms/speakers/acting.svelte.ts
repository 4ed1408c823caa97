import type { Problem } from '@multilogue/shared/problems'
import { problemOf } from '$lib/api'

/** One act on the list at a time; what was refused is kept to be shown. */
export class ListActing {
  busy = $state(false)
  problem = $state.raw<Problem>()

  constructor(private readonly after: () => Promise<void>) {}

  /** @returns whether it was done */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = undefined
    try {
      await act()
    } catch (thrown) {
      this.problem = problemOf(thrown)
    }
    await this.after()
    this.busy = false
    return this.problem === undefined
  }
}
