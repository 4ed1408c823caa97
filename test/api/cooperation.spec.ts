import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { draftListing, listListings } from '@multilogue/shared/assistance'
import {
  confirmCommitment,
  deliverCommitment,
  listCommitments,
  withdrawCommitment,
} from '@multilogue/shared/commitments'
import { rankListings } from '@multilogue/shared/matching'
import {
  acceptMatch,
  activateMatch,
  addOutcome,
  cancelMatch,
  completeMatch,
  listMatches,
  proposeMatch,
  reviseMatch,
} from '@multilogue/shared/matches'
import { listNotices } from '@multilogue/shared/notices'
import { registerDelegation, setCredentials } from '@multilogue/shared/rounds'
import { sumsOf } from '../support/assistance-reckoned.js'
import { published, type ListingTerms } from '../support/published.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Requests, offers, and three who work together. */

let stage: Stage
let round: SmallRound
/** Ids of what the test has published. */
let request: string
let expertise: string
let fund: string

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const publish = (who: string, side: 'request' | 'offer', more: ListingTerms = {}) =>
  published({ stage, round }, who, side, {
    ...{ modalities: ['expert'], sdgTargets: ['9.b'], sectors: ['32110'], ...more },
  })

beforeEach(async () => {
  request = await publish('gha.head', 'request')
  expertise = await publish('eth.head', 'offer', { inKind: { quantity: 30, unit: 'days' } })
  fund = await publish('deu.head', 'offer', {
    ...{ cooperationType: 'finance', modalities: ['funding'], money: { amount: 1000, currency: 'EUR' } },
  })
})

const offered = (more: object = {}) => ({
  ...{ requestId: request, offers: [{ offerId: expertise }, { offerId: fund }], dueOn: '2027-12-01' },
  ...{ scope: 'Half a year of advice.', interest: 'None.', ...more },
})
const ranking = (listingId: string) => stage.done('chair', rankListings, { listingId })

