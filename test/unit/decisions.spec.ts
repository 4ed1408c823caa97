import { describe, expect, it } from '@jest/globals'
import { instantsIn } from '@multilogue/shared/zones'
import { quorumOf } from '@multilogue/shared/quorum'
import { resultOf, stateAt, type Course } from '../../server/src/decisions/procedure.workflow.js'
import { randomFrom } from '../collab/random.js'

const instant = (second: number) => new Date(Date.UTC(2027, 5, 8) + second * 1000)

describe('The state of a procedure', () => {
  it('[DEC-20] is the same however often and in whatever order it is looked at, and whether it was written down or not', () => {
    const random = randomFrom(2027)
    for (let run = 0; run < 500; run++) {
      const opens = random(50)
      const course: Course = {
        method: 'silence',
        opens_at: instant(opens),
        deadline: instant(opens + 1 + random(50)),
        broken_at: null,
        ended_as: null,
      }
      if (random(2)) course.broken_at = instant(opens + random(50))
      const once = Array.from({ length: 110 }, (_, second) => stateAt(course, instant(second)))
      for (let look = 0; look < 40; look++) {
        const second = random(110)
        const state = stateAt(course, instant(second))
        expect(state).toBe(once[second])
        // Whoever looks after the end may write it down, and nothing that is seen later is another.
        if ((state === 'passed' || state === 'broken') && random(2))
          expect(stateAt({ ...course, ended_as: state }, instant(110))).toBe(once[109])
      }
      const order = ['scheduled', 'running', course.broken_at ? 'broken' : 'passed']
      const ranks = once.map((state) => order.indexOf(state))
      expect(ranks).toEqual([...ranks].sort((one, other) => one - other))
      expect(ranks).not.toContain(-1)
    }
  })

  it('[DEC-21] changes in the second of the deadline', () => {
    const course: Course = {
      method: 'silence',
      opens_at: instant(0),
      deadline: instant(10),
      broken_at: null,
      ended_as: null,
    }
    expect([9, 10, 11].map((second) => stateAt(course, instant(second)))).toEqual(['running', 'passed', 'passed'])
  })
})

describe('A vote', () => {
  it.each([
    ['simple', 'none', { yes: 3, no: 3, abstain: 0 }, 'not_adopted'],
    ['simple', 'none', { yes: 1, no: 0, abstain: 11 }, 'adopted'],
    ['two_thirds', 'none', { yes: 4, no: 2, abstain: 0 }, 'adopted'],
    ['two_thirds', 'none', { yes: 3, no: 2, abstain: 7 }, 'not_adopted'],
    ['two_thirds', 'none', { yes: 0, no: 0, abstain: 12 }, 'not_adopted'],
    ['simple', 'majority', { yes: 6, no: 0, abstain: 0 }, 'no_quorum'],
    ['simple', 'majority', { yes: 6, no: 0, abstain: 1 }, 'adopted'],
    ['simple', 'two_thirds', { yes: 7, no: 0, abstain: 0 }, 'no_quorum'],
  ] as const)('[DEC-22] by %s majority with quorum %s and %j is %s', (majority, quorum, tally, result) => {
    expect(resultOf({ majority, quorum }, { tally, members: 12, present: 0 })).toBe(result)
  })

  it('[DEC-23] needs the part of the members that the rules say, rounded up', () => {
    const of = (quorum: 'none' | 'third' | 'majority' | 'two_thirds') =>
      [11, 12].map((members) => quorumOf({ quorum }, members))
    expect([of('none'), of('third'), of('majority'), of('two_thirds')]).toEqual([
      [0, 0],
      [4, 4],
      [6, 7],
      [8, 8],
    ])
  })
})

it('[DEC-24] a wall clock is found in two zones, on both sides of daylight saving', () => {
  const told = (zone: string, local: string) => instantsIn(zone, local).map((one) => one.toISOString().slice(0, 16))
  expect(told('Europe/Vienna', '2027-03-28T01:59')).toEqual(['2027-03-28T00:59'])
  expect(told('Europe/Vienna', '2027-03-28T02:30')).toEqual([])
  expect(told('Europe/Vienna', '2027-03-28T03:00')).toEqual(['2027-03-28T01:00'])
  expect(told('Europe/Vienna', '2027-10-31T02:30')).toEqual(['2027-10-31T00:30', '2027-10-31T01:30'])
  expect(told('America/New_York', '2027-03-14T02:30')).toEqual([])
  expect(told('America/New_York', '2027-11-07T01:30')).toEqual(['2027-11-07T05:30', '2027-11-07T06:30'])
  expect(told('Asia/Kathmandu', '2027-06-14T16:00')).toEqual(['2027-06-14T10:15'])
})
