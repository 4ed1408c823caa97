import type * as Y from 'yjs'
import { newId } from '../common/ids.js'
import { elementOf, textOf, type Content } from '../documents/history/content.js'
import { reword } from '../documents/history/rewriting.js'
import { contentOf, contentsOf } from '../documents/contents.js'
import { baseOf, placeIn, type Ground } from './ground.js'
import { keepingBrackets } from './kept-brackets.js'

/**
 * Writes a proposal into a text that still is what the proposal was made on.
 * @param base  what the proposal was made on, brackets and all: those that were opened since stay
 */
export function carryOut(doc: Y.Doc, ground: Ground, proposed: Content[], base: Content[] = []): void {
  const fragment = doc.getXmlFragment('default')
  const contents = contentsOf(doc)
  const place = placeIn(contents, ground.paragraph_id)
  if (ground.operation === 'insert') return fragment.insert(place + 1, proposed.map(newly).map(besides).map(elementOf))
  if (ground.operation === 'delete') return fragment.delete(place, 1)
  if (ground.operation === 'move') {
    const moved = contents[place]!
    fragment.delete(place, 1)
    const behind = placeIn(contentsOf(doc), ground.other_id ?? '')
    return fragment.insert(behind + 1, [elementOf(moved)])
  }
  if (ground.operation === 'merge') fragment.delete(place + 1, 1)
  const now = baseOf(contents, ground)
  replace(fragment, place, now.length > 0 ? keepingBrackets(now, base, proposed) : proposed)
}

/** The first of the new paragraphs stays the old one, with its id and the words that are the same; others come behind it. */
function replace(fragment: Y.XmlFragment, place: number, [first, ...others]: Content[]): void {
  if (!first) return fragment.delete(place, 1)
  const element = fragment.get(place) as Y.XmlElement<Record<string, never>>
  const { id: _, ...attributes } = first.attributes
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as never)
  const now = contentOf(element)
  if (JSON.stringify(now.children) !== JSON.stringify(first.children)) {
    const same = { ...first, attributes: now.attributes }
    if (!reword(element, now, same)) {
      element.delete(0, element.length)
      element.insert(
        0,
        first.children.map((child) => (Array.isArray(child) ? textOf(child) : elementOf(child))),
      )
    }
  }
  fragment.insert(place + 1, others.map(newly).map(besides).map(elementOf))
}

/** Ids of a proposal's own text are not those of the text it comes into. */
const newly = (content: Content): Content => ({ ...content, attributes: { ...content.attributes, id: newId() } })

const besides = (content: Content): Content =>
  content.attributes.part ? { ...content, attributes: { ...content.attributes, bis: true } } : content

/** Numbers that were told apart by bis and ter become numbers in a row. */
export function settleNumbers(doc: Y.Doc): void {
  for (const node of doc.getXmlFragment('default').toArray())
    if ('getAttribute' in node && (node as Y.XmlElement<{ bis?: boolean }>).getAttribute('bis'))
      (node as Y.XmlElement).removeAttribute('bis')
}
