import { describe, expect, it } from '@jest/globals'
import { alternativesOf, deletionsIn, openRows, piecesOf, rowsOf } from '@multilogue/shared/compilation'
import type { NegotiatedBlock, Negotiation, Position, Proposal } from '@multilogue/shared/negotiation'

const block = (id: string, text: string, status: NegotiatedBlock['status'] = 'open'): NegotiatedBlock => ({
  id,
  kind: 'paragraph',
  part: 'operative',
  runs: [{ text }],
  hash: id,
  status,
  set: null,
  editedSince: false,
})
const by = (code: string) => ({ delegationId: code, code, name: code })
const proposal = (id: string, on: string, text: string, more: Partial<Proposal> = {}): Proposal => ({
  id,
  documentId: 'd',
  number: 1,
  operation: 'replace',
  paragraphId: on,
  otherId: null,
  base: [],
  content: [{ id: `${id}-1`, kind: 'paragraph', part: 'operative', runs: [{ text }] }],
  reason: null,
  state: 'tabled',
  outdated: false,
  delegation: by(id),
  informal: null,
  asked: null,
  sponsors: [by(id)],
  positions: [],
  tabledAt: null,
  decidedAt: null,
  note: null,
  revision: 1,
  may: [],
  ...more,
})
const negotiation = (blocks: NegotiatedBlock[], proposals: Proposal[]) =>
  ({ blocks, proposals, language: 'en' }) as Negotiation
const positions = (code: string, position: Position) => [{ ...by(code), position }]

const ONE = block('one', 'Agree;', 'agreed_ad_ref')
const TWO = block('two', 'Call for rules;', 'bracketed')
const RIVALS = [proposal('DEU', 'two', 'Call for trust;'), proposal('IDN', 'two', 'Call for law;')]

describe('Views', () => {
  it('[VIEW-1] put a proposed paragraph behind the one it was proposed on, with a number beside it', () => {
    const added = proposal('COL', 'two', 'Exchange experience;', { operation: 'insert' })
    const rows = rowsOf(negotiation([ONE, TWO], [added]), 'working', true)
    expect(rows.map(({ id, number }) => [id, number])).toEqual([
      ['one', '1'],
      ['two', '2'],
      ['COL', '2 bis'],
    ])
    expect(rowsOf(negotiation([ONE, TWO], [added]), 'print', false).map(({ number }) => number)).toEqual(['1.', '2.'])
  })

  it('[VIEW-1] keep what waits on a paragraph that is gone in sight, at the end', () => {
    const added = proposal('COL', 'gone', 'Exchange experience;', { operation: 'insert' })
    const change = proposal('DEU', 'gone', 'Call for trust;')
    const rows = rowsOf(negotiation([ONE, TWO], [added, change]), 'working', true)
    expect(rows.map(({ kind, id, number }) => [kind, id, number])).toEqual([
      ['block', 'one', '1'],
      ['block', 'two', '2'],
      ['insertion', 'COL', '2 bis'],
      ['stranded', 'DEU', ''],
    ])
  })

  it('[VIEW-2] print rivals as alternatives, and the old text while somebody opposes them all', () => {
    const numbersAndCodes = (proposals: Proposal[]) => {
      const row = rowsOf(negotiation([ONE, TWO], proposals), 'working', true)[1]!
      return row.kind === 'block' ? alternativesOf(row, row.number).map(({ number, codes }) => [number, ...codes]) : []
    }
    expect(numbersAndCodes(RIVALS)).toEqual([
      ['2', 'DEU'],
      ['2 bis', 'IDN'],
    ])
    expect(numbersAndCodes(RIVALS.map((rival) => ({ ...rival, positions: positions('GHA', 'oppose') })))).toEqual([
      ['2', 'DEU'],
      ['2 bis', 'IDN'],
      ['2 ter', 'GHA'],
    ])
    expect(numbersAndCodes(RIVALS.slice(1))).toEqual([])
    expect(numbersAndCodes(RIVALS.map((rival, at) => ({ ...rival, outdated: at === 0 })))).toEqual([])
  })

  it('[VIEW-3] list what is open with what waits on it', () => {
    const withdrawn = proposal('MEX', 'two', 'Call;', { state: 'withdrawn', positions: positions('GHA', 'oppose') })
    const opposed = RIVALS.map((rival) => ({ ...rival, positions: positions('GHA', 'oppose') }))
    const added = proposal('COL', 'two', 'Exchange;', { operation: 'insert', positions: positions('MAR', 'support') })
    expect(openRows(rowsOf(negotiation([ONE, TWO], [...opposed, withdrawn, added]), 'working', true))).toEqual([
      { id: 'two', number: '2', waiting: 2, positions: 2 },
      { id: 'COL', number: '2 bis', waiting: 1, positions: 1 },
    ])
  })

  it('[VIEW-5] list what was deleted, unless it stands in the text again', () => {
    const deleted: Partial<Proposal> = { operation: 'delete', state: 'incorporated', content: [] }
    const gone = proposal('DEU', 'gone', '', { ...deleted, decidedAt: '2027-06-08T09:00:00Z' })
    const later = proposal('IDN', 'gone too', '', { ...deleted, decidedAt: '2027-06-08T10:00:00Z' })
    const restored = proposal('GHA', 'two', '', deleted)
    const waits = proposal('COL', 'lost', '', { ...deleted, state: 'tabled' })
    const found = deletionsIn(negotiation([ONE, TWO], [gone, later, restored, waits]))
    expect(found.map(({ paragraphId }) => paragraphId)).toEqual(['gone too', 'gone'])
  })

  it('[VIEW-4] tell changed words apart, in languages without blanks too', () => {
    expect(piecesOf('Support cooperatives;', 'Support green cooperatives;', 'en')).toEqual([
      { text: 'Support ', mark: 'kept' },
      { text: 'green ', mark: 'inserted' },
      { text: 'cooperatives;', mark: 'kept' },
    ])
    expect(
      piecesOf('Support cooperatives that sell', 'Support cooperatives, in particular small ones, that sell', 'en'),
    ).toEqual([
      { text: 'Support cooperatives', mark: 'kept' },
      { text: ', in particular small ones,', mark: 'inserted' },
      { text: ' ', mark: 'kept' },
      { text: 'that sell', mark: 'kept' },
    ])
    expect(
      piecesOf('Support cooperatives that sell to others.', 'Invites all members to trade in data.', 'en'),
    ).toEqual([
      { text: 'Support cooperatives that sell to others.', mark: 'removed' },
      { text: 'Invites all members to trade in data.', mark: 'inserted' },
    ])
    expect(piecesOf('支持合作社；', '支持妇女合作社；', 'zh').filter(({ mark }) => mark !== 'kept')).toEqual([
      { text: '妇女', mark: 'inserted' },
    ])
  })
})
