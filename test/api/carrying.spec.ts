import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { decideCarryOver, getCarryOver, raiseArising } from '@multilogue/shared/carrying'
import { reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { getPublicRound } from '@multilogue/shared/portal'
import {
  adoptRecommendation,
  getRecommendation,
  listRecommendations,
  makeRecommendation,
} from '@multilogue/shared/recommendations'
import { getSession, moveRound, planRound, scheduleSession } from '@multilogue/shared/rounds'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* The next round takes up what the last one has left open. */

let stage: Stage
let earlier: SmallRound
let roundId: string
let how: { seat: string }
const made: string[] = []

beforeAll(async () => {
  stage = await Stage.open()
  earlier = await smallRound(stage.world)
  for (const [title, dueOn] of [
    ['One desk for statistics', '2027-12-01'],
    ['Traceability for cooperatives', '2028-12-01'],
    ['Cluster managers', '2027-07-01'],
    ['Managers of clusters', '2028-09-01'],
  ] as const) {
    const { id, revision } = await stage.done('chair', makeRecommendation, {
      ...{ roundId: earlier.roundId, language: 'en' as const, title, dueOn, force: 'voluntary' as const },
      ...{ action: 'Act.', owner: 'A ministry', measure: 'One', addresseeIds: [earlier.delegations.GHA] },
    })
    await stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
    made.push(id)
  }
  const report = await stage.done('gha.head', submitReport, {
    ...{
      recommendationId: made[0]!,
      narrative: 'Done.',
      language: 'en' as const,
      proposedStatus: 'implemented' as const,
    },
    ...{ evidenceUrl: 'https://example.org/proof' },
  })
  const { id: reportId, revision } = report
  await stage.done('secretariat', reviewReport, { reportId, verdict: 'validated', revision })
  const planned = await stage.done('secretariat', planRound, {
    ...{ number: 4, title: 'Fourth', place: 'Accra', opens: '2028-01-05', closes: '2028-01-09', symbolPrefix: 'T.4' },
    previousId: earlier.roundId,
  })
  roundId = planned.id
  how = { seat: planned.seatId }
  stage.clock.moveTo('2027-11-01T09:00:00Z')
  for (const who of ['secretariat', 'gha.head', 'chair']) stage.forget(who)
})
afterAll(() => stage.close())

const seen = () => stage.done('secretariat', getCarryOver, { roundId }, how)
const decide = (recommendationIds: string[], act: 'carried' | 'closed' | 'merged', more = {}) =>
  stage.call('secretariat', decideCarryOver, { roundId, recommendationIds, act, ...more }, how)
const followed = async () =>
  (await stage.done('secretariat', listRecommendations, { roundId }, how)).map(({ id }) => id).sort()

it('[CARRY-1] what is implemented and validated is settled, the rest waits; nothing is lost meanwhile', async () => {
  const { previous, items, may } = await seen()
  expect(previous).toMatchObject({ number: 3 })
  expect(items.map(({ settled, decided }) => [settled, decided])).toEqual([
    [true, null],
    [false, null],
    [false, null],
    [false, null],
  ])
  expect(items[2]!.flags).toContain('overdue')
  expect(may).toEqual(['decide', 'raise'])
  expect(await followed()).toEqual([...made].sort())
})

it('[CARRY-2] all or none: a foreign one, no reason, nothing to merge into, and itself are told', async () => {
  const [desk, traceability, managers, clusters] = made as [string, string, string, string]
  const foreign = '01900000-0000-7000-8000-000000000000'
  expect((await decide([traceability, foreign], 'carried')).says).toBe('invalid-input')
  expect((await decide([desk], 'closed')).says).toBe('invalid-input')
  expect((await decide([clusters], 'merged', { reason: 'The same.' })).says).toBe('invalid-input')
  expect((await decide([clusters], 'merged', { reason: 'The same.', intoId: clusters })).says).toBe('wrong-state')
  expect((await decide([clusters], 'closed', { reason: 'Why.', intoId: managers })).says).toBe('invalid-input')
  expect((await seen()).items.every(({ decided }) => decided === null)).toBe(true)
})

it('[CARRY-3] two are carried over, one is closed and one merged; lists, figures and the public follow them', async () => {
  const [desk, traceability, managers, clusters] = made as [string, string, string, string]
  await decide([traceability, managers], 'carried')
  await decide([desk], 'closed', { reason: 'It is done.' })
  const { output } = await decide([clusters], 'merged', { reason: 'The same course.', intoId: managers })
  expect(output!.items.map(({ decided }) => [decided?.act, decided?.into?.title, decided?.reason])).toEqual([
    ['closed', undefined, 'It is done.'],
    ['carried', undefined, ''],
    ['carried', undefined, ''],
    ['merged', 'Cluster managers', 'The same course.'],
  ])
  expect(await followed()).toEqual([traceability, managers].sort())
  // In the round in which they were made they stand as they stood.
  const there = { seat: earlier.seats.secretariat }
  expect(await stage.done('secretariat', listRecommendations, { roundId: earlier.roundId }, there)).toHaveLength(4)
  const closed = await stage.done('secretariat', getRecommendation, { recommendationId: desk }, how)
  expect(closed.title).toBe('One desk for statistics')
  await stage.done('secretariat', moveRound, { roundId, status: 'open', revision: 1 }, how)
  const figuresOf = async (id: string) => (await stage.call(null, getPublicRound, { roundId: id })).output!.figures
  expect(await figuresOf(roundId)).toMatchObject({ base: 2, implemented: 0 })
  expect(await figuresOf(earlier.roundId)).toMatchObject({ base: 4, implemented: 1 })
})

it('[CARRY-4] no circles: what others were merged into is not closed, and nothing is merged into what is gone', async () => {
  const [desk, traceability, managers, clusters] = made as [string, string, string, string]
  expect((await decide([managers], 'closed', { reason: 'Why not.' })).says).toBe('wrong-state')
  expect((await decide([managers], 'merged', { reason: 'Round.', intoId: clusters })).says).toBe('wrong-state')
  expect((await decide([traceability], 'merged', { reason: 'Gone.', intoId: desk })).says).toBe('wrong-state')
  // Taken back, both ways are open again.
  expect((await decide([clusters], 'carried')).says).toBe('ok')
  expect((await decide([managers], 'merged', { reason: 'The other way.', intoId: clusters })).says).toBe('ok')
  expect(await followed()).toEqual([traceability, clusters].sort())
})

it('[CARRY-5] what is carried over is one item of the agenda, with what is overdue marked', async () => {
  const session = await stage.done(
    'secretariat',
    scheduleSession,
    {
      ...{ roundId, kind: 'plenary' as const, title: 'Opening', timeZone: 'Africa/Accra', venue: 'Hall' },
      ...{ startsAt: '2028-01-05T09:00:00Z', endsAt: '2028-01-05T12:00:00Z' },
    },
    how,
  )
  await decide([made[2]!, made[3]!], 'carried')
  const input = { roundId, sessionId: session.id, language: 'en' as const }
  const item = await stage.done('secretariat', raiseArising, input, how)
  expect(item).toMatchObject({
    ...{ number: '1', title: 'Matters arising', state: 'open' },
    questions: ['R3-2 Traceability for cooperatives', 'R3-3 Cluster managers (overdue)', 'R3-4 Managers of clusters'],
  })
  expect((await stage.done('secretariat', getSession, { sessionId: session.id }, how)).items).toHaveLength(1)
})

it('[CARRY-6] once the round has adopted, what it has decided stands', async () => {
  for (const [index, status] of (['in_session', 'adopted'] as const).entries())
    await stage.done('secretariat', moveRound, { roundId, status, revision: index + 2 }, how)
  expect((await decide([made[1]!], 'closed', { reason: 'Too late.' })).says).toBe('wrong-state')
  expect((await seen()).may).toEqual([])
})
