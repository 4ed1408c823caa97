import * as Y from 'yjs'

/** The words of every addressable or top-level block, by its permanent id. Blocks without words are left out. */
export function paragraphsOf(doc: Y.Doc): Map<string, string> {
  const paragraphs = new Map<string, string>()
  collect(doc.getXmlFragment('default'), paragraphs)
  return paragraphs
}

function collect(parent: Y.XmlFragment, paragraphs: Map<string, string>) {
  parent.forEach((node, index) => {
    if (!(node instanceof Y.XmlElement)) return
    const words = node
      .toArray()
      .filter((child) => child instanceof Y.XmlText)
      .map(wordsOf)
      .join('')
    const id = node.getAttribute('id') ?? `${paragraphs.size}-${index}`
    if (words.trim()) paragraphs.set(id, words)
    else collect(node, paragraphs)
  })
}

const wordsOf = (text: Y.XmlText): string =>
  text
    .toDelta()
    .map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : ''))
    .join('')
