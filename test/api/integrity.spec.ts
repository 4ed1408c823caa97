import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BRACKET, openBracket } from '@multilogue/shared/brackets'
import { checkIntegrity } from '@multilogue/shared/integrity'
import { zipSync } from 'fflate'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { aTextFrom } from '../support/files.js'
import { integrityOf } from '../support/integrity.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aWordFile } from '../support/word.js'
import { Negotiators } from './negotiators.js'
import { Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let at: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
})
afterAll(() => stage.close())

function element(name: string, attributes: Record<string, unknown> = {}, children: (Y.XmlElement | Y.XmlText)[] = []) {
  const made = new Y.XmlElement<Record<string, never>>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as never)
  made.insert(0, children)
  return made as unknown as Y.XmlElement
}
const paragraph = (attributes: Record<string, unknown> = {}, ...children: (Y.XmlElement | Y.XmlText)[]) =>
  element('paragraph', { id: newId(), ...attributes }, children)
const cell = (attributes: Record<string, unknown> = {}) => element('tableCell', attributes, [paragraph()])
const table = (...rows: Y.XmlElement[][]) =>
  element(
    'table',
    {},
    rows.map((cells) => element('tableRow', {}, cells)),
  )

/** What is wrong after a program has written what no editor writes. */
async function faultsAfter(write: (blocks: Y.XmlFragment) => void): Promise<string[]> {
  const { documentId } = await at.zeroDraft()
  await new Pen(stage, 'facilitator', documentId).write(({ blocks }) => write(blocks))
  return (await integrityOf(stage, documentId)).faults.map(({ fault }) => fault)
}
const faultsAfterAdding = (added: Y.XmlElement) => faultsAfter((blocks) => blocks.insert(1, [added]))

describe('The integrity of a text', () => {
  it('[INTEGRITY-1] a text that was negotiated is sound, for those who answer for it to see', async () => {
    const { documentId, op } = await at.zeroDraft()
    const on = { documentId, paragraphId: op[0]!, from: 0, quote: 'Agree', reason: 'Not yet.' }
    await stage.done('facilitator', openBracket, on)
    await at.agree(documentId, op[1]!)
    for (const who of ['secretariat', 'chair'])
      expect(await stage.done(who, checkIntegrity, { documentId })).toMatchObject({ faults: [], deletedReferences: [] })
    expect((await stage.call('gha.head', checkIntegrity, { documentId })).says).toBe('not-allowed')
  })

  it.each([
    ['node-unknown', element('poll')],
    ['attribute-unlawful', paragraph({ part: 'evil' })],
    ['attribute-unlawful', paragraph({ part: 'operative', depth: 7 })],
    ['attribute-unlawful', paragraph({ onclick: 'alert(1)' })],
    ['attribute-unlawful', element('heading', { id: newId(), level: 9 })],
    ['id-missing', element('paragraph')],
    ['reference-empty', paragraph({}, element('crossReference', { to: '' }))],
    ['table-uneven', table([cell(), cell()], [cell()])],
    ['table-uneven', table([cell({ rowspan: 3 }), cell()], [cell()])],
    ['table-uneven', table([cell({ colspan: 2 })], [cell(), cell(), cell()])],
    ['table-uneven', table([])],
  ])('[INTEGRITY-2] tells of %s', async (fault, added) => {
    expect(await faultsAfterAdding(added)).toEqual([fault])
  })

  it('[INTEGRITY-3] tells of double ids and unknown formats, and finds a table with wide and high cells sound', async () => {
    const id = newId()
    expect(await faultsAfter((blocks) => blocks.insert(0, [paragraph({ id }), paragraph({ id })]))).toEqual([
      'id-double',
    ])
    const words = new Y.XmlText()
    words.insert(0, 'Words', { blink: true })
    expect(await faultsAfterAdding(paragraph({}, words))).toEqual(['format-unknown'])
    const sound = table([cell({ colspan: 2 }), cell({ rowspan: 2 })], [cell(), cell()])
    expect(await faultsAfterAdding(sound)).toEqual([])
  })

  it('[INTEGRITY-4] a reference to a paragraph that was deleted says so and is no fault', async () => {
    const { documentId, op } = await at.zeroDraft()
    const pen = new Pen(stage, 'facilitator', documentId)
    const referring = newId()
    await pen.write(({ blocks }) =>
      blocks.insert(1, [paragraph({ id: referring }, element('crossReference', { to: op[2]! }))]),
    )
    expect(await integrityOf(stage, documentId)).toMatchObject({ faults: [], deletedReferences: [] })
    await pen.write(({ blocks }) => {
      const place = blocks.toArray().findIndex((block) => (block as Y.XmlElement).getAttribute('id') === op[2])
      blocks.delete(place, 1)
    })
    const { faults, deletedReferences } = await integrityOf(stage, documentId)
    expect({ faults, deletedReferences }).toEqual({
      faults: [],
      deletedReferences: [{ paragraphId: referring, to: op[2] }],
    })
  })

  it('[INTEGRITY-5] brackets and the rows beside them, and a status whose paragraph is gone', async () => {
    const { documentId, op } = await at.zeroDraft()
    await at.agree(documentId, op[0]!)
    const words = new Y.XmlText()
    words.insert(0, 'Two by ', {})
    words.insert(7, 'hand', { [BRACKET]: { ids: 'no-bracket' } })
    const pen = new Pen(stage, 'facilitator', documentId)
    await pen.write(({ blocks }) => {
      blocks.insert(1, [paragraph({}, words)])
      const place = blocks.toArray().findIndex((block) => (block as Y.XmlElement).getAttribute('id') === op[0])
      blocks.delete(place, 1)
    })
    const { faults } = await integrityOf(stage, documentId)
    expect(faults.map(({ fault, what }) => [fault, what])).toEqual([['bracket-without-row', 'no-bracket']])
  })

  it('[INTEGRITY-6] whatever a file holds, the text made of it is sound', async () => {
    const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
    const tc = (properties = '', inside = p('x')) => `<w:tc><w:tcPr>${properties}</w:tcPr>${inside}</w:tc>`
    const tbl = (...rows: string[][]) =>
      `<w:tbl>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`
    const down = (how: string) => `<w:vMerge${how ? ` w:val="${how}"` : ''}/>`
    const bodies = [
      tbl([tc(), tc()], [tc()]),
      tbl([tc('<w:gridSpan w:val="99999"/>')], [tc(), tc()]),
      tbl([tc(down('restart')), tc()], [tc(down('')), tc()], [tc()]),
      tbl([tc(down('')), tc(down('restart'))], [tc('<w:gridSpan w:val="2"/>')], [tc(), tc(down(''))]),
      tbl([tc('<w:gridSpan w:val="2"/>' + down('restart'))], [tc(down('')), tc()]),
      tbl([tc('', tbl([tc(), tc()], [tc()]))], []),
      tbl([]),
      `<w:p><w:r><w:t>1. ]one[ [[two] </w:t></w:r></w:p>${p('(z) odd')}${p('(a)')}${p('99 bis. x')}`,
    ]
    for (const body of bodies) {
      const xml = `<w:document ${names}><w:body>${body}${p('Ends.')}</w:body></w:document>`
      const documentId = await aTextFrom({ stage, round }, zipSync({ 'word/document.xml': Buffer.from(xml) }))
      expect({ body, ...(await integrityOf(stage, documentId)) }).toMatchObject({ body, faults: [] })
    }
    const whole = await aTextFrom({ stage, round }, await aWordFile())
    expect((await integrityOf(stage, whole)).faults).toEqual([])
  })
})
