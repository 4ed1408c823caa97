import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { decideCarryOver } from '@multilogue/shared/carrying'
import {
  adoptRecommendation,
  getRecommendation,
  listRecommendations,
  makeRecommendation,
} from '@multilogue/shared/recommendations'
import { checkSheet, readIn, SHEET_BYTES, SHEET_COLUMNS, type SheetFault } from '@multilogue/shared/register'
import { planRound } from '@multilogue/shared/rounds'
import { templateFile } from '../../server/src/recommendations/sheets/template.js'
import { csvFile } from '../../server/src/recommendations/sheets/to-csv.js'
import { xlsxFile } from '../../server/src/recommendations/sheets/to-xlsx.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Tables of recommendations come in whole or not at all. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

type Row = Partial<Record<(typeof SHEET_COLUMNS)[number], string>>

const HEADS = [...SHEET_COLUMNS]
const good = (i: number): Row => ({
  ...{ title: `Recommendation ${i}`, action: 'Do it.', rationale: 'It is needed.', addressees: 'GHA; ETH' },
  ...{ force: 'voluntary', priority: 'high', owner: 'A ministry', dueOn: '2028-02-29', measure: 'It is done' },
  ...{ sdgTargets: '9.b; 17.18', language: 'en' },
})
const tableOf = (rows: Row[], heads: string[] = HEADS) => ({
  ...{ name: 'Recommendations', isRtl: false, heads },
  lines: rows.map((row) => SHEET_COLUMNS.map((column) => row[column] ?? '')),
})
const csv = (rows: Row[], heads?: string[]) => csvFile(tableOf(rows, heads))
const sent = (file: Uint8Array | string) => ({
  ...{ roundId: round.roundId, language: 'en' as const, file: Buffer.from(file).toString('base64') },
})
const check = (file: Uint8Array | string) => stage.call('secretariat', checkSheet, sent(file))
const read = (file: Uint8Array | string, how: { key?: string } = {}) =>
  stage.call('secretariat', readIn, { ...sent(file), fileName: 'register.csv' }, how)
const listed = () => stage.done('secretariat', listRecommendations, { roundId: round.roundId })
const faultsOf = async (...rows: Row[]) =>
  (await check(csv(rows))).output!.faults.map(({ row, column, kind }) => [row, column, kind])

/** Twelve ways to be wrong, each with a row that is wrong in that way alone. */
const WAYS: [SheetFault['kind'], (i: number) => Row][] = [
  ['required', (i) => ({ ...good(i), title: '' })],
  ['too_long', (i) => ({ ...good(i), owner: 'x'.repeat(301) })],
  ['control_characters', (i) => ({ ...good(i), action: 'Do\u0007 it.' })],
  ['cell_error', (i) => ({ ...good(i), measure: '#REF!' })],
  ['unknown_addressee', (i) => ({ ...good(i), addressees: 'GHA; XXX' })],
  ['not_a_member', (i) => ({ ...good(i), addressees: 'UNCTAD' })],
  ['unknown_force', (i) => ({ ...good(i), force: 'maybe' })],
  ['unknown_priority', (i) => ({ ...good(i), priority: 'urgent' })],
  ['unknown_target', (i) => ({ ...good(i), sdgTargets: '9.9' })],
  ['bad_date', (i) => ({ ...good(i), dueOn: '2028-02-30' })],
  ['before_round', (i) => ({ ...good(i), dueOn: '2027-06-07' })],
  ['duplicate', () => good(1)],
]

it('[REG-10] of ten thousand rows 37 are wrong in twelve ways: exactly those are told, and nothing is written', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => good(i))
  const wrong = Array.from({ length: 37 }, (_, i) => 100 + i * 250)
  for (const [i, at] of wrong.entries()) rows[at] = WAYS[i % WAYS.length]![1](at)
  const file = csv(rows)
  const { output } = await check(file)
  expect(output).toMatchObject({ rows: 10_000, count: 37 })
  expect(output!.faults.map(({ row }) => row)).toEqual(wrong.map((at) => at + 2))
  expect(output!.faults.map(({ kind }) => kind)).toEqual(wrong.map((_, i) => WAYS[i % WAYS.length]![0]))
  expect(new Set(output!.faults.map(({ kind }) => kind)).size).toBe(12)
  const refused = await read(file)
  expect(refused.says).toBe('sheet-faulty')
  expect(refused.problem!.errors).toHaveLength(37)
  expect(refused.problem!.errors![0]!.pointer).toBe('#/rows/102/title')
  expect(await listed()).toEqual([])
}, 60_000)

