import { expect, test } from '@jest/globals'
import { letterOf, numbersOf, romanOf, type Numbered } from '@multilogue/shared/numbering'

const paragraph = (id: string, rest: Partial<Numbered> = {}): Numbered => ({ id, part: 'operative', ...rest })
const written = (paragraphs: Numbered[], numbering: 'working' | 'print' = 'working') => [
  ...numbersOf(paragraphs, numbering).entries(),
]

test('[NUMBER-1] preambular and operative paragraphs are counted apart, and preambular ones are bare in print', () => {
  const text = [
    paragraph('title', { part: null }),
    paragraph('a', { part: 'preambular' }),
    paragraph('b', { part: 'preambular' }),
    paragraph('c'),
    paragraph('d'),
  ]
  expect(written(text)).toEqual([
    ['a', 'PP1'],
    ['b', 'PP2'],
    ['c', '1'],
    ['d', '2'],
  ])
  expect(written(text, 'print')).toEqual([
    ['c', '1.'],
    ['d', '2.'],
  ])
})

test('[NUMBER-2] what came between stands beside the number before it: bis, ter, quater', () => {
  const text = [paragraph('a'), ...['b', 'c', 'd'].map((id) => paragraph(id, { bis: true })), paragraph('e')]
  expect(written(text).map(([, number]) => number)).toEqual(['1', '1 bis', '1 ter', '1 quater', '2'])
  expect(written(text, 'print').map(([, number]) => number)).toEqual(['1.', '1 bis.', '1 ter.', '1 quater.', '2.'])
  expect(written([paragraph('a', { bis: true })])).toEqual([['a', '1']])
})

test('[NUMBER-3] sub-paragraphs begin anew below each paragraph', () => {
  const text = [
    paragraph('a'),
    paragraph('b', { depth: 1 }),
    paragraph('c', { depth: 2 }),
    paragraph('d', { depth: 2 }),
    paragraph('e', { depth: 1 }),
    paragraph('f', { depth: 1, bis: true }),
    paragraph('g', { depth: 2 }),
    paragraph('h'),
    paragraph('i', { depth: 1 }),
  ]
  expect(written(text).map(([, number]) => number)).toEqual([
    '1',
    '(a)',
    '(i)',
    '(ii)',
    '(b)',
    '(b bis)',
    '(i)',
    '2',
    '(a)',
  ])
})

test('[NUMBER-4] letters and roman numbers go on', () => {
  expect([1, 26, 27, 52, 53, 703].map(letterOf)).toEqual(['a', 'z', 'aa', 'az', 'ba', 'aaa'])
  expect([1, 4, 9, 14, 40, 49, 90, 99].map(romanOf)).toEqual(['i', 'iv', 'ix', 'xiv', 'xl', 'xlix', 'xc', 'xcix'])
})
