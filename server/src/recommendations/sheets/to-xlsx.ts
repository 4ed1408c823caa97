import { isFormula } from '@multilogue/shared/csv'
import { strToU8, zipSync } from 'fflate'
import { element, text, type Xml } from '../../common/xml-writer.js'
import type { Table } from './table.js'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DAY_MS = 86_400_000
const EPOCH = Date.UTC(1899, 11, 30)
/** Rows below a table of which cells can still be chosen. */
const ROOM = 2_000
/** Widths in characters. */
const [NARROW, WIDE] = [14, 48]

/**
 * By their place in the list of styles; the first is that of cells without one. `words`: what is typed is kept as it is
 * typed, and no number is made of it. `quoted`: what looks like a formula stays words, also when it is edited.
 */
const STYLE = { head: 1, day: 2, quoted: 3, words: 4 }
/** The format of text, which every program knows by its number. */
const TEXT = 49

/** A workbook with one sheet for each table. */
export function xlsxFile(tables: readonly Table[]): Uint8Array {
  const parts: Record<string, Xml> = {
    '[Content_Types].xml': contentTypes(tables.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook(tables),
    'xl/_rels/workbook.xml.rels': relations([
      ...tables.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles(),
    ...Object.fromEntries(tables.map((table, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(table)])),
  }
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)])))
}

const workbook = (tables: readonly Table[]): Xml =>
  element(
    'workbook',
    { xmlns: MAIN, 'xmlns:r': RELATIONS },
    element(
      'sheets',
      {},
      ...tables.map(({ name }, i) =>
        element('sheet', { name: name.slice(0, 31), sheetId: i + 1, 'r:id': `r${i + 1}` }),
      ),
    ),
  )

function sheet({ heads, lines, isRtl, days = new Set(), choices = new Map() }: Table): Xml {
  const rowOf = (cells: Xml[], i: number) => element('row', { r: i + 1 }, ...cells)
  const isLong = heads.map((_, column) => lines.some((line) => (line[column]?.length ?? 0) > NARROW * 2))
  const rules = [...choices].map(([column, values]) => {
    const place = letters(column)
    const list = { type: 'list', allowBlank: 1, showErrorMessage: 1, sqref: `${place}2:${place}${lines.length + ROOM}` }
    return element('dataValidation', list, element('formula1', {}, text(`"${values.join(',')}"`)))
  })
  return element(
    'worksheet',
    { xmlns: MAIN },
    element(
      'sheetViews',
      {},
      element(
        'sheetView',
        { workbookViewId: 0, ...(isRtl ? { rightToLeft: 1 } : {}) },
        element('pane', { ySplit: 1, topLeftCell: 'A2', activePane: 'bottomLeft', state: 'frozen' }),
      ),
    ),
    element(
      'cols',
      {},
      ...heads.map((_, i) =>
        element('col', {
          ...{ min: i + 1, max: i + 1, width: isLong[i] ? WIDE : NARROW, customWidth: 1 },
          style: days.has(i) ? STYLE.day : STYLE.words,
        }),
      ),
    ),
    element(
      'sheetData',
      {},
      rowOf(
        heads.map((head, column) => words(head, `${letters(column)}1`, STYLE.head)),
        0,
      ),
      ...lines.map((line, i) =>
        rowOf(
          line.flatMap((value, column) => {
            const place = `${letters(column)}${i + 2}`
            if (value === '') return []
            if (days.has(column)) return element('c', { r: place, s: STYLE.day }, element('v', {}, text(serial(value))))
            return words(value, place, isFormula(value) ? STYLE.quoted : STYLE.words)
          }),
          i + 1,
        ),
      ),
    ),
    ...(rules.length > 0 ? [element('dataValidations', { count: rules.length }, ...rules)] : []),
  )
}

const words = (value: string, r: string, s: number): Xml =>
  element('c', { r, s, t: 'inlineStr' }, element('is', {}, element('t', { 'xml:space': 'preserve' }, text(value))))

const serial = (day: string): string => String((Date.parse(day) - EPOCH) / DAY_MS)

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

function styles(): Xml {
  const wrap = element('alignment', { vertical: 'top', wrapText: 1 })
  const xf = (more: Record<string, number>) =>
    element('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, applyAlignment: 1, ...more }, wrap)
  const font = (...children: Xml[]) =>
    element('font', {}, ...children, element('sz', { val: 11 }), element('name', { val: 'Calibri' }))
  return element(
    'styleSheet',
    { xmlns: MAIN },
    element('numFmts', { count: 1 }, element('numFmt', { numFmtId: 164, formatCode: 'yyyy\\-mm\\-dd' })),
    element('fonts', { count: 2 }, font(), font(element('b'))),
    element(
      'fills',
      { count: 2 },
      element('fill', {}, element('patternFill', { patternType: 'none' })),
      element('fill', {}, element('patternFill', { patternType: 'gray125' })),
    ),
    element('borders', { count: 1 }, element('border')),
    element('cellStyleXfs', { count: 1 }, element('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })),
    element(
      'cellXfs',
      { count: 5 },
      xf({}),
      xf({ fontId: 1, applyFont: 1 }),
      xf({ numFmtId: 164, applyNumberFormat: 1 }),
      xf({ numFmtId: TEXT, applyNumberFormat: 1, quotePrefix: 1 }),
      xf({ numFmtId: TEXT, applyNumberFormat: 1 }),
    ),
  )
}

const relations = (all: readonly (readonly [string, string])[]): Xml =>
  element(
    'Relationships',
    { xmlns: `${PACKAGE}/relationships` },
    ...all.map(([kind, target], i) =>
      element('Relationship', { Id: `r${i + 1}`, Type: `${RELATIONS}/${kind}`, Target: target }),
    ),
  )

function contentTypes(sheets: number): Xml {
  const type = (kind: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml`
  const part = (name: string, kind: string) => element('Override', { PartName: `/xl/${name}`, ContentType: type(kind) })
  return element(
    'Types',
    { xmlns: `${PACKAGE}/content-types` },
    element('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }),
    element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    part('workbook.xml', 'sheet.main'),
    part('styles.xml', 'styles'),
    ...Array.from({ length: sheets }, (_, i) => part(`worksheets/sheet${i + 1}.xml`, 'worksheet')),
  )
}
