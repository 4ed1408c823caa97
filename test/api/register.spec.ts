import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { decideCarryOver, getCarryOver } from '@multilogue/shared/carrying'
import { getCharts } from '@multilogue/shared/charts'
import { submitReport } from '@multilogue/shared/follow-up'
import { getMatrixFigures, listLines } from '@multilogue/shared/matrix'
import { getPublicRound } from '@multilogue/shared/portal'
import {
  adoptRecommendation,
  getRecommendation,
  listRecommendations,
  makeRecommendation,
  respond,
  succeedRecommendations,
  withdrawRecommendation,
  type Recommendation,
} from '@multilogue/shared/recommendations'
import { getRound, planRound } from '@multilogue/shared/rounds'
import { dropView, keepView, listViews } from '@multilogue/shared/saved-views'
import { getTrace } from '@multilogue/shared/trace'
import { CarryingThings } from '../access/carrying-things.js'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* What the secretariat does with recommendations as rows of its register. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const fields = (title: string) => ({
  ...{ language: 'en' as const, title, action: 'Act.', owner: 'A ministry', measure: 'One', dueOn: '2027-12-01' },
  ...{ force: 'voluntary' as const, addresseeIds: [round.delegations.GHA] },
})
const made = (title: string) => stage.done('chair', makeRecommendation, { roundId: round.roundId, ...fields(title) })
const adopted = async (title: string) => {
  const { id, revision } = await made(title)
  return stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
}
const named = ({ id, revision }: Recommendation) => ({ recommendationId: id, revision })
const standing = ({ id }: Recommendation) => ({ kind: 'standing' as const, recommendationId: id })
const fresh = ({ id }: { id: string }) => stage.done('gha.head', getRecommendation, { recommendationId: id })
const succeed = (act: 'merged' | 'split' | 'superseded', from: Recommendation[], into: object[]) =>
  stage.call('secretariat', succeedRecommendations, {
    ...{ roundId: round.roundId, act, reason: 'The same course.', from: from.map(named) },
    into: into as [],
  })
const listed = async () =>
  (await stage.done('gha.head', listRecommendations, { roundId: round.roundId })).map(({ id }) => id)
const figures = async () => (await stage.call(null, getPublicRound, { roundId: round.roundId })).output!.figures

it("[REG-23] a view of the register is its seat's own: kept under a name, replaced by the same name, removed", async () => {
  const { roundId } = round
  const views = async (who: string) =>
    (await stage.done(who, listViews, { roundId })).map(({ name, query }) => [name, query])
  await stage.done('gha.head', keepView, { roundId, name: 'late', query: '?flag=overdue' })
  const { id } = await stage.done('gha.head', keepView, { roundId, name: 'Goal 9', query: '?goal=9' })
  await stage.done('gha.head', keepView, { roundId, name: 'late', query: '?flag=overdue&priority=high' })
  expect(await views('gha.head')).toEqual([
    ['Goal 9', '?goal=9'],
    ['late', '?flag=overdue&priority=high'],
  ])
  expect(await views('gha.adviser')).toEqual([])
  expect((await stage.call('gha.adviser', dropView, { viewId: id })).says).toBe('not-found')
  await stage.done('gha.head', dropView, { viewId: id })
  expect(await views('gha.head')).toHaveLength(1)
  for (const query of ['flag=overdue', '?a=<b>', '?', '//example.org', '? x'])
    expect((await stage.call('gha.head', keepView, { roundId, name: 'x', query })).says).toBe('invalid-input')
})

