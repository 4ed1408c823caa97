import type { Contract, OutputOf, RawInputOf } from '@multilogue/shared/contract'
import type { Problem } from '@multilogue/shared/problems'
import { call, newKey, problemOf } from '$lib/api'

/** One act at a time: whether it is under way, and why it was refused. A lost answer is asked for under the same key. */
export class Acting {
  busy = $state(false)
  problem = $state.raw<Problem>()
  /** The act whose answer was lost, and its key. */
  #lost: { act: string; key: string } | undefined

  /** @param after  whatever came of an act: what is shown of it is read anew before the next one */
  constructor(private readonly after: () => Promise<void> = async () => {}) {}

  /** The revision that stands, where a refusal has told it: what is sent next is meant for that one. */
  get standsAt(): number | undefined {
    const revision = this.problem?.revision
    return typeof revision === 'number' ? revision : undefined
  }

  /** @returns undefined when it was refused, or another act is under way */
  async do<C extends Contract>(contract: C, input: RawInputOf<C>): Promise<OutputOf<C> | undefined> {
    if (this.busy) return undefined
    this.busy = true
    this.problem = undefined
    const act = contract.name
    const key = this.#lost?.act === act ? this.#lost.key : newKey()
    try {
      const output = await call(contract, input, { key })
      this.#lost = undefined
      return output
    } catch (thrown) {
      this.problem = problemOf(thrown)
      this.#lost = this.problem.status < 500 ? undefined : { act, key }
      return undefined
    } finally {
      await this.after()
      this.busy = false
    }
  }
}