async function agreed() {
  const match = await stage.done('secretariat', proposeMatch, offered())
  for (const who of ['gha.head', 'eth.head'])
    await stage.done(who, acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
  return stage.done('deu.head', acceptMatch, { matchId: match.id, gains: 'A case.', revision: 1 })
}

describe('Matching', () => {
  it('[COOP-1] ranks offers with reasons for everybody, and says for whom an offer is', async () => {
    const ldc = await publish('deu.head', 'offer', { eligible: ['LDC'] })
    const { candidates, excluded } = await ranking(request)
    const rank = candidates.map(({ listing }) => listing.id)
    expect(rank.indexOf(expertise)).toBeLessThan(rank.indexOf(fund))
    expect(candidates.find(({ listing }) => listing.id === expertise)!.weighing).toMatchObject({
      factors: expect.arrayContaining([
        { name: 'theme', points: 35, shared: ['9.b', '32110'] },
        { name: 'modality', points: 20, shared: ['expert'] },
        { name: 'context', points: 10, shared: ['m49:202', '32110'] },
      ]),
    })
    expect(excluded.find(({ listing }) => listing.id === ldc)!.weighing.exclusions).toEqual([
      { name: 'not_eligible', of: ['LDC'] },
    ])
    const served = await ranking(ldc)
    expect(served.side).toBe('request')
    expect(served.candidates.map(({ listing }) => listing.id)).not.toContain(request)
  })

  it('[COOP-1] another delegation’s draft is not there', async () => {
    const { id } = await stage.done('gha.head', draftListing, {
      ...{ roundId: round.roundId, side: 'request', title: 'Draft', description: 'For a test.', language: 'en' },
      ...{ cooperationType: 'finance', modalities: ['funding'] },
    })
    expect((await stage.call('eth.head', rankListings, { listingId: id })).says).toBe('not-found')
    expect((await stage.call('gha.head', rankListings, { listingId: id })).says).toBe('ok')
  })

  it('[COOP-2] a broker declares interest, and gives a reason for what the score does not advise', async () => {
    const silent = await stage.call('secretariat', proposeMatch, offered({ interest: '' }))
    expect(silent.problem).toMatchObject({ status: 400, errors: [{ pointer: '#/interest' }] })
    const odd = offered({ offers: [{ offerId: fund }] })
    const refused = await stage.call('secretariat', proposeMatch, odd)
    expect(refused.problem).toMatchObject({ status: 400, errors: [{ pointer: '#/overrideReason' }] })
    const given = await stage.done('secretariat', proposeMatch, { ...odd, overrideReason: 'Ghana has the experts.' })
    expect(given).toMatchObject({ brokered: true, interest: 'None.', overrideReason: 'Ghana has the experts.' })
    // The reason is seen by those who decide.
    const [seen] = (await stage.done('gha.head', listMatches, { roundId: round.roundId, matchId: given.id })).matches
    expect(seen).toMatchObject({
      overrideReason: 'Ghana has the experts.',
      parties: [{ code: 'GHA' }, { code: 'DEU', weighing: { score: expect.any(Number) } }],
    })
  })
})

describe('A triangle', () => {
  it('[COOP-3] leaves the ranking of its own request as it was', async () => {
    const order = async () => (await ranking(request)).candidates.map(({ listing }) => listing.id)
    const before = await order()
    expect((await agreed()).state).toBe('agreed')
    expect(await order()).toEqual(before)
    const other = await publish('gha.head', 'request')
    expect((await ranking(other)).candidates.map(({ listing }) => listing.id)).not.toContain(fund)
  })

  it('[COOP-3] stands when all three have accepted the same terms', async () => {
    const match = await stage.done('secretariat', proposeMatch, offered())
    expect(match).toMatchObject({ direction: 'triangular', mode: 'multilateral', state: 'proposed' })
    expect(match.parties.map(({ code, role }) => [code, role])).toEqual([
      ['GHA', 'beneficiary'],
      ['ETH', 'pivotal'],
      ['DEU', 'facilitating'],
    ])
    const accept = (who: string, revision: number) =>
      stage.call(who, acceptMatch, { matchId: match.id, gains: 'Experience.', revision })
    await accept('eth.head', 1)
    const revised = await stage.done('gha.head', reviseMatch, {
      ...{ matchId: match.id, scope: 'A quarter.', dueOn: '2027-11-01', revision: 1 },
      shares: [{ offerId: expertise, inKind: { quantity: 12, unit: 'days' } }],
    })
    expect(revised).toMatchObject({ state: 'negotiating', revision: 2 })
    expect(revised.parties.map(({ acceptedAt }) => acceptedAt)).toEqual([null, null, null])
    expect((await accept('eth.head', 1)).says).toBe('stale-revision')
    for (const who of ['eth.head', 'deu.head']) expect((await accept(who, 2)).output?.state).toBe('negotiating')
    const { output } = await accept('gha.head', 2)
    expect(output).toMatchObject({ state: 'agreed', outcomes: [] })
    expect(output!.commitments.map(({ unit, pledged }) => [unit, pledged]).sort()).toEqual([
      ['EUR', 1000],
      ['days', 12],
    ])
    const left = (await stage.done('chair', listListings, { roundId: round.roundId, limit: 100 })).listings.find(
      ({ id }) => id === expertise,
    )
    expect(left?.left).toEqual({ money: null, inKind: 18 })
  })

  it('[COOP-4] begins once a capacity is named, is completed by those served, and frees what it bound when cancelled', async () => {
    const match = await agreed()
    const step = { matchId: match.id, revision: match.revision }
    expect((await stage.call('gha.head', activateMatch, step)).says).toBe('wrong-state')
    await stage.done('gha.head', addOutcome, { matchId: match.id, outcome: 'A unit of four.', activity: '', goal: '' })
    const active = await stage.done('eth.head', activateMatch, step)
    expect(active.state).toBe('active')
    const cancelled = await stage.done('deu.head', cancelMatch, {
      ...{ matchId: match.id, reason: 'The budget was cut.', revision: active.revision },
    })
    expect(cancelled.commitments.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn'])
    const { listings } = await stage.done('chair', listListings, { roundId: round.roundId, limit: 100 })
    expect(listings.find(({ id }) => id === request)?.state).toBe('published')
    expect(listings.find(({ id }) => id === fund)?.left.money).toBe(1000)

    const again = await agreed()
    await stage.done('gha.head', addOutcome, { matchId: again.id, outcome: 'A unit of four.' })
    const begun = await stage.done('gha.head', activateMatch, { matchId: again.id, revision: again.revision })
    const done = await stage.done('gha.head', completeMatch, { matchId: again.id, revision: begun.revision })
    expect(done.state).toBe('completed')
  })

  it('[COOP-5] of two rivals the first that all accept takes the request; the other is told', async () => {
    const other = await publish('eth.head', 'offer')
    const rival = await stage.done('eth.head', proposeMatch, {
      ...{ requestId: request, offers: [{ offerId: other }], dueOn: '2027-12-01' },
    })
    await stage.done('eth.head', acceptMatch, { matchId: rival.id, gains: 'Experience.', revision: 1 })
    expect((await agreed()).state).toBe('agreed')
    const late = await stage.call('gha.head', acceptMatch, { matchId: rival.id, gains: 'Experience.', revision: 1 })
    expect(late.says).toBe('wrong-state')
    expect(late.problem?.detail).toContain('another match')
  })

  it('[COOP-5] two that are agreed in the same moment share no request and no offer', async () => {
    const second = await publish('gha.head', 'request')
    const propose = (requestId: string) =>
      stage.done('eth.head', proposeMatch, { requestId, offers: [{ offerId: expertise }], dueOn: '2027-12-01' })
    const both = [await propose(request), await propose(second)]
    for (const { id } of both)
      await stage.done('eth.head', acceptMatch, { matchId: id, gains: 'Experience.', revision: 1 })
    const answers = await Promise.all(
      both.map(({ id }) => stage.call('gha.head', acceptMatch, { matchId: id, gains: 'Advice.', revision: 1 })),
    )
    expect(answers.map(({ says }) => says).sort()).toEqual(['ok', 'wrong-state'])
  })

  it('[COOP-6] the same is not proposed twice, nothing beyond the offer, and nobody assists itself', async () => {
    await stage.done('secretariat', proposeMatch, offered())
    expect((await stage.call('gha.head', proposeMatch, offered())).says).toBe('wrong-state')
    const tooMuch = offered({ offers: [{ offerId: expertise, inKind: { quantity: 31, unit: 'days' } }] })
    expect((await stage.call('gha.head', proposeMatch, tooMuch)).problem?.errors).toMatchObject([
      { pointer: '#/offers/0/inKind' },
    ])
    const otherCurrency = offered({ offers: [{ offerId: fund, money: { amount: 1, currency: 'USD' } }] })
    expect((await stage.call('gha.head', proposeMatch, otherCurrency)).says).toBe('invalid-input')
    const own = await publish('gha.head', 'offer')
    expect((await stage.call('gha.head', proposeMatch, offered({ offers: [{ offerId: own }] }))).says).toBe(
      'wrong-state',
    )
    const nothing = { offers: [{ offerId: fund }], dueOn: '2027-12-01' }
    expect((await stage.call('deu.head', proposeMatch, nothing)).problem?.errors).toMatchObject([
      { pointer: '#/requestId' },
    ])
  })

  it('[COOP-6] a party that has left accepts nothing', async () => {
    const { world } = stage
    const { id } = await world.do('secretariat', registerDelegation, {
      ...{ roundId: round.roundId, code: 'CHE', name: 'Switzerland', kind: 'member' },
    })
    await world.do('secretariat', setCredentials, { delegationId: id, credentials: 'accepted', revision: 1 })
    await world.person('che.head', 'The Swiss head')
    await world.seat('che.head', round.roundId, 'head', id)
    const swiss = await publish('che.head', 'offer')
    const match = await stage.done('che.head', proposeMatch, {
      ...{ requestId: request, offers: [{ offerId: swiss }], dueOn: '2027-12-01' },
    })
    await world.do('secretariat', setCredentials, { delegationId: id, credentials: 'rejected', revision: 2 })
    stage.forget('che.head')
    const late = await stage.call('che.head', acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
    expect(late.says).toBe('not-allowed')
  })
})

describe('Commitments', () => {
  const of = async (matchId: string) =>
    (await stage.done('chair', listCommitments, { roundId: round.roundId, matchId })).commitments

  it('[COOP-7] are pledged, confirmed, delivered in parts; currencies are never added', async () => {
    const match = await agreed()
    const euros = match.commitments.find(({ unit }) => unit === 'EUR')!
    const years = (amounts: number[]) => amounts.map((amount, at) => ({ year: 2027 + at, amount }))
    const confirm = (amount: number, tranches: { year: number; amount: number }[] = []) =>
      stage.call('deu.head', confirmCommitment, { commitmentId: euros.id, amount, tranches, revision: 1 })
    expect((await confirm(800, years([500, 200]))).problem?.errors).toMatchObject([{ pointer: '#/tranches' }])
    expect((await confirm(800, years([500, 300]))).output).toMatchObject({ state: 'confirmed', confirmed: 800 })
    const deliver = (amount: number | null, revision: number) =>
      stage.call('gha.head', deliverCommitment, { commitmentId: euros.id, amount, revision })
    expect((await deliver(801, 2)).problem?.errors).toMatchObject([{ pointer: '#/amount' }])
    expect((await deliver(300, 2)).output).toMatchObject({ state: 'partly_delivered', delivered: 300 })
    expect((await deliver(300, 2)).says).toBe('stale-revision')
    const all = sumsOf(await of(match.id), 2027)
    expect(all).toEqual([
      { unit: 'EUR', count: 1, pledged: 1000, confirmed: 800, delivered: 300, gap: 200, later: 300 },
      { unit: 'days', count: 1, pledged: 30, confirmed: 0, delivered: 0, gap: 30, later: 0 },
    ])
    expect((await deliver(null, 3)).output).toMatchObject({ state: 'delivered', delivered: 800 })
    const days = match.commitments.find(({ unit }) => unit === 'days')!
    await stage.done('eth.head', withdrawCommitment, { commitmentId: days.id, reason: 'They left.', revision: 1 })
    expect(sumsOf(await of(match.id), 2027)[1]).toMatchObject({ pledged: 0, gap: 0 })
  })

  it('[COOP-9] what has arrived stays bound when a match ends; what is taken back is free again', async () => {
    const leftOf = async (id: string) =>
      (await stage.done('chair', listListings, { roundId: round.roundId, limit: 100 })).listings.find(
        (one) => one.id === id,
      )!.left.money
    const match = await agreed()
    const euros = match.commitments.find(({ unit }) => unit === 'EUR')!
    await stage.done('deu.head', confirmCommitment, { commitmentId: euros.id, amount: 1000, revision: 1 })
    await stage.done('gha.head', deliverCommitment, { commitmentId: euros.id, amount: 400, revision: 2 })
    expect(await leftOf(fund)).toBe(0)
    await stage.done('gha.head', cancelMatch, { matchId: match.id, reason: 'No office.', revision: match.revision })
    expect(await leftOf(fund)).toBe(600)

    const again = await agreed()
    expect(again.commitments.find(({ unit }) => unit === 'EUR')).toMatchObject({ pledged: 600 })
    const spent = await stage.call('eth.head', proposeMatch, {
      ...{ requestId: await publish('gha.head', 'request'), offers: [{ offerId: expertise }], dueOn: '2027-12-01' },
    })
    expect(spent.problem?.errors).toMatchObject([{ pointer: '#/offers/0/money' }])
  })

  it('[COOP-9] tenths add up, and nobody confirms more than was pledged', async () => {
    const offer = await publish('deu.head', 'offer', { money: { amount: 1000.3, currency: 'EUR' } })
    const match = await stage.done('deu.head', proposeMatch, {
      ...{ requestId: request, offers: [{ offerId: offer }], dueOn: '2027-12-01' },
    })
    for (const who of ['deu.head', 'gha.head'])
      await stage.done(who, acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
    const commitmentId = (await of(match.id))[0]!.id
    const confirm = (amount: number) => stage.call('deu.head', confirmCommitment, { commitmentId, amount, revision: 1 })
    expect((await confirm(1000.4)).problem?.errors).toMatchObject([{ pointer: '#/amount' }])
    await confirm(1000.3)
    await stage.done('gha.head', deliverCommitment, { commitmentId, amount: 1000.1, revision: 2 })
    const rest = await stage.done('gha.head', deliverCommitment, { commitmentId, amount: 0.2, revision: 3 })
    expect(rest).toMatchObject({ state: 'delivered', delivered: 1000.3 })
  })

  it('[COOP-10] changed terms are told to those who had accepted', async () => {
    const match = await stage.done('secretariat', proposeMatch, offered())
    await stage.done('eth.head', acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
    const toldOf = async () =>
      (await stage.done('eth.adviser', listNotices, {})).filter(({ href }) => href.includes(match.id)).length
    const before = await toldOf()
    await stage.done('gha.head', reviseMatch, {
      ...{ matchId: match.id, scope: 'Less.', dueOn: '2027-11-01', revision: 1 },
    })
    expect(await toldOf()).toBe(before + 1)
  })
})
