import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { listListings } from '@multilogue/shared/assistance'
import { getAssistanceFigures, type CommitmentSum } from '@multilogue/shared/assistance-figures'
import {
  confirmCommitment,
  deliverCommitment,
  listCommitments,
  withdrawCommitment,
} from '@multilogue/shared/commitments'
import { listCountries } from '@multilogue/shared/countries'
import { acceptMatch, listMatches, proposeMatch } from '@multilogue/shared/matches'
import { matchRateOf, sumsOf } from '../support/assistance-reckoned.js'
import { published } from '../support/published.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* What was asked for, matched and committed, counted by the database: the same as by the one definition. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

/** A request of Ghana's that Germany has offered money and days for. */
async function proposed() {
  const terms = { modalities: ['expert' as const], sdgTargets: ['9.b'], sectors: ['32110'] }
  const requestId = await published({ stage, round }, 'gha.head', 'request', terms)
  const offerId = await published({ stage, round }, 'deu.head', 'offer', {
    ...{ ...terms, money: { amount: 1000.3, currency: 'EUR' }, inKind: { quantity: 30, unit: 'days' } },
  })
  return stage.done('deu.head', proposeMatch, { requestId, offers: [{ offerId }], dueOn: '2027-12-01' })
}

async function agreed() {
  const { id: matchId } = await proposed()
  await stage.done('deu.head', acceptMatch, { matchId, gains: 'Experience.', revision: 1 })
  const { commitments } = await stage.done('gha.head', acceptMatch, { matchId, gains: 'Experience.', revision: 1 })
  const [euros, days] = ['EUR', 'days'].map((unit) => commitments.find((one) => one.unit === unit)!.id)
  return { euros: euros!, days: days! }
}

it('[COOP-8] the match rate counts agreed requests of those published', () => {
  const requests = [1, 2, 3, 4].map((n) => ({ id: `${n}`, state: n < 4 ? 'matched' : 'published' }))
  const matches = [1, 2, 3].map((n) => ({ requestId: `${n}`, state: 'active' as const }))
  const proposed = { requestId: '4', state: 'proposed' as const }
  const unseen = { id: '5', state: 'draft' }
  expect(matchRateOf([...requests, unseen], [...matches, proposed])).toEqual({ agreed: 3, published: 4 })
})

/** Added up in another order, tenths differ in the last place. */
const nearly = (sum: CommitmentSum) =>
  Object.fromEntries(
    Object.entries(sum).map(([name, is]) => [name, typeof is === 'number' ? expect.closeTo(is, 6) : is]),
  )

it('[COOP-15] what the database counts of a round is what the one definition says', async () => {
  const { roundId } = round
  const figuresNow = () => stage.done('gha.head', getAssistanceFigures, { roundId })
  expect(await figuresNow()).toEqual({ requests: { agreed: 0, published: 0 }, sums: [] })
  await proposed()
  const [first, second, third] = [await agreed(), await agreed(), await agreed()]
  const year = stage.clock.now().getUTCFullYear()
  const tranches = [300.1, 500.2].map((amount, at) => ({ year: year + at, amount }))
  for (const { euros: commitmentId } of [first, second])
    await stage.done('deu.head', confirmCommitment, { commitmentId, amount: 800.3, tranches, revision: 1 })
  await stage.done('gha.head', deliverCommitment, { commitmentId: second.euros, amount: 100.1, revision: 2 })
  for (const [commitmentId, revision] of [[second.euros, 3] as const, [third.days, 1] as const])
    await stage.done('deu.head', withdrawCommitment, { commitmentId, reason: 'They left.', revision })

  const { listings } = await stage.done('secretariat', listListings, { roundId, limit: 100 })
  const { matches } = await stage.done('secretariat', listMatches, { roundId })
  const { requests, sums } = await figuresNow()
  expect(requests).toEqual({ agreed: 3, published: 4 })
  expect(requests).toEqual(
    matchRateOf(
      listings.filter(({ side }) => side === 'request'),
      matches.map(({ request, state }) => ({ requestId: request?.id ?? null, state })),
    ),
  )
  const { commitments } = await stage.done('chair', listCommitments, { roundId })
  const defined = sumsOf(commitments, year)
  expect(sums).toEqual(defined.map(nearly))
  expect(sums.map(({ unit, later }) => [unit, later])).toEqual([
    ['EUR', 500.2],
    ['days', 0],
  ])

  const { countries, flows } = await stage.done('chair', listCountries, { roundId })
  const passed = (from: string | null, to: string | null) =>
    sumsOf(
      commitments.filter(
        ({ provider, beneficiary }) => [provider.code, null].includes(from) && [beneficiary.code, null].includes(to),
      ),
      year,
    ).map(nearly)
  for (const { code, gives, receives } of countries)
    expect([code, gives, receives]).toEqual([code, passed(code, null), passed(null, code)])
  const pairs = countries.flatMap(({ code: from }) => countries.map(({ code: to }) => ({ from, to })))
  const expected = pairs.flatMap(({ from, to }) => passed(from, to).map((sum) => ({ from, to, sum })))
  expect(flows).toHaveLength(expected.length)
  expect(flows).toEqual(expect.arrayContaining(expected))
  expect(countries.map(({ code, requests: rate }) => [code, rate]).filter(([code]) => code === 'GHA')).toEqual([
    ['GHA', { agreed: 3, published: 4 }],
  ])
})
