import { Part } from '@multilogue/shared/numbering'
import * as Y from 'yjs'

/**
 * The text inside a Yjs document, as TipTap keeps it: fragment `default`, one XmlElement per node named after its
 * type, node attributes as attributes, runs of text as XmlText. Every text block (heading, paragraph) has the
 * attribute `id`; lists and quotes only hold text blocks.
 */
const FRAGMENT = 'default'

export interface NewBlock {
  id: string
  kind: 'heading' | 'paragraph'
  level?: number
  part?: Part
  depth?: number
  bis?: true
  text: string
}

/**
 * The first content of a document, as one update. Two updates made from the same blocks are two texts: apply one
 * of them, once.
 */
export function buildText(blocks: NewBlock[]): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment(FRAGMENT).insert(0, blocks.map(elementOf))
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

function elementOf({ id, kind, level, part, depth, bis, text }: NewBlock): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, string | number | boolean>>(kind)
  element.setAttribute('id', id)
  if (kind === 'heading') element.setAttribute('level', level ?? 1)
  if (part) element.setAttribute('part', part)
  if (depth) element.setAttribute('depth', depth)
  if (bis) element.setAttribute('bis', true)
  if (text !== '') element.insert(0, [new Y.XmlText(text)])
  return element as Y.XmlElement
}
