import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { LANGUAGES, type Language } from '@multilogue/shared/language'
import { piecesOf, termsIn, type Terms } from '../../client/src/lib/rooms/glossary/terms-in.js'

const FOLDER = new URL('../../client/src/lib/data/glossary/', import.meta.url)
const glossaryIn = (language: Language) =>
  JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), 'utf8')) as Terms
const found = (text: string, language: Language) =>
  (termsIn([['text', text]], glossaryIn(language), language).get('text') ?? []).map(({ termId, from, to }) => [
    termId,
    text.slice(from, to),
  ])

describe.each(LANGUAGES.map((language) => [language]))('The glossary in %s', (language) => {
  test('[TERM-1] has the same terms as the English one, each with its definition', () => {
    const [terms, english] = [glossaryIn(language), glossaryIn('en')]
    expect(Object.keys(terms)).toEqual(Object.keys(english))
    for (const [id, { term, definition }] of Object.entries(terms))
      expect({ id, said: Boolean(term.trim()) && definition.trim().length > 5 }).toEqual({ id, said: true })
  })

  test('[TERM-1] finds every term by its own name, and no name stands for two', () => {
    const terms = glossaryIn(language)
    for (const [id, { term, forms = [] }] of Object.entries(terms)) {
      expect(found(term, language)).toEqual([[id, term]])
      const others = Object.entries(terms).filter(([other]) => other !== id)
      const taken = others.flatMap(([, other]) => [other.term, ...(other.forms ?? [])])
      expect({ id, twice: [term, ...forms].filter((name) => taken.includes(name)) }).toEqual({ id, twice: [] })
    }
  })
})

test.each<[Language, string, string[][]]>([
  ['en', 'Delegations and a delegation; surroundings', [['delegation', 'Delegations']]],
  [
    'en',
    'A vision statement, then a statement',
    [
      ['vision-statement', 'vision statement'],
      ['statement', 'statement'],
    ],
  ],
  ['fr', "Les points de l'ordre du jour", [['agenda-item', "points de l'ordre du jour"]]],
  ['es', 'Las delegaciones', [['delegation', 'delegaciones']]],
  [
    'ru',
    'Всех делегаций раунда',
    [
      ['delegation', 'делегаций'],
      ['round', 'раунда'],
    ],
  ],
  ['ar', 'والوفود في الجلسات', [['delegation', 'والوفود']]],
  [
    'zh',
    '各代表团的行动计划',
    [
      ['delegation', '代表团'],
      ['action-plan', '行动计划'],
    ],
  ],
])('[TERM-2] %s: in "%s" a term is found once, as whole words in any of its forms', (language, text, terms) => {
  expect(found(text, language)).toEqual(expect.arrayContaining(terms))
  const ids = found(text, language).map(([id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('[TERM-3] only the first place in a text counts, and its words can be taken apart there', () => {
  const terms = glossaryIn('en')
  const places = termsIn(
    [
      ['one', 'The round.'],
      ['two', 'A round, by consensus.'],
    ],
    terms,
    'en',
  )
  expect(piecesOf('The round.', places.get('one'))).toEqual([
    { words: 'The ' },
    { words: 'round', termId: 'round' },
    { words: '.' },
  ])
  expect(places.get('two')?.map(({ termId }) => termId)).toEqual(['consensus'])
  expect(piecesOf('No term', undefined)).toEqual([{ words: 'No term' }])
})
