import * as Y from 'yjs'
import { elementOf, type Content } from '../history/content.js'
import { FRAGMENT } from '../history/words.js'

/** The edit that puts the content after what stands; of a text without words only the content is left. */
export function appending(content: Content[], updates: Uint8Array[]): Uint8Array {
  // A document of its own has a client id of its own, which nobody has written with.
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  const edits: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => edits.push(update))
  const fragment = doc.getXmlFragment(FRAGMENT)
  doc.transact(() => {
    if (!hasWords(fragment)) fragment.delete(0, fragment.length)
    fragment.insert(fragment.length, content.map(elementOf))
  })
  doc.destroy()
  return Y.mergeUpdates(edits)
}

const hasWords = (parent: Y.XmlFragment): boolean =>
  parent.toArray().some((node) => {
    if (node instanceof Y.XmlText) return node.length > 0
    return node instanceof Y.XmlElement && (hasWords(node) || !['paragraph', 'heading'].includes(node.nodeName))
  })
