import { describe, expect, it } from '@jest/globals'
import type { Listing } from '@multilogue/shared/assistance'
import { rank, weigh, type Knowledge } from '../../server/src/assistance/matching.js'

/* The score of the field's own rules: hard conditions first, then 100 points in six factors. */

const listing = (side: Listing['side'], code: string, more: Partial<Listing> = {}): Listing => ({
  ...{ id: `${code}-${side}`, roundId: 'r', side, owner: { delegationId: code, code, name: code }, title: code },
  ...{ description: '', language: 'en', dir: 'ltr', cooperationType: 'technical_cooperation', modalities: ['expert'] },
  ...{ sdgTargets: [], sectors: [], languages: ['en'], interpretation: false, eligible: [], opensOn: null },
  ...{ closesOn: null, money: null, inKind: null, left: { money: null, inKind: null }, gap: '', outcome: '' },
  ...{ readiness: '', experience: '', coordination: '', genderMarker: 0, state: 'published', createdAt: '' },
  ...{ revision: 1, may: [] },
  ...more,
})
const place = (region: number, subregion: number, ...groups: string[]) => ({ region, subregion, groups })
const knowledge: Knowledge = {
  today: '2026-06-01',
  places: new Map([
    ['MAR', place(2, 15, 'LMC')],
    ['TUN', place(2, 15, 'LMC')],
    ['ETH', place(2, 202, 'LDC', 'LIC')],
    ['CHE', place(150, 155, 'DAC', 'HIC')],
  ]),
  delivered: new Map([['TUN', [{ sdgTargets: ['5.5'], sectors: [] }]]]),
}
const pointsOf = (request: Listing, offer: Listing, name: string) =>
  weigh(request, offer, knowledge).factors.find((factor) => factor.name === name)!.points
const ruledOut = (request: Listing, offer: Listing) =>
  weigh(request, offer, knowledge).exclusions.map(({ name, of }) => [name, of])

describe('What rules a pair out', () => {
  const request = listing('request', 'MAR')
  it('[MATCH-1] an offer for others: by group on the day, by country, or for everybody', () => {
    const forLdc = listing('offer', 'CHE', { eligible: ['LDC'] })
    expect(ruledOut(request, forLdc)).toEqual([['not_eligible', ['LDC']]])
    expect(ruledOut(listing('request', 'ETH'), forLdc)).toEqual([])
    expect(ruledOut(request, listing('offer', 'CHE', { eligible: ['LDC', 'MAR'] }))).toEqual([])
    expect(ruledOut(listing('request', 'AGI'), forLdc)).toEqual([['not_eligible', ['LDC']]])
  })

  it('[MATCH-1] times that do not meet; one common day is enough', () => {
    const until = listing('offer', 'CHE', { closesOn: '2027-06-30' })
    const from = (opensOn: string) => listing('request', 'MAR', { opensOn })
    expect(ruledOut(from('2027-06-30'), until)).toEqual([])
    expect(ruledOut(from('2027-07-01'), until)).toEqual([['no_window', ['', '2027-06-30']]])
  })

  it('[MATCH-1] no common language, unless somebody interprets', () => {
    const french = listing('offer', 'CHE', { languages: ['fr'] })
    expect(ruledOut(request, french)).toEqual([['no_language', ['fr']]])
    expect(ruledOut({ ...request, interpretation: true }, french)).toEqual([])
    expect(ruledOut(request, { ...french, interpretation: true })).toEqual([])
  })

  it('[MATCH-1] an offer that is used up, and one of the same delegation', () => {
    const used = listing('offer', 'CHE', { left: { money: 0, inKind: null } })
    expect(ruledOut(request, used)).toEqual([['no_capacity', []]])
    expect(ruledOut(request, { ...used, left: { money: 0, inKind: 3 } })).toEqual([])
    expect(ruledOut(request, listing('offer', 'MAR'))).toEqual([['own', []]])
  })
})

