import type { Edit, PlayedParagraph } from '@multilogue/shared/history'
import { cellBelow, type CellWay } from '@multilogue/shared/tables'
import * as Y from 'yjs'
import { attributeAt } from './attributes.js'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { numberedAt } from './numbered.js'
import { FRAGMENT, nodesIn, signIn, wordsOf } from './words.js'

/** The log numbers at which something stood: from `born` to before `died`. */
interface Life {
  born: number
  died: number
}

/** Words with the life that they had inside everything around them. */
interface Strand extends Life {
  text: string
  code: string
}

/** Where a node stands. Rows and cells are counted with those that were removed, so that a place stays the same. */
interface Place {
  isTop: boolean
  isInListItem: boolean
  cell: CellWay
}

/** The largest number that fits beside the others. */
const NEVER = 0xffffffff
const FOREVER: Life = { born: 0, died: NEVER }

/** One paragraph's whole life, laid flat, so that any moment of it is read in one pass over its words. */
export class Strip {
  private readonly born: Uint32Array
  private readonly died: Uint32Array

  constructor(
    private readonly chronicle: Chronicle,
    private readonly node: Y.XmlElement,
    readonly key: string,
    private readonly life: Life,
    private readonly place: Place,
    private readonly strands: Strand[],
  ) {
    // A hundred passes over all words: numbers side by side are read several times as fast as those in objects.
    this.born = Uint32Array.from(strands, ({ born }) => born)
    this.died = Uint32Array.from(strands, ({ died }) => died)
  }

  stoodAt(no: number): boolean {
    return this.life.born <= no && this.life.died > no
  }

  head(no: number): Omit<PlayedParagraph, 'edits'> {
    const { chronicle, node, key } = this
    const { isTop, isInListItem, cell } = this.place
    const id = attributeAt(chronicle, node, 'id', no)
    const isHeading = node.nodeName === 'heading'
    return {
      key,
      id: typeof id === 'string' ? id : '',
      kind: isInListItem ? 'listItem' : isHeading ? 'heading' : 'paragraph',
      ...(isHeading ? { level: Number(attributeAt(chronicle, node, 'level', no) ?? 1) } : {}),
      ...(cell ? { cell } : {}),
      ...(isTop ? numberedAt(chronicle, node, no) : {}),
    }
  }

  /** What turns its words at `from` into those at `to`; empty when they are the same. */
  edits(from: number, to: number): Edit[] {
    const edits: Edit[] = []
    let kept = 0
    for (let i = 0; i < this.strands.length; i++) {
      const before = this.born[i]! <= from && this.died[i]! > from
      const after = this.born[i]! <= to && this.died[i]! > to
      if (!before && !after) continue
      const { text, code } = this.strands[i]!
      if (before && after) {
        kept += text.length
        continue
      }
      if (kept > 0) edits.push(kept)
      kept = 0
      const last = edits.at(-1)
      if (before && typeof last === 'number' && last < 0) edits[edits.length - 1] = last - text.length
      else if (before) edits.push(-text.length)
      else if (typeof last === 'object' && last.code === code) last.text += text
      else edits.push({ text, code })
    }
    return edits
  }
}

/** The strips of all paragraphs that the text ever had, in reading order. */
export function stripsOf(chronicle: Chronicle, carried: Carried): Strip[] {
  const strips: Strip[] = []
  const codeOf = (client: number, born: number) => chronicle.writers[chronicle.writerOf(client, born)]!.code
  const lifeOf = ({ id: { client, clock } }: Y.Item, around: Life): Life => {
    const ledger = chronicle.ledger(client)
    return within(around, ledger.bornAt(clock), ledger.diedAt(clock))
  }

  const words = (item: Y.Item, around: Life, strands: Strand[]): void => {
    for (const { client, clock, text, born, died } of wordsOf(chronicle, item)) {
      const life = within(around, born, died)
      if (life.born >= life.died) continue
      if (!carried.concerns(client)) strands.push({ ...life, text, code: codeOf(client, born) })
      else
        for (let i = 0; i < text.length; i++) {
          const origin = carried.originOf({ client, clock: clock + i })
          const typed = chronicle.ledger(origin.client).bornAt(origin.clock)
          strands.push({ ...life, text: text[i]!, code: codeOf(origin.client, typed) })
        }
    }
  }

  const strandsOf = (parent: Y.XmlFragment, around: Life, strands: Strand[]): Strand[] => {
    for (const [item, node] of nodesIn(parent)) {
      const life = lifeOf(item, around)
      if (node instanceof Y.XmlText) for (let at = node._start; at !== null; at = at.right) words(at, life, strands)
      else if (!signIn(node)) strandsOf(node, life, strands)
      else strands.push({ ...life, text: signIn(node), code: codeOf(item.id.client, life.born) })
    }
    return strands
  }

  const collect = (parent: Y.XmlFragment, around: Life, place: Place): void => {
    let at = 0
    for (const [item, node] of nodesIn(parent)) {
      if (!(node instanceof Y.XmlElement)) continue
      const life = lifeOf(item, around)
      const { nodeName } = node
      const key = `${item.id.client}:${item.id.clock}`
      if (nodeName === 'heading' || nodeName === 'paragraph')
        strips.push(new Strip(chronicle, node, key, life, place, strandsOf(node, life, [])))
      else {
        const now = (name: string) => attributeAt(chronicle, node, name, chronicle.head)
        const spans = { colspan: now('colspan'), rowspan: now('rowspan') }
        const isInListItem = place.isInListItem || nodeName === 'listItem'
        const cell = cellBelow(nodeName, spans, place.cell, at, key)
        collect(node, life, { isTop: false, isInListItem, cell })
      }
      at++
    }
  }

  collect(chronicle.doc.getXmlFragment(FRAGMENT), FOREVER, { isTop: true, isInListItem: false, cell: undefined })
  return strips
}

/** @param died 0: it is still there */
const within = (around: Life, born: number, died: number): Life => ({
  born: Math.max(around.born, born),
  died: Math.min(around.died, died === 0 ? NEVER : died),
})
