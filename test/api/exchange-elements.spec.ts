import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { getDocument, openDocument, syncDocument } from '@multilogue/shared/documents'
import { importText } from '@multilogue/shared/exchange'
import { updateOf } from '../../server/src/documents/contents.js'
import type { Content } from '../../server/src/documents/history/content.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* What is more than words: tables, footnotes and cross-references, through the files and back. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const element = (name: string, children: Content['children'], attributes = {}): Content => ({
  name,
  attributes,
  children,
})
const words = (id: string, text: string, attributes = {}) =>
  element('paragraph', [[{ insert: text }]], { id, ...attributes })
const TEXT: Content[] = [
  words('one', 'Recalls its work;', { part: 'operative' }),
  element(
    'paragraph',
    [
      [{ insert: 'Acts on ' }],
      element('crossReference', [], { to: 'one' }),
      [{ insert: ' and on ' }],
      element('crossReference', [], { to: 'gone' }),
      element('footnote', [], { text: 'See the report.' }),
      [{ insert: '.' }],
    ],
    { id: 'two', part: 'operative' },
  ),
  element('table', [
    element('tableRow', [
      element('tableHeader', [words('a', 'Measure')], { colspan: 1, rowspan: 1 }),
      element('tableHeader', [words('b', 'Year')], { colspan: 1, rowspan: 1 }),
    ]),
    element('tableRow', [element('tableCell', [words('c', '1. Training')], { colspan: 2, rowspan: 1 })]),
  ]),
]

async function anEmptyText() {
  const { id, revision } = await stage.done('facilitator', openDocument, {
    roundId: round.roundId,
    kind: 'outcome',
    title: 'Elements',
    language: 'en',
    visibility: 'participants',
  })
  return { documentId: id, revision }
}
async function written() {
  const { documentId } = await anEmptyText()
  const update = Buffer.from(updateOf(TEXT).bytes).toString('base64')
  await stage.done('facilitator', syncDocument, { documentId, update })
  return documentId
}
async function exported(documentId: string, format: string): Promise<Buffer> {
  const headers = { cookie: await stage.cookieOf('gha.head') }
  const response = await fetch(`${stage.address}/api/documents/${documentId}/export?format=${format}`, { headers })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

it('[EXCH-40] a text with a table, a footnote and a reference comes back from Word as it went', async () => {
  const file = await exported(await written(), 'docx')
  const text = await anEmptyText()
  await stage.done('facilitator', importText, { ...text, file: file.toString('base64') })
  const { paragraphs } = await stage.done('gha.head', getDocument, { documentId: text.documentId })
  expect(paragraphs.map(({ part, text: said, cell }) => [part, said, cell?.row, cell?.cell])).toEqual([
    ['operative', 'Recalls its work;', undefined, undefined],
    ['operative', 'Acts on paragraph 1 and on [deleted paragraph].', undefined, undefined],
    [undefined, 'Measure', 0, 0],
    [undefined, 'Year', 0, 1],
    [undefined, '1. Training', 1, 0],
  ])
  expect(paragraphs[1]!.footnotes).toEqual([{ at: 46, text: 'See the report.' }])
  expect(paragraphs[2]!.cell).toMatchObject({ header: true })
  expect(paragraphs[4]!.cell).toMatchObject({ columns: 2 })
})

it('[EXCH-41] plain text and Akoma Ntoso print the number that a reference has now', async () => {
  const documentId = await written()
  for (const format of ['txt', 'akn']) {
    const file = (await exported(documentId, format)).toString('utf8')
    expect(file).toContain('Acts on paragraph 1 and on [deleted paragraph]')
    expect(file).toContain('See the report.')
  }
})
