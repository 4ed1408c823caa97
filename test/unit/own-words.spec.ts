import { expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { notTaken } from '../../client/src/lib/collab/kept.js'
import { paragraphsOf, paragraphsTouchedBy } from '../../client/src/lib/collab/paragraphs.js'

function textOf(paragraphs: Record<string, string>): Y.Doc {
  const doc = new Y.Doc()
  const blocks = Object.entries(paragraphs).map(([id, words]) => {
    const block = new Y.XmlElement('paragraph')
    block.setAttribute('id', id)
    block.insert(0, [new Y.XmlText(words)])
    return block
  })
  doc.getXmlFragment('default').insert(0, blocks)
  return doc
}

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const wordsIn = (doc: Y.Doc, index: number): Y.XmlText =>
  (doc.getXmlFragment('default').get(index) as Y.XmlElement).get(0) as Y.XmlText

/** What `act` does in a copy of the text, while somebody else writes into the first paragraph. */
function touched(act: (mine: Y.Doc) => void): [string, string][] {
  const text = textOf({ a: 'First.', b: 'Second.', c: 'Third.' })
  const mine = copyOf(text)
  const pending: Uint8Array[] = []
  mine.on('update', (update: Uint8Array, origin: unknown) => origin !== 'theirs' && pending.push(update))
  const theirs = copyOf(text)
  wordsIn(theirs, 0).insert(6, ' Of somebody else.')
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'theirs')
  act(mine)
  return [...paragraphsTouchedBy(Y.mergeUpdates(pending), mine)]
}

it.each<[string, (mine: Y.Doc) => void, [string, string][]]>([
  ['written', (mine) => wordsIn(mine, 1).insert(7, ' Mine.'), [['b', 'Second. Mine.']]],
  ['struck', (mine) => wordsIn(mine, 2).delete(0, 3), [['c', 'rd.']]],
  ['formatted', (mine) => wordsIn(mine, 1).format(0, 3, { bold: true }), [['b', 'Second.']]],
  [
    'added a paragraph',
    (mine) => {
      const block = new Y.XmlElement('paragraph')
      block.setAttribute('id', 'd')
      block.insert(0, [new Y.XmlText('Fourth.')])
      mine.getXmlFragment('default').insert(3, [block])
    },
    [['d', 'Fourth.']],
  ],
  [
    "written into somebody else's words",
    (mine) => wordsIn(mine, 0).insert(10, 'Mine.'),
    [['a', 'First. Of Mine.somebody else.']],
  ],
])('[OWN-1] who has %s is handed back the paragraphs of that and no others', (_, act, expected) => {
  expect(touched(act)).toEqual(expected)
})

it('[OWN-2] a text block without words, and a list around it, are passed over', () => {
  const doc = textOf({ a: 'First.', b: '  ' })
  expect([...paragraphsOf(doc)]).toEqual([['a', 'First.']])
})

it('[OWN-2] what is handed back says where it stood, and what it stood behind when that is gone', () => {
  const here = new Map([
    ['a', 'First.'],
    ['new', 'Between.'],
    ['b', 'Second. Mine.'],
    ['taken', 'Third.'],
  ])
  const theirs = new Map([
    ['a', 'First.'],
    ['b', 'Second.'],
    ['taken', 'Third.'],
  ])
  const mine = new Map([...here].slice(1))
  expect(notTaken(mine, here, theirs)).toEqual([
    { id: 'new', words: 'Between.', behind: 'a' },
    { id: 'b', words: 'Second. Mine.' },
  ])
  expect(notTaken(new Map([['new', 'Between.']]), new Map(), new Map())).toEqual([{ id: 'new', words: 'Between.' }])
})
