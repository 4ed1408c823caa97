import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { ATTACHMENT_BYTES, attachFile } from '@multilogue/shared/attachments'
import { editMessage, listMessages, postMessage } from '@multilogue/shared/dialogue'
import { checkTranslation, listTranslations, translateMessage } from '@multilogue/shared/message-translations'
import { flagMessage, reviewMessage } from '@multilogue/shared/moderation'
import { followThread, listNotices } from '@multilogue/shared/notices'
import { openPrivateThread } from '@multilogue/shared/private-threads'
import { draftSummary, getProceedings, publishSummary } from '@multilogue/shared/proceedings'
import { addAgendaItem } from '@multilogue/shared/rounds'
import type { Language } from '@multilogue/shared/language'
import { zipSync } from 'fflate'
import { rows } from '../../server/src/common/sql.js'
import { ClamdServer } from '../support/clamd.js'
import { LibreTranslateServer } from '../support/libre-translate.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { send } from './raw.js'

let stage: Stage
let round: SmallRound
let libre: LibreTranslateServer
let clamd: ClamdServer
let number = 20

beforeAll(async () => {
  libre = await LibreTranslateServer.open('the key')
  clamd = await ClamdServer.open()
  stage = await Stage.open({ TRANSLATOR_URL: libre.url, TRANSLATOR_KEY: 'the key', SCANNER_URL: clamd.url })
  round = await smallRound(stage.world)
})
afterAll(async () => {
  await stage.close()
  await libre.close()
  await clamd.close()
})

const anItem = () =>
  stage.done('secretariat', addAgendaItem, { sessionId: round.sessionId, number: String(number++), title: 'Item' })
const say = async (who: string, threadId: string, language: Language, body: string) =>
  (await stage.done(who, postMessage, { threadId, body, language })).id

it('[WORDS-1] nine statements in four languages are read in one, marked as a machine’s words, cited and told', async () => {
  const { threadId } = await anItem()
  await stage.done('eth.head', followThread, { threadId, follow: true })
  const said = [
    ...[['gha.head', 'en', 'Both strategies in one ministry.'] as const],
    ...[['deu.head', 'fr', 'Une seule stratégie.'] as const, ['eth.head', 'ar', 'نحتاج إلى أدوات بسيطة.'] as const],
    ...[['gha.head', 'es', 'Una sola ventanilla.'] as const, ['deu.head', 'en', 'Results first.'] as const],
    ...[['eth.head', 'fr', 'D’abord les données.'] as const, ['gha.head', 'en', 'India has a stack.'] as const],
    ...[['deu.head', 'es', 'De acuerdo.'] as const, ['eth.head', 'ar', 'نؤيد ذلك.'] as const],
  ]
  const cites: string[] = []
  for (const [who, language, body] of said) cites.push(await say(who, threadId, language, body))
  const messages = await stage.done('unctad.head', listMessages, { threadId })
  expect(messages.filter(({ dir }) => dir === 'rtl').map(({ language }) => language)).toEqual(['ar', 'ar'])

  const heard = await stage.follow('deu.head', round.roundId)
  for (const { id: messageId, language } of messages.filter((one) => one.language !== 'en')) {
    const translated = await stage.done('unctad.head', translateMessage, { messageId, language: 'en' })
    expect(translated).toMatchObject({ origin: 'machine', byName: null, dir: 'ltr', revision: 1, stale: false })
    expect(libre.asked.at(-1)).toMatchObject({ source: language, target: 'en', format: 'text' })
  }
  await until('Germany has heard of all', () => heard.heard.filter((e) => e.name === 'message.translated').length === 6)
  heard.close()
  const arabic = await stage.done('gha.head', translateMessage, { messageId: cites[0]!, language: 'ar' })
  expect(arabic).toMatchObject({ dir: 'rtl', body: 'ar: Both strategies in one ministry.' })
  const english = await stage.done('deu.head', listTranslations, { threadId, language: 'en' })
  expect(english.translations).toHaveLength(6)
  expect(english.may).toEqual(['translate'])
  // The originals are what they were.
  expect(await stage.done('unctad.head', listMessages, { threadId })).toEqual(messages)

  const draft = { threadId, body: 'All want one strategy.', language: 'en' as const, cites, revision: null }
  const { revision } = await stage.done('rapporteur', draftSummary, draft)
  await stage.done('rapporteur', publishSummary, { threadId, revision })
  const { summaries } = await stage.done('eth.head', getProceedings, { threadId })
  expect(new Set(summaries[0]!.cites)).toEqual(new Set(cites))
  const told = await stage.done('eth.head', listNotices, {})
  expect(told.map(({ kind }) => kind)).toContain('summary')
})

