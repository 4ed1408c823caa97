import { Refusal } from '../../common/problem.js'
import { unpack } from '../../documents/exchange/unpack.js'
import type { Cell } from './table.js'
import { readXml } from './xml-parts.js'

const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/
/** The number formats of days that every program knows by their number. */
const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57])
const DAY_MS = 86_400_000
/** Days are counted from here; the older count of some programs begins four years later. */
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

/** Characters of a cell; no program writes more. */
const CELL = 32_767
/** Characters of all cells: one long text that many of them share is small in the file, and large when it is read. */
const ALL_CELLS = 16_000_000
/** Digits of a number that programs show; those behind them come of how it is stored. */
const DIGITS = 15

/** The cells of the first sheet of a workbook, row by row, as they are read on the screen. Formulas count as their values. */
export function readXlsx(file: Uint8Array, limits: { rows: number; columns: number }): Cell[][] {
  const parts = unpack(file, (name) => WANTED.test(name), 'unreadable-sheet')
  const { sheet, epoch } = firstSheet(parts)
  const shared = sharedWords(parts.get('xl/sharedStrings.xml'))
  const days = dayStyles(parts.get('xl/styles.xml'))
  const lines: Cell[][] = []
  let cell: { column: number; type: string; isDay: boolean } | undefined
  let [row, column, words, isValue, length] = [0, 0, '', false, 0]

  const valueOf = ({ type, isDay }: NonNullable<typeof cell>): Cell => {
    if (type === 's') return shared[Number(words)] ?? ''
    if (type === 'b') return words === '1' ? 'TRUE' : 'FALSE'
    if (type !== 'n' || words.trim() === '' || !Number.isFinite(Number(words))) return words
    return isDay ? dayOf(epoch + Number(words) * DAY_MS) : Number(Number(words).toPrecision(DIGITS))
  }
  readXml(sheet, {
    open(name, attributes) {
      if (name === 'row') {
        row = Number(attributes().r ?? row + 1)
        column = 0
        if (row > limits.rows) throw new Refusal('too-large', `More than ${limits.rows} rows.`)
      } else if (name === 'c') {
        const { r, t = 'n', s } = attributes()
        column = r ? columnOf(r) : column + 1
        if (column > limits.columns) throw new Refusal('too-large', `More than ${limits.columns} columns.`)
        cell = { column, type: t, isDay: s !== undefined && days.has(Number(s)) }
        words = ''
      } else if (name === 'v' || name === 't') isValue = cell !== undefined
      else if (name === 'rPh') cell = undefined
    },
    text(heard) {
      if (isValue) words += heard
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false
      if (name !== 'c' || !cell) return
      const value = valueOf(cell)
      const long = String(value).length
      length += long
      if (long > CELL || length > ALL_CELLS) throw new Refusal('too-large', 'The cells hold too many characters.')
      if (value !== '') {
        while (lines.length < row) lines.push([])
        const line = lines[row - 1]!
        while (line.length < cell.column) line.push('')
        line[cell.column - 1] = value
      }
      cell = undefined
    },
  })
  return lines
}

/** `C7` is in the third column. */
function columnOf(place: string): number {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column
}

function dayOf(instant: number): string {
  const day = new Date(instant)
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10)
}

function firstSheet(parts: Map<string, Uint8Array>): { sheet: Uint8Array; epoch: number } {
  const notOne = () => new Refusal('unreadable-sheet', 'It is not a workbook (.xlsx).')
  const [workbook, relations] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')]
  if (!workbook || !relations) throw notOne()
  let [id, epoch] = ['', EPOCHS[1900]]
  readXml(workbook, {
    open(name, attributes) {
      if (name === 'workbookPr' && ['1', 'true'].includes(attributes().date1904 ?? '')) epoch = EPOCHS[1904]
      if (name === 'sheet' && id === '') id = attributes()['r:id'] ?? ''
    },
  })
  let target = ''
  readXml(relations, {
    open(name, attributes) {
      if (name === 'Relationship' && attributes().Id === id) target = attributes().Target ?? ''
    },
  })
  const sheet = parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  if (!sheet) throw notOne()
  return { sheet, epoch }
}

/** What cells share; a text in several styles is one, and how it is pronounced is no part of it. */
function sharedWords(part: Uint8Array | undefined): string[] {
  const all: string[] = []
  if (!part) return all
  let [isText, isSpoken] = [false, false]
  readXml(part, {
    open(name) {
      if (name === 'si') all.push('')
      else if (name === 'rPh') isSpoken = true
      else if (name === 't') isText = !isSpoken
    },
    text(words) {
      if (isText) all[all.length - 1] += words
    },
    close(name) {
      if (name === 't') isText = false
      if (name === 'rPh') isSpoken = false
    },
  })
  return all
}

/** The styles in which a number is read as a day. */
function dayStyles(part: Uint8Array | undefined): Set<number> {
  const [styles, own] = [new Set<number>(), new Map<number, string>()]
  if (!part) return styles
  let [isCells, place] = [false, 0]
  const isDay = (format: number) =>
    DAY_FORMATS.has(format) || /[dy]/i.test((own.get(format) ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))
  readXml(part, {
    open(name, attributes) {
      if (name === 'numFmt') own.set(Number(attributes().numFmtId), attributes().formatCode ?? '')
      else if (name === 'cellXfs') isCells = true
      else if (name === 'xf' && isCells) {
        if (isDay(Number(attributes().numFmtId ?? 0))) styles.add(place)
        place += 1
      }
    },
    close(name) {
      if (name === 'cellXfs') isCells = false
    },
  })
  return styles
}
