import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { figuresOf } from '@multilogue/shared/figures'
import {
  listReports,
  listWork,
  restoreEvidence,
  reviewReport,
  reviseReport,
  submitReport,
  withdrawEvidence,
} from '@multilogue/shared/follow-up'
import { listNotices } from '@multilogue/shared/notices'
import { getPublicRound } from '@multilogue/shared/portal'
import { listProgress, readProgress, type PlanProgress } from '@multilogue/shared/progress'
import type { ImplementationStatus } from '@multilogue/shared/recommendations'
import { plansDue } from '../../server/src/notices/plan-deadlines.js'
import { Reminders } from '../../server/src/notices/reminders.js'
import { progressOf } from '../../server/src/plans/progress.views.js'
import { pick, randomFrom } from '../collab/random.js'
import { anAdoptedPlan } from '../support/adopted-plan.js'
import { aPlan } from '../support/a-plan.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* An adopted plan is carried out: what is reported of it, measured and proven. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const said = (proposedStatus: ImplementationStatus) => ({
  ...{ narrative: 'As it stands.', language: 'en' as const, proposedStatus },
  ...{ evidenceUrl: 'https://example.org/note', evidenceTitle: 'Note' },
})
const read = (documentId: string, who = 'deu.head') => stage.done(who, readProgress, { documentId })
const today = () => stage.clock.now().toISOString().slice(0, 10)

async function standing(at: { documentId: string; itemId: string }, status: ImplementationStatus) {
  const report = await stage.done('gha.head', submitReport, { action: at, ...said(status) })
  return stage.done('secretariat', reviewReport, { reportId: report.id, verdict: 'validated', revision: 1 })
}

it('[SCENE-19] 18 of 40 and 31 of 60 are 45 % and 17 % of the way, once they are validated', async () => {
  const { documentId, items, diagnostics, producers } = await anAdoptedPlan(stage, round)
  const action = { documentId, itemId: items[0]! }
  const measurements = [
    { indicatorId: diagnostics, on: today(), value: 18, parts: [] },
    { indicatorId: producers, on: today(), value: 31, parts: [] },
  ]
  const report = await stage.done('gha.head', submitReport, { action, ...said('in_progress'), measurements })
  expect(report).toMatchObject({ recommendationId: null, title: 'Action 1', action: { plan: 'Plan of the cluster' } })
  const shares = async (who: string) => (await read(documentId, who)).indicators.map(({ share }) => share)
  expect(await shares('gha.head')).toEqual([null, null])
  expect((await read(documentId)).indicators[0]!.measurements).toEqual([])

  const returned = await stage.done('secretariat', reviewReport, {
    ...{ reportId: report.id, verdict: 'returned' as const, note: 'By sex, please.', revision: report.revision },
  })
  const women = (value: number, of: number) => [
    { name: 'women', value },
    { name: 'men', value: of - value },
  ]
  const again = await stage.done('gha.head', reviseReport, {
    ...{ reportId: report.id, ...said('in_progress'), revision: returned.revision },
    measurements: [
      { ...measurements[0]!, parts: women(11, 18) },
      { ...measurements[1]!, parts: women(20, 31) },
    ],
  })
  expect(again.measurements.map(({ parts }) => parts)).toEqual([women(11, 18), women(20, 31)])
  await stage.done('secretariat', reviewReport, { reportId: report.id, verdict: 'validated', revision: again.revision })
  for (const who of ['gha.head', 'deu.head', 'agi.head'])
    expect((await shares(who)).map((share) => Math.round(share! * 100))).toEqual([45, 17])
  expect((await read(documentId)).actions[0]).toMatchObject({ status: 'in_progress', assurance: 'validated' })
})

