import type { Part } from '@multilogue/shared/numbering'
import type { Language } from '@multilogue/shared/values'

/** A text as it goes into a file: everything worked out that the formats have in common, nothing of any format. */
export interface Manuscript {
  masthead: Masthead
  language: Language
  isRightToLeft: boolean
  documentId: string
  symbol: string | null
  /** ISO instant since which the text stands so. */
  at: string
  blocks: Block[]
}

/** Lines at the head of an issued document, in its own language. */
export interface Masthead {
  body: string
  /** The symbol, or the word for a draft. */
  symbol: string
  distribution: string
  /** Day, as it is written. */
  date: string
  original: string
  title: string
}

export type Block = Words | Table

/** A heading or paragraph. */
export interface Words {
  is: 'words'
  /** Permanent id; may be empty. */
  id: string
  /** 1 to 3; of a heading only. */
  level?: number
  part?: Part
  /** 0 to 2. */
  depth: number
  bis: boolean
  /** As it is printed, with its full stop or parentheses. */
  number?: string
  list?: ListPlace
  isQuote: boolean
  inlines: Inline[]
  /** The paragraph as a whole came or went. */
  change?: Change
}

export interface ListPlace {
  isOrdered: boolean
  /** From 0. */
  level: number
  /** Tells one list from the next, so that each begins at its own first number. */
  list: number
  /** Left out of what follows the first paragraph of an item. */
  marker?: string
}

export interface Table {
  is: 'table'
  rows: Cell[][]
}

export interface Cell {
  isHeader: boolean
  columns: number
  rows: number
  blocks: Block[]
}

/** `text` may hold line feeds, which are hard breaks. */
export type Inline = Printed | { is: 'footnote'; text: string } | CommentEdge

/** Nothing is printed there: a comment, counted from 0, begins or ends. */
export interface CommentEdge {
  is: 'comment'
  edge: 'begin' | 'end'
  comment: number
}

export interface Printed {
  is: 'run'
  text: string
  marks: MarkName[]
  change?: Change
  /** Brackets: printed, but none of the words. */
  isSign?: true
}

export const MARKS = ['bold', 'italic', 'underline', 'strike', 'code'] as const
export type MarkName = (typeof MARKS)[number]

export interface Change {
  kind: 'inserted' | 'removed'
  /** Code of the delegation. */
  author: string
  /** ISO instant. */
  at: string
}

/** All words and tables in reading order, those in cells too. */
export function* wordsIn(blocks: Block[]): Generator<Words> {
  for (const block of blocks) {
    if (block.is === 'words') yield block
    else for (const cell of block.rows.flat()) yield* wordsIn(cell.blocks)
  }
}

/** The title, where it is to be set above the text; null where the text opens with it. */
export function titleAbove({ masthead: { title }, blocks: [first] }: Manuscript): string | null {
  const opensWithIt = first?.is === 'words' && first.level === 1 && even(plainOf(first.inlines)) === even(title)
  return opensWithIt ? null : title
}

const even = (text: string) => text.replace(/\s+/g, ' ').trim()

export const plainOf = (inlines: Inline[]): string =>
  inlines.map((inline) => (isWords(inline) ? inline.text : '')).join('')

export const isWords = (inline: Inline): inline is Printed => inline.is === 'run' && !inline.isSign

/** Without what no XML may hold. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu, '')
