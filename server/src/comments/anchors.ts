import type { WordsPlace } from '@multilogue/shared/comments'
import * as Y from 'yjs'
import { unitsOf, type Range } from '../documents/words-in.js'

/** Where a comment stands: encoded Yjs relative positions of its first word and behind its last. */
export interface Anchor {
  from: Uint8Array
  to: Uint8Array
}

/** The blocks of a text that have a permanent id, in reading order. */
export function blocksIn(parent: Y.XmlFragment, found = new Map<Y.XmlElement, string>()): Map<Y.XmlElement, string> {
  for (const node of parent.toArray()) {
    if (!(node instanceof Y.XmlElement)) continue
    const id = node.getAttribute('id')
    if (id && (node.nodeName === 'paragraph' || node.nodeName === 'heading')) found.set(node, id)
    else blocksIn(node, found)
  }
  return found
}

/** Sticks to the words: what is typed before the first or behind the last is not among them. */
export function anchorOn(block: Y.XmlElement, { from, to }: Range): Anchor {
  return { from: encoded(block, from, 0), to: encoded(block, to - 1, -1) }
}

/** @param assoc  0: before the unit at this place; -1: behind it */
function encoded(block: Y.XmlElement, place: number, assoc: 0 | -1): Uint8Array {
  let begin = 0
  for (const [index, node] of block.toArray().entries()) {
    const length = node instanceof Y.XmlText ? node.length : 1
    if (place < begin + length) {
      const [type, at] = node instanceof Y.XmlText ? [node, place - begin] : [block, index]
      return Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(type, at - assoc, assoc))
    }
    begin += length
  }
  throw new RangeError('The place is not in the block.')
}

export interface Standing {
  place: WordsPlace
  words: string
}

/** Where the words of an anchor stand now; undefined: they are gone from where they were. */
export function standingAt(doc: Y.Doc, blocks: Map<Y.XmlElement, string>, anchor: Anchor): Standing | undefined {
  const from = placed(doc, anchor.from)
  const to = placed(doc, anchor.to)
  if (!from || !to || from.block !== to.block || from.at >= to.at) return undefined
  const paragraphId = blocks.get(from.block)
  if (paragraphId === undefined) return undefined
  const words = unitsOf(from.block).slice(from.at, to.at)
  return { place: { paragraphId, from: from.at, to: to.at }, words }
}

/** `instanceof` alone would say nothing of what its attributes are. */
const isElement = (type: unknown): type is Y.XmlElement => type instanceof Y.XmlElement

function placed(doc: Y.Doc, encodedPosition: Uint8Array): { block: Y.XmlElement; at: number } | undefined {
  const position = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(encodedPosition), doc)
  if (!position) return undefined
  const { index } = position
  const type: unknown = position.type
  if (isElement(type)) return { block: type, at: lengthUpTo(type, index) }
  const block: unknown = type instanceof Y.XmlText ? type.parent : undefined
  if (!(type instanceof Y.XmlText) || !isElement(block)) return undefined
  const before = block.toArray().indexOf(type)
  return before < 0 ? undefined : { block, at: lengthUpTo(block, before) + index }
}

const lengthUpTo = (block: Y.XmlElement, index: number): number =>
  block
    .toArray()
    .slice(0, index)
    .reduce((length, node) => length + (node instanceof Y.XmlText ? node.length : 1), 0)

export interface Lost {
  paragraphId: string
  /** Where they began when they were last seen. */
  from: number
  quote: string
  /** As they were when they were last seen. */
  words: string
}

/** So much of the quote has to be left of words that were edited: a letter of it stands everywhere. */
const RECOGNIZABLE = 0.5
/** UTF-16 code units that are not taken for others' words in another paragraph. */
const UNMISTAKABLE = 8

/** Looks for words that were cut and pasted, undone or restored: in their paragraph, or where alone they stand. */
export function foundAgain(
  blocks: Map<Y.XmlElement, string>,
): (lost: Lost) => { block: Y.XmlElement; range: Range } | undefined {
  const all = [...blocks].map(([block, id]) => ({ block, id, units: unitsOf(block) }))
  const look = (words: string, { paragraphId, from }: Lost) => {
    const having = all.filter(({ units }) => units.includes(words))
    const own = having.find(({ id }) => id === paragraphId)
    const found = own ?? (words.length >= UNMISTAKABLE && having.length === 1 ? having[0] : undefined)
    const at = found && placeIn(found.units, words, from)
    return at === undefined ? undefined : { block: found!.block, range: { from: at, to: at + words.length } }
  }
  return (lost) => {
    const { quote, words } = lost
    return look(quote, lost) ?? (words.length >= quote.length * RECOGNIZABLE ? look(words, lost) : undefined)
  }
}

/** Where they stood before, or the one other place that has them. */
function placeIn(units: string, words: string, from: number): number | undefined {
  if (units.startsWith(words, from)) return from
  const first = units.indexOf(words)
  return first === units.lastIndexOf(words) ? first : undefined
}

/** Without what PostgreSQL cannot keep: U+0000, and halves of letters. */
export const storable = (words: string): string => words.replace(/\0|\p{Surrogate}/gu, '\ufffd')
