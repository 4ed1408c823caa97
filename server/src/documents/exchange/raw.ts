import type { MarkName } from './manuscript.js'

/** What a file holds, before anything is made of it. */
export type Raw = RawWords | RawTable

export interface RawWords {
  is: 'words'
  /** 1 to 3. */
  heading?: number
  /** The automatic number as it is printed. */
  label?: string
  /** A bullet, or a number that only counts points of a list. */
  list?: { isOrdered: boolean; level: number }
  runs: RawRun[]
  /** The paragraph itself came or went by a tracked change. */
  change?: RawChange
}

export type RawRun = { text: string; marks: MarkName[]; change?: RawChange } | { footnote: string; change?: RawChange }

export interface RawChange {
  kind: 'inserted' | 'removed'
  author: string
  /** ISO instant; null when the file does not tell. */
  at: string | null
}

export interface RawTable {
  is: 'table'
  rows: RawCell[][]
}

export interface RawCell {
  isHeader: boolean
  columns: number
  rows: number
  blocks: Raw[]
}

/** A file as it was read. */
export interface RawFile {
  title: string | null
  blocks: Raw[]
  /** How often something was met that a text does not have. */
  leftOut: Map<LeftOut, number>
}

export type LeftOut = 'pictures' | 'comments' | 'textBoxes' | 'equations'
