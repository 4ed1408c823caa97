import { describe, expect, it } from '@jest/globals'
import { goalCellsOf, goalLinesOf, goalsOf, stagesOf, type Charted } from '@multilogue/shared/charts'
import { correlationOf } from '../../client/src/lib/rooms/charts/correlation.js'
import { stepOf } from '../../client/src/lib/rooms/charts/steps.js'

const one = (code: string, given: Partial<Charted> = {}): Charted => ({
  ...{ code, response: 'pending', status: 'not_started', assurance: 'none', flags: [], goals: [9] },
  ...given,
})
const DONE = { response: 'supported', status: 'implemented', assurance: 'validated' } as const

describe('Charts', () => {
  const all = [
    one('GHA', DONE),
    one('GHA', { ...DONE, assurance: 'evidenced', goals: [5, 9] }),
    one('MAR', { response: 'noted', status: 'in_progress', goals: [5] }),
    one('MAR', { ...DONE, status: 'no_longer_applicable' }),
    one('PAK', { response: 'supported_in_part', goals: [] }),
  ]

  it('[CHART-1] counts the stages by the definitions of all figures', () => {
    expect(stagesOf(all)).toEqual({ addressed: 4, answered: 4, begun: 3, implemented: 1 })
    expect(stagesOf([])).toEqual({ addressed: 0, answered: 0, begun: 0, implemented: 0 })
  })

  it('[CHART-2] counts what serves two goals for both, and for each party its own', () => {
    expect(goalsOf(['9.b', '9.3', '17.6', '5.a'])).toEqual([5, 9, 17])
    expect(goalLinesOf(all).map(({ goal, figures }) => [goal, figures.base, figures.implemented])).toEqual([
      [5, 2, 0],
      [9, 2, 1],
    ])
    expect(goalCellsOf(all).map(({ goal, code, figures }) => [goal, code, figures.base, figures.implemented])).toEqual([
      [5, 'GHA', 1, 0],
      [5, 'MAR', 1, 0],
      [9, 'GHA', 2, 1],
      [9, 'MAR', 0, 0],
    ])
  })

  it('[CHART-3] tells how two figures go together, and nothing where that cannot be told', () => {
    const points = (...all: [number, number][]) => all.map(([x, y]) => ({ x, y }))
    expect(correlationOf(points([1, 2], [2, 4], [3, 6]))).toBeCloseTo(1)
    expect(correlationOf(points([1, 6], [2, 4], [3, 2]))).toBeCloseTo(-1)
    // Worked by hand: deviations (-1.5, -0.5, 0.5, 1.5) and (-1, 1, -1, 1), so 2 / √(5 · 4).
    expect(correlationOf(points([1, 1], [2, 3], [3, 1], [4, 3]))).toBeCloseTo(2 / Math.sqrt(20))
    expect(correlationOf(points([1, 2], [2, 4]))).toBeUndefined()
    expect(correlationOf(points([1, 5], [2, 5], [3, 5]))).toBeUndefined()
  })

  it.each([
    [0, 0],
    [0.19, 0],
    [0.2, 1],
    [0.5, 2],
    [0.8, 4],
    [1, 4],
  ])('[CHART-4] a share of %d has the colour of step %d', (share, step) => {
    expect(stepOf(share)).toBe(step)
  })
})
