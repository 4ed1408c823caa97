import type { Node } from '@tiptap/pm/model'

/** Cells that one may span each way; a table of more was not written by people. */
const MOST = 100

/**
 * How far a cell may span, so that no columns are left in which no cell begins: pages let a cell span more than there
 * are to have it as wide as the table.
 */
export function spansIn(table: Node): Map<Node, { colspan: number; rowspan: number }> {
  const cells: { cell: Node; column: number; colspan: number; rowspan: number }[] = []
  /** By column, in how many rows from here on it is taken. */
  const taken: number[] = []
  table.forEach((row) => {
    let column = 0
    row.forEach((cell) => {
      while (taken[column]) column++
      const spans = { colspan: span(cell.attrs.colspan), rowspan: span(cell.attrs.rowspan) }
      cells.push({ cell, column, ...spans })
      for (let left = spans.colspan; left > 0; left--) taken[column++] = spans.rowspan
    })
    for (const at of taken.keys()) taken[at] = Math.max(0, (taken[at] ?? 0) - 1)
  })
  const columns = 1 + Math.max(0, ...cells.map(({ column }) => column))
  return new Map(
    cells.map(({ cell, column, colspan, rowspan }) => [
      cell,
      { colspan: Math.min(colspan, columns - column), rowspan },
    ]),
  )
}

const span = (value: unknown): number => Math.min(MOST, Math.max(1, Math.floor(Number(value)) || 1))
