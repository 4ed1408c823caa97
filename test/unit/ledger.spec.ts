import { describe, expect, it } from '@jest/globals'
import { Ledger } from '../../server/src/documents/history/ledger.js'

/** Numbers below `most` that are the same in every run. */
function numbers(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

describe('the ledger of clocks', () => {
  it.each([1, 2, 3, 4, 5])('[HIST-2] tells of every clock what a plain list would (seed %i)', (seed) => {
    const random = numbers(seed)
    const ledger = new Ledger()
    const born: number[] = []
    const died: number[] = []
    for (let no = 1; no <= 200; no++) {
      if (random(3) > 0) {
        const until = born.length + random(6)
        ledger.bear(until, no)
        while (born.length < until) died[born.push(no) - 1] = 0
      }
      const from = random(born.length + 3)
      const until = from + random(8)
      ledger.bury(from, until, no)
      for (let clock = from; clock < Math.min(until, born.length); clock++) died[clock] ||= no
    }
    expect(ledger.length).toBe(born.length)
    for (const clock of born.keys()) {
      expect([ledger.bornAt(clock), ledger.diedAt(clock)]).toEqual([born[clock], died[clock]])
      let end = clock + 1
      while (end < born.length && born[end] === born[clock] && died[end] === died[clock]) end++
      expect(ledger.sameUntil(clock, born.length)).toBe(end)
    }
  })

  it('[ENGINE-6] an update of eleven bytes that stands for four thousand million clocks takes no room', () => {
    const ledger = new Ledger()
    ledger.bear(2 ** 32 - 1, 1)
    ledger.bury(5, 2 ** 32 - 1, 2)
    expect([ledger.diedAt(4), ledger.diedAt(2 ** 31), ledger.stoodAt(1, 2 ** 31)]).toEqual([0, 2, true])
  })
})
