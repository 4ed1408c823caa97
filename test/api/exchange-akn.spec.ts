import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument } from '@multilogue/shared/documents'
import { Language } from '@multilogue/shared/values'
import { faultsOfAkn } from '../support/akoma-ntoso.js'
import { aTextFrom, fileOf, TEXTS } from '../support/files.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aWordFile } from '../support/word.js'

/* Texts as Akoma Ntoso, judged by the schema of OASIS. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const aText = (file: Uint8Array | string, more?: { language?: Language; title?: string }) =>
  aTextFrom({ stage, round }, file, more)

async function aknOf(documentId: string) {
  const { bytes, response } = await fileOf(stage, documentId, 'akn')
  return { xml: new TextDecoder().decode(bytes), response }
}

describe('A text as Akoma Ntoso', () => {
  it('[EXCH-13] is valid, with reasons, numbered paragraphs, lists, tables and notes', async () => {
    const documentId = await aText(await aWordFile())
    const { xml, response } = await aknOf(documentId)
    expect(response.headers.get('content-type')).toBe('application/akn+xml')
    expect(response.headers.get('content-disposition')).toContain('filename="Outcome.akn.xml"')
    expect(await faultsOfAkn(xml)).toEqual([])
    const { paragraphs } = await stage.done('gha.head', getDocument, { documentId })
    const idOf = (words: string) => paragraphs.find(({ text }) => text === words)!.id
    expect(xml).toContain(`<recital eId="recital_1" wId="${idOf('Recalling its earlier work,')}"><p>Recalling`)
    expect(xml).toContain(`<paragraph eId="para_1" wId="${idOf('Invites the members:')}"><num>1.</num><intro>`)
    expect(xml).toContain(
      `<subparagraph eId="para_1__subpara_a" wId="${idOf('to share tools;')}"><num>(a)</num><intro><p>to share tools;</p></intro>`,
    )
    expect(xml).toMatch(/<point eId="para_1__subpara_a__point_i" .*A note\..*<\/point><\/subparagraph><\/paragraph>/)
    expect(xml).toContain('<paragraph eId="para_1bis"')
    expect(xml).toMatch(/<blockList .*a point.*<table .*2027/)
  })

  it('[EXCH-14] is valid in every language, whatever a text and its title hold', async () => {
    const texts: string[] = []
    for (const language of Language.options) {
      const { xml } = await aknOf(await aText(TEXTS[language], { language, title: `<&"]]> ${language}` }))
      expect(xml.match(/<recital /g)).toHaveLength(1)
      expect(xml.match(/<paragraph /g)).toHaveLength(2)
      expect(xml.match(/<subparagraph /g)).toHaveLength(1)
      texts.push(xml)
    }
    const odd = ['', '(a) below nothing;', 'Heading\n\nAnother\n\n- a\n- b', '1. <script>alert(1)</script> & "so".']
    for (const text of odd) texts.push((await aknOf(await aText(text))).xml)
    expect(await faultsOfAkn(...texts)).toEqual([])
  }, 120_000)

  it('[EXCH-15] the schema refuses what is not Akoma Ntoso', async () => {
    const { xml } = await aknOf(await aText(TEXTS.en))
    const twice = xml.replace('eId="para_1"', 'eId="recital_1"')
    const faults = await faultsOfAkn(xml, twice, xml.replace('</mainBody>', '<verse/></mainBody>'))
    expect(faults.some((fault) => fault.includes('recital_1'))).toBe(true)
    expect(faults.some((fault) => fault.includes('verse'))).toBe(true)
  })
})
