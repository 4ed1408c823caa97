import { CsvError, parse } from 'csv-parse/sync'
import { SHEET_ROWS } from '@multilogue/shared/register'
import { Refusal } from '../../common/problem.js'
import { readXlsx } from './read-xlsx.js'
import type { Cell } from './table.js'

/** Rows with the one of the heads. */
const LIMITS = { rows: SHEET_ROWS + 1, columns: 200 }
/** Before a formula, it says that it is none. */
const KEPT_QUIET = /^'(?=[=+\-@\t\r])/

/**
 * The rows of a workbook or of comma-separated values, heads first; a row stands where it stands in the file.
 * @throws Refusal `unreadable-sheet`, `too-large`
 */
export function readSheet(file: Uint8Array): Cell[][] {
  const isArchive = file[0] === 0x50 && file[1] === 0x4b
  const lines = isArchive ? readXlsx(file, LIMITS) : readCsv(decoded(file))
  return lines.map((line) =>
    line.map((cell) => (typeof cell === 'number' ? cell : cell.trim().replace(KEPT_QUIET, ''))),
  )
}

function decoded(file: Uint8Array): string {
  const marks = [
    [[0xff, 0xfe], 'utf-16le'],
    [[0xfe, 0xff], 'utf-16be'],
  ] as const
  const encoding = marks.find(([mark]) => mark.every((byte, i) => file[i] === byte))?.[1] ?? 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(file)
    if (!text.includes('\0')) return text
  } catch {
    // Told below, as for every file that is no text.
  }
  throw new Refusal('unreadable-sheet', 'It is neither a workbook (.xlsx) nor text in UTF-8.')
}

function readCsv(text: string): string[][] {
  const heads = /^[^\r\n]*/.exec(text)![0]
  const delimiter = [',', ';', '\t'].sort((a, b) => heads.split(b).length - heads.split(a).length)[0]!
  try {
    const lines = parse(text, { delimiter, relax_column_count: true, to: LIMITS.rows + 1, max_record_size: 1_000_000 })
    if (lines.length > LIMITS.rows) throw new Refusal('too-large', `More than ${LIMITS.rows} rows.`)
    if (lines.some((line) => line.length > LIMITS.columns))
      throw new Refusal('too-large', `More than ${LIMITS.columns} columns.`)
    return lines
  } catch (thrown) {
    if (thrown instanceof CsvError) throw new Refusal('unreadable-sheet', thrown.message.slice(0, 200))
    throw thrown
  }
}
