import type { RawCell } from './raw.js'

interface Placed {
  cell: RawCell
  column: number
}

/**
 * The rows of a table with each place taken by one cell, as editors need it: files tell of cells that reach over others
 * or over the edge, and leave places out. Columns in which no cell begins are left out too.
 */
export function evened(rows: RawCell[][]): RawCell[][] {
  const taken = rows.map((): RawCell[] => [])
  const placed = rows.map((cells, at) => cells.map((cell) => put(cell, at, taken)))
  const width = 1 + Math.max(0, ...placed.flat().map(({ column }) => column))
  for (const { cell, column } of placed.flat()) cell.columns = Math.min(cell.columns, width - column)
  return placed.map((cells, at) => {
    const isHeader = cells.length > 0 && cells.every(({ cell }) => cell.isHeader)
    const missing = Array.from({ length: width }, (_, column): Placed[] =>
      taken[at]![column] ? [] : [{ cell: { isHeader, columns: 1, rows: 1, blocks: [] }, column }],
    )
    return [...cells, ...missing.flat()].sort((a, b) => a.column - b.column).map(({ cell }) => cell)
  })
}

/** Puts a cell into the first free place of its row, as wide and high as there is room. */
function put(cell: RawCell, at: number, taken: RawCell[][]): Placed {
  const row = taken[at]!
  let column = 0
  while (row[column]) column++
  let columns = 1
  while (columns < cell.columns && !row[column + columns]) columns++
  cell.columns = columns
  cell.rows = Math.min(cell.rows, taken.length - at)
  for (const line of taken.slice(at, at + cell.rows))
    for (let place = column; place < column + columns; place++) line[place] = cell
  return { cell, column }
}
