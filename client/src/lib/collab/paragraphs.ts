import * as Y from 'yjs'

/** The words of every text block that has some, by the block's permanent id; a hard break is a line feed. */
export function paragraphsOf(doc: Y.Doc): Map<string, string> {
  const paragraphs = new Map<string, string>()
  collect(doc.getXmlFragment('default'), paragraphs)
  return paragraphs
}

function collect(parent: Y.XmlFragment, paragraphs: Map<string, string>) {
  for (const node of parent.toArray()) {
    if (!(node instanceof Y.XmlElement)) continue
    if (node.nodeName !== 'paragraph' && node.nodeName !== 'heading') collect(node, paragraphs)
    else if (wordsOf(node).trim())
      paragraphs.set(node.getAttribute('id') ?? `unnamed-${paragraphs.size}`, wordsOf(node))
  }
}

const wordsOf = (block: Y.XmlElement): string =>
  block
    .toArray()
    .map((node) => (node instanceof Y.XmlText ? runsOf(node) : '\n'))
    .join('')

const runsOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
