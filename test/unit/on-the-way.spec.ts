import { describe, expect, it } from '@jest/globals'
import { addMonths, indicatorsOf, numberIn, shareOf, wayOf } from '@multilogue/shared/on-the-way'
import type { Measurement } from '@multilogue/shared/progress'

const measured = (on: string, value: number, state: Measurement['state'] = 'validated'): Measurement => ({
  ...{ on, value, state, parts: [], by: 'MAR', reportId: 'r' },
})
const ITEM = { id: 'a', start: '2027-07-01', due: '2028-07-01', resultId: 'activity' }
const PLAN = {
  items: [ITEM, { id: 'b', start: null, due: '2029-01-01', resultId: null }],
  results: [
    { id: 'impact', parentId: null },
    { id: 'output', parentId: 'impact' },
    { id: 'activity', parentId: 'output' },
    { id: 'other', parentId: 'impact' },
  ],
}
const indicator = (measurements: Measurement[], more = {}) => ({
  ...{ baseline: '0', target: '40', frequency: 'half_yearly' as const, resultId: 'output', itemId: null, measurements },
  ...more,
})
const when = { adoptedOn: '2027-06-20', today: '2027-12-31', isOver: false }

describe('How far an indicator is', () => {
  it('[WAY-1] is counted from its baseline, up or down', () => {
    expect(shareOf(18, { baseline: '0', target: '40' })).toBeCloseTo(0.45)
    expect(shareOf(31, { baseline: '25', target: '60' })).toBeCloseTo(6 / 35)
    expect(shareOf(8, { baseline: '10 %', target: '5 %' })).toBeCloseTo(0.4)
    expect(shareOf(8, { baseline: 'none', target: '5' })).toBeNull()
    expect(shareOf(8, { baseline: '5', target: '5' })).toBeNull()
  })

  it('[WAY-1] reads numbers as people write them, and nothing that could mean two', () => {
    expect(['1,200', '1 200', '1200.5', '-3', '12 %'].map(numberIn)).toEqual([1200, 1200, 1200.5, -3, 12])
    expect(['1,2', 'ten', '', '3 of 5', '1.2.3'].map(numberIn)).toEqual([null, null, null, null, null])
  })

  it('[WAY-2] counts what is validated on evidence that stands, and nothing else', () => {
    const { share } = wayOf(
      indicator([
        measured('2027-10-01', 12),
        measured('2027-11-01', 30, 'withdrawn'),
        measured('2027-12-01', 20, 'submitted'),
      ]),
      PLAN,
      when,
    )
    expect(share).toBeCloseTo(0.3)
  })

  it('[WAY-3] is at risk below the straight line on the day of the value, not on the day of reading', () => {
    const half = '2027-12-31'
    expect(wayOf(indicator([measured(half, 19)]), PLAN, when).flags).toContain('at_risk')
    expect(wayOf(indicator([measured(half, 21)]), PLAN, when).flags).not.toContain('at_risk')
    expect(wayOf(indicator([measured(half, 21)]), PLAN, { ...when, today: '2028-06-30' }).flags).not.toContain(
      'at_risk',
    )
  })

  it('[WAY-4] is due by its frequency, overdue the day after, and stale a quarter of a period later', () => {
    const flags = (today: string) => wayOf(indicator([]), PLAN, { ...when, today }).flags
    expect(wayOf(indicator([]), PLAN, when).nextDueOn).toBe('2027-12-20')
    expect(flags('2027-11-19')).toEqual([])
    expect(flags('2027-11-20')).toEqual(['due_soon'])
    expect(flags('2027-12-20')).toEqual(['due_soon'])
    expect(flags('2027-12-21')).toEqual(['overdue'])
    expect(flags('2028-02-10')).toEqual(['overdue', 'stale'])
    expect(wayOf(indicator([measured('2027-12-01', 1, 'submitted')]), PLAN, when).nextDueOn).toBe('2028-06-01')
    expect(wayOf(indicator([]), PLAN, { ...when, isOver: true }).nextDueOn).toBeNull()
    expect(wayOf(indicator([], { frequency: 'once' }), PLAN, when).nextDueOn).toBe('2028-07-01')
    expect(wayOf(indicator([measured('2027-12-01', 1)], { frequency: 'once' }), PLAN, when).nextDueOn).toBeNull()
  })

  it('[WAY-5] belongs to the actions below its result, however deep, and to no others', () => {
    const indicators = [
      { id: 'own', itemId: 'a', resultId: null },
      { id: 'above', itemId: null, resultId: 'impact' },
      { id: 'beside', itemId: null, resultId: 'other' },
    ]
    expect(indicatorsOf(ITEM, { ...PLAN, indicators }).map(({ id }) => id)).toEqual(['own', 'above'])
    expect(indicatorsOf({ id: 'b', resultId: null }, { ...PLAN, indicators })).toEqual([])
  })

  it('[WAY-6] months end where they end', () => {
    expect([addMonths('2027-08-31', 6), addMonths('2027-08-31', 1), addMonths('2027-12-15', 3)]).toEqual([
      '2028-02-29',
      '2027-09-30',
      '2028-03-15',
    ])
  })
})
