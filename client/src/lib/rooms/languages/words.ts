import * as Y from 'yjs'

/** Stands for what is no text, such as a footnote, in the words of a paragraph. */
const OBJECT = '\uFFFC'

/** One change of some words, in UTF-16 code units. */
export interface Splice {
  at: number
  removed: number
  inserted: string
}

type Child = ReturnType<Y.XmlElement['toArray']>[number]

/** What stands in a paragraph; a hard break is a line feed. */
export const wordsIn = (paragraph: Y.XmlElement): string => paragraph.toArray().map(wordsOf).join('')

function wordsOf(child: Child): string {
  if (!(child instanceof Y.XmlText))
    return child instanceof Y.XmlElement && child.nodeName === 'hardBreak' ? '\n' : OBJECT
  const runs = child.toDelta() as { insert: unknown }[]
  return runs.map(({ insert }) => (typeof insert === 'string' ? insert : OBJECT)).join('')
}

const isLow = (unit: string | undefined) => unit !== undefined && /[\udc00-\udfff]/.test(unit)

/** The least change that makes one of the other; characters of two code units stay whole. */
export function spliceOf(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length)
  let at = 0
  while (at < shorter && before[at] === after[at]) at++
  while (at > 0 && (isLow(before[at]) || isLow(after[at]))) at--
  let end = 0
  while (end < shorter - at && before.at(-1 - end) === after.at(-1 - end)) end++
  while (end > 0 && (isLow(before.at(-end)) || isLow(after.at(-end)))) end--
  return { at, removed: before.length - at - end, inserted: after.slice(at, after.length - end) }
}

/** Where a place in the words is after a change of somebody else. */
export function movedBy(place: number, { at, removed, inserted }: Splice): number {
  if (place <= at) return place
  return Math.max(place - removed, at) + inserted.length
}

/** Changes the words of a paragraph; formats of what stays are kept. */
export function write(paragraph: Y.XmlElement, { at, removed, inserted }: Splice): void {
  const children = paragraph.toArray()
  const sizes = children.map((child) => (child instanceof Y.XmlText ? child.length : 1))
  const starts = sizes.map((_, place) => sizes.slice(0, place).reduce((sum, size) => sum + size, 0))
  const home = children.findLastIndex(
    (child, place) => child instanceof Y.XmlText && starts[place]! <= at && at <= starts[place]! + sizes[place]!,
  )
  const text = children[home]
  if (inserted && text instanceof Y.XmlText) text.insert(at - starts[home]!, inserted)
  for (const [place, child] of [...children.entries()].reverse()) {
    const shift = place === home ? inserted.length : 0
    const from = Math.max(at - starts[place]!, 0)
    const until = Math.min(at + removed - starts[place]!, sizes[place]!)
    if (from >= until) continue
    if (child instanceof Y.XmlText) child.delete(from + shift, until - from)
    else paragraph.delete(place, 1)
  }
  if (!inserted || text instanceof Y.XmlText) return
  const behind = starts.findLastIndex((start) => start < at) + 1
  paragraph.insert(Math.min(behind, paragraph.length), [new Y.XmlText(inserted)])
}
