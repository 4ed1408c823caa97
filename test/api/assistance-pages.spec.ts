import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { draftListing, listListings, moveListing } from '@multilogue/shared/assistance'
import { listCommitments } from '@multilogue/shared/commitments'
import { acceptMatch, declineMatch, listMatches, proposeMatch } from '@multilogue/shared/matches'
import { published } from '../support/published.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Requests, offers, matches and commitments, a page at a time. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

interface Page<T> {
  rows: T[]
  total: number | null
  next: string | null
}

/** All pages; `between` happens after each. */
async function readOn<T>(ask: (after?: string) => Promise<Page<T>>, between?: () => Promise<unknown>): Promise<T[]> {
  const first = await ask()
  const rows = [...first.rows]
  for (let { next } = first; next;) {
    await between?.()
    const page = await ask(next)
    expect(page.total).toBeNull()
    rows.push(...page.rows)
    next = page.next
  }
  return rows
}

describe('Requests and offers by the page', () => {
  const pageOf = async (who: string, which: { side?: 'request' | 'offer'; after?: string; limit?: number } = {}) => {
    const { listings, total, next } = await stage.done(who, listListings, {
      roundId: round.roundId,
      limit: 2,
      ...which,
    })
    return { rows: listings.map(({ id }) => id), total, next }
  }

  it('[PAGE-1] lose and repeat nothing while others are published and taken back', async () => {
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push(await published({ stage, round }, 'gha.head', 'request'))
    await published({ stage, round }, 'deu.head', 'offer')
    expect(await pageOf('chair', { side: 'request' })).toMatchObject({ rows: made.slice(0, 2), total: 5 })

    const later: string[] = []
    const all = await readOn(
      (after) => pageOf('chair', { side: 'request', ...(after ? { after } : {}) }),
      async () => {
        if (later.length === 0) later.push(await published({ stage, round }, 'gha.head', 'request'))
      },
    )
    expect(all).toEqual([...made, ...later])
    const taken = await readOn(
      (after) => pageOf('chair', { side: 'request', ...(after ? { after } : {}) }),
      async () => {
        await stage.call('gha.head', moveListing, { listingId: made[1]!, state: 'withdrawn', revision: 2 })
      },
    )
    expect(taken).toEqual([...made, ...later])
    expect((await pageOf('chair')).total).toBe(6)
  })

  it('[PAGE-2] count and show a draft to its owner alone, on whichever page it is', async () => {
    const { id } = await stage.done('eth.head', draftListing, {
      ...{ roundId: round.roundId, side: 'offer', title: 'Not yet.', description: 'For a test.', language: 'en' },
      ...{ cooperationType: 'finance', modalities: ['funding'] },
    })
    await published({ stage, round }, 'deu.head', 'offer')
    const offers = (who: string) =>
      readOn((after) => pageOf(who, { side: 'offer', limit: 1, ...(after ? { after } : {}) }))
    expect(await offers('eth.head')).toContain(id)
    expect((await pageOf('eth.head', { side: 'offer' })).total).toBe(3)
    for (const stranger of ['gha.head', 'secretariat', 'chair']) {
      expect(await offers(stranger)).not.toContain(id)
      expect((await pageOf(stranger, { side: 'offer' })).total).toBe(2)
      const alone = { roundId: round.roundId, listingId: id }
      expect(await stage.done(stranger, listListings, alone)).toEqual({ listings: [], total: 0, next: null })
    }
    const own = { roundId: round.roundId, delegationId: round.delegations.ETH, state: 'draft' as const }
    expect((await stage.done('eth.head', listListings, own)).listings).toMatchObject([{ id }])
  })

  it('[PAGE-3] are a hundred at most', async () => {
    for (const limit of [0, 101])
      expect((await stage.call('chair', listListings, { roundId: round.roundId, limit })).says).toBe('invalid-input')
  })
})

/** Proposed to Ghana by Germany, or agreed. */
async function match(state: 'proposed' | 'agreed'): Promise<{ id: string; requestId: string; offerId: string }> {
  const terms = { modalities: ['expert' as const], sdgTargets: ['9.b'], sectors: ['32110'] }
  const requestId = await published({ stage, round }, 'gha.head', 'request', terms)
  const money = { amount: 1000, currency: 'EUR' }
  const offerId = await published({ stage, round }, 'deu.head', 'offer', { ...terms, money })
  const input = { requestId, offers: [{ offerId }], dueOn: '2027-12-01' }
  const { id, revision } = await stage.done('deu.head', proposeMatch, input)
  for (const who of state === 'agreed' ? ['deu.head', 'gha.head'] : [])
    await stage.done(who, acceptMatch, { matchId: id, gains: 'Experience.', revision })
  return { id, requestId, offerId }
}

