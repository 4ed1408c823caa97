import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { endFocalPoint, getCountry, listCountries, nameFocalPoint } from '@multilogue/shared/countries'
import { figuresOf } from '@multilogue/shared/figures'
import { getPublicCountry, getPublicRound } from '@multilogue/shared/portal'
import { listRecommendations } from '@multilogue/shared/recommendations'
import { prepareReview } from '@multilogue/shared/reviews'
import { conductSession, planRound } from '@multilogue/shared/rounds'
import { endSeat, giveSeat } from '@multilogue/shared/seats'
import { AssistanceThings } from '../access/assistance-things.js'
import { CarryingThings } from '../access/carrying-things.js'
import { ReviewThings } from '../access/review-things.js'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* One party on one page, with the figures of every other page. */

let stage: Stage
let round: SmallRound
let things: Things

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new Things(stage, round)
})
afterAll(() => stage.close())

const country = (code: string, who = 'deu.head') => stage.done(who, getCountry, { roundId: round.roundId, code })
const focalPoint = (seatId: string) => ({
  ...{ delegationId: round.delegations.GHA, seatId, topic: 'Industrial data' },
  ...{ languages: ['en', 'fr'] as ('en' | 'fr')[], timeZone: 'Africa/Accra' },
})

it('[COUNTRY-1] the figures of a country are those of the forum for it, in the list, on its page and in public', async () => {
  await things.reportWithEvidence('validated')
  await things.recommendationToAnswer('adopted')
  await things.recommendationToAnswer('proposed')
  await new AssistanceThings(stage, round, things).commitment('confirmed')
  const { roundId } = round
  const all = await stage.done('deu.head', listRecommendations, { roundId })
  const addressed = all
    .filter(({ state }) => state === 'adopted')
    .flatMap(({ addressees }) => addressees)
    .filter(({ code }) => code === 'GHA')
  const figures = figuresOf(addressed)
  expect(figures.base).toBeGreaterThan(1)
  const page = await country('GHA')
  const { countries, flows } = await stage.done('chair', listCountries, { roundId })
  const open = (await stage.call(null, getPublicCountry, { roundId, code: 'GHA' })).output!
  const publicRound = (await stage.call(null, getPublicRound, { roundId })).output!
  const { gives, receives, requests } = page
  for (const one of [
    open,
    ...[countries, publicRound.countries].map((list) => list.find(({ code }) => code === 'GHA')),
  ])
    expect(one).toMatchObject({ figures, gives, receives, requests })
  expect(page.figures).toEqual(figures)
  expect(page.recommendations.length).toBeGreaterThan(figures.base)
  expect(page.recommendations.every(({ addressees }) => addressees.some(({ code }) => code === 'GHA'))).toBe(true)
  expect(open.recommendations).toHaveLength(figures.base)

  const { from, to, sum } = flows[0]!
  const [giver, taker] = [countries.find(({ code }) => code === from)!, countries.find(({ code }) => code === to)!]
  expect(giver.gives).toContainEqual(sum)
  expect(taker.receives).toContainEqual(sum)
})

it('[COUNTRY-2] what is not validated is on the page for the country and the secretariat alone', async () => {
  const { reportId } = await things.reportWithEvidence('submitted')
  const seen = async (who: string) => (await country('GHA', who)).reports.some(({ id }) => id === reportId)
  expect(await seen('gha.adviser')).toBe(true)
  expect(await seen('secretariat')).toBe(true)
  expect(await seen('deu.head')).toBe(false)
  const open = (await stage.call(null, getPublicCountry, { roundId: round.roundId, code: 'GHA' })).output!
  expect(Object.keys(open).sort()).toEqual(
    [
      ...[
        'code',
        'figures',
        'gives',
        'groups',
        'kind',
        'm49',
        'name',
        'plans',
        'receives',
        'recommendations',
        'requests',
      ],
      'round',
    ].sort(),
  )
})

it('[COUNTRY-3] a party that is not there is not found, signed in or not', async () => {
  const nobody = { roundId: round.roundId, code: 'XXX' }
  expect((await stage.call('deu.head', getCountry, nobody)).says).toBe('not-found')
  expect((await stage.call(null, getPublicCountry, nobody)).says).toBe('not-found')
  expect((await stage.call('outsider', getCountry, { ...nobody, code: 'GHA' })).says).toBe('not-found')
})

it('[COUNTRY-5] a review whose session is cancelled is none', async () => {
  const reviews = new ReviewThings(stage, round, new CarryingThings(stage, round, things))
  const [held, cancelled] = [await reviews.toPrepare(), await reviews.toPrepare()]
  for (const one of [held, cancelled]) await stage.done('secretariat', prepareReview, one)
  const listed = async () => (await country('GHA')).reviews.map(({ sessionId }) => sessionId).sort()
  expect(await listed()).toEqual([held.sessionId, cancelled.sessionId].sort())
  const called = { sessionId: cancelled.sessionId, status: 'cancelled' as const, revision: 1 }
  await stage.done('chair', conductSession, called)
  expect(await listed()).toEqual([held.sessionId])
})

it('[COUNTRY-4] focal points are people of the delegation, named once for a topic, gone with their seat, and taken over', async () => {
  const { seatId } = await stage.done('secretariat', giveSeat, {
    ...{ roundId: round.roundId, delegationId: round.delegations.GHA, role: 'expert' as const },
    ...{ email: 'focal@example.org', name: 'Kwame Asante', language: 'en' as const },
  })
  const named = await stage.done('gha.head', nameFocalPoint, focalPoint(seatId))
  expect(named).toMatchObject({ name: 'Kwame Asante', topic: 'Industrial data', languages: ['en', 'fr'] })
  expect((await stage.call('gha.head', nameFocalPoint, focalPoint(seatId))).says).toBe('already-exists')
  const foreign = await stage.call('gha.head', nameFocalPoint, focalPoint(round.seats['deu.head']!))
  expect(foreign.says).toBe('invalid-input')
  const zone = await stage.call('gha.head', nameFocalPoint, { ...focalPoint(seatId), timeZone: 'Mars/Olympus' })
  expect(zone.says).toBe('invalid-input')
  const namesSeen = async () => (await country('GHA')).focalPoints.map(({ name }) => name)
  expect(await namesSeen()).toEqual(['Kwame Asante'])

  await stage.done('secretariat', endSeat, { seatId })
  expect(await namesSeen()).toEqual([])
  const again = await stage.done('gha.head', nameFocalPoint, focalPoint(round.seats['gha.adviser']!))
  expect(await namesSeen()).toEqual(['Ghana adviser'])

  const next = await stage.done('secretariat', planRound, {
    ...{ number: 4, title: 'Next', place: 'Vienna', opens: '2028-06-08', closes: '2028-06-10' },
    ...{ symbolPrefix: 'T.4', previousId: round.roundId },
  })
  const there = await stage.call('secretariat', getCountry, { roundId: next.id, code: 'GHA' }, { seat: next.seatId })
  expect(there.output?.focalPoints.map(({ name }) => name)).toEqual(['Ghana adviser'])
  const seat = round.seats['gha.head']!
  await stage.done('gha.head', endFocalPoint, { focalPointId: again.id }, { seat })
  expect((await stage.call('gha.head', endFocalPoint, { focalPointId: again.id }, { seat })).says).toBe('not-found')
})
