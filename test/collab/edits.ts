import * as Y from 'yjs'
import { pick } from './random.js'
import type { Random } from './random.js'

/* What people do to a text, as the editor does it: a fragment of blocks, each an element around one run of text. */

const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('default')
const runOf = (block: Y.XmlElement): Y.XmlText => block.get(0) as Y.XmlText

function newBlock(run: Y.XmlText): Y.XmlElement {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [run])
  return block
}

/** The text with its marks, one line for each block. */
export const contentOf = (doc: Y.Doc): string => fragmentOf(doc).toArray().map(String).join('\n')

/** Makes one random change, in one transaction. @returns what was done, for reading a failed run */
export function editAtRandom(doc: Y.Doc, random: Random): string {
  const fragment = fragmentOf(doc)
  const dice = random(100)
  if (fragment.length === 0 || dice < 8) {
    const word = wordFrom(random)
    fragment.insert(random(fragment.length + 1), [newBlock(new Y.XmlText(word))])
    return `block "${word}"`
  }
  const at = random(fragment.length)
  const block = fragment.get(at) as Y.XmlElement
  const run = runOf(block)
  const text = plain(run)
  const from = wholeBefore(text, random(text.length + 1))
  const count = wholeBefore(text, Math.min(from + 1 + random(5), text.length)) - from
  if (dice < 12) {
    fragment.delete(at, 1)
    return 'delete a block'
  }
  if (dice < 20) {
    const target = random(fragment.length)
    doc.transact(() => {
      const moved = block.clone()
      fragment.delete(at, 1)
      fragment.insert(Math.min(target, fragment.length), [moved])
    })
    return 'move a block'
  }
  if (dice < 24) {
    doc.transact(() => {
      const rest = text.slice(from)
      run.delete(from, run.length - from)
      fragment.insert(at + 1, [newBlock(new Y.XmlText(rest))])
    })
    return 'split a block'
  }
  if (dice < 40 && count > 0) {
    run.delete(from, count)
    return `delete ${count}`
  }
  if (dice < 55 && count > 0) {
    run.format(from, count, { [pick(random, ['bold', 'italic'])]: random(3) === 0 ? null : true })
    return `format ${count}`
  }
  const word = wordFrom(random)
  run.insert(from, word)
  return `insert "${word}"`
}

/** Without marks. */
const plain = (run: Y.XmlText): string => (run.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')

/** An editor never parts the two halves of a character beyond 16 bits. */
const wholeBefore = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at)

const wordFrom = (random: Random): string =>
  Array.from({ length: 1 + random(5) }, () => pick(random, [...'abcdefgh 政策ابج', '🌍'])).join('')
