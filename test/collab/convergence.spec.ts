import { describe, expect, it } from '@jest/globals'
import { converge } from './converge.js'

/** The last two sets hold seeds that have failed once. */
const SETS = [
  [0, 100],
  [5_650, 50],
  [7_650, 50],
] as const

describe('whatever happens', () => {
  it.each(SETS)(
    '[ENGINE-1] [ENGINE-2] [ENGINE-3] [ENGINE-11] all copies end equal to the log (seeds from %i, %i of them)',
    async (first, count) => {
      const failed: string[] = []
      for (let seed = first; seed < first + count; seed++) {
        await converge(seed).catch((thrown: Error) => failed.push(thrown.message))
      }
      expect(failed).toEqual([])
    },
  )
})
