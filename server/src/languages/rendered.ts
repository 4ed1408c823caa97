import { saysSomething } from '@multilogue/shared/concordance'
import * as Y from 'yjs'
import { blocksOf } from '../documents/contents.js'
import { elementOf, type Content } from '../documents/history/content.js'

/** The paragraphs of a text in another language stand in a row, whatever list or table holds those that they render. */
export const elementsOf = (doc: Y.Doc): Y.XmlElement[] =>
  doc
    .getXmlFragment('default')
    .toArray()
    .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement)

const idOf = (element: Y.XmlElement): unknown => element.getAttribute('id')

/** Gives a paragraph its place behind the renderings of those before it. Does nothing when it is there already. */
export function place(doc: Y.Doc, source: Content[], paragraphId: string, words: string): void {
  const elements = elementsOf(doc)
  const there = elements.find((element) => idOf(element) === paragraphId)
  if (there) {
    if (words) there.insert(0, [new Y.XmlText(words)])
    return
  }
  const blocks = blocksOf(source)
  const at = blocks.findIndex(({ block }) => block.id === paragraphId)
  const before = new Set(blocks.slice(0, at).map(({ block }) => block.id))
  const behind = elements.findLastIndex((element) => before.has(String(idOf(element))))
  const { name, attributes } = blocks[at]!.content
  const made = elementOf({ name, attributes: { ...attributes, id: paragraphId }, children: [] })
  if (words) made.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment('default').insert(behind + 1, [made])
}

export function drop(doc: Y.Doc, paragraphId: string): void {
  const fragment = doc.getXmlFragment('default')
  for (const element of elementsOf(doc))
    if (idOf(element) === paragraphId) fragment.delete(fragment.toArray().indexOf(element), 1)
}

/** The source with the words of another language in the place of its own; what has none is left empty. */
export function inLanguage(source: Content[], rendered: Content[]): Content[] {
  const found = blocksOf(rendered).filter(({ block }) => saysSomething(block))
  const words = new Map([...found].reverse().map(({ block, content }) => [block.id, content.children]))
  const render = (content: Content): Content => {
    const { name, attributes, children } = content
    if (name === 'paragraph' || name === 'heading')
      return { ...content, children: words.get(String(attributes.id)) ?? [] }
    return { ...content, children: children.map((child) => (Array.isArray(child) ? child : render(child))) }
  }
  return source.map(render)
}
