import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { buildText } from '../../server/src/collab/text.js'
import { anchorOn, blocksIn, foundAgain, standingAt } from '../../server/src/comments/anchors.js'
import { randomFrom } from '../collab/random.js'

/** Paragraphs p0, p1 ... */
function textOf(...paragraphs: string[]) {
  const doc = new Y.Doc()
  const blocks = paragraphs.map((text, at) => ({ id: `p${at}`, kind: 'paragraph' as const, text }))
  Y.applyUpdate(doc, buildText(blocks))
  const fragment = doc.getXmlFragment('default')
  const blockAt = (at: number) => fragment.get(at) as Y.XmlElement
  return { doc, blocks: () => blocksIn(fragment), blockAt, wordsAt: (at: number) => blockAt(at).get(0) as Y.XmlText }
}
const lost = (words: string, more: { quote?: string; from?: number; paragraphId?: string } = {}) => ({
  paragraphId: 'p0',
  from: 0,
  quote: words,
  words,
  ...more,
})

describe('An anchor', () => {
  it('[ANCHOR-1] stays on its words through random edits around them', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = randomFrom(seed)
      const { doc, blocks, blockAt, wordsAt } = textOf('Agree on a common baseline of ten indicators')
      const anchor = anchorOn(blockAt(0), { from: 11, to: 26 })
      const text = wordsAt(0)
      for (let edit = 0; edit < 40; edit++) {
        const at = text.toJSON().indexOf('common baseline')
        const outside = random(2) === 0 ? random(at + 1) : at + 15 + random(text.length - at - 14)
        if (random(5) < 3) text.insert(outside, 'xy')
        else if (outside > 2 && outside <= at) text.delete(outside - 2, 2)
        expect(standingAt(doc, blocks(), anchor)?.words).toBe('common baseline')
      }
    }
  })

  it('[ANCHOR-2] on a footnote or a whole paragraph counts what is no letter as one', () => {
    const { doc, blocks, blockAt } = textOf('Word')
    const note = new Y.XmlElement('footnote')
    blockAt(0).insert(1, [note, new Y.XmlText(' on.')])
    const anchor = anchorOn(blockAt(0), { from: 4, to: 9 })
    expect(standingAt(doc, blocks(), anchor)?.place).toEqual({ paragraphId: 'p0', from: 4, to: 9 })
  })
})

describe('Words that are gone', () => {
  it('[ANCHOR-3] are not taken for a letter of them that stands elsewhere', () => {
    const { blocks } = textOf(' and the Economy', 'All shall meet.')
    const look = foundAgain(blocks())
    expect(look(lost('E', { quote: 'Equity' }))).toBeUndefined()
    expect(look(lost('shall'))).toBeUndefined()
  })

  it('[ANCHOR-4] are found as they were quoted before as they were left, and where they stood before where they stand too', () => {
    const { blocks } = textOf('development and development', 'elsewhere')
    expect(foundAgain(blocks())(lost('development', { from: 16 }))?.range).toEqual({ from: 16, to: 27 })
    expect(foundAgain(blocks())(lost('development', { from: 3 }))).toBeUndefined()
  })

  it('[ANCHOR-5] are found in another paragraph when they stand there alone and cannot be mistaken', () => {
    const { blocks } = textOf('nothing', 'As tools slowly change, so do we')
    const found = foundAgain(blocks())(lost('tools slowly change', { quote: 'tools change' }))
    expect(found?.range).toEqual({ from: 3, to: 22 })
  })
})
