import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { draftListing, listListings, moveListing } from '@multilogue/shared/assistance'
import type { RawInputOf } from '@multilogue/shared/contract'
import { acceptMatch, cancelMatch, proposeMatch } from '@multilogue/shared/matches'
import { findOverlaps, listOverlaps } from '@multilogue/shared/overlaps'
import { published, type ListingTerms } from '../support/published.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Requests and offers that cover the same are named before one more is made. */

let stage: Stage
let round: SmallRound
/** Of Germany, for the least developed countries. */
let fund: string

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const publish = (who: string, side: 'request' | 'offer', more: ListingTerms = {}) =>
  published({ stage, round }, who, side, {
    ...{ sdgTargets: ['9.b', '4.4'], sectors: ['32110'], opensOn: '2027-07-01', closesOn: '2027-12-31', ...more },
  })

beforeEach(async () => {
  await stage.source.query(`UPDATE listing SET state = 'withdrawn'`)
  fund = await publish('deu.head', 'offer', { eligible: ['LDC'] })
})

type Draft = Partial<RawInputOf<typeof findOverlaps>>
const beside = async (who: string, side: 'request' | 'offer', more: Draft = {}) => {
  const draft = { sdgTargets: ['9.b'], ...more }
  return (await stage.done(who, findOverlaps, { roundId: round.roundId, side, ...draft })).overlaps
}
const listed = async (listingId: string, who = 'chair') =>
  (await stage.done(who, listOverlaps, { listingId })).overlaps.map(({ id }) => id)
const listing = async (listingId: string, who = 'gha.head') =>
  (await stage.done(who, listListings, { roundId: round.roundId, listingId })).listings[0]!

describe('Beside an offer', () => {
  it('[COOP-11] those for the same countries are named, with what they share', async () => {
    const found = await beside('gha.head', 'offer', {
      ...{ sdgTargets: ['9.1', '9.b'], sectors: ['32120', '32110'], eligible: ['ETH', 'GHA'], opensOn: '2027-10-01' },
    })
    expect(found).toMatchObject([
      {
        ...{ id: fund, side: 'offer', owner: { code: 'DEU' }, state: 'published', isSameOwner: false },
        ...{ receiving: ['ETH'], isForEverybody: false, about: ['9.b', '32110', '~9.1'] },
        ...{ opensOn: '2027-10-01', closesOn: '2027-12-31' },
      },
    ])
    expect(await beside('gha.head', 'offer', { eligible: ['GHA'] })).toEqual([])
    expect((await beside('gha.head', 'offer', { eligible: ['LDC', 'GHA'] }))[0]!.receiving).toEqual(['LDC'])
    // Those that are least developed and landlocked.
    expect((await beside('gha.head', 'offer', { eligible: ['LLDC'] }))[0]!.receiving).toContain('ETH')
    expect((await beside('gha.head', 'offer'))[0]).toMatchObject({ receiving: ['LDC'], isForEverybody: false })
    const open = await publish('eth.head', 'offer')
    expect(await beside('gha.head', 'offer')).toMatchObject([
      { id: fund },
      { id: open, receiving: [], isForEverybody: true },
    ])
  })

  it('[COOP-11] those of the same party are, whomever they are for', async () => {
    expect(await beside('deu.adviser', 'offer', { eligible: ['GHA'] })).toMatchObject([
      { id: fund, isSameOwner: true, receiving: [] },
    ])
  })

  it('[COOP-11] neither another theme nor other days overlap, nor what is over', async () => {
    const found = (more: Draft) => beside('eth.head', 'offer', more)
    expect(await found({ sdgTargets: ['5.5'] })).toEqual([])
    expect(await found({ sdgTargets: [], sectors: ['32120'] })).toEqual([])
    expect(await found({ sdgTargets: [] })).toEqual([])
    expect(await found({ opensOn: '2028-01-01' })).toEqual([])
    expect(await found({ closesOn: '2027-06-30' })).toEqual([])
    expect(await found({ opensOn: '2027-12-31' })).toMatchObject([{ opensOn: '2027-12-31', closesOn: '2027-12-31' }])
    await publish('gha.head', 'offer', { opensOn: null, closesOn: '2020-01-01' })
    expect((await found({})).map(({ id }) => id)).toEqual([fund])
  })

  it('[COOP-11] neither drafts nor requests are named, and at most twenty with how many there are', async () => {
    const { id } = await stage.done('gha.head', draftListing, {
      ...{ roundId: round.roundId, side: 'offer', title: 'Draft', description: 'For a test.', language: 'en' },
      ...{ cooperationType: 'finance', modalities: ['funding'], sdgTargets: ['9.b'] },
    })
    await publish('gha.head', 'request')
    for (const who of ['gha.head', 'eth.head'])
      expect((await beside(who, 'offer')).map((one) => one.id)).toEqual([fund])
    expect(await listed(id, 'gha.head')).toEqual([fund])
    expect((await stage.call('eth.head', listOverlaps, { listingId: id })).says).toBe('not-found')
    for (let n = 0; n < 20; n++) await publish('deu.head', 'offer', { sdgTargets: ['9.2'], sectors: [] })
    const all = await stage.done('eth.head', findOverlaps, {
      ...{ roundId: round.roundId, side: 'offer', sdgTargets: ['9.b'] },
    })
    expect(all.count).toBe(21)
    expect(all.overlaps).toHaveLength(20)
    expect(all.overlaps[0]!.id).toBe(fund)
  })
})

