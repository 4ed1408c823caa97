import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { movedBy, spliceOf, wordsIn, write } from '../../client/src/lib/rooms/languages/words.js'

/** A paragraph in a document of its own; a number of words is text, `null` a hard break. */
function paragraph(...parts: (string | null)[]): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  new Y.Doc().getXmlFragment('default').insert(0, [element])
  element.insert(
    0,
    parts.map((part) => (part === null ? new Y.XmlElement('hardBreak') : new Y.XmlText(part))),
  )
  return element
}

describe('The words of a rendering', () => {
  it.each([
    ['', 'Décident'],
    ['Décident', ''],
    ['Décident', 'Décident aussi'],
    ['Décident aussi', 'aussi'],
    ['aaaa', 'aaa'],
    ['a 😀 b', 'a 😁 b'],
    ['يقررون؛', 'ويقررون أيضا؛'],
  ])('[LANG-19] become others by the least change: %j to %j', (before, after) => {
    const element = before ? paragraph(before) : paragraph()
    write(element, spliceOf(before, after))
    expect(wordsIn(element)).toBe(after)
  })

  it('[LANG-19] keep characters of two code units whole', () => {
    expect(spliceOf('😀', '😁')).toEqual({ at: 0, removed: 2, inserted: '😁' })
    expect(spliceOf('😀😀', '😀')).toEqual({ at: 2, removed: 2, inserted: '' })
  })

  it('[LANG-19] keep the formats of what stays, over breaks and what is no text', () => {
    const element = paragraph('one two', null, 'three')
    const [first, , last] = element.toArray() as Y.XmlText[]
    first!.format(0, 3, { bold: {} })
    last!.insertEmbed(0, { note: 1 })
    expect(wordsIn(element)).toBe('one two\n\uFFFCthree')
    write(element, spliceOf('one two\n\uFFFCthree', 'one t-hree'))
    expect(wordsIn(element)).toBe('one t-hree')
    expect((element.get(0) as Y.XmlText).toDelta()).toEqual([
      { insert: 'one', attributes: { bold: {} } },
      { insert: ' t-' },
    ])
  })

  it('[LANG-20] every change of one text into another comes out right', () => {
    const words = ['', 'a', 'ab', 'ba', 'aab', 'abab', 'ba😀', '😀😀']
    for (const before of words)
      for (const after of words) {
        // In two runs, so that changes go over the edge between them.
        const element = before.startsWith('😀') ? paragraph(before) : paragraph(before.slice(0, 1), before.slice(1))
        write(element, spliceOf(before, after))
        expect([before, wordsIn(element)]).toEqual([before, after])
      }
  })

  it('[LANG-20] move a place as others write before, in and behind it', () => {
    expect(movedBy(3, { at: 0, removed: 0, inserted: 'xx' })).toBe(5)
    expect(movedBy(3, { at: 3, removed: 0, inserted: 'xx' })).toBe(3)
    expect(movedBy(3, { at: 1, removed: 5, inserted: 'x' })).toBe(2)
    expect(movedBy(8, { at: 1, removed: 5, inserted: 'x' })).toBe(4)
  })
})
