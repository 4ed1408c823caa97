import * as Y from 'yjs'
import type { Chronicle } from './chronicle.js'
import { contentAt, elementOf, type Content, type Delta } from './content.js'
import { FRAGMENT } from './words.js'

/**
 * The edit that makes the newest text say again what it said at `no`. Blocks that are the same stay untouched,
 * so their ids, what is bound to them and everybody's carets survive; a plain block that has only other words
 * keeps the words at its beginning and end.
 * @returns null when nothing differs
 */
export function rewriting(chronicle: Chronicle, no: number): Uint8Array | null {
  const now = contentAt(chronicle, chronicle.head)
  const then = contentAt(chronicle, no)
  // A document of its own has a client id of its own, which nobody has written with.
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(chronicle.doc))
  const edits: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => edits.push(update))
  const fragment = doc.getXmlFragment(FRAGMENT)
  const blocks = fragment.toArray().filter((node): node is Y.XmlElement => node instanceof Y.XmlElement)
  if (blocks.length !== now.length) throw new Error('The text and its history disagree.')
  doc.transact(() => rewrite(fragment, blocks, now, then))
  doc.destroy()
  return edits.length > 0 ? Y.mergeUpdates(edits) : null
}

function rewrite(fragment: Y.XmlFragment, blocks: Y.XmlElement[], now: Content[], then: Content[]): void {
  const staying = new Map(commonOf(now.map(nameOf), then.map(nameOf)).map(([old, again]) => [again, old]))
  const kept = new Set(staying.values())
  blocks.forEach((block, index) => {
    if (!kept.has(index)) fragment.delete(placeOf(fragment, block))
  })
  then.forEach((content, index) => {
    const old = staying.get(index)
    if (old === undefined) return fragment.insert(index, [elementOf(content)])
    if (JSON.stringify(now[old]) === JSON.stringify(content)) return
    if (reword(blocks[old]!, now[old]!, content)) return
    fragment.delete(index)
    fragment.insert(index, [elementOf(content)])
  })
}

const placeOf = (fragment: Y.XmlFragment, block: Y.XmlElement): number => fragment.toArray().indexOf(block)

/** Blocks with a permanent id are known by it, others by all that they hold. */
function nameOf(content: Content): string {
  const { id } = content.attributes
  return typeof id === 'string' && id !== '' ? `${content.name} ${id}` : JSON.stringify(content)
}

/** Changes only the words that differ. @returns false, having done nothing, when more than words and formats differ */
export function reword(block: Y.XmlElement, now: Content, then: Content): boolean {
  const [before, after] = [runsOf(now), runsOf(then)]
  const text: unknown = block.firstChild
  if (before === undefined || after === undefined || !(text instanceof Y.XmlText)) return false
  if (JSON.stringify(now.attributes) !== JSON.stringify(then.attributes)) return false
  const [old, wanted] = [unitsOf(before), unitsOf(after)]
  const shorter = Math.min(old.length, wanted.length)
  let start = 0
  while (start < shorter && old[start] === wanted[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === wanted.at(-1 - end)) end++
  text.delete(start, old.length - start - end)
  let place = 0
  for (const { insert, attributes } of after) {
    const kept = insert.slice(Math.max(0, start - place), Math.max(0, wanted.length - end - place))
    if (kept) text.insert(Math.max(start, place), kept, attributes ?? {})
    place += insert.length
  }
  return true
}

type Words = Delta & { insert: string }

/** Undefined when it holds more than one text, or half of a character outside the basic plane could be left alone. */
function runsOf({ children }: Content): Words[] | undefined {
  const [text, ...more] = children
  if (more.length > 0 || !Array.isArray(text)) return undefined
  const isPlain = (run: Delta): run is Words => typeof run.insert === 'string' && !/[\ud800-\udfff]/.test(run.insert)
  return text.every(isPlain) ? text : undefined
}

const unitsOf = (runs: Words[]): string[] =>
  runs.flatMap(({ insert, attributes = {} }) => {
    const format = JSON.stringify(attributes)
    return [...insert].map((unit) => unit + format)
  })

/** The longest common subsequence of two lists. @returns pairs of places, in order */
function commonOf(a: string[], b: string[]): [number, number][] {
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1]
  const width = endB - start + 1
  const lengths = new Uint32Array((endA - start + 1) * width)
  const at = (i: number, j: number): number => (i - start) * width + (j - start)
  for (let i = endA - 1; i >= start; i--)
    for (let j = endB - 1; j >= start; j--)
      lengths[at(i, j)] =
        a[i] === b[j] ? lengths[at(i + 1, j + 1)]! + 1 : Math.max(lengths[at(i + 1, j)]!, lengths[at(i, j + 1)]!)
  const pairs: [number, number][] = Array.from({ length: start }, (_, i) => [i, i])
  for (let [i, j] = [start, start]; i < endA && j < endB;)
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[at(i + 1, j)]! >= lengths[at(i, j + 1)]!) i++
    else j++
  for (let i = 0; endA + i < a.length; i++) pairs.push([endA + i, endB + i])
  return pairs
}
