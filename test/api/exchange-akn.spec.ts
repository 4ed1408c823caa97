import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument, openDocument } from '@multilogue/shared/documents'
import { importText } from '@multilogue/shared/exchange'
import { Language } from '@multilogue/shared/values'
import { faultsOfAkn } from '../support/akoma-ntoso.js'
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

async function aTextFrom(file: Uint8Array | string, language: Language = 'en', title = 'Outcome') {
  const opened = { roundId: round.roundId, kind: 'outcome', title, language, visibility: 'participants' } as const
  const { id, revision } = await stage.done('facilitator', openDocument, opened)
  if (file.length > 0) {
    const input = { documentId: id, revision, file: Buffer.from(file).toString('base64') }
    await stage.done('facilitator', importText, input)
  }
  return id
}

async function aknOf(documentId: string) {
  const response = await fetch(`${stage.address}/api/documents/${documentId}/export?format=akn`, {
    headers: { cookie: await stage.cookieOf('gha.head') },
  })
  return { xml: await response.text(), response }
}

const TEXTS: Record<Language, string> = {
  en: 'Aims\n\nRecalling its work,\n\n1. Invites:\n\n(a) to share;\n\n(i) openly;\n\n1 bis. Decides.',
  fr: 'Buts\n\nRappelant ses travaux,\n\n1. Invite :\n\na) à partager ;\n\n2. Décide.',
  es: 'Fines\n\nRecordando su labor,\n\n1. Invita:\n\na) a compartir;\n\n2. Decide.',
  ru: 'Цели\n\nНапоминая о своей работе,\n\n1. Предлагает:\n\na) делиться;\n\n2. Постановляет.',
  ar: 'الأهداف\n\nإذ يشير إلى أعماله،\n\n1. يدعو:\n\n(أ) إلى التبادل؛\n\n2. يقرر.',
  zh: '目标\n\n回顾其工作，\n\n1. 邀请：\n\n(a) 分享；\n\n2. 决定。',
}

describe('A text as Akoma Ntoso', () => {
  it('[EXCH-13] is valid, with reasons, numbered paragraphs, lists, tables and notes', async () => {
    const documentId = await aTextFrom(await aWordFile())
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
    for (const language of Language.options) {
      const { xml } = await aknOf(await aTextFrom(TEXTS[language], language, `<&"]]> ${language}`))
      expect(await faultsOfAkn(xml)).toEqual([])
      expect(xml.match(/<recital /g)).toHaveLength(1)
      expect(xml.match(/<paragraph /g)).toHaveLength(2)
      expect(xml.match(/<subparagraph /g)).toHaveLength(1)
    }
    const odd = ['', '(a) below nothing;', 'Heading\n\nAnother\n\n- a\n- b', '1. <script>alert(1)</script> & "so".']
    for (const text of odd) expect(await faultsOfAkn((await aknOf(await aTextFrom(text))).xml)).toEqual([])
  }, 30_000)

  it('[EXCH-15] the schema refuses what is not Akoma Ntoso', async () => {
    const { xml } = await aknOf(await aTextFrom(TEXTS.en))
    expect(await faultsOfAkn(xml.replace('eId="para_1"', 'eId="recital_1"'))).not.toEqual([])
    expect(await faultsOfAkn(xml.replace('</mainBody>', '<verse/></mainBody>'))).not.toEqual([])
  })
})
