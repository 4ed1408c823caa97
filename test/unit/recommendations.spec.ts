import { describe, expect, it } from '@jest/globals'
import { ImplementationStatus } from '@multilogue/shared/recommendations'
import {
  flagsOf,
  leastAdvanced,
  missingParts,
  type Progress,
} from '../../server/src/recommendations/recommendations.workflow.js'

const DAY = 86_400_000
const at = (instant: string) => new Date(instant)

describe('The actionable test', () => {
  const whole = { owner: 'Ministry', action: 'Share it.', dueOn: '2027-12-01', measure: 'One data set' }

  it('[ACTIONABLE-1] misses nothing when there are an owner, an action, a date and a measure', () => {
    expect(missingParts(whole)).toEqual([])
  })

  it.each([
    ['owner', { owner: '' }],
    ['action', { action: '' }],
    ['date', { dueOn: null }],
    ['measure', { measure: '' }],
  ])('[ACTIONABLE-1] names a missing %s', (part, without) => {
    expect(missingParts({ ...whole, ...without })).toEqual([part])
  })

  it('[ACTIONABLE-1] names all that is missing, always in the same order', () => {
    expect(missingParts({ measure: '', dueOn: null, action: '', owner: '' })).toEqual([
      'owner',
      'action',
      'date',
      'measure',
    ])
  })
})

describe('The status of the whole', () => {
  it.each([
    [['implemented', 'in_progress'], 'in_progress'],
    [['implemented', 'not_started', 'partially_implemented'], 'not_started'],
    [['partially_implemented', 'in_progress'], 'in_progress'],
    [['implemented', 'partially_implemented'], 'partially_implemented'],
    [['not_pursued', 'implemented'], 'not_pursued'],
    [['not_pursued', 'not_started'], 'not_started'],
    [['no_longer_applicable', 'implemented'], 'implemented'],
    [['no_longer_applicable', 'no_longer_applicable'], 'no_longer_applicable'],
    [[], 'not_started'],
  ] as [ImplementationStatus[], ImplementationStatus][])('[STATUS-1] of %j is %s', (statuses, whole) => {
    expect(leastAdvanced(statuses)).toBe(whole)
    expect(leastAdvanced([...statuses].reverse())).toBe(whole)
  })

  it.each(ImplementationStatus.options)('[STATUS-1] of %s alone is the same', (status) => {
    expect(leastAdvanced([status])).toBe(status)
  })
})

describe('Flags', () => {
  const adopted: Progress = {
    state: 'adopted',
    adoptedAt: at('2027-06-01T12:00:00Z'),
    dueOn: '2027-12-01',
    response: 'supported',
    status: 'in_progress',
    assurance: 'none',
    statusAt: at('2027-11-01T00:00:00Z'),
  }
  const flags = (now: string, more: Partial<Progress> = {}) => flagsOf({ ...adopted, ...more }, at(now))

  it('[FLAGS-1] due soon begins thirty days before the day, to the millisecond', () => {
    expect(flags('2027-10-31T23:59:59.999Z')).toEqual([])
    expect(flags('2027-11-01T00:00:00.000Z')).toEqual(['due_soon'])
  })

  it('[FLAGS-2] on the day itself it is due, from the next day on overdue, in UTC', () => {
    expect(flags('2027-12-01T00:00:00.000Z')).toEqual(['due_soon'])
    expect(flags('2027-12-01T23:59:59.999Z')).toEqual(['due_soon'])
    expect(flags('2027-12-02T00:00:00.000Z')).toEqual(['overdue'])
    expect(flags('2028-01-01T00:00:00+14:00')).toEqual(['overdue'])
    expect(flags('2027-12-02T13:59:59+14:00')).toEqual(['due_soon'])
  })

  it('[FLAGS-3] stale begins a half-year and a quarter of it after the last word', () => {
    const heard = at('2027-01-01T00:00:00Z')
    const limit = heard.getTime() + 182 * 1.25 * DAY
    const far = { dueOn: '2029-01-01', statusAt: heard }
    expect(flags(new Date(limit).toISOString(), far)).toEqual([])
    expect(flags(new Date(limit + 1).toISOString(), far)).toEqual(['stale'])
  })

  it('[FLAGS-3] counts from the adoption when nothing was reported yet', () => {
    const silent = { dueOn: null, statusAt: null }
    const limit = adopted.adoptedAt!.getTime() + 182 * 1.25 * DAY
    expect(flags(new Date(limit).toISOString(), silent)).toEqual([])
    expect(flags(new Date(limit + 1).toISOString(), silent)).toEqual(['stale'])
    expect(flags('2040-01-01T00:00:00Z', { ...silent, adoptedAt: null })).toEqual([])
  })

  it('[FLAGS-4] a silent addressee is flagged until it answers, whatever the status', () => {
    for (const response of ['supported', 'supported_in_part', 'noted'])
      expect(flags('2027-07-01T00:00:00Z', { response })).toEqual([])
    expect(flags('2027-07-01T00:00:00Z', { response: 'pending' })).toEqual(['no_response'])
    expect(flags('2028-07-01T00:00:00Z', { response: 'pending', status: 'not_pursued' })).toEqual(['no_response'])
  })

  it('[FLAGS-5] only what is validated counts as done; what is settled is never due', () => {
    const late = '2029-01-01T00:00:00Z'
    for (const assurance of ['none', 'self_reported', 'evidenced'])
      expect(flags(late, { status: 'implemented', assurance })).toEqual(['overdue', 'stale'])
    expect(flags(late, { status: 'implemented', assurance: 'validated' })).toEqual([])
    expect(flags(late, { status: 'partially_implemented', assurance: 'validated' })).toEqual(['overdue', 'stale'])
    for (const status of ['not_pursued', 'no_longer_applicable'] as const) expect(flags(late, { status })).toEqual([])
  })

  it('[FLAGS-6] nothing that is not adopted has any', () => {
    for (const state of ['proposed', 'withdrawn'])
      expect(flags('2029-01-01T00:00:00Z', { state, response: 'pending' })).toEqual([])
  })
})