describe('What the points are given for', () => {
  const about = { sdgTargets: ['5.5'], sectors: ['32161'] }
  const request = listing('request', 'MAR', about)

  it('[MATCH-2] the theme: whole for the same target or sector, half for the same goal or group of sectors', () => {
    expect(pointsOf(request, listing('offer', 'CHE', about), 'theme')).toBe(35)
    expect(pointsOf(request, listing('offer', 'CHE', { sdgTargets: ['5.a'], sectors: ['32163'] }), 'theme')).toBe(17.5)
    expect(pointsOf(request, listing('offer', 'CHE', { sectors: ['32161'] }), 'theme')).toBe(17.5)
    expect(pointsOf(request, listing('offer', 'CHE'), 'theme')).toBe(0)
    expect(pointsOf(listing('request', 'MAR'), listing('offer', 'CHE', about), 'theme')).toBe(0)
  })

  it('[MATCH-2] modalities, languages and time: the share of what is asked for', () => {
    const asked = listing('request', 'MAR', {
      ...{ modalities: ['expert', 'training'], languages: ['fr', 'ar'] },
      ...{ opensOn: '2027-01-01', closesOn: '2027-01-10' },
    })
    const offer = listing('offer', 'CHE', { languages: ['fr'], opensOn: '2027-01-06' })
    expect(pointsOf(asked, offer, 'modality')).toBe(10)
    expect(pointsOf(asked, offer, 'language')).toBe(5)
    expect(pointsOf(asked, { ...offer, interpretation: true }, 'language')).toBe(7.5)
    expect(pointsOf(asked, offer, 'timing')).toBe(2.5)
  })

  it('[MATCH-2] likeness and experience, whoever it was gained with', () => {
    expect(pointsOf(request, listing('offer', 'TUN', about), 'context')).toBe(15)
    expect(pointsOf(request, listing('offer', 'ETH'), 'context')).toBe(2.5)
    expect(pointsOf(request, listing('offer', 'CHE'), 'context')).toBe(0)
    expect(pointsOf(request, listing('offer', 'TUN', { experience: 'A label.' }), 'experience')).toBe(10)
    expect(pointsOf(listing('request', 'MAR', { sectors: ['11330'] }), listing('offer', 'TUN'), 'experience')).toBe(0)
  })

  it('[MATCH-2] a pair with everything has a hundred', () => {
    const offer = listing('offer', 'TUN', { ...about, experience: 'A label.' })
    const twice = { ...knowledge, delivered: new Map([['TUN', [about, about, about]]]) }
    expect(weigh(request, offer, twice)).toMatchObject({ score: 100, exclusions: [] })
  })
})

describe('The ranking', () => {
  const request = listing('request', 'MAR', { sdgTargets: ['5.5'] })

  it('[MATCH-3] puts the best first, of equals the earlier published; what is ruled out stands apart', () => {
    const offers = ['ETH', 'CHE', 'TUN'].map((code) =>
      listing('offer', code, { sdgTargets: code === 'TUN' ? ['5.5'] : [] }),
    )
    const far = [listing('offer', 'XXA', {}), listing('offer', 'XXB', {})]
    const out = listing('offer', 'CHE', { id: 'out', eligible: ['LDC'] })
    const { candidates, excluded, counts } = rank(request, [...far, out, ...offers], knowledge)
    expect(candidates.map(({ listing: { owner } }) => owner.code)).toEqual(['TUN', 'ETH', 'XXA', 'XXB', 'CHE'])
    expect(excluded.map(({ listing: { id } }) => id)).toEqual(['out'])
    expect(counts).toEqual({ candidates: 5, excluded: 1 })
  })

  it('[MATCH-3] without a good candidate names what is missing', () => {
    expect(rank(request, [listing('offer', 'TUN', { sdgTargets: ['5.5'] })], knowledge).missing).toBe(null)
    expect(rank(request, [listing('offer', 'CHE')], knowledge).missing).toBe('theme')
    expect(rank(request, [listing('offer', 'CHE', { languages: ['zh'] })], knowledge).missing).toBe('no_language')
    expect(rank(request, [], knowledge).missing).toBe(null)
  })

  it('[MATCH-3] is the same from the side of the offer', () => {
    const offer = listing('offer', 'TUN', { sdgTargets: ['5.5'] })
    const fromOffer = rank(offer, [request], knowledge).candidates[0]!
    expect(fromOffer.weighing).toEqual(rank(request, [offer], knowledge).candidates[0]!.weighing)
  })
})
