import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { changeLanguageVersion } from '@multilogue/shared/languages'
import { getIssued, getNegotiation, issueDocument } from '@multilogue/shared/negotiation'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { Negotiators } from './negotiators.js'
import { Pen } from './pen.js'
import { Translators } from './translators.js'

/* What leaves the system in other languages: issued documents and files. */

let stage: Stage
let round: SmallRound
let at: Negotiators
let by: Translators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
  by = new Translators(stage)
})
afterAll(() => stage.close())

/** A zero draft that is official in French, written from its end to its beginning, and begun in Arabic. */
async function inFrench() {
  const { documentId, op } = await at.zeroDraft()
  const versionId = await by.version(documentId)
  const ids = (await by.seen(versionId)).rows.map(({ source }) => source.id)
  for (const [place, id] of [...ids.entries()].reverse()) await by.begin(versionId, id, `Paragraphe ${place} ;`)
  await stage.done('secretariat', changeLanguageVersion, { versionId, revision: 1, official: true })
  const arabic = await by.version(documentId, 'ar', 'النتائج')
  await by.begin(arabic, op[0]!, 'يتفقون؛')
  return { documentId, op }
}
const file = async (documentId: string, query: string) => {
  const answer = await fetch(`${stage.address}/api/documents/${documentId}/export?${query}`, {
    headers: { cookie: await stage.cookieOf('gha.head') },
  })
  return { status: answer.status, text: await answer.text() }
}

it('[LANG-17] a document is issued in the languages that are official at that moment, and stays so', async () => {
  const { documentId } = await inFrench()
  const issued = await stage.done('secretariat', issueDocument, { documentId, series: 'L' })
  expect(issued).toMatchObject({ language: 'en', languages: ['en', 'fr'] })
  await new Pen(stage, 'facilitator', documentId).write((pen) => pen.text(4).insert(0, 'Also '))
  const next = await stage.done('secretariat', issueDocument, {
    documentId,
    base: { issuedId: issued.id, modifier: 'Rev' },
  })
  expect(next.languages).toEqual(['en'])

  const french = await stage.done('gha.head', getIssued, { issuedId: issued.id, language: 'fr' })
  expect(french).toMatchObject({ title: 'Outcome', shown: { language: 'fr', dir: 'ltr', title: 'Résultats' } })
  expect(french.blocks.map(({ part, runs }) => [part, runs[0]!.text])).toEqual([
    [undefined, 'Paragraphe 0 ;'],
    ...[1, 2, 3].map((place) => ['preambular', `Paragraphe ${place} ;`]),
    ...[4, 5, 6, 7, 8].map((place) => ['operative', `Paragraphe ${place} ;`]),
  ])
  const original = await stage.done('gha.head', getIssued, { issuedId: issued.id })
  expect(original.shown).toMatchObject({ language: 'en', title: 'Outcome' })
  for (const language of ['ar', 'ru'] as const)
    expect((await stage.call('gha.head', getIssued, { issuedId: issued.id, language })).says).toBe('not-found')
  await expect(stage.source.query(`UPDATE issued_rendering SET title = 'x'`)).rejects.toThrow(/never change/)
  const { issued: all } = await stage.done('gha.head', getNegotiation, { documentId })
  expect(all.map(({ languages }) => languages)).toEqual([['en', 'fr'], ['en']])
})

it('[LANG-18] a file is taken away in another language, in the order and with the numbers of the source', async () => {
  const { documentId } = await inFrench()
  const { id: issuedId } = await stage.done('secretariat', issueDocument, { documentId, series: 'L' })
  for (const query of ['format=txt&language=fr', `format=txt&language=fr&issuedId=${issuedId}`]) {
    const { status, text } = await file(documentId, query)
    expect(status).toBe(200)
    expect(text).toContain('Original : anglais')
    expect(text).not.toContain('non officielle')
    expect(text).toContain('Résultats')
    expect(text.replace(/\s+/g, ' ')).toContain('Paragraphe 3 ; 1. Paragraphe 4 ; 2. Paragraphe 5 ;')
  }
  const arabic = await file(documentId, 'format=txt&language=ar')
  expect(arabic.text).toContain('الأصل: الإنكليزية · ترجمة غير رسمية')
  expect(arabic.text).toContain('يتفقون؛')
  expect((await file(documentId, `format=txt&language=ar&issuedId=${issuedId}`)).status).toBe(404)
  expect((await file(documentId, 'format=txt&language=zh')).status).toBe(404)
  expect((await file(documentId, 'format=pdf&language=ar')).text.slice(0, 5)).toBe('%PDF-')
})
