import * as Y from 'yjs'
import type { Content } from '../documents/history/content.js'
import { elementOf } from '../documents/history/content.js'

/** A section of a record: the paragraphs of its facts that were once written, and what is new in it. */
export interface Part {
  paragraphIds: string[]
  contents: Content[]
}

/**
 * Puts what is new of each section behind what still stands of it; of a section that has nothing left, before the
 * sections that follow. Nothing else in the text is touched.
 */
export function addParts(doc: Y.Doc, parts: Part[]): void {
  const text = doc.getXmlFragment('default')
  parts.forEach(({ paragraphIds, contents }, at) => {
    if (contents.length === 0) return
    const later = parts.slice(at + 1).flatMap((part) => part.paragraphIds)
    const place = behind(text, paragraphIds) ?? placesOf(text, later)[0] ?? text.length
    text.insert(place, contents.map(elementOf))
  })
}

/** Where the top nodes stand that hold one of these paragraphs, in order. */
function placesOf(text: Y.XmlFragment, ids: string[]): number[] {
  const wanted = new Set(ids)
  const holds = (node: unknown): boolean =>
    node instanceof Y.XmlElement && (wanted.has(String(node.getAttribute('id'))) || node.toArray().some(holds))
  return text.toArray().flatMap((node, place) => (holds(node) ? [place] : []))
}

/** What was said belongs to the line above it. */
function behind(text: Y.XmlFragment, ids: string[]): number | undefined {
  const last = placesOf(text, ids).at(-1)
  if (last === undefined) return undefined
  const nodes = text.toArray()
  let place = last + 1
  for (let node = nodes[place]; node instanceof Y.XmlElement && node.nodeName === 'blockquote'; node = nodes[place])
    place++
  return place
}
