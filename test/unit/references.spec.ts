import { describe, expect, it } from '@jest/globals'
import type { Numbered } from '@multilogue/shared/numbering'
import { referenceNames, referenceTo } from '@multilogue/shared/references'
import { LANGUAGES } from '@multilogue/shared/language'
import { blocksOf, hashOf, paragraphsOf, updateOf, wordsOf } from '../../server/src/documents/contents.js'
import { sayingIn } from '../../server/src/documents/references.js'
import type { Content } from '../../server/src/documents/history/content.js'
import * as Y from 'yjs'

const TEXT: Numbered[] = [
  { id: 'title' },
  { id: 'pp1', part: 'preambular' },
  { id: 'op1', part: 'operative' },
  { id: 'a', part: 'operative', depth: 1 },
  { id: 'ii', part: 'operative', depth: 2 },
  { id: 'b', part: 'operative', depth: 1 },
  { id: 'op1bis', part: 'operative', bis: true },
  { id: 'op2', part: 'operative' },
  { id: 'chapeau', part: 'chapeau' },
  { id: 'loose', part: 'operative', depth: 1 },
]

describe('Cross-references', () => {
  it('[REF-1] a reference says the whole number, and nothing of the words of the paragraph', () => {
    expect(Object.fromEntries(referenceNames(TEXT, 'en'))).toEqual({
      pp1: 'preambular paragraph 1',
      op1: 'paragraph 1',
      a: 'paragraph 1 (a)',
      ii: 'paragraph 1 (a) (i)',
      b: 'paragraph 1 (b)',
      op1bis: 'paragraph 1 bis',
      op2: 'paragraph 2',
      loose: 'paragraph (a)',
    })
  })

  it('[REF-2] it follows when a paragraph comes before it', () => {
    const names = referenceNames([{ id: 'new', part: 'operative' }, ...TEXT], 'en')
    expect([names.get('op2'), names.get('op1bis')]).toEqual(['paragraph 3', 'paragraph 2 bis'])
  })

  it('[REF-3] one to a paragraph that is gone, or that has no number, says so in every language', () => {
    const said = LANGUAGES.flatMap((language) => {
      const names = referenceNames(TEXT, language)
      return [referenceTo('gone', names, language), referenceTo('title', names, language)]
    })
    for (const words of said) expect(words).toMatch(/^\[.+\]$/)
    expect(new Set(said).size).toBe(LANGUAGES.length)
    for (const language of LANGUAGES) expect(referenceNames(TEXT, language).get('op2')).toContain('2')
  })
})

const paragraph = (id: string, children: Content['children']): Content => ({
  name: 'paragraph',
  attributes: { id, part: 'operative' },
  children,
})
const contents = [
  paragraph('one', [
    [{ insert: 'As in ' }],
    { name: 'crossReference', attributes: { to: 'two' }, children: [] },
    [{ insert: '.' }],
    { name: 'footnote', attributes: { text: 'See the report.' }, children: [] },
  ]),
  paragraph('two', [[{ insert: 'Second.' }]]),
]

it('[REF-4] views get the words of references and footnotes, the hash stays when numbers move', () => {
  const [first] = blocksOf(contents, sayingIn(contents, 'fr'))
  expect(first!.block.runs).toEqual([
    { text: 'As in ' },
    { text: 'paragraphe 2', reference: 'two' },
    { text: '.' },
    { text: '[† See the report.]', footnote: 'See the report.' },
  ])
  const moved = [paragraph('zero', []), ...contents]
  expect(wordsOf(blocksOf(moved, sayingIn(moved, 'en'))[1]!.block.runs)).toBe('As in paragraph 3.[† See the report.]')
  expect(hashOf(moved[1]!)).toBe(hashOf(contents[0]!))
})

it('[NOTE-1] a page that is read before the editor comes has the footnotes behind the words they belong to', () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, updateOf(contents).bytes)
  expect(paragraphsOf(doc, 'en')[0]).toMatchObject({
    text: 'As in paragraph 2.',
    footnotes: [{ at: 18, text: 'See the report.' }],
  })
})