it('[REG-16] of a table that is wrong everywhere the first thousand mistakes are told, and how many there are', async () => {
  const { output } = await check(
    csv(Array.from({ length: 10_000 }, (_, i) => ({ ...good(i), force: 'maybe', dueOn: 'soon' }))),
  )
  expect(output).toMatchObject({ rows: 10_000, count: 20_000 })
  expect(output!.faults).toHaveLength(1000)
}, 60_000)

it('[REG-11] what is free of mistakes comes in once, as proposals that name their row; a workbook says the same', async () => {
  const rows = [good(1), { ...good(2), title: '=HYPERLINK("x")', action: 'Two\nlines, "quoted"', dueOn: '' }, good(3)]
  const key = randomUUID()
  const first = await read(csv(rows), { key })
  expect(first.output).toMatchObject({ made: 3 })
  expect((await read(csv(rows), { key })).output).toEqual(first.output)
  const all = await listed()
  expect(all).toHaveLength(3)
  expect(all[1]).toMatchObject({
    ...{ title: '=HYPERLINK("x")', action: 'Two\nlines, "quoted"', state: 'proposed', priority: 'high', dueOn: null },
    ...{ sdgTargets: ['9.b', '17.18'], source: { kind: 'file', fileName: 'register.csv', row: 3 } },
  })
  expect(all[1]!.addressees.map(({ code }) => code).sort()).toEqual(['ETH', 'GHA'])
  expect(all[0]!.dueOn).toBe('2028-02-29')
  // The same again is there already, in a workbook too.
  const workbook = xlsxFile([{ ...tableOf(rows), days: new Set([SHEET_COLUMNS.indexOf('dueOn')]) }])
  expect((await check(workbook)).output!.faults.map(({ row, kind }) => [row, kind])).toEqual([
    [2, 'already_there'],
    [3, 'already_there'],
    [4, 'already_there'],
  ])
  const one = await stage.done('gha.head', getRecommendation, { recommendationId: all[1]!.id })
  expect(one.may).toEqual([])
})

it('[REG-12] heads and values are read in all six languages, whatever separates them and however it is encoded', async () => {
  const french =
    'Titre;Destinataires;Caractère;Priorité;Notes\r\nUne seule enquête;Ghana;contraignant;élevée;à part\r\n'
  const output = (await check(french)).output!
  expect(output).toEqual({ rows: 1, count: 0, faults: [], ignored: ['Notes'] })
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(french, 'utf16le')])
  expect((await check(utf16)).output).toEqual(output)
  expect((await check(Buffer.from(french, 'latin1'))).says).toBe('unreadable-sheet')
})

it('[REG-13] a table without its columns, with one twice, or without rows says so', async () => {
  const kinds = async (file: string) => (await check(file)).output!.faults.map(({ column, kind }) => [column, kind])
  expect(await kinds('action,owner\nDo it.,Somebody\n')).toEqual([
    ['title', 'missing_column'],
    ['addressees', 'missing_column'],
  ])
  expect(await kinds('title,addressees,Title\nA,GHA,B\n')).toEqual([['title', 'twice_column']])
  expect(await kinds('title,addressees\n,\n')).toEqual([[null, 'no_rows']])
  expect(await faultsOf({ title: 'A' })).toEqual([[2, 'addressees', 'required']])
})

const part = (sheet: string, more: Record<string, string> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>`,
        'xl/worksheets/sheet1.xml': sheet,
        ...more,
      }).map(([name, xml]) => [name, strToU8(xml)]),
    ),
  )

/** A workbook in which one text of a length stands in many cells of a column that is not read. */
const shared = (length: number, cells: number) =>
  part(
    `<worksheet><sheetData>${lineOf(1, [words('title'), words('addressees'), words('note')])}${Array.from(
      { length: cells },
      (_, i) => lineOf(i + 2, [words(`Title ${i}`), words('GHA'), 't="s"><v>0</v>']),
    ).join('')}</sheetData></worksheet>`,
    { 'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(length)}</t></si></sst>` },
  )
const words = (value: string) => `t="str"><v>${value}</v>`
const lineOf = (row: number, cells: string[]) =>
  `<row r="${row}">${cells.map((cell, i) => `<c r="${'ABC'[i]}${row}" ${cell}</c>`).join('')}</row>`