it('[WORDS-2] a room that asks for the same at once asks the machine once; it fails gently and is asked again', async () => {
  const { threadId } = await anItem()
  const messageId = await say('gha.head', threadId, 'en', 'One question.')
  const ask = (who: string, language: Language = 'fr') => stage.call(who, translateMessage, { messageId, language })
  const before = libre.asked.length
  for (const mood of ['refuses', 'babbles'] as const) {
    libre.mood = mood
    const answer = await ask('deu.head')
    expect([answer.says, answer.status]).toEqual(['translator-failed', 503])
    expect(JSON.stringify(answer.problem)).not.toContain('Slowdown')
  }
  libre.mood = 'answers'
  let open!: () => void
  libre.gate = new Promise((resolve) => (open = resolve))
  const readers = ['deu.head', 'eth.head', 'unctad.head', 'chair', 'rej.head']
  const answers = Promise.all(readers.map((who) => ask(who)))
  await until('the machine is asked', () => libre.asked.length === before + 3)
  open()
  expect((await answers).map(({ output }) => output?.body)).toEqual(readers.map(() => 'fr: One question.'))
  await ask('gha.head')
  expect(libre.asked.length).toBe(before + 3)
  expect((await ask('gha.head', 'en')).says).toBe('wrong-state')
})

it('[WORDS-3] a checked translation is never overwritten by a machine, and a new wording makes it stale', async () => {
  const { threadId } = await anItem()
  const messageId = await say('gha.head', threadId, 'en', 'We shall share.')
  const checked = { messageId, language: 'fr' as const, body: 'Nous partagerons.', revision: 1 }
  let open!: () => void
  const before = libre.asked.length
  libre.gate = new Promise((resolve) => (open = resolve))
  const machine = stage.done('deu.head', translateMessage, { messageId, language: 'fr' })
  await until('the machine is asked', () => libre.asked.length === before + 1)
  await stage.done('secretariat', checkTranslation, checked)
  open()
  const human = { origin: 'human', body: 'Nous partagerons.', byName: 'The secretariat' }
  expect(await machine).toMatchObject(human)
  await stage.done('secretariat', checkTranslation, { ...checked, body: 'Nous allons partager.' })

  await stage.done('gha.head', editMessage, { messageId, body: 'We may share.', revision: 1 })
  const inFrench = async () =>
    (await stage.done('eth.head', listTranslations, { threadId, language: 'fr' })).translations
  expect(await inFrench()).toMatchObject([{ ...human, body: 'Nous allons partager.', revision: 1, stale: true }])
  expect((await stage.call('secretariat', checkTranslation, checked)).says).toBe('stale-revision')
  await stage.done('eth.head', translateMessage, { messageId, language: 'fr' })
  expect(await inFrench()).toMatchObject([{ origin: 'machine', body: 'fr: We may share.', revision: 2, stale: false }])

  // An answer that comes after another wording is not kept.
  libre.gate = new Promise((resolve) => (open = resolve))
  const late = stage.call('eth.head', translateMessage, { messageId, language: 'es' })
  await until('the machine is asked again', () => libre.asked.at(-1)!.target === 'es')
  await stage.done('gha.head', editMessage, { messageId, body: 'We might.', revision: 2 })
  open()
  expect((await late).says).toBe('stale-revision')
})

