import * as Y from 'yjs'
import type { Delta } from './history/content.js'

/* The words of a block by the places they stand in: UTF-16 code units from its beginning. */

/** What cannot be read as words, such as a footnote's sign, is one unit long. */
export const OTHER = '\ufffc'

export interface Range {
  from: number
  to: number
}

export function elementWith(parent: Y.XmlFragment, id: string): Y.XmlElement | undefined {
  for (const node of parent.toArray()) {
    if (!(node instanceof Y.XmlElement)) continue
    const found = node.getAttribute('id') === id ? node : elementWith(node, id)
    if (found) return found
  }
  return undefined
}

/** The words of a block, one unit for each place. */
export const unitsOf = (block: Y.XmlElement): string =>
  block
    .toArray()
    .map((node) => (node instanceof Y.XmlText ? unitsOfRun(node) : OTHER))
    .join('')

export const unitsOfRun = (text: Y.XmlText): string =>
  (text.toDelta() as Delta[]).map(({ insert }) => (typeof insert === 'string' ? insert : OTHER)).join('')

/** Where the words stand now: where they were seen, or in the one other place that has them. */
export function rangeOf(block: Y.XmlElement, { from, quote }: { from: number; quote: string }): Range | undefined {
  const units = unitsOf(block)
  if (units.startsWith(quote, from)) return { from, to: from + quote.length }
  const first = units.indexOf(quote)
  return first >= 0 && first === units.lastIndexOf(quote) ? { from: first, to: first + quote.length } : undefined
}