it.each([
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unreadable-sheet'],
  ['an archive of something else', () => zipSync({ 'a.txt': strToU8('words') }), 'unreadable-sheet'],
  ['half a workbook', () => part('<worksheet><sheetData/></worksheet>').slice(0, 200), 'unreadable-sheet'],
  ['a quote without an end', () => Buffer.from('title,addressees\n"A,GHA\n'), 'unreadable-sheet'],
  [
    'entities that multiply',
    () =>
      part(
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>`,
      ),
    'unreadable-sheet',
  ],
  [
    'an archive that grows beyond measure',
    () => part(`<worksheet><sheetData>${' '.repeat(80_000_000)}</sheetData></worksheet>`),
    'too-large',
  ],
  [
    'a million rows',
    () => part('<worksheet><sheetData><row r="1000000"><c r="A1000000"><v>1</v></c></row></sheetData></worksheet>'),
    'too-large',
  ],
  ['one long text that many cells share', () => shared(32_767, 600), 'too-large'],
  ['a cell that is longer than a spreadsheet can write', () => shared(32_768, 1), 'too-large'],
] as const)('[REG-14] %s is refused', async (_what, file, says) => {
  expect((await check(file())).says).toBe(says)
})

it('[REG-15] a file that is too large is refused before it is read', async () => {
  expect((await check(new Uint8Array(SHEET_BYTES * 1.2))).says).toBe('too-large')
})

it('[REG-17] a target typed as a number is read as it was typed, and told where a lost zero makes it another one', async () => {
  const targets = ['<v>9.3000000000000007</v>', 't="n"><v>17.2</v>', '<v>17.100000000000001</v>', words('17.10')]
  const lines = targets.map((cell, i) =>
    lineOf(i + 2, [words(`Title ${i}`), words('GHA'), cell.startsWith('<') ? `>${cell}` : cell]),
  )
  const heads = lineOf(1, [words('title'), words('addressees'), words('sdgTargets')])
  const file = part(`<worksheet><sheetData>${heads}${lines.join('')}</sheetData></worksheet>`)
  expect((await check(file)).output!.faults).toEqual([
    { row: 4, column: 'sdgTargets', kind: 'unknown_target', value: '17.1 / 17.10' },
  ])
})

it('[REG-18] what is typed into a workbook of the forum stays words, but for days', () => {
  const formats = (file: Uint8Array, place: RegExp) => {
    const parts = unzipSync(file)
    const styles = strFromU8(parts['xl/styles.xml']!).split('<cellXfs')[1]!
    const numbers = [...styles.matchAll(/numFmtId="(\d+)"/g)].map(([, number]) => Number(number))
    const places = [...strFromU8(parts['xl/worksheets/sheet1.xml']!).matchAll(place)]
    return places.map(([found]) => numbers[Number(/ (?:style|s)="(\d+)"/.exec(found)?.[1] ?? 0)])
  }
  const expected = SHEET_COLUMNS.map((column) => (column === 'dueOn' ? 164 : 49))
  expect(formats(templateFile('xlsx', 'en', ['GHA']), /<col [^>]*>/g)).toEqual(expected)
  const filled = xlsxFile([{ ...tableOf([good(1)]), days: new Set([SHEET_COLUMNS.indexOf('dueOn')]) }])
  expect(formats(filled, /<c r="[A-Z]2"[^>]*>/g)).toEqual(expected)
})

it('[REG-19] a register that is taken out and read back finds what was carried over from earlier rounds', async () => {
  const { id, revision } = await stage.done('chair', makeRecommendation, {
    ...{ roundId: round.roundId, language: 'en' as const, title: 'Carried over', action: 'Act.', owner: 'A ministry' },
    ...{ measure: 'One', dueOn: '2029-12-01', force: 'voluntary' as const },
    addresseeIds: [round.delegations.GHA, round.delegations.ETH],
  })
  await stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
  const next = await stage.done('secretariat', planRound, {
    ...{ number: 4, title: 'Fourth', place: 'Accra', opens: '2028-01-05', closes: '2028-01-09', symbolPrefix: 'T.4' },
    previousId: round.roundId,
  })
  stage.forget('secretariat')
  const how = { seat: next.seatId }
  const response = await fetch(`${stage.address}/api/rounds/${next.id}/register?format=xlsx&language=en`, {
    headers: { cookie: await stage.cookieOf('secretariat'), 'x-seat': next.seatId },
  })
  const file = new Uint8Array(await response.arrayBuffer())
  const again = async () => {
    const input = { ...sent(file), roundId: next.id }
    const { rows, faults } = await stage.done('secretariat', checkSheet, input, how)
    return { rows, known: faults.filter(({ kind }) => kind === 'already_there').length, all: faults.length }
  }
  const { rows, known, all } = await again()
  expect(rows).toBeGreaterThan(0)
  expect([known, all]).toEqual([rows, rows])
  await stage.done(
    'secretariat',
    decideCarryOver,
    { roundId: next.id, recommendationIds: [id], act: 'closed', reason: 'It is done with.' },
    how,
  )
  expect(await again()).toMatchObject({ known: rows - 1, all: rows - 1 })
})
