import { describe, expect, it } from '@jest/globals'
import { converge } from './converge.js'

const SEEDS = 200
/** A part of the seeds is new every day. */
const TODAY = Math.floor(Date.now() / 86_400_000) * SEEDS

describe('whatever happens', () => {
  it.each([
    ['the same', 0],
    ["today's", TODAY],
  ])('[ENGINE-1] [ENGINE-2] [ENGINE-3] [ENGINE-11] all copies end equal to the log (%s seeds)', async (_which, first) => {
    const failed: string[] = []
    for (let seed = first; seed < first + SEEDS / 2; seed++) {
      await converge(seed).catch((thrown: Error) => failed.push(thrown.message))
    }
    expect(failed.slice(0,3)).toEqual([])
  })
})
