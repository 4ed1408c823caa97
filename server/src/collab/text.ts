import { Part } from '@multilogue/shared/numbering'
import * as Y from 'yjs'

/**
 * The text inside a Yjs document, as TipTap keeps it: fragment `default`, one XmlElement per node named after its
 * type, node attributes as attributes, runs of text as XmlText. Every text block (heading, paragraph) has the
 * attribute `id`; lists and quotes only hold text blocks.
 */
const FRAGMENT = 'default'

/** A text block as it is read. `listItem` is a paragraph or heading anywhere inside a list item. */
export interface Paragraph {
  /** Permanent uuid; '' while the editor that made the block has not named it yet. */
  id: string
  kind: 'heading' | 'paragraph' | 'listItem'
  /** Of a heading, 1 is the highest. */
  level?: number
  /** Of a paragraph: see shared/src/numbering.ts. */
  part?: Part
  depth?: number
  bis?: true
  /** Plain text without marks; a hard break is a line feed. */
  text: string
}

export interface NewBlock {
  id: string
  kind: 'heading' | 'paragraph'
  level?: number
  part?: Part
  depth?: number
  bis?: true
  text: string
}

/** The text blocks of a document in reading order. */
export function paragraphsOf(doc: Y.Doc): Paragraph[] {
  return blocksIn(doc.getXmlFragment(FRAGMENT), false)
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

function blocksIn(parent: Y.XmlFragment, isInListItem: boolean): Paragraph[] {
  return parent.toArray().flatMap((node) => {
    if (!(node instanceof Y.XmlElement)) return []
    if (node.nodeName !== 'heading' && node.nodeName !== 'paragraph') {
      return blocksIn(node, isInListItem || node.nodeName === 'listItem')
    }
    const { id, level, part, depth, bis } = node.getAttributes() as Record<string, unknown>
    const known = Part.safeParse(part)
    const block: Paragraph = {
      id: typeof id === 'string' ? id : '',
      kind: isInListItem ? 'listItem' : node.nodeName,
      ...(known.success ? { part: known.data } : {}),
      ...(depth === 1 || depth === 2 ? { depth } : {}),
      ...(bis === true ? { bis } : {}),
      text: plainText(node),
    }
    return [node.nodeName === 'heading' ? { ...block, level: Number(level ?? 1) } : block]
  })
}

function plainText(parent: Y.XmlFragment): string {
  return parent
    .toArray()
    .map((node) => {
      if (node instanceof Y.XmlText) return textRun(node)
      if (!(node instanceof Y.XmlElement)) return ''
      return node.nodeName === 'hardBreak' ? '\n' : plainText(node)
    })
    .join('')
}

function textRun(text: Y.XmlText): string {
  const runs = text.toDelta() as { insert: unknown }[]
  return runs.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
