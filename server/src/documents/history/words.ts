import { signOf } from '@multilogue/shared/references'
import * as Y from 'yjs'
import type { Chronicle } from './chronicle.js'
import type { Ledger } from './ledger.js'

/** Words that one client typed, that came with one row and went with one row (0: still there). */
export interface Words {
  client: number
  ledger: Ledger
  clock: number
  text: string
  born: number
  died: number
}

/** The field of the shared document that holds the text; see `collab/text.ts`. */
export const FRAGMENT = 'default'

/** The nodes below, those that were removed too. */
export function* nodesIn(parent: Y.XmlFragment): Generator<[Y.Item, Y.XmlElement | Y.XmlText]> {
  for (let item = parent._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentType)) continue
    const node: unknown = item.content.type
    if (node instanceof Y.XmlElement || node instanceof Y.XmlText) yield [item, node]
  }
}

/** Every run of characters below, removed ones too, each in its place. */
export function* textsIn(parent: Y.XmlFragment): Generator<Y.XmlText> {
  for (const [, node] of nodesIn(parent)) {
    if (node instanceof Y.XmlText) yield node
    else yield* textsIn(node)
  }
}

/** What stands for a node without words in a paragraph: a line feed for a hard break; empty for other nodes. */
export const signIn = (node: Y.XmlElement): string => signOf(node.nodeName, node.getAttributes())

/** The words of one item, cut where they came or went with different rows. */
export function* wordsOf(chronicle: Chronicle, item: Y.Item): Generator<Words> {
  if (!(item.content instanceof Y.ContentString)) return
  const { client, clock: first } = item.id
  const ledger = chronicle.ledger(client)
  const { str } = item.content
  const end = first + str.length
  for (let clock = first; clock < end;) {
    const until = ledger.sameUntil(clock, end)
    const text = str.slice(clock - first, until - first)
    yield { client, ledger, clock, text, born: ledger.bornAt(clock), died: ledger.diedAt(clock) }
    clock = until
  }
}

export function* wordsIn(chronicle: Chronicle, text: Y.XmlText): Generator<Words> {
  for (let item = text._start; item !== null; item = item.right) yield* wordsOf(chronicle, item)
}
