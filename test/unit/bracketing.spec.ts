import { describe, expect, it } from '@jest/globals'
import { signed, withSigns } from '@multilogue/shared/brackets'
import * as Y from 'yjs'
import { blocksOf, contentsOf, hashOf } from '../../server/src/documents/contents.js'
import { elementWith, rangeOf } from '../../server/src/documents/words-in.js'
import { enclose, putBeside, strike, unwrap } from '../../server/src/negotiation/bracketing.js'
import { buildText } from '../../server/src/collab/text.js'
import { randomFrom } from '../collab/random.js'

function textOf(...paragraphs: string[]) {
  const doc = new Y.Doc()
  Y.applyUpdate(
    doc,
    buildText(paragraphs.map((text, place) => ({ id: `p${place + 1}`, kind: 'paragraph', part: 'operative', text }))),
  )
  const fragment = doc.getXmlFragment('default')
  const open = (words: string, id: string, paragraph = 'p1') => {
    const block = elementWith(fragment, paragraph)!
    enclose(fragment, block, rangeOf(block, { from: 1000, quote: words })!, id)
  }
  const reads = () => withSigns(blocksOf(contentsOf(doc)).map(({ block }) => block))
  return { doc, fragment, open, reads }
}

describe('Brackets', () => {
  it('[BRACKET-1] stand around words, and in each other', () => {
    const { open, reads } = textOf('Decides to meet again in spring.')
    open('to meet again', 'a')
    open('again', 'b')
    open('Decides to meet again in', 'c')
    expect(reads()).toBe('[Decides [to meet [again]] in] spring.')
  })

  it('[BRACKET-2] do not cross', () => {
    const { open, reads } = textOf('Decides to meet again in spring.')
    open('to meet again', 'a')
    expect(() => open('again in', 'b')).toThrow(expect.objectContaining({ problem: 'wrong-state' }))
    expect(reads()).toBe('Decides [to meet again] in spring.')
  })

  it('[BRACKET-3] around the same words the later one is the inner', () => {
    const { open, reads, fragment } = textOf('Decides to meet.')
    open('to meet', 'a')
    open('to meet', 'b')
    unwrap(fragment, 'b')
    expect(reads()).toBe('Decides [to meet].')
    unwrap(fragment, 'a')
    expect(reads()).toBe('Decides to meet.')
  })

  it('[BRACKET-4] hold alternatives in a row, within the same outer brackets', () => {
    const { open, reads, fragment } = textOf('Parties shall report yearly.')
    open('shall report', 'a')
    open('shall', 'b')
    expect(putBeside(fragment, ['b'], 'c', 'should')).toBe(true)
    expect(putBeside(fragment, ['b', 'c'], 'd', 'may')).toBe(true)
    expect(reads()).toBe('Parties [[shall][should][may] report] yearly.')
    expect(putBeside(fragment, ['gone'], 'e', 'must')).toBe(false)
  })

  it('[BRACKET-5] take their words away without leaving two blanks', () => {
    const { open, reads, fragment } = textOf('Parties shall, as appropriate, report yearly, if able.', 'Last one.')
    open('as appropriate, ', 'a')
    open('if able', 'b')
    strike(fragment, 'a')
    strike(fragment, 'b')
    expect(reads()).toBe('Parties shall, report yearly,.\nLast one.')
  })

  it('[BRACKET-6] that a typed line break has cut stay one pair over both paragraphs', () => {
    const { open, reads, fragment, doc } = textOf('Decides to meet again.')
    open('to meet again', 'a')
    const first = elementWith(fragment, 'p1')!
    const text = first.get(0) as Y.XmlText
    doc.transact(() => {
      const cut = new Y.XmlElement('paragraph')
      cut.setAttribute('id', 'p2')
      const rest = new Y.XmlText()
      rest.insert(0, 'again', { bracket: { ids: 'a' } })
      cut.insert(0, [rest])
      fragment.insert(1, [cut])
      text.delete(16, text.length - 16)
    })
    expect(reads()).toBe('Decides [to meet \nagain]')
    expect(() => open('Decides to meet', 'b')).toThrow(expect.objectContaining({ problem: 'wrong-state' }))
    unwrap(fragment, 'a')
    expect(reads()).toBe('Decides to meet \nagain')
  })

  it('[BRACKET-7] are found where the words were seen, or in the one other place that has them', () => {
    const { fragment } = textOf('again and again, once')
    const block = elementWith(fragment, 'p1')!
    expect(rangeOf(block, { from: 10, quote: 'again' })).toEqual({ from: 10, to: 15 })
    expect(rangeOf(block, { from: 3, quote: 'again' })).toBeUndefined()
    expect(rangeOf(block, { from: 3, quote: 'once' })).toEqual({ from: 17, to: 21 })
  })

  it('[BRACKET-8] say nothing about what the words are', () => {
    const { open, doc } = textOf('Decides to meet again.')
    const before = contentsOf(doc).map(hashOf)
    open('meet', 'a')
    expect(contentsOf(doc).map(hashOf)).toEqual(before)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[BRACKET-9] stay in pairs and nested, whatever is done (seed %i)', (seed) => {
    const random = randomFrom(seed)
    const { doc, fragment } = textOf('one two three four five six', 'seven eight nine ten')
    const known: string[] = []
    for (let step = 0; step < 60; step++) {
      const block = elementWith(fragment, random(2) ? 'p1' : 'p2')!
      const text = block.get(0) as Y.XmlText
      const words = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')
      const act = random(6)
      const id = known[random(known.length || 1)]
      doc.transact(() => {
        if (act < 2 && words.length > 1) {
          const from = random(words.length - 1)
          const to = from + 1 + random(words.length - from - 1)
          const name = `b${step}`
          try {
            enclose(fragment, block, { from, to }, name)
            known.push(name)
          } catch (refused) {
            expect(refused).toMatchObject({ problem: 'wrong-state' })
          }
        } else if (act === 2) text.insert(random(text.length + 1), 'x ')
        else if (act === 3 && id && putBeside(fragment, [id], `b${step}`, 'other')) known.push(`b${step}`)
        else if (act === 4 && id) unwrap(fragment, id)
        else if (act === 5 && id && random(3) === 0) strike(fragment, id)
      })
      const open: string[] = []
      for (const { opens, closes } of signed(blocksOf(contentsOf(doc)).map(({ block }) => block)).flat()) {
        open.push(...opens)
        for (const id of closes) expect(open.pop()).toBe(id)
      }
      expect(open).toEqual([])
    }
  })
})
