import { isFormula, type Table } from './table.js'

/** The mark at the beginning tells spreadsheets that what follows is UTF-8. */
export const CSV_MARK = '\uFEFF'

/** Comma-separated values as RFC 4180 has them. */
export function csvFile({ heads, lines }: Pick<Table, 'heads' | 'lines'>): Uint8Array {
  return new TextEncoder().encode(CSV_MARK + [heads, ...lines].map(csvLine).join(''))
}

export const csvLine = (cells: readonly string[]): string => cells.map(cell).join(',') + '\r\n'

function cell(value: string): string {
  const harmless = isFormula(value) ? `'${value}` : value
  return /[",\r\n'\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
