import { describe, expect, it } from '@jest/globals'
import { align, progressOf, versionStateOf, type RenderingStatus } from '../../shared/src/concordance.js'

const says = (id: string, text: string, signs = 0) => ({ id, hash: `#${text}`, signs, runs: text ? [{ text }] : [] })
const marks = (all: Record<string, [against: string, status: RenderingStatus]>) =>
  new Map(Object.entries(all).map(([id, [against, status]]) => [id, { sourceHash: `#${against}`, status }]))
const told = ({ pairs, surplus }: ReturnType<typeof align>) => ({
  pairs: pairs.map(({ source, rendering, state }) => [source.id, rendering?.runs[0]?.text ?? null, state]),
  surplus: surplus.map(({ id }) => id),
})

describe('A text beside its rendering', () => {
  it('[LANG-1] is current where it was marked against what the source says, and stale where the source has changed', () => {
    const aligned = align(
      [says('a', 'One'), says('b', 'Two, changed')],
      [says('a', 'Un'), says('b', 'Deux')],
      marks({ a: ['One', 'official'], b: ['Two', 'official'] }),
    )
    expect(told(aligned)).toEqual({
      pairs: [
        ['a', 'Un', 'current'],
        ['b', 'Deux', 'stale'],
      ],
      surplus: [],
    })
    expect(progressOf(aligned)).toMatchObject({ live: 2, official: 1, stale: 1, missing: 0 })
  })

  it('[LANG-1] is current again when the source says again what it said', () => {
    const own = [says('a', 'Un')]
    expect(told(align([says('a', 'One')], own, marks({ a: ['One', 'revised'] }))).pairs).toEqual([
      ['a', 'Un', 'current'],
    ])
  })

  it('[LANG-2] misses what has no words, and asks nothing for what says nothing in the source', () => {
    const aligned = align([says('a', 'One'), says('empty', ' '), says('b', 'Two')], [says('b', ' ')], marks({}))
    expect(told(aligned)).toEqual({
      pairs: [
        ['a', null, 'missing'],
        ['b', null, 'missing'],
      ],
      surplus: [],
    })
  })

  it('[LANG-3] keeps what renders nothing any more apart, and the second of two with one id', () => {
    const aligned = align(
      [says('a', 'One')],
      [says('gone', 'Zéro'), says('a', 'Un'), says('a', 'Un encore'), says('gone too', '')],
      marks({ a: ['One', 'translated'] }),
    )
    expect(told(aligned)).toEqual({ pairs: [['a', 'Un', 'current']], surplus: ['gone', 'a'] })
  })

  it('[LANG-4] stands in the order of the source, wherever the rendering has its paragraphs', () => {
    const aligned = align(
      [says('c', 'Three'), says('a', 'One'), says('b', 'Two')],
      [says('a', 'Un'), says('b', 'Deux'), says('c', 'Trois')],
      marks({ a: ['One', 'revised'], b: ['Two', 'revised'], c: ['Three', 'revised'] }),
    )
    expect(told(aligned).pairs.map(([id, , state]) => [id, state])).toEqual([
      ['c', 'current'],
      ['a', 'current'],
      ['b', 'current'],
    ])
  })

  it('[LANG-28] is not current while other brackets stand in it than in the source', () => {
    const source = [says('a', 'Invite partners', 2), says('b', 'Two')]
    const marked = marks({ a: ['Invite partners', 'official'], b: ['Two', 'official'] })
    const bare = align(source, [says('a', 'Invitent'), says('b', '[Deux]')], marked)
    expect(told(bare).pairs.map(([, , state]) => state)).toEqual(['unbracketed', 'unbracketed'])
    expect(progressOf(bare)).toMatchObject({ official: 0, unbracketed: 2, stale: 0 })
    const bracketed = align(source, [says('a', '[Invitent]'), says('b', 'Deux')], marked)
    expect(told(bracketed).pairs.map(([, , state]) => state)).toEqual(['current', 'current'])
  })

  it('[LANG-1] is not current while nobody has said against what it was written', () => {
    expect(told(align([says('a', 'One')], [says('a', 'Un')], marks({}))).pairs).toEqual([['a', 'Un', 'stale']])
  })
})

describe('How far a language has come', () => {
  const none = {
    live: 2,
    machine: 0,
    translated: 0,
    revised: 0,
    official: 0,
    stale: 0,
    unbracketed: 0,
    missing: 0,
    surplus: 0,
  }

  it('[LANG-5] follows from its paragraphs and from whether it is closed', () => {
    expect(versionStateOf(false, { ...none, missing: 2 })).toBe('requested')
    expect(versionStateOf(false, { ...none, missing: 1, translated: 1 })).toBe('in_progress')
    expect(versionStateOf(false, { ...none, official: 2 })).toBe('in_progress')
    expect(versionStateOf(true, { ...none, official: 2 })).toBe('official')
    expect(versionStateOf(true, { ...none, official: 1, stale: 1 })).toBe('overtaken')
    expect(versionStateOf(true, { ...none, official: 2, surplus: 1 })).toBe('overtaken')
  })
})
