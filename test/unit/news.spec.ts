import { expect, it } from '@jest/globals'
import type { NegotiatedBlock, Position, Proposal } from '@multilogue/shared/negotiation'
import { newsOf } from '../../client/src/lib/rooms/negotiation/news.js'

const by = (code: string) => ({ delegationId: code, code, name: code })
const proposal = (state: Proposal['state'], more: Partial<Proposal> = {}) =>
  ({
    id: 'p',
    number: 1,
    state,
    delegation: by('DEU'),
    sponsors: [by('DEU')],
    positions: [],
    ...more,
  }) as unknown as Proposal
const block = (status: NegotiatedBlock['status']) => ({ id: 'one', status }) as NegotiatedBlock
const holds = (code: string, position: Position) => ({ ...by(code), position })
const told = (before: Proposal[], after: Proposal[]) =>
  newsOf({ blocks: [], proposals: before }, { blocks: [], proposals: after }).map((news) =>
    news.kind === 'position' ? [news.kind, news.position, ...news.codes] : [news.kind],
  )

it.each<[string, Proposal[], Proposal[], string[][]]>([
  ['a draft', [], [proposal('draft', { number: null })], []],
  ['what is tabled', [proposal('draft', { number: null })], [proposal('tabled')], [['tabled']]],
  ['what is tabled elsewhere', [], [proposal('tabled')], [['tabled']]],
  ['what is tabled again', [proposal('draft')], [proposal('tabled')], [['tabled']]],
  ['what is taken back to rebase', [proposal('tabled')], [proposal('draft')], []],
  ['a decision', [proposal('tabled')], [proposal('incorporated')], [['decided']]],
  ['an old decision that is heard of late', [], [proposal('incorporated')], []],
  [
    'positions, those that are alike together',
    [proposal('tabled', { positions: [holds('GHA', 'oppose'), holds('COL', 'support')] })],
    [
      proposal('tabled', {
        positions: [holds('GHA', 'support'), holds('COL', 'support'), holds('IDN', 'support'), holds('MEX', 'oppose')],
      }),
    ],
    [
      ['position', 'support', 'GHA', 'IDN'],
      ['position', 'oppose', 'MEX'],
    ],
  ],
  ['nothing', [proposal('tabled')], [proposal('tabled')], []],
])('[NEWS-1] tells %s', (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected)
})

it.each([
  ['open', 'agreed_ad_ref', 1],
  ['agreed_ad_ref', 'bracketed', 1],
  ['agreed_ad_ref', 'agreed', 0],
  ['open', 'bracketed', 0],
] as const)('[NEWS-2] a paragraph that goes from %s to %s is told %i times', (before, after, times) => {
  const news = newsOf({ blocks: [block(before)], proposals: [] }, { blocks: [block(after)], proposals: [] })
  expect(news).toHaveLength(times)
})
