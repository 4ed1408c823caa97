import { describe, expect, it } from '@jest/globals'
import { converge } from './converge.js'

const SEEDS = 100
/** Others every day; below 2^31, which is what a seed can hold. */
const today = (Math.floor(Date.now() / 86_400_000) * SEEDS) % 2 ** 31

describe('whatever happens', () => {
  it.each([
    ['always the same', 0],
    ["today's", today],
  ])(
    '[ENGINE-1] [ENGINE-2] [ENGINE-3] [ENGINE-11] all copies end equal to the log (seeds: %s)',
    async (_which, first) => {
      const failed: string[] = []
      for (let seed = first; seed < first + SEEDS; seed++) {
        await converge(seed).catch((thrown: Error) => failed.push(thrown.message))
      }
      expect(failed).toEqual([])
    },
  )
})
