import { expect, it } from '@jest/globals'
import { secondsSpoken, type Slot } from '@multilogue/shared/speakers'
import { clockWords, timingOf } from '../../client/src/lib/rooms/speakers/timing.js'
import { moved, placeAmong, rankOf, type Turn } from '../../server/src/speakers/speaking-order.js'
import { pick, randomFrom } from '../collab/random.js'

const KINDS = ['statement', 'reply', 'point_of_order'] as const

/** A list as it comes to be: some ask, and now and then the chair moves one. */
function grown(seed: number, moves: boolean, groupsFirst: boolean) {
  const random = randomFrom(seed)
  let listed: (Turn & { no: number })[] = []
  for (let no = 0; no < 30; no++) {
    if (moves && listed.length > 1 && random(3) === 0)
      listed = moved(listed, random(listed.length), random(listed.length))
    const kind = pick(random, KINDS)
    const turn = { no, kind, forGroup: kind === 'statement' && random(5) < 2 }
    const at = placeAmong(listed, turn, groupsFirst)
    const after = [...listed.slice(0, at), turn, ...listed.slice(at)]
    expect({ seed, others: after.filter((one) => one !== turn) }).toEqual({ seed, others: listed })
    listed = after
  }
  return listed
}

it('[SPEAK-10] without a chair who moves, the list is the rules’ order and within it that of asking', () => {
  for (let seed = 1; seed <= 200; seed++)
    for (const groupsFirst of [true, false]) {
      const listed = grown(seed, false, groupsFirst)
      const byRules = listed.toSorted((a, b) => rankOf(a, groupsFirst) - rankOf(b, groupsFirst) || a.no - b.no)
      expect({ seed, groupsFirst, listed }).toEqual({ seed, groupsFirst, listed: byRules })
    }
})

it('[SPEAK-10] whoever asks is set among the others and moves nobody, whatever the chair has moved', () => {
  for (let seed = 1; seed <= 200; seed++) expect(grown(seed, true, seed % 2 === 0)).toHaveLength(30)
})

it('[SPEAK-10] moving keeps everybody, and puts one where it was asked for', () => {
  const letters = [...'abcdef']
  for (let from = 0; from < letters.length; from++)
    for (let to = 0; to < 9; to++) {
      const after = moved(letters, from, to)
      expect(after.toSorted()).toEqual(letters)
      expect(after.indexOf(letters[from]!)).toBe(Math.min(to, letters.length - 1))
      expect(after.filter((one) => one !== letters[from])).toEqual(letters.filter((one) => one !== letters[from]))
    }
})

it('[SPEAK-11] seconds are whole ones that are over, without pauses', () => {
  const began = { beganAt: '2027-06-08T09:00:00Z', endedAt: null, pausedAt: null, pausedMs: 0 }
  const at = (time: string) => Date.parse(`2027-06-08T${time}Z`)
  expect(secondsSpoken({ ...began, beganAt: null }, at('09:00:00'))).toBeNull()
  expect(secondsSpoken(began, at('09:00:00.999'))).toBe(0)
  expect(secondsSpoken({ ...began, pausedMs: 1500 }, at('09:01:01.500'))).toBe(60)
  expect(secondsSpoken({ ...began, pausedAt: '2027-06-08T09:02:00Z' }, at('10:00:00'))).toBe(120)
  expect(secondsSpoken({ ...began, endedAt: '2027-06-08T09:05:40Z' }, at('10:00:00'))).toBe(340)
  // A browser whose clock is a little behind shows nothing below zero.
  expect(secondsSpoken(began, at('08:59:58'))).toBe(0)
})

it('[SPEAK-12] a timer warns in the last thirty seconds and tells by how much it ran over', () => {
  const began = Date.parse('2027-06-08T09:00:00Z')
  const slot = {
    beganAt: '2027-06-08T09:00:00Z',
    endedAt: null,
    pausedAt: null,
    pausedMs: 0,
    limitSeconds: 300,
  } as Slot
  const after = (seconds: number, more: Partial<Slot> = {}) => timingOf({ ...slot, ...more }, began + seconds * 1000)
  expect([269, 270, 300, 301, 340].map((seconds) => after(seconds).pace)).toEqual([
    'running',
    'warning',
    'warning',
    'over',
    'over',
  ])
  expect(after(340)).toMatchObject({ spoken: 340, left: 0, over: 40 })
  expect(after(9000, { limitSeconds: null })).toMatchObject({ left: null, over: 0, pace: 'running' })
  expect(after(9000, { pausedAt: '2027-06-08T09:01:00Z' })).toMatchObject({ spoken: 60, pace: 'standing' })
  expect([0, 59, 340, 3940].map(clockWords)).toEqual(['0:00', '0:59', '5:40', '1:05:40'])
})
