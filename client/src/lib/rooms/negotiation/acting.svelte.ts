import type { Contract, OutputOf, RawInputOf } from '@multilogue/shared/contract'
import type { Problem } from '@multilogue/shared/problems'
import { call, newKey, problemOf } from '$lib/api'

/** One act at a time: whether it is under way, and why it was refused. A lost answer is asked for under the same key. */
export class Acting {
  busy = $state(false)
  problem = $state.raw<Problem>()
  #key = newKey()

  /** @returns undefined when it was refused, or another act is under way */
  async do<C extends Contract>(contract: C, input: RawInputOf<C>): Promise<OutputOf<C> | undefined> {
    if (this.busy) return undefined
    this.busy = true
    this.problem = undefined
    try {
      const output = await call(contract, input, { key: this.#key })
      this.#key = newKey()
      return output
    } catch (thrown) {
      this.problem = problemOf(thrown)
      if (this.problem.status < 500) this.#key = newKey()
      return undefined
    } finally {
      this.busy = false
    }
  }
}