it('[WORDS-4] what is private or hidden is not to be had in another language either', async () => {
  const { id: agendaItemId, threadId } = await anItem()
  const own = await stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const secret = await say('gha.head', own.id, 'en', 'Among us.')
  const heard = await stage.follow('secretariat', round.roundId)
  await stage.done('gha.adviser', translateMessage, { messageId: secret, language: 'fr' })
  const messageId = await say('gha.head', threadId, 'en', 'Off topic.')
  await stage.done('deu.head', translateMessage, { messageId, language: 'fr' })
  await until('what all may hear is heard', () => heard.heard.some(({ name }) => name === 'message.translated'))
  expect(JSON.stringify(heard.heard)).not.toContain(own.id)
  heard.close()
  for (const who of ['deu.head', 'secretariat', 'chair']) {
    expect((await stage.call(who, translateMessage, { messageId: secret, language: 'fr' })).says).toBe('not-found')
    expect((await stage.call(who, listTranslations, { threadId: own.id, language: 'fr' })).says).toBe('not-found')
  }
  await stage.done('deu.head', flagMessage, { messageId, reason: 'Off topic.' })
  const hide = { messageId, decision: 'hide' as const, reason: 'Off topic.', seen: 'shown' as const }
  await stage.done('chair', reviewMessage, hide)
  for (const who of ['gha.head', 'chair', 'eth.head']) {
    expect((await stage.call(who, translateMessage, { messageId, language: 'fr' })).says).toBe('wrong-state')
    expect((await stage.done(who, listTranslations, { threadId, language: 'fr' })).translations).toEqual([])
  }
})

const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\nA survey.')
const attach = (who: string, threadId: string, name: string, bytes: Buffer) =>
  stage.call(who, attachFile, { threadId, name, file: bytes.toString('base64') })
const fetchAs = (who: string, id: string) => send(stage, `GET /api/attachments/${id}`, { who })