describe('Beside a request', () => {
  it('[COOP-12] those of the same party are named, to everybody on its page', async () => {
    const [one, other] = [await publish('gha.head', 'request'), await publish('gha.head', 'request')]
    await publish('eth.head', 'request')
    expect(await beside('gha.adviser', 'request')).toMatchObject([
      { id: one, isSameOwner: true, receiving: [] },
      { id: other },
    ])
    expect(await listed(one)).toEqual([other])
    const { revision } = await listing(other)
    await stage.done('gha.head', moveListing, { listingId: other, state: 'withdrawn', revision })
    expect(await listed(one)).toEqual([])
  })

  it('[COOP-12] so is what an agreed match brings to the country already, until it is cancelled', async () => {
    const [request, offer] = [await publish('gha.head', 'request'), await publish('eth.head', 'offer')]
    expect((await beside('gha.head', 'request')).map(({ id }) => id)).toEqual([request])
    let match = await stage.done('eth.head', proposeMatch, {
      ...{ requestId: request, offers: [{ offerId: offer }], dueOn: '2027-12-01' },
    })
    for (const who of ['eth.head', 'gha.head'])
      match = await stage.done(who, acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
    expect(await beside('gha.head', 'request')).toMatchObject([
      { id: request, state: 'matched' },
      { id: offer, side: 'offer', isSameOwner: false, receiving: ['GHA'] },
    ])
    // To the request that it serves it is no overlap.
    expect(await listed(request)).toEqual([])
    expect(await beside('deu.head', 'request')).toEqual([])
    await stage.done('gha.head', cancelMatch, { matchId: match.id, reason: 'No office.', revision: match.revision })
    expect((await beside('gha.head', 'request')).map(({ id }) => id)).toEqual([request])
  })
})

it('[COOP-13] a note of coordination is kept with the draft, and nothing is forbidden', async () => {
  const coordination = 'Germany pays for equipment, Ghana for people.'
  const id = await publish('gha.head', 'offer', { eligible: ['ETH'], coordination })
  expect(await listing(id, 'eth.head')).toMatchObject({ coordination, state: 'published' })
  expect(await listed(id)).toEqual([fund])
  const elsewhere = { roundId: round.roundId, side: 'offer' as const }
  expect((await stage.call('outsider', findOverlaps, elsewhere)).says).toBe('not-found')
  expect((await stage.call('outsider', listOverlaps, { listingId: id })).says).toBe('not-found')
  expect(await beside('chair', 'offer')).toHaveLength(2)
})
