import { signOf } from '@multilogue/shared/references'
import * as Y from 'yjs'

/** The words of every text block that has some, by the block's permanent id; a hard break is a line feed. */
export function paragraphsOf(doc: Y.Doc): Map<string, string> {
  const paragraphs = new Map<string, string>()
  for (const { id, words } of blocksOf(doc.getXmlFragment('default'), 0)) paragraphs.set(id, words)
  return paragraphs
}

/**
 * The paragraphs in which an update has written, formatted or struck something, as they stand in `doc`.
 * @param update  applied to `doc` already
 */
export function paragraphsTouchedBy(update: Uint8Array, doc: Y.Doc): Map<string, string> {
  const touches = touchesOf(update)
  const touched = new Map<string, string>()
  for (const { id, words, block } of blocksOf(doc.getXmlFragment('default'), 0))
    if (hasItem(block, touches)) touched.set(id, words)
  return touched
}

/** Whether an item was written or struck by the update. */
export function touchesOf(update: Uint8Array): (item: Y.Item) => boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  return ({ id: { client, clock }, length }) => {
    const overlaps = (from: number, to: number) => from < clock + length && clock < to
    return (
      structs.some(({ id, length: own }) => id.client === client && overlaps(id.clock, id.clock + own)) ||
      (ds.clients.get(client) ?? []).some((struck) => overlaps(struck.clock, struck.clock + struck.len))
    )
  }
}

interface Block {
  id: string
  words: string
  block: Y.XmlElement
}

function blocksOf(parent: Y.XmlFragment, before: number): Block[] {
  const blocks: Block[] = []
  for (const node of parent.toArray()) {
    if (!(node instanceof Y.XmlElement)) continue
    const count = before + blocks.length
    const words = wordsOf(node)
    if (node.nodeName !== 'paragraph' && node.nodeName !== 'heading') blocks.push(...blocksOf(node, count))
    else if (words.trim()) blocks.push({ id: node.getAttribute('id') ?? `unnamed-${count}`, words, block: node })
  }
  return blocks
}

/** Whether an item of the block, its attributes or its runs of text is one of those looked for, struck ones included. */
function hasItem(type: Pick<Y.AbstractType<unknown>, '_map' | '_start'>, looked: (item: Y.Item) => boolean): boolean {
  const attributes = [...type._map.values()]
  if (attributes.some(looked)) return true
  for (let item = type._start; item; item = item.right) {
    if (looked(item)) return true
    if (item.content instanceof Y.ContentType && hasItem(item.content.type, looked)) return true
  }
  return false
}

const wordsOf = (block: Y.XmlElement): string =>
  block
    .toArray()
    .map((node) => {
      if (node instanceof Y.XmlText) return runsOf(node)
      return node instanceof Y.XmlElement ? signOf(node.nodeName, node.getAttributes()) : ''
    })
    .join('')

const runsOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
