import * as Y from 'yjs'
import { attributeAt } from './attributes.js'
import type { Chronicle } from './chronicle.js'
import { FRAGMENT, nodesIn, wordsOf } from './words.js'

/** A run of a text as Yjs takes it back. */
export interface Delta {
  insert: string | object
  attributes?: Record<string, unknown>
}

/** A node of the text as it stood, free of any document. */
export interface Content {
  name: string
  attributes: Record<string, unknown>
  children: (Content | Delta[])[]
}

/** The top nodes of the text at a log number. */
export function contentAt(chronicle: Chronicle, no: number): Content[] {
  const { contentsOf } = readerAt(chronicle, no)
  return contentsOf(chronicle.doc.getXmlFragment(FRAGMENT)).filter((node): node is Content => !Array.isArray(node))
}

/** One node of the text as it was at a log number, at which it stood. */
export function nodeAt(chronicle: Chronicle, node: Y.XmlElement, no: number): Content {
  return readerAt(chronicle, no).contentOf(node)
}

function readerAt(chronicle: Chronicle, no: number) {
  const stood = ({ id: { client, clock } }: Y.Item) => chronicle.ledger(client).stoodAt(no, clock)

  const contentsOf = (parent: Y.XmlFragment): Content['children'] =>
    [...nodesIn(parent)]
      .filter(([item]) => stood(item))
      .map(([, node]) => (node instanceof Y.XmlText ? deltaOf(node) : contentOf(node)))

  const contentOf = (node: Y.XmlElement): Content => ({
    name: node.nodeName,
    attributes: attributesOf(node),
    children: contentsOf(node),
  })

  const attributesOf = (node: Y.XmlElement): Record<string, unknown> =>
    Object.fromEntries(
      [...node._map.keys()]
        .sort()
        .map((name) => [name, attributeAt(chronicle, node, name, no)] as const)
        .filter(([, value]) => value !== undefined),
    )

  const deltaOf = (text: Y.XmlText): Delta[] => {
    const runs: Delta[] = []
    let attributes: Record<string, unknown> = {}
    const add = (insert: Delta['insert']) => {
      const last = runs.at(-1)
      const isSame = last && JSON.stringify(last.attributes ?? {}) === JSON.stringify(attributes)
      if (isSame && typeof last.insert === 'string' && typeof insert === 'string') last.insert += insert
      else runs.push({ insert, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) })
    }
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item
      if (content instanceof Y.ContentFormat) {
        if (!stood(item)) continue
        const { [content.key]: _, ...others } = attributes
        const entries = Object.entries(content.value === null ? others : { ...others, [content.key]: content.value })
        attributes = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
      } else if (content instanceof Y.ContentEmbed) {
        if (stood(item)) add(content.embed)
      } else
        for (const { ledger, clock, text: words } of wordsOf(chronicle, item)) if (ledger.stoodAt(no, clock)) add(words)
    }
    return runs
  }

  return { contentsOf, contentOf }
}

/** A new element that holds the content. */
export function elementOf({ name, attributes, children }: Content): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, never>>(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as never)
  element.insert(
    0,
    children.map((child) => (Array.isArray(child) ? textOf(child) : elementOf(child))),
  )
  return element
}

/** New runs of words. */
export function textOf(runs: Delta[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(runs)
  return text
}