it('[SCENE-20] [SCENE-21] three of nine actions are done, two when evidence is withdrawn, for everybody', async () => {
  const { documentId, items } = await anAdoptedPlan(stage, round, { actions: 10 })
  const statuses = [
    ...(['implemented', 'implemented', 'implemented', 'partially_implemented', 'partially_implemented'] as const),
    ...(['in_progress', 'in_progress', 'in_progress', 'no_longer_applicable'] as const),
  ]
  const reports = []
  for (const [at, status] of statuses.entries())
    reports.push(await standing({ documentId, itemId: items[at]! }, status))
  const figures = async () => {
    const seen = await Promise.all(
      ['gha.head', 'chair', 'agi.head', 'secretariat'].map(async (who) => (await read(documentId, who)).figures),
    )
    const listed = await stage.done('deu.head', listProgress, { roundId: round.roundId })
    const open = (await stage.call(null, getPublicRound, { roundId: round.roundId })).output!
    const all = [
      ...seen,
      ...[listed, open.plans].map((plans) => plans.find((plan) => plan.documentId === documentId)!.figures),
    ]
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
    const { base, implemented, triggered } = all[0]!
    return { base, implemented, triggered }
  }
  expect(await figures()).toEqual({ base: 9, implemented: 3, triggered: 8 })
  const { id: reportId, revision } = reports[0]!
  await stage.done('gha.head', withdrawEvidence, { reportId, reason: 'Another year.', revision })
  const seen = (await read(documentId)).actions
  expect(figuresOf(seen)).toMatchObject({ base: 9, implemented: 2, triggered: 8 })
  expect(seen[0]).toMatchObject({ status: 'implemented', assurance: 'self_reported' })
  const told = await stage.done('gha.adviser', listNotices, {})
  expect(told).toContainEqual(expect.objectContaining({ kind: 'evidence_withdrawn', subject: 'Action 1' }))
  await stage.done('secretariat', restoreEvidence, { reportId, revision: revision + 1 })
  expect((await read(documentId)).figures.implemented).toBe(3)
})

it('[WAY-10] what was measured must be of the action, once, on a day since the adoption', async () => {
  const { documentId, items, diagnostics, producers } = await anAdoptedPlan(stage, round, { actions: 2 })
  const measure = async (measurements: { indicatorId: string; on: string; value: number }[], at = 0) => {
    const action = { documentId, itemId: items[at]! }
    const { problem } = await stage.call('gha.head', submitReport, { action, ...said('in_progress'), measurements })
    return (problem?.errors as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer)
  }
  const good = { indicatorId: diagnostics, on: today(), value: 3 }
  expect(await measure([{ ...good, on: '2020-01-01' }])).toEqual(['#/measurements/0/on'])
  expect(await measure([{ ...good, on: '2099-01-01' }])).toEqual(['#/measurements/0/on'])
  expect(await measure([good, good])).toEqual(['#/measurements/1/indicatorId'])
  expect(await measure([{ ...good, indicatorId: producers }], 1)).toEqual(['#/measurements/0/indicatorId'])
  expect(await stage.done('gha.head', listReports, { roundId: round.roundId })).not.toContainEqual(
    expect.objectContaining({ action: expect.objectContaining({ documentId }) as unknown }),
  )
})

it('[WAY-11] one report of an action at a time, none on what is settled, none on a plan that is not adopted', async () => {
  const { documentId, items } = await anAdoptedPlan(stage, round, { actions: 2 })
  const [first, second] = items.map((itemId) => ({ documentId, itemId }))
  await stage.done('gha.head', submitReport, { action: first, ...said('in_progress') })
  const says = async (action: object) =>
    (await stage.call('gha.head', submitReport, { action: action as typeof first, ...said('in_progress') })).says
  expect(await says(first!)).toBe('wrong-state')
  await standing(second!, 'not_pursued')
  expect(await says(second!)).toBe('wrong-state')
  const draft = await aPlan(stage, round)
  expect(await says({ documentId: draft.documentId, itemId: draft.item })).toBe('wrong-state')
  expect(await says({ documentId, itemId: draft.item })).toBe('not-found')
  const both = { action: first!, recommendationId: documentId, ...said('in_progress') }
  expect((await stage.call('gha.head', submitReport, both)).says).toBe('invalid-input')
  expect((await stage.call('gha.head', submitReport, said('in_progress'))).says).toBe('invalid-input')
})

it('[WAY-12] the lead is reminded a week before an action is due and once it is late, and the flag is computed', async () => {
  const { documentId } = await anAdoptedPlan(stage, round, { due: '2027-07-01' })
  const reminders = stage.app.get(Reminders)
  const reminded = async () => {
    await reminders.look()
    stage.forget('gha.head')
    const notices = await stage.done('gha.head', listNotices, {})
    return notices.filter(({ href }) => href.includes(documentId)).length
  }
  stage.clock.moveTo('2027-06-20T12:00:00Z')
  expect(await reminded()).toBe(0)
  stage.clock.moveTo('2027-06-24T12:00:00Z')
  expect(await reminded()).toBe(1)
  expect(await reminded()).toBe(1)
  expect((await read(documentId, 'gha.head')).actions[0]!.flags).toEqual(['due_soon'])
  stage.clock.moveTo('2027-07-02T00:00:01Z')
  expect(await reminded()).toBe(2)
  expect((await read(documentId, 'gha.head')).actions[0]!.flags).toEqual(['overdue'])
  stage.clock.moveTo('2027-12-09T12:00:00Z')
  for (const who of ['gha.head', 'secretariat']) {
    stage.forget(who)
    const work = await stage.done(who, listWork, { roundId: round.roundId })
    expect(work).toContainEqual(
      expect.objectContaining({
        kind: 'report_due',
        flag: 'overdue',
        href: expect.stringContaining(documentId),
      }),
    )
    const values = work.filter(({ kind, href }) => kind === 'measurement_due' && href.includes(documentId))
    expect(values.map(({ title, flag, dueOn }) => [title, flag, dueOn])).toEqual([
      ['Diagnostics', 'overdue', '2027-12-08'],
      ['Compliant producers', 'overdue', '2027-12-08'],
    ])
    // A list on a page tells them apart by it.
    expect(new Set(values.map(({ href }) => href)).size).toBe(2)
  }
})

