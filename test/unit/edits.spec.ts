import { describe, expect, it } from '@jest/globals'
import * as Y from 'yjs'
import { hashOf } from '../../server/src/documents/contents.js'
import { Chronicle } from '../../server/src/documents/history/chronicle.js'
import { contentAt } from '../../server/src/documents/history/content.js'
import { editsOf } from '../../server/src/documents/history/edits.js'

/* How often a paragraph was edited, against every state that the text ever had. */

const IDS = ['a', 'b', 'c']
const WRITERS = ['GHA', 'ETH'].map((code) => ({ personId: code, name: code, seatId: null, code, delegationName: null }))

/** Numbers from 0 to below 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed * 2654435761
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296
  }
}

/** A life of three paragraphs, each row at its time in seconds. */
class Life {
  readonly chronicle = new Chronicle()
  readonly doc = new Y.Doc()

  constructor() {
    this.chronicle.writers.push(...WRITERS)
    this.row(0, 0, () =>
      this.blocks.insert(
        0,
        IDS.map((id) => this.paragraph(id, `Paragraph ${id}.`)),
      ),
    )
  }
  get blocks() {
    return this.doc.getXmlFragment('default')
  }
  paragraph(id: string, words: string): Y.XmlElement {
    const element = new Y.XmlElement('paragraph')
    element.setAttribute('id', id)
    element.insert(0, [new Y.XmlText(words)])
    return element
  }
  place(id: string): number {
    return this.blocks.toArray().findIndex((node) => (node as Y.XmlElement).getAttribute('id') === id)
  }
  text(id: string): Y.XmlText {
    return (this.blocks.get(this.place(id)) as Y.XmlElement).get(0) as Y.XmlText
  }
  row(writer: number, seconds: number, change: () => void): number {
    const before = Y.encodeStateVector(this.doc)
    this.doc.transact(change)
    const bytes = Y.encodeStateAsUpdate(this.doc, before)
    this.chronicle.extend([{ bytes, writer, at: seconds * 1000 }])
    return this.chronicle.head
  }
  /** A new editor goes on. */
  reopen(): void {
    this.doc.clientID = this.doc.clientID + 1
  }
  edits(id: string, since: number, to = this.chronicle.head): number {
    return editsOf(this.chronicle, { [id]: since }, to)[id]!
  }
}

describe('An edit', () => {
  it('[LANG-25] is what one hand does to a paragraph in one editor without a pause of a minute', () => {
    const life = new Life()
    for (const second of [10, 40, 90]) life.row(0, second, () => life.text('a').insert(0, 'x'))
    expect(life.edits('a', 1)).toBe(1)
    life.row(0, 151, () => life.text('a').insert(0, 'y'))
    expect(life.edits('a', 1)).toBe(2)
    life.row(1, 152, () => life.text('a').insert(0, 'z'))
    expect(life.edits('a', 1)).toBe(3)
    life.reopen()
    life.row(1, 153, () => life.text('a').insert(0, 'z'))
    expect(life.edits('a', 1)).toBe(4)
    expect(life.edits('a', 1, 4)).toBe(1)
    expect(life.edits('a', 4)).toBe(3)
    expect(life.edits('b', 1)).toBe(0)
  })

  it('[LANG-25] goes on while its hand works elsewhere for less than a minute', () => {
    const life = new Life()
    life.row(0, 10, () => life.text('a').insert(0, 'x'))
    life.row(1, 20, () => life.text('b').insert(0, 'x'))
    life.row(0, 30, () => life.text('c').insert(0, 'x'))
    life.row(0, 40, () => life.text('a').insert(0, 'x'))
    expect(editsOf(life.chronicle, { a: 1, b: 1, c: 1 }, life.chronicle.head)).toEqual({ a: 1, b: 1, c: 1 })
  })

  it('[LANG-26] is none when the paragraph only moves, and is forgotten when it says again what it said', () => {
    const life = new Life()
    life.row(0, 100, () => {
      const moved = (life.blocks.get(0) as Y.XmlElement).clone()
      life.blocks.delete(0)
      life.blocks.insert(2, [moved])
    })
    expect(life.edits('a', 1)).toBe(0)
    life.row(0, 200, () => life.text('a').insert(0, 'x'))
    life.row(1, 300, () => life.blocks.delete(life.place('a')))
    expect(life.edits('a', 1)).toBe(2)
    life.row(1, 400, () => life.blocks.insert(0, [life.paragraph('a', 'Paragraph a.')]))
    expect(life.edits('a', 1)).toBe(0)
    life.row(1, 500, () => life.text('a').format(0, 4, { bold: {} }))
    expect(life.edits('a', 1)).toBe(1)
  })

  it.each(Array.from({ length: 25 }, (_, seed) => [seed + 1]))(
    '[LANG-27] is counted as every state of the text says, seed %i',
    (seed) => {
      const life = new Life()
      const roll = dice(seed)
      const pick = (below: number) => Math.floor(roll() * below)
      for (let step = 1; step <= 60; step++)
        life.row(pick(2), step * 100, () => {
          const id = IDS[pick(3)]!
          const place = life.place(id)
          if (place < 0)
            return life.blocks.insert(pick(life.blocks.length + 1), [life.paragraph(id, `Paragraph ${id}.`)])
          const text = life.text(id)
          const kind = pick(12)
          if (kind < 5) text.insert(pick(text.length + 1), 'ab'[pick(2)]!)
          else if (kind < 9) text.delete(0, Math.min(text.length, 1))
          else if (kind === 9) text.format(0, text.length, { bold: roll() < 0.5 ? {} : null })
          else if (kind === 10)
            (life.blocks.get(place) as Y.XmlElement).setAttribute('part', ['operative', 'preambular'][pick(2)]!)
          else life.blocks.delete(place)
        })
      const { head } = life.chronicle
      const states = Array.from({ length: head + 1 }, (_, no) => contentAt(life.chronicle, no))
      for (const id of IDS)
        for (const since of [1, 10, 30]) {
          const said = states.slice(since).map((state) => {
            const content = state.find(({ attributes }) => attributes.id === id)
            return content ? hashOf(content) : ''
          })
          // A hundred seconds lie between any two rows: each is an edit of its own.
          const after = said.slice(said.lastIndexOf(said[0]!))
          const changes = after.filter((hash, at) => at > 0 && hash !== after[at - 1]).length
          expect([id, since, life.edits(id, since)]).toEqual([id, since, changes])
        }
    },
  )
})
