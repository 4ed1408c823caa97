import { isFormula, type Table } from './table.js'

/** Comma-separated values as RFC 4180 has them. The mark at the beginning tells spreadsheets that it is UTF-8. */
export function csvFile({ heads, lines }: Pick<Table, 'heads' | 'lines'>): Uint8Array {
  const text = [heads, ...lines].map((line) => line.map(cell).join(',') + '\r\n').join('')
  return new TextEncoder().encode(`\uFEFF${text}`)
}

function cell(value: string): string {
  const harmless = isFormula(value) ? `'${value}` : value
  return /[",\r\n'\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
