import { BRACKET, bracketIds, DEEPEST } from '@multilogue/shared/brackets'
import * as Y from 'yjs'
import { mustBe } from '../access/caller.js'
import type { Delta } from '../documents/history/content.js'
import { OTHER, unitsOfRun, type Range } from '../documents/words-in.js'

/*
 * Brackets as they stand in the text itself. All functions change the given document, as one edit of whoever calls.
 */

/** A run of words of a block, and where it stands. */
interface Placed {
  text: Y.XmlText
  /** In `text`, and in the block; UTF-16 code units. */
  at: number
  from: number
  length: number
  words: string
  ids: string[]
}

function* runsIn(block: Y.XmlElement): Generator<Placed> {
  let from = 0
  for (const node of block.toArray()) {
    if (!(node instanceof Y.XmlText)) {
      from++
      continue
    }
    let at = 0
    for (const { insert, attributes } of node.toDelta() as Delta[]) {
      const words = typeof insert === 'string' ? insert : OTHER
      yield { text: node, at, from, length: words.length, words, ids: bracketIds(attributes?.[BRACKET]) }
      at += words.length
      from += words.length
    }
  }
}

function* allRuns(parent: Y.XmlFragment): Generator<Placed> {
  for (const node of parent.toArray())
    if (node instanceof Y.XmlElement) {
      yield* runsIn(node)
      yield* allRuns(node)
    }
}

/** @throws Refusal wrong-state when brackets would cross each other, or stand too deep */
export function enclose(fragment: Y.XmlFragment, block: Y.XmlElement, { from, to }: Range, id: string): void {
  const here = [...runsIn(block)]
  const inside = here.filter((run) => run.from < to && from < run.from + run.length)
  mustBe(inside.length > 0, 'There are no words to put into brackets.')
  const touched = new Set(inside.flatMap(({ ids }) => ids))
  const within = new Set<string>()
  for (const other of touched) {
    const own = here.filter(({ ids }) => ids.includes(other))
    const [start, end] = [own[0]!.from, own.at(-1)!.from + own.at(-1)!.length]
    if (start <= from && to <= end) continue
    const isWhole = [...allRuns(fragment)].every((run) => !run.ids.includes(other) || own.some(isSamePlace(run)))
    mustBe(from <= start && end <= to && isWhole, 'Brackets may stand in each other, but not cross.')
    within.add(other)
  }
  mustBe(
    inside.every(({ ids }) => ids.length < DEEPEST),
    `Brackets stand at most ${DEEPEST} deep.`,
  )
  for (const run of inside.reverse()) {
    const begin = Math.max(from, run.from)
    const ids = run.ids.toSpliced(placeFor(run.ids, within), 0, id)
    set(run, begin - run.from, Math.min(to, run.from + run.length) - begin, ids)
  }
}

const isSamePlace = (one: Placed) => (other: Placed) => one.text === other.text && one.at === other.at

/** Outside of the first that stands within, or innermost. */
function placeFor(ids: string[], within: Set<string>): number {
  const place = ids.findIndex((id) => within.has(id))
  return place < 0 ? ids.length : place
}

function set({ text, at }: Placed, offset: number, length: number, ids: string[]): void {
  text.format(at + offset, length, { [BRACKET]: ids.length > 0 ? { ids: ids.join(' ') } : null })
}

/** Writes words in a bracket of their own behind the last of those beside which they stand. @returns false: gone */
export function putBeside(fragment: Y.XmlFragment, beside: string[], id: string, words: string): boolean {
  const last = [...allRuns(fragment)].filter(({ ids }) => ids.some((one) => beside.includes(one))).at(-1)
  if (!last) return false
  const outer = last.ids.slice(
    0,
    last.ids.findIndex((one) => beside.includes(one)),
  )
  last.text.insert(last.at + last.length, words, { [BRACKET]: { ids: [...outer, id].join(' ') } })
  return true
}

/** Takes the signs away; the words stay. */
export function unwrap(fragment: Y.XmlFragment, id: string): void {
  for (const run of [...allRuns(fragment)].reverse())
    if (run.ids.includes(id))
      set(
        run,
        0,
        run.length,
        run.ids.filter((one) => one !== id),
      )
}

/** Takes the words away, and the blank that would be left over. */
export function strike(fragment: Y.XmlFragment, id: string): void {
  for (const { ids, text, at, length } of [...allRuns(fragment)].reverse()) {
    if (!ids.includes(id)) continue
    text.delete(at, length)
    const words = unitsOfRun(text)
    if (/^(?=[\s,.;:]|$)/.test(words.slice(at)) && words[at - 1] === ' ') text.delete(at - 1, 1)
  }
}