it('[WORDS-5] files go with a statement to all who read it, to be kept and never run, and to nobody else', async () => {
  const { threadId } = await anItem()
  const name = 'Étude "2027"; <b>.PDF'
  const files = [
    (await attach('gha.head', threadId, name, PDF)).output!,
    (await attach('gha.head', threadId, 'figures.csv', Buffer.from('year;firms\n2027;800\n'))).output!,
  ]
  expect(files[0]).toEqual({
    ...{ id: files[0]!.id, name, kind: 'pdf', size: PDF.length },
    sha256: createHash('sha256').update(PDF).digest('hex'),
  })
  const attachmentIds = files.map(({ id }) => id)
  const said = { threadId, body: 'See the survey.', language: 'en' as const, attachmentIds }
  // Nobody has them before they are said, or says them for somebody else.
  for (const who of ['gha.head', 'secretariat']) expect((await fetchAs(who, attachmentIds[0]!)).status).toBe(404)
  expect((await stage.call('deu.head', postMessage, said)).says).toBe('invalid-input')
  const { id: messageId, attachments } = await stage.done('gha.head', postMessage, said)
  expect(attachments).toEqual(files)
  expect((await stage.call('gha.head', postMessage, said)).says).toBe('invalid-input')

  const kept = await fetchAs('rej.head', attachmentIds[0]!)
  expect(kept.text).toBe(PDF.toString('utf8'))
  expect(Object.fromEntries(kept.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; filename="[^"<>]*\.pdf"; filename\*=UTF-8''%C3%89tude/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
  expect((await fetchAs('outsider', attachmentIds[0]!)).status).toBe(404)

  await stage.done('deu.head', flagMessage, { messageId, reason: 'Not theirs.' })
  await stage.done('chair', reviewMessage, { messageId, decision: 'hide', reason: 'Not theirs.', seen: 'shown' })
  const hidden = (await stage.done('eth.head', listMessages, { threadId })).at(-1)!
  expect(hidden.attachments).toEqual([])
  const answers = await Promise.all(['eth.head', 'gha.head', 'chair'].map((who) => fetchAs(who, attachmentIds[1]!)))
  expect(answers.map(({ status }) => status)).toEqual([403, 200, 200])
  const back = await stage.follow('eth.head', round.roundId, 0)
  await until('the hiding is heard again', () => back.heard.some(({ name: one }) => one === 'message.withheld'))
  expect(JSON.stringify(back.heard)).not.toContain('figures.csv')
  back.close()
})

it('[WORDS-6] a file is what its bytes say, of a kind and size that is taken, and nothing harmful', async () => {
  const { threadId } = await anItem()
  const office = (...parts: string[]) =>
    Buffer.from(
      zipSync(Object.fromEntries(['[Content_Types].xml', ...parts].map((part) => [part, Buffer.from('<x/>')]))),
    )
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])
  const taken: [string, Buffer, string][] = [
    ...[['a.docx', office('word/document.xml'), 'docx'] as [string, Buffer, string]],
    ...[['a.xlsx', office('xl/workbook.xml'), 'xlsx'] as [string, Buffer, string]],
    ...[['a.pptx', office('ppt/presentation.xml'), 'pptx'] as [string, Buffer, string]],
    ...([
      ['a.png', png, 'png'],
      ['ملاحظة.txt', Buffer.from('نص'), 'txt'],
    ] as [string, Buffer, string][]),
    ['a.JPG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'jpeg'],
  ]
  for (const [name, bytes, kind] of taken)
    expect([name, (await attach('deu.head', threadId, name, bytes)).output?.kind]).toEqual([name, kind])
  const scanned = clamd.scanned
  const refused: [string, Buffer][] = [
    ...([
      ['a.pdf', Buffer.from('MZ\x90\x00')],
      ['a.pdf', png],
      ['a.html', Buffer.from('<script>')],
    ] as [string, Buffer][]),
    ...([
      ['a.svg', Buffer.from('<svg/>')],
      ['a.docx', office('xl/workbook.xml')],
    ] as [string, Buffer][]),
    ...([
      ['a.zip', office()],
      ['a.docx', office('word/document.xml', 'word/vbaProject.bin')],
    ] as [string, Buffer][]),
    ...([
      ['pdf', PDF],
      ['a.docx', Buffer.from('PK\x03\x04 broken')],
    ] as [string, Buffer][]),
  ]
  for (const [name, bytes] of refused)
    expect([name, (await attach('deu.head', threadId, name, bytes)).says]).toEqual([name, 'file-not-taken'])
  const large = Buffer.concat([PDF, Buffer.alloc(ATTACHMENT_BYTES)])
  expect((await attach('deu.head', threadId, 'a.pdf', large)).says).toBe('too-large')
  expect(clamd.scanned).toBe(scanned)
  expect((await attach('deu.head', threadId, 'a.pdf', large.subarray(0, ATTACHMENT_BYTES))).says).toBe('ok')

  const harm = await attach('deu.head', threadId, 'a.txt', Buffer.from('HARM'))
  expect([harm.says, harm.problem?.detail]).toEqual(['file-harmful', 'Test.Harm'])
  clamd.down = true
  expect((await attach('deu.head', threadId, 'a.pdf', PDF)).says).toBe('scanner-failed')
  clamd.down = false
  const many = Array.from({ length: 6 }, () => round.roundId)
  const said = { threadId, body: 'Six files.', language: 'en' as const, attachmentIds: many }
  expect((await stage.call('deu.head', postMessage, said)).says).toBe('invalid-input')
  // What is never said goes after a day.
  const waiting = async () => (await rows(stage.source, `SELECT 1 FROM attachment WHERE message_id IS NULL`)).length
  expect(await waiting()).toBe(7)
  stage.clock.moveTo('2027-06-09T09:00:01Z')
  stage.forget('eth.head')
  await attach('eth.head', threadId, 'a.pdf', PDF)
  expect(await waiting()).toBe(1)
})
