import { z } from 'zod'

/**
 * What a paragraph is in a negotiated text; null: words that are not negotiated, such as a note of the drafters.
 * chapeau: opens a list of paragraphs, unnumbered. preambular: why; unnumbered in print. operative: what; numbered.
 */
export const PARTS = ['chapeau', 'preambular', 'operative'] as const
export const Part = z.enum(PARTS)
export type Part = z.infer<typeof Part>

/** What numbering needs to know of a paragraph, as its node's attributes. */
export interface Numbered {
  id: string
  part?: Part | null | undefined
  /** 0: a paragraph of its own. 1: (a). 2: (i). */
  depth?: number | null | undefined
  /** Stands beside the paragraph before it, or came between two numbers that are in use: 5 bis, 5 ter. */
  bis?: boolean | null | undefined
}

/** Latin ordinals of the drafting tradition: what follows a number that is taken. */
const SUFFIXES = ['bis', 'ter', 'quater', 'quinquies', 'sexies', 'septies', 'octies', 'nonies', 'decies']

/** `working`: as delegations speak of them, PP1 and OP5 bis told apart. `print`: as issued, preambular ones bare. */
export type Numbering = 'working' | 'print'

/**
 * The printed numbers of a text, derived from the order of its paragraphs and from nothing else: the same on screen,
 * projector, paper and in Word. Paragraphs without a number are not in the answer.
 * @param paragraphs  all of the text, in reading order
 */
export function numbersOf(paragraphs: Iterable<Numbered>, numbering: Numbering): Map<string, string> {
  const numbers = new Map<string, string>()
  const [preambular, operative] = [new Count(), new Count()]
  let [letters, romans] = [new Count(), new Count()]
  for (const { id, part, depth, bis } of paragraphs) {
    if (part === 'chapeau') [letters, romans] = [new Count(), new Count()]
    if (part !== 'preambular' && part !== 'operative') continue
    const counts = part === 'preambular' ? preambular : operative
    if (!depth) {
      ;[letters, romans] = [new Count(), new Count()]
      const number = counts.next(bis === true, String)
      if (part === 'operative') numbers.set(id, numbering === 'print' ? `${number.whole}.` : number.whole)
      else if (numbering === 'working') numbers.set(id, `PP${number.whole}`)
    } else if (depth === 1) {
      romans = new Count()
      numbers.set(id, parenthesised(letters.next(bis === true, letterOf)))
    } else numbers.set(id, parenthesised(romans.next(bis === true, romanOf)))
  }
  return numbers
}

interface Label {
  plain: string
  /** Empty, or a blank and the ordinal. */
  suffix: string
  whole: string
}

const parenthesised = ({ plain, suffix }: Label): string => `(${plain}${suffix})`

class Count {
  #value = 0
  #beside = 0

  /** The first of its kind has nothing to stand beside. */
  next(bis: boolean, write: (value: number) => string): Label {
    const isBeside = bis && this.#value > 0
    this.#beside = isBeside ? this.#beside + 1 : 0
    if (!isBeside) this.#value++
    const plain = write(this.#value)
    const suffix = isBeside ? ` ${SUFFIXES[this.#beside - 1] ?? `(${this.#beside + 1})`}` : ''
    return { plain, suffix, whole: plain + suffix }
  }
}

/** a, b, ... z, aa, ab */
export function letterOf(value: number): string {
  const [before, last] = [Math.floor((value - 1) / 26), (value - 1) % 26]
  return (before > 0 ? letterOf(before) : '') + String.fromCharCode(97 + last)
}

const ROMANS: [number, string][] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** i, ii, iii, iv */
export function romanOf(value: number): string {
  const [worth, letters] = ROMANS.find(([least]) => least <= value) ?? [value, '']
  return letters + (value > worth ? romanOf(value - worth) : '')
}