describe('Matches by the page', () => {
  const pageOf = async (who: string, which: { after?: string; limit?: number } = {}) => {
    const { matches, counts, next } = await stage.done(who, listMatches, { roundId: round.roundId, limit: 2, ...which })
    const total = counts && counts.reduce((sum, { count }) => sum + count, 0)
    return { rows: matches.map(({ id }) => id), total, next, counts }
  }

  it('[PAGE-4] go by state, and lose and repeat none while others are made and the last one read moves', async () => {
    const made: string[] = []
    for (const state of ['proposed', 'agreed', 'proposed', 'agreed', 'proposed'] as const)
      made.push((await match(state)).id)
    const [a, b, c, d, e] = made
    expect(await pageOf('secretariat')).toMatchObject({
      rows: [a, c],
      counts: [
        { state: 'proposed', count: 3, agreed: 0 },
        { state: 'agreed', count: 2, agreed: 2 },
      ],
    })
    const later: string[] = []
    const all = await readOn(
      (after) => pageOf('secretariat', after ? { after } : {}),
      async () => {
        if (later.length > 0) return
        later.push((await match('agreed')).id)
        // From before the place where the page ends to behind all.
        await stage.done('gha.head', declineMatch, { matchId: c!, reason: 'Not now.', revision: 1 })
      },
    )
    expect(all).toEqual([a, c, e, b, d, ...later, c])
  })

  it('[PAGE-5] show and count what is proposed to its parties and the secretariat alone', async () => {
    const { id, requestId, offerId } = await match('proposed')
    for (const who of ['gha.head', 'deu.head', 'secretariat']) {
      expect(await readOn((after) => pageOf(who, after ? { after } : {}))).toContain(id)
      for (const listingId of [requestId, offerId]) {
        const { matches } = await stage.done(who, listMatches, { roundId: round.roundId, listingId })
        expect(matches).toMatchObject([{ id }])
      }
    }
    expect((await pageOf('eth.head')).counts).toEqual([{ state: 'agreed', count: 3, agreed: 3 }])
    expect(await readOn((after) => pageOf('eth.head', after ? { after } : {}))).not.toContain(id)
    for (const which of [{ matchId: id }, { listingId: requestId }])
      expect(await stage.done('eth.head', listMatches, { roundId: round.roundId, ...which })).toEqual({
        ...{ matches: [], counts: [], next: null },
      })
  })

  it('[PAGE-6] behind something that is no place in the list are refused', async () => {
    const input = { roundId: round.roundId, after: 'agreed' }
    expect((await stage.call('chair', listMatches, input)).says).toBe('invalid-input')
    const unknown = { roundId: round.roundId, after: `lost ${round.roundId}` }
    expect((await stage.done('chair', listMatches, unknown)).matches).toEqual([])
  })
})

it('[PAGE-7] commitments by the page lose and repeat none while others are pledged', async () => {
  const pageOf = async (after?: string) => {
    const asked = { roundId: round.roundId, limit: 2, ...(after ? { after } : {}) }
    const { commitments, total, next } = await stage.done('eth.head', listCommitments, asked)
    return { rows: commitments.map(({ matchId }) => matchId), total, next }
  }
  const made: string[] = []
  for (let n = 0; n < 3; n++) made.push((await match('agreed')).id)
  const { total } = await pageOf()
  const later: string[] = []
  const all = await readOn(pageOf, async () => {
    if (later.length === 0) later.push((await match('agreed')).id)
  })
  expect(all).toHaveLength(total! + 1)
  expect(new Set(all).size).toBe(all.length)
  expect(all).toEqual(expect.arrayContaining([...made, ...later]))
  const { commitments } = await stage.done('chair', listCommitments, { roundId: round.roundId, matchId: made[0] })
  expect(commitments).toMatchObject([{ matchId: made[0], unit: 'EUR', pledged: 1000 }])
})