it('[REG-1] two are merged into a new one: both stay readable and lead on, the new one leads back', async () => {
  const before = (await figures()).base
  const [one, two] = [await adopted('Courses'), await adopted('More courses')]
  const { output } = await succeed('merged', [one, two], [{ kind: 'new', ...fields('All courses') }])
  const [whole] = output!
  expect(whole).toMatchObject({ title: 'All courses', state: 'proposed', succeeded: null })
  expect(whole!.replaces.map(({ title, act }) => [title, act])).toEqual([
    ['Courses', 'merged'],
    ['More courses', 'merged'],
  ])
  for (const { id } of [one, two])
    expect(await fresh({ id })).toMatchObject({
      ...{ state: 'superseded', flags: [], may: [] },
      succeeded: { act: 'merged', reason: 'The same course.', into: [{ id: whole!.id, title: 'All courses' }] },
    })
  expect(await listed()).toEqual(expect.arrayContaining([whole!.id]))
  expect(await listed()).not.toEqual(expect.arrayContaining([one.id]))
  expect((await figures()).base).toBe(before)
  const trace = await stage.done('gha.head', getTrace, { kind: 'recommendation', id: whole!.id })
  expect(
    trace
      .filter(({ distance }) => distance === -1)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([one.id, two.id].sort())
})

it('[REG-2] what is superseded takes no answer, no report and no adoption any more', async () => {
  const [old, next] = [await adopted('Old words'), await adopted('New words')]
  expect((await succeed('superseded', [old], [standing(next)])).says).toBe('ok')
  const recommendationId = old.id
  const says = [
    await stage.call('gha.head', respond, { recommendationId, response: 'supported', text: '' }),
    await stage.call('gha.head', submitReport, {
      ...{ recommendationId, narrative: 'Done.', language: 'en', proposedStatus: 'implemented' },
    }),
    await succeed('superseded', [await fresh(old)], [standing(next)]),
  ]
  expect(says.map((answer) => answer.says)).toEqual(['wrong-state', 'wrong-state', 'wrong-state'])
})

it('[REG-26] who supports in part says which part: else the answer before stands; it counts as any other answer', async () => {
  const { id: recommendationId } = await adopted('Share machines')
  const { roundId } = round
  const answer = (response: 'supported_in_part' | 'noted', text?: string) =>
    stage.call('gha.head', respond, { recommendationId, response, text })
  expect((await answer('noted', 'For now.')).says).toBe('ok')
  const counted = async () => [
    (await stage.done('chair', getMatrixFigures, { roundId })).figures,
    (await stage.done('chair', getCharts, { roundId })).stages,
  ]
  const before = await counted()
  for (const words of [undefined, '', ' \n ']) {
    const { says, problem } = await answer('supported_in_part', words)
    expect([says, problem!.status]).toEqual(['invalid-input', 400])
    expect(problem!.errors).toEqual([{ pointer: '#/text', detail: 'Say which part is supported.' }])
  }
  const standing = async () => (await fresh({ id: recommendationId })).addressees[0]
  expect(await standing()).toMatchObject({ response: 'noted', responseText: 'For now.' })
  const { output } = await answer('supported_in_part', 'The machines, not their repair.')
  expect(output!.addressees[0]).toMatchObject({ response: 'supported_in_part', flags: [], may: ['respond', 'report'] })
  expect(await standing()).toMatchObject({ responseText: 'The machines, not their repair.' })
  expect(await counted()).toEqual(before)

  const { lines } = await stage.done('chair', listLines, { roundId, recommendationId })
  expect(lines).toMatchObject([{ response: 'supported_in_part', flags: [] }])
  stage.clock.moveTo(new Date(stage.clock.now().getTime() + 31_000).toISOString())
  const { recommendations } = (await stage.call(null, getPublicRound, { roundId })).output!
  const shown = recommendations.find(({ id }) => id === recommendationId)!
  expect(shown.addressees).toMatchObject([{ code: 'GHA', response: 'supported_in_part' }])
  expect(JSON.stringify(shown)).not.toContain('not their repair')
  for (const [file, said] of [
    [`rounds/${roundId}/register?format=csv&language=en`, 'GHA: supported in part'],
    [`follow-up/lines-file?roundId=${roundId}&language=fr`, 'appuyée en partie'],
  ] as const) {
    const headers = { cookie: await stage.cookieOf('chair') }
    const text = await (await fetch(`${stage.address}/api/${file}`, { headers })).text()
    expect(text.split('\r\n').find((line) => line.includes('Share machines'))).toContain(said)
  }
})

it('[REG-3] a circle is refused by its name, at once and over several steps; so is a successor that is gone', async () => {
  const [a, b, c] = [await made('A'), await made('B'), await made('C')]
  expect((await succeed('superseded', [a], [standing(a)])).says).toBe('succession-circular')
  expect((await succeed('superseded', [a], [standing(b)])).says).toBe('ok')
  expect((await succeed('superseded', [b], [standing(a)])).says).toBe('succession-circular')
  expect((await succeed('superseded', [await fresh(b)], [standing(c)])).says).toBe('ok')
  expect((await succeed('superseded', [await fresh(c)], [standing(a)])).says).toBe('succession-circular')
  expect((await succeed('superseded', [await made('D')], [standing(a)])).says).toBe('wrong-state')
  const withdrawn = { ...named(await fresh(c)), reason: 'Why not.' }
  expect((await stage.call('chair', withdrawRecommendation, withdrawn)).says).toBe('wrong-state')
})

it('[REG-3] of two who do it at once in opposite ways, one is told', async () => {
  const [a, b] = [await made('This way'), await made('That way')]
  const both = await Promise.all([succeed('superseded', [a], [standing(b)]), succeed('superseded', [b], [standing(a)])])
  expect(both.map(({ says }) => says).sort()).toEqual(['ok', 'succession-circular'])
})

it('[REG-4] one is split into three; wrong shapes, old revisions and strangers change nothing', async () => {
  const [one, two] = [await made('A large one'), await made('Another')]
  const part = (title: string) => ({ kind: 'new', ...fields(title) })
  expect((await succeed('split', [one], [part('Only one')])).says).toBe('invalid-input')
  expect((await succeed('merged', [one, two], [part('X'), part('Y')])).says).toBe('invalid-input')
  expect((await succeed('split', [{ ...one, revision: 9 }], [part('X'), part('Y')])).says).toBe('stale-revision')
  const foreign = { ...part('X'), addresseeIds: [round.delegations.UNCTAD] }
  expect((await succeed('split', [one], [part('Y'), foreign])).says).toBe('invalid-input')
  expect(await listed()).toContain(one.id)
  const { output } = await succeed('split', [one], [part('First'), part('Second'), part('Third')])
  expect(output!.map(({ title, number }) => [title, number - one.number]).sort()).toEqual([
    ['First', 2],
    ['Second', 3],
    ['Third', 4],
  ])
  expect((await fresh(one)).succeeded!.into.map(({ title }) => title)).toEqual(['First', 'Second', 'Third'])
})

it('[REG-24] what was closed when it was carried over neither leads on nor takes the place of another, nor the other way round', async () => {
  const carrying = new CarryingThings(stage, round, new Things(stage, round))
  const left = async () => fresh({ id: await carrying.left() })
  const [a, b, c] = [await left(), await left(), await adopted('Stands now')]
  const { roundId } = round
  const decided = (one: Recommendation, act: 'closed' | 'carried') =>
    stage.call('secretariat', decideCarryOver, { roundId, recommendationIds: [one.id], act, reason: 'It is over.' })
  expect(b.may).not.toContain('succeed')
  const may = async ({ id }: Recommendation) =>
    (await stage.done('secretariat', getRecommendation, { recommendationId: id })).may.includes('succeed')
  expect(await may(b)).toBe(true)
  expect((await decided(b, 'closed')).says).toBe('ok')
  expect(await may(b)).toBe(false)
  expect((await succeed('superseded', [a], [standing(b)])).says).toBe('wrong-state')
  expect((await succeed('superseded', [b], [standing(c)])).says).toBe('wrong-state')
  expect(await listed()).toContain(a.id)
  expect((await decided(b, 'carried')).says).toBe('ok')
  stage.clock.moveTo(new Date(stage.clock.now().getTime() + 60_000).toISOString())
  expect((await succeed('superseded', [a], [standing(b)])).says).toBe('ok')
  expect((await decided(b, 'closed')).says).toBe('wrong-state')
  // What stands already was made from nothing else.
  expect((await fresh(b)).source.kind).toBe('own')
})

it('[REG-25] a round that is closed changes no more what later ones follow up', async () => {
  const [old, next] = [await adopted('Old'), await adopted('New')]
  const { status } = await stage.done('secretariat', getRound, { roundId: round.roundId })
  const stand = (as: string) => stage.source.query(`UPDATE round SET status = $2 WHERE id = $1`, [round.roundId, as])
  await stand('closed')
  expect((await succeed('superseded', [old], [standing(next)])).says).toBe('wrong-state')
  await stand(status)
  expect((await succeed('superseded', [old], [standing(next)])).says).toBe('ok')
})

it('[REG-5] the next round has nothing to carry over of what was superseded', async () => {
  const [old, next] = [await adopted('Left behind'), await adopted('Goes on')]
  await succeed('superseded', [old], [standing(next)])
  const planned = await stage.done('secretariat', planRound, {
    ...{ number: 4, title: 'Fourth', place: 'Accra', opens: '2028-01-05', closes: '2028-01-09', symbolPrefix: 'T.4' },
    previousId: round.roundId,
  })
  stage.forget('secretariat')
  const how = { seat: planned.seatId }
  const { items } = await stage.done('secretariat', getCarryOver, { roundId: planned.id }, how)
  const titles = items.map(({ title }) => title)
  expect(titles).toContain('Goes on')
  expect(titles).not.toContain('Left behind')
  stage.forget('secretariat')
})