it('[WAY-13] where a plan stands and what is due of it is the same, read by the last values or by all, on random reports', async () => {
  const random = randomFrom(13)
  for (const who of ['facilitator', 'chair', 'gha.head']) stage.forget(who)
  const plan = await anAdoptedPlan(stage, round, { actions: 8, due: '2028-06-01' })
  const { documentId, items, diagnostics, producers } = plan
  const reports: string[] = []
  for (const [at, itemId] of items.entries()) {
    const of = at === 0 ? [diagnostics, producers] : [diagnostics]
    const measurements = of.map((indicatorId) => ({ indicatorId, on: today(), value: 1, parts: [] }))
    const action = { documentId, itemId }
    const { id } = await stage.done('gha.head', submitReport, { action, ...said('in_progress'), measurements })
    reports.push(id)
  }
  const { source, clock } = stage
  const started = clock.now().getTime()
  const dayAfter = (days: number) => new Date(started + days * 86_400_000).toISOString()
  let dueAtAll = 0
  for (let thrown = 0; thrown < 20; thrown++) {
    await source.query('DELETE FROM evidence_withdrawal WHERE report_id = ANY($1)', [reports])
    for (const id of reports) {
      const state = pick(random, ['submitted', 'returned', 'validated', 'validated'])
      await source.query('UPDATE report SET state = $2, submitted_at = $3 WHERE id = $1', [
        ...[id, state, dayAfter(random(5))],
      ])
      const [on, value] = [dayAfter(random(40) * 10).slice(0, 10), random(60)]
      await source.query('UPDATE measurement SET "on" = $2, value = $3 WHERE report_id = $1', [id, on, value])
      if (random(3) === 0)
        await source.query(
          `INSERT INTO evidence_withdrawal (id, report_id, reason, person_id, seat_id, at)
           SELECT gen_random_uuid(), e.id, 'x', s.person_id, s.id, now() FROM report e JOIN seat s ON s.id = e.seat_id WHERE e.id = $1`,
          [id],
        )
    }
    const any = { roundId: round.roundId, documentIds: [documentId], now: clock.now() }
    const [{ indicators }] = (await progressOf(source.manager, 'forum', any)) as [PlanProgress]
    const day = Date.parse(pick(random, ['2028-06-01', ...indicators.flatMap(({ nextDueOn }) => nextDueOn ?? [])]))
    const now = new Date(day + (random(25) - 12) * 86_400_000 + random(86_400_000))
    for (const reader of ['forum', null] as const) {
      const asked = { ...any, now }
      const [all] = await progressOf(source.manager, reader, { ...asked, measured: 'all' })
      const [last] = await progressOf(source.manager, reader, { ...asked, measured: 'last' })
      const way = all!.indicators.map(({ measurements: _, ...one }) => one)
      expect(last).toEqual({
        ...all,
        indicators: way.map((one) => ({ ...one, measurements: expect.anything() })),
      })
      if (reader === null) continue
      const passed = (day: string) => (Date.parse(now.toISOString().slice(0, 10)) - Date.parse(day)) / 86_400_000
      const isNews = (day: string | null) => day !== null && passed(day) >= -7 && passed(day) <= 7 && passed(day) !== 0
      const due = [
        ...all!.actions.filter((action) => isNews(action.due)).map(({ activity }) => activity),
        ...way.filter(({ nextDueOn }) => isNews(nextDueOn)).map(({ title }) => title),
      ]
      dueAtAll += due.length
      const told = (await plansDue(source.manager, now)).filter(({ topic }) => topic === `plan:${documentId}`)
      expect(told.map(({ subject }) => subject).sort()).toEqual(due.sort())
    }
  }
  expect(dueAtAll).toBeGreaterThan(10)
})
