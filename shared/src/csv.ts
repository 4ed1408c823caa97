/* Comma-separated values as RFC 4180 has them, the same wherever a file is made. */

/** The mark at the beginning tells spreadsheets that what follows is UTF-8. */
export const CSV_MARK = '\uFEFF'

/** A spreadsheet would take a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/
export const isFormula = (value: string): boolean => FORMULA.test(value)

export const csvOf = (lines: readonly (readonly string[])[]): string => CSV_MARK + lines.map(csvLine).join('')

export const csvLine = (cells: readonly string[]): string => cells.map(cell).join(',') + '\r\n'

function cell(value: string): string {
  const harmless = isFormula(value) ? `'${value}` : value
  return /[",\r\n'\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
