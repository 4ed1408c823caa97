import { get } from 'node:http'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { issueDocument } from '@multilogue/shared/negotiation'
import {
  getPublicDocument,
  getPublicRound,
  listPublicRecommendations,
  listPublicRounds,
} from '@multilogue/shared/portal'
import { adoptRecommendation, makeRecommendation, respond } from '@multilogue/shared/recommendations'
import { issueAgenda } from '@multilogue/shared/rounds'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aText } from './pen.js'

/* What is public, and nothing else. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

/** Public answers are kept for half a minute. */
const later = () => stage.clock.moveTo(new Date(stage.clock.now().getTime() + 60_000).toISOString())
const publicRound = async () => {
  later()
  return (await stage.call(null, getPublicRound, { roundId: round.roundId })).output!
}
/** `fetch` says with every tag of its own that nothing kept is wanted. */
const statusOf = (address: string, tag: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    get(address, { headers: { 'if-none-match': tag } }, (answer) => resolve(answer.resume().statusCode)).on(
      'error',
      reject,
    )
  })
const minimal = { ...{ language: 'en' as const, force: 'voluntary' as const } }

it('[PUBLIC-1] rounds that have begun, without what is only planned', async () => {
  const { output } = await stage.call(null, listPublicRounds, {})
  expect(output).toEqual([expect.objectContaining({ id: round.roundId, number: 3, status: 'open', documents: 0 })])
})

it('[PUBLIC-2] documents of general distribution, and no others, by list and by address', async () => {
  const documentId = await aText(stage, round)
  const limited = await stage.done('secretariat', issueDocument, { documentId, series: 'L' })
  const restricted = await stage.done('secretariat', issueDocument, {
    ...{ documentId, series: 'CRP' as const, distribution: 'restricted' as const },
  })
  const agenda = await stage.done('secretariat', issueAgenda, { roundId: round.roundId, language: 'en' })
  const { issued } = await publicRound()
  expect(issued.map(({ symbol }) => symbol)).toEqual([agenda.symbol])
  expect(Object.keys(issued[0]!).sort()).toEqual(
    ['dir', 'id', 'issuedAt', 'language', 'languages', 'supersedes', 'symbol', 'title'].sort(),
  )
  const read = (issuedId: string) => stage.call(null, getPublicDocument, { issuedId })
  const shown = await read(agenda.issuedId)
  expect(shown.output).toMatchObject({ symbol: agenda.symbol, roundId: round.roundId, stances: [] })
  expect(shown.output!.blocks.length).toBeGreaterThan(0)
  expect(JSON.stringify(shown.output)).not.toContain('The secretariat')
  for (const { id } of [limited, restricted]) expect((await read(id)).says).toBe('not-found')
  expect((await read('01900000-0000-7000-8000-000000000000')).says).toBe('not-found')
})

it('[PUBLIC-3] recommendations that were adopted, with what the secretariat has validated; the figures are those of the forum', async () => {
  const make = (title: string) =>
    stage.done('facilitator', makeRecommendation, {
      ...{ ...minimal, roundId: round.roundId, title, action: 'Act.', owner: 'A ministry', measure: 'One' },
      ...{ dueOn: '2027-12-31', addresseeIds: [round.delegations.GHA, round.delegations.DEU] },
    })
  await make('Only proposed')
  const { id, revision } = await make('One desk for data')
  await stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
  await stage.done('gha.head', respond, { recommendationId: id, response: 'supported', text: 'For us alone.' })
  const report = await stage.done('gha.head', submitReport, {
    ...{ recommendationId: id, proposedStatus: 'implemented' as const, narrative: 'Not for the public.' },
    ...{ language: 'en' as const, evidenceUrl: 'https://example.org/proof' },
  })
  const before = await publicRound()
  expect(before.recommendations.map(({ title }) => title)).toEqual(['One desk for data'])
  expect(before.recommendations[0]!.addressees).toEqual([
    { code: 'DEU', name: 'Germany', response: 'pending', status: null, statusAt: null },
    { code: 'GHA', name: 'Ghana', response: 'supported', status: null, statusAt: null },
  ])
  expect(before.figures).toMatchObject({ base: 2, implemented: 0, flagged: { no_response: 1, overdue: 0 } })

  await stage.done('secretariat', reviewReport, {
    ...{ reportId: report.id, verdict: 'validated' as const, revision: report.revision },
  })
  const after = await publicRound()
  expect(after.recommendations[0]!.addressees[1]).toMatchObject({ code: 'GHA', status: 'implemented' })
  expect(after.figures).toMatchObject({ base: 2, implemented: 1, triggered: 1 })
  const words = JSON.stringify(after)
  for (const secret of ['For us alone', 'Not for the public', 'Only proposed', 'example.org'])
    expect(words).not.toContain(secret)
  stage.clock.moveTo('2028-01-01T00:00:01Z')
  const { output } = await stage.call(null, getPublicRound, { roundId: round.roundId })
  expect(output!.figures.flagged.overdue).toBe(1)
})

it('[PUBLIC-4] everybody is given the same answer for half a minute, may keep it, and is told when it has not changed', async () => {
  const address = `${stage.address}/api/public/rounds/${round.roundId}`
  stage.clock.moveTo('2028-01-02T00:00:00Z')
  const first = await fetch(address)
  expect(first.headers.get('cache-control')).toBe('public, max-age=30')
  stage.forget('facilitator')
  const tag = first.headers.get('etag')!
  await stage.done('facilitator', makeRecommendation, {
    ...{ ...minimal, roundId: round.roundId, title: 'Another', addresseeIds: [round.delegations.ETH] },
  })
  expect(await statusOf(address, tag)).toBe(304)
  const unknown = await fetch(`${stage.address}/api/public/rounds/nonsense`)
  expect(unknown.status).toBe(400)
  expect(unknown.headers.get('cache-control')).toBe('no-store')
})

it('[PUBLIC-5] many recommendations are read a page at a time, each once, and counted as one', async () => {
  const { recommended } = await publicRound()
  for (const who of ['facilitator', 'chair']) stage.forget(who)
  for (let i = 0; i < 105; i++) {
    const { id, revision } = await stage.done('facilitator', makeRecommendation, {
      ...{
        ...minimal,
        roundId: round.roundId,
        title: `Number ${i}`,
        action: 'Act.',
        owner: 'A ministry',
        measure: 'One',
      },
      ...{ dueOn: '2027-12-31', addresseeIds: [round.delegations.ETH] },
    })
    await stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
  }
  const first = await publicRound()
  expect(first.recommended).toBe(recommended + 105)
  const read = [first.recommendations]
  for (let { next } = first; next !== null;) {
    const page = (await stage.call(null, listPublicRecommendations, { roundId: round.roundId, after: next })).output!
    read.push(page.recommendations)
    next = page.next
  }
  const astray = { roundId: round.roundId, after: round.roundId }
  expect((await stage.call(null, listPublicRecommendations, astray)).problem).toMatchObject({
    ...{ status: 400, errors: [{ pointer: '#/after' }] },
  })
  expect(read.map(({ length }) => length)).toEqual([50, 50, recommended + 5])
  expect(new Set(read.flat().map(({ id }) => id)).size).toBe(first.recommended)
  const numbers = read.flat().map(({ number }) => number)
  expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
})
