/** A cell of a table that comes in; what is kept as a number has lost how it was typed. */
export type Cell = string | number

/** A table on its way out, in whatever format. */
export interface Table {
  name: string
  isRtl: boolean
  heads: string[]
  lines: string[][]
  /** Columns of days, `YYYY-MM-DD`. */
  days?: ReadonlySet<number>
  /** What may be chosen in a column. */
  choices?: ReadonlyMap<number, readonly string[]>
}
