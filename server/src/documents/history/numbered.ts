import type { HistoryParagraph } from '@multilogue/shared/history'
import { Part } from '@multilogue/shared/numbering'
import type * as Y from 'yjs'
import { attributeAt } from './attributes.js'
import type { Chronicle } from './chronicle.js'

/** What a paragraph's number followed from when the text stood at `no`; empty for one without a part. */
export function numberedAt(
  chronicle: Chronicle,
  node: Y.XmlElement,
  no: number,
): Pick<HistoryParagraph, 'part' | 'depth' | 'bis'> {
  const part = Part.safeParse(attributeAt(chronicle, node, 'part', no)).data
  if (!part) return {}
  const depth = attributeAt(chronicle, node, 'depth', no)
  const bis = attributeAt(chronicle, node, 'bis', no)
  return { part, ...(depth === 1 || depth === 2 ? { depth } : {}), ...(bis === true ? { bis } : {}) }
}
