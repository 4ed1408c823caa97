import { z } from 'zod'

/** Where a block of a table stands. */
export const CellPlace = z.object({
  /** The same for all blocks of one table. */
  table: z.string(),
  /** From 0. */
  row: z.int().nonnegative(),
  /** From 0; counts the cells of the row, not the columns that they span. */
  cell: z.int().nonnegative(),
  /** How many columns and rows the cell spans; left out for one. */
  columns: z.int().min(2).max(100).optional(),
  rows: z.int().min(2).max(100).optional(),
  header: z.literal(true).optional(),
})
export type CellPlace = z.infer<typeof CellPlace>

/** On the way down from a table to its cells; `cell` is -1 until one is reached. */
export type CellWay = CellPlace | undefined

/**
 * Where the children of a node stand. A table inside a cell belongs to that cell.
 * @param way  where the node itself stands
 * @param at   its place among its siblings
 * @param key  names the node, should it be a table
 */
export function cellBelow(
  name: string,
  attributes: Record<string, unknown>,
  way: CellWay,
  at: number,
  key: string,
): CellWay {
  if (!way) return name === 'table' ? { table: key, row: 0, cell: -1 } : undefined
  if (way.cell >= 0) return way
  if (name === 'tableRow') return { ...way, row: at }
  return name === 'tableCell' || name === 'tableHeader' ? { ...way, cell: at, ...spanOf(name, attributes) } : way
}

function spanOf(name: string, { colspan, rowspan }: Record<string, unknown>): Partial<CellPlace> {
  const count = (span: unknown) => Math.min(100, Math.trunc(Number(span)) || 1)
  const [columns, rows] = [count(colspan), count(rowspan)]
  return {
    ...(columns > 1 ? { columns } : {}),
    ...(rows > 1 ? { rows } : {}),
    ...(name === 'tableHeader' ? { header: true } : {}),
  }
}

export interface LaidCell<T> {
  place: CellPlace
  items: T[]
}
export type Laid<T> = { key: string; item: T; rows?: undefined } | { key: string; rows: LaidCell<T>[][] }

/** Blocks in reading order, those of a table put together, ready to be drawn. */
export function laidOut<T>(items: T[], facts: (item: T) => { key: string; cell?: CellPlace | undefined }): Laid<T>[] {
  const laid: Laid<T>[] = []
  for (const item of items) {
    const { key, cell } = facts(item)
    const last = laid.at(-1)
    if (!cell) laid.push({ key, item })
    else if (last?.rows && last.rows[0]![0]!.place.table === cell.table) addTo(last.rows, cell, item)
    else laid.push({ key: `table ${cell.table}`, rows: [[{ place: cell, items: [item] }]] })
  }
  return laid
}

function addTo<T>(rows: LaidCell<T>[][], place: CellPlace, item: T): void {
  const row = rows.at(-1)!
  const before = row.at(-1)!
  if (before.place.row !== place.row) rows.push([{ place, items: [item] }])
  else if (before.place.cell !== place.cell) row.push({ place, items: [item] })
  else before.items.push(item)
}
