import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { Pace } from '../../client/src/lib/collab/pace.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** Works that each take so long together. */
function paced(milliseconds: number) {
  const rounds: number[][] = []
  const failed = jest.fn()
  const pace = new Pace((work) => {
    rounds.push([])
    work()
    jest.advanceTimersByTime(milliseconds)
  }, failed)
  const add = (work: number) => pace.add(() => rounds.at(-1)!.push(work))
  return { pace, add, rounds, failed }
}

it('[PACE-1] takes in at once what is quick', () => {
  const { add, rounds } = paced(0.5)
  for (const work of [1, 2, 3]) add(work)
  expect(rounds).toEqual([[1], [2], [3]])
})

it('[PACE-2] takes in together, in order, what comes while it rests after something slow', () => {
  const { add, rounds } = paced(5)
  for (const work of [1, 2, 3]) add(work)
  expect(rounds).toEqual([[1]])
  jest.advanceTimersByTime(54)
  expect(rounds).toEqual([[1]])
  jest.advanceTimersByTime(1)
  expect(rounds).toEqual([[1], [2, 3]])
})

it('[PACE-3] never rests longer than a tenth of a second', () => {
  const { add, rounds } = paced(1000)
  for (const work of [1, 2]) add(work)
  jest.advanceTimersByTime(100)
  expect(rounds).toEqual([[1], [2]])
})

it('[PACE-4] takes in what waits before something that must come after it, and nothing once stopped', () => {
  const { pace, add, rounds } = paced(10)
  for (const work of [1, 2]) add(work)
  pace.flush()
  expect(rounds).toEqual([[1], [2]])
  add(3)
  pace.stop()
  jest.advanceTimersByTime(1000)
  expect(rounds).toEqual([[1], [2]])
})

it('[PACE-5] takes in the rest when one cannot be, and tells', () => {
  const { pace, add, rounds, failed } = paced(10)
  add(1)
  pace.add(() => {
    throw new Error('cannot be read')
  })
  add(2)
  pace.flush()
  expect(rounds).toEqual([[1], [2]])
  expect(failed).toHaveBeenCalledTimes(1)
})

it('[PACE-6] waits for a key that is typed here, and takes in right behind it what is slow', () => {
  const { pace, add, rounds } = paced(10)
  add(1)
  jest.advanceTimersByTime(150)
  pace.typed()
  jest.advanceTimersByTime(50)
  add(2)
  jest.advanceTimersByTime(100)
  expect(rounds).toEqual([[1]])
  pace.typed()
  jest.advanceTimersByTime(19)
  expect(rounds).toEqual([[1]])
  jest.advanceTimersByTime(1)
  expect(rounds).toEqual([[1], [2]])
})

it('[PACE-7] takes in what is slow once nobody types here any more', () => {
  const { pace, add, rounds } = paced(10)
  add(1)
  pace.typed()
  add(2)
  jest.advanceTimersByTime(190)
  expect(rounds).toEqual([[1]])
  jest.advanceTimersByTime(10)
  expect(rounds).toEqual([[1], [2]])
})
