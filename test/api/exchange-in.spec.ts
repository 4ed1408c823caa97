import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openDocument, getDocument } from '@multilogue/shared/documents'
import { importText, previewFile } from '@multilogue/shared/exchange'
import { zipSync } from 'fflate'
import { integrityOf } from '../support/integrity.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aWordFile, longWordFile } from '../support/word.js'
import { aText } from './pen.js'

/* Files made into texts, at the border. The files are written here. */

/** A hundred megabytes of zeros; made before the server listens, because packing them holds up this process. */
const BOMB = zipSync({ 'word/document.xml': new Uint8Array(100 * 1024 * 1024) })

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')

async function anEmptyText() {
  const { id, revision } = await stage.done('facilitator', openDocument, {
    roundId: round.roundId,
    kind: 'outcome',
    title: 'From a file',
    language: 'en',
    visibility: 'participants',
  })
  return { documentId: id, revision }
}

const preview = (file: Uint8Array | string) =>
  stage.call('gha.head', previewFile, { roundId: round.roundId, file: base64(file) })

describe('A text from a file', () => {
  it('[EXCH-8] a Word file becomes numbered paragraphs, lists, tables and notes, its changes beside it', async () => {
    const file = await aWordFile()
    const text = await anEmptyText()
    const found = (await preview(file)).output!
    expect(found).toMatchObject({ title: 'A vision', headings: 1, numbered: 5, tables: 1, footnotes: 1, renumbered: 0 })
    const made = await stage.done('facilitator', importText, { ...text, file: base64(file) })
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId: text.documentId })
    expect(paragraphs.map(({ kind, part, depth, bis, text: words }) => [kind, part, depth, bis, words])).toEqual([
      ['heading', undefined, undefined, undefined, 'Industry'],
      ['paragraph', 'preambular', undefined, undefined, 'Recalling its earlier work,'],
      ['paragraph', 'operative', undefined, undefined, 'Invites the members:'],
      ['paragraph', 'operative', 1, undefined, 'to share tools;'],
      ['paragraph', 'operative', 2, undefined, 'openly;'],
      ['paragraph', 'operative', undefined, true, 'Decides to meet.'],
      ['listItem', undefined, undefined, undefined, 'a point'],
      ['paragraph', undefined, undefined, undefined, 'Year'],
      ['paragraph', undefined, undefined, undefined, '2027'],
    ])
    expect(
      made.changes.map(({ paragraph, ...change }) => ({
        ...change,
        in: paragraphs.find(({ id }) => id === paragraph)?.text,
      })),
    ).toEqual([
      {
        kind: 'removed',
        offset: 8,
        author: 'GHA',
        at: '2027-06-01T10:00:00.000Z',
        words: 'the ',
        in: 'Invites the members:',
      },
      {
        kind: 'inserted',
        offset: 12,
        author: 'ETH',
        at: '2027-06-02T10:00:00.000Z',
        words: 'all ',
        in: 'Invites the members:',
      },
      {
        kind: 'newParagraph',
        offset: 0,
        author: 'DEU',
        at: '2027-06-03T10:00:00.000Z',
        words: 'Thanks the hosts.',
        in: 'Decides to meet.',
      },
    ])
  })

  it('[EXCH-9] plain text is put after what stands, with numbers read from it', async () => {
    const documentId = await aText(stage, round)
    const file =
      'Aims\n\n1. Invites members:\n\n(a) to share;\n\n(i) openly;\n\n(ii) soon;\n\n(b) to learn.\n\n1 bis. Decides.\n\n7. Ends.'
    const found = await stage.done('facilitator', importText, { documentId, revision: 1, file: base64(file) })
    expect(found).toMatchObject({ headings: 1, numbered: 7, renumbered: 1 })
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId })
    expect(paragraphs.slice(3).map(({ depth, bis, text }) => [depth ?? 0, bis ?? false, text])).toEqual([
      [0, false, 'Aims'],
      [0, false, 'Invites members:'],
      [1, false, 'to share;'],
      [2, false, 'openly;'],
      [2, false, 'soon;'],
      [1, false, 'to learn.'],
      [0, true, 'Decides.'],
      [0, false, 'Ends.'],
    ])
  })

  it('[EXCH-10] what is no Word file is refused, and nothing is written', async () => {
    expect((await preview(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]))).says).toBe('unreadable-file')
    expect((await preview(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 1]))).says).toBe('unreadable-file')
    expect((await preview(zipSync({ 'a.txt': Buffer.from('x') }))).says).toBe('unreadable-file')
    const broken = zipSync({ 'word/document.xml': Buffer.from('<w:document xmlns:w="w"><w:body><w:p></w:body>') })
    expect((await preview(broken)).says).toBe('unreadable-file')
    const entities = '<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="w"><w:body/></w:document>'
    expect((await preview(zipSync({ 'word/document.xml': Buffer.from(entities) }))).says).toBe('unreadable-file')
    const text = await anEmptyText()
    const answer = await stage.call('facilitator', importText, { ...text, file: base64(broken) })
    expect(answer.says).toBe('unreadable-file')
    expect((await stage.done('gha.head', getDocument, { documentId: text.documentId })).paragraphs).toEqual([])
  })

  it('[EXCH-11] a zip bomb is stopped while it inflates', async () => {
    expect(BOMB.length).toBeLessThan(200 * 1024)
    expect((await preview(BOMB)).says).toBe('too-large')
    const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, at) => [`word/${at}.xml`, new Uint8Array(1)]))
    expect((await preview(zipSync(many))).says).toBe('too-large')
  }, 120_000)

  it('[EXCH-12] two hundred pages are read and written while the server answers others', async () => {
    const file = base64(await longWordFile(2_400))
    const text = await anEmptyText()
    const waits: number[] = []
    let isDone = false
    const importing = stage.done('facilitator', importText, { ...text, file }).finally(() => (isDone = true))
    while (!isDone) {
      const began = performance.now()
      expect((await fetch(`${stage.address}/healthz`)).status).toBe(200)
      waits.push(performance.now() - began)
    }
    // Numbers have three figures at most; the others stay as they are written.
    expect(await importing).toMatchObject({ numbered: 999, paragraphs: 1_401 })
    expect(waits.length).toBeGreaterThan(20)
    // The median is the loop's own time; a busy machine may delay a single answer.
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(50)
  }, 120_000)

  it('[EXCH-26] what looks like a program in a table stays words, and what would run or load is left out', async () => {
    const cell = '<w:tc><w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p></w:tc>'
    const field = '<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r><w:r><w:t>a field</w:t></w:r>'
    const body = `<w:tbl><w:tr>${cell}</w:tr></w:tbl><w:altChunk r:id="x"/><w:p>${field}</w:p>`
    const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r"'
    const file = zipSync({
      'word/document.xml': Buffer.from(`<w:document ${names}><w:body>${body}</w:body></w:document>`),
      'word/x.html': Buffer.from('<script>alert(2)</script>'),
    })
    const text = await anEmptyText()
    await stage.done('facilitator', importText, { ...text, file: base64(file) })
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId: text.documentId })
    expect(paragraphs.map(({ text: words }) => words)).toEqual(['<script>alert(1)</script>', 'a field'])
    expect((await integrityOf(stage, text.documentId)).faults).toEqual([])
  })
})
