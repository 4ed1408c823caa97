import type * as Y from 'yjs'
import type { Chronicle } from './chronicle.js'

/** An attribute of a node as it was at a log number. Its values stand in a row, each newer one to the right. */
export function attributeAt(chronicle: Chronicle, node: Y.XmlElement, name: string, no: number): unknown {
  let item = node._map.get(name) ?? null
  while (item !== null && chronicle.ledger(item.id.client).bornAt(item.id.clock) > no) item = item.left
  if (item === null || !chronicle.ledger(item.id.client).stoodAt(no, item.id.clock)) return undefined
  return item.content.getContent()[item.length - 1] as unknown
}
