import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { exportText } from '@multilogue/shared/exchange'
import { openDocument, syncDocument } from '@multilogue/shared/documents'
import type { Language } from '@multilogue/shared/values'
import type { NewBlock } from '../../server/src/collab/text.js'
import { buildText } from '../../server/src/collab/text.js'
import { newId } from '../../server/src/common/ids.js'
import { aTextFrom, fileOf } from '../support/files.js'
import { wordParts, wordsOfWord } from '../support/word.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aText, Pen } from './pen.js'

/* Texts as files, at the border. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

type Asked = { documentId: string; format: string; no?: number }

async function fetched(who: string | null, { documentId, ...query }: Asked) {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const response = await fetch(`${stage.address}/api/documents/${documentId}/export?${asked}`, {
    headers: who ? { cookie: await stage.cookieOf(who) } : {},
  })
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

async function numbered(language: 'en' | 'ar', title: string, blocks: Omit<NewBlock, 'id'>[]) {
  const { id } = await stage.done('facilitator', openDocument, {
    roundId: round.roundId,
    kind: 'outcome',
    title,
    language,
    visibility: 'participants',
  })
  const update = buildText(blocks.map((block) => ({ ...block, id: newId() })))
  await stage.done('facilitator', syncDocument, { documentId: id, update: Buffer.from(update).toString('base64') })
  return id
}

const PARAGRAPHS: Omit<NewBlock, 'id'>[] = [
  { kind: 'heading', level: 1, text: 'Industry' },
  { kind: 'paragraph', part: 'preambular', text: 'Recalling its earlier work,' },
  { kind: 'paragraph', part: 'operative', text: 'Invites members:' },
  { kind: 'paragraph', part: 'operative', depth: 1, text: 'to share tools;' },
  { kind: 'paragraph', part: 'operative', depth: 2, text: 'openly;' },
  { kind: 'paragraph', part: 'operative', text: 'Decides to meet.' },
  { kind: 'paragraph', part: 'operative', bis: true, text: 'Decides not to meet.' },
]
const PRINTED = [
  'Industry',
  'Recalling its earlier work,',
  '1. Invites members:',
  '(a) to share tools;',
  '(i) openly;',
  '2. Decides to meet.',
  '2 bis. Decides not to meet.',
]

describe('A text as a file', () => {
  it('[EXCH-1] plain text has masthead and printed numbers', async () => {
    const documentId = await numbered('en', 'Outcome', PARAGRAPHS)
    const { response, bytes } = await fetched('unctad.head', { documentId, format: 'txt' })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const lines = textOf(bytes)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    expect(lines).toEqual([
      'Round 3',
      'Draft',
      'Distr.: Limited',
      '8 June 2027',
      'Original: English',
      'Outcome',
      ...PRINTED,
    ])
  })

  it('[EXCH-2] the Word file prints the same numbers', async () => {
    const documentId = await numbered('en', 'Outcome', PARAGRAPHS)
    const { response, bytes } = await fetched('gha.head', { documentId, format: 'docx' })
    expect(response.headers.get('content-type')).toContain('wordprocessingml.document')
    const printed = wordsOfWord(bytes).map((line) => line.replace('\t', ' '))
    expect(printed.slice(printed.indexOf('Industry'))).toEqual(PRINTED)
    expect(printed.slice(0, 6)).toEqual([
      'Round 3',
      'Draft',
      'Distr.: Limited',
      '8 June 2027',
      'Original: English',
      'Outcome',
    ])
  })

  it('[EXCH-3] an Arabic text runs from right to left in Word', async () => {
    const documentId = await numbered('ar', 'الوثيقة', [
      { kind: 'paragraph', part: 'operative', text: 'يدعو الأعضاء.' },
    ])
    const { response, bytes } = await fetched('gha.head', { documentId, format: 'docx' })
    const document = wordParts(bytes)['word/document.xml']!
    const paragraphs = document.match(/<w:p>.*?<\/w:p>/gs)!
    expect(paragraphs.every((paragraph) => paragraph.includes('<w:bidi/>'))).toBe(true)
    const runs = document.match(/<w:r>.*?<\/w:r>/gs)!.filter((run) => run.includes('<w:t'))
    expect(runs.length).toBeGreaterThan(6)
    expect(runs.every((run) => run.includes('<w:rtl/>'))).toBe(true)
    expect(response.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('الوثيقة')}.docx`,
    )
  })

  it('[EXCH-28] words of the other direction are runs of their own in Word, the brackets around them are the text’s', async () => {
    const runsOf = async (words: string, language: Language) => {
      const documentId = await aTextFrom({ stage, round }, words, { language })
      const body = wordParts((await fileOf(stage, documentId, 'docx')).bytes)['word/document.xml']!
      return [...body.matchAll(/<w:r>(.*?)<\/w:r>/gs)].flatMap(([, run]) => {
        const text = /<w:t[^>]*>([^<]*)</.exec(run!)?.[1]
        return text && words.includes(text) ? [`${run!.includes('<w:rtl/>') ? 'rtl' : 'ltr'} ${text}`] : []
      })
    }
    expect(await runsOf('We agree on مرحبا بكم [هنا وهناك] today.', 'en')).toEqual([
      'ltr We agree on ',
      'rtl مرحبا بكم',
      'ltr  [',
      'rtl هنا وهناك',
      'ltr ] today.',
    ])
    expect(await runsOf('يقرر أن [action plan] خطة.', 'ar')).toEqual(['rtl يقرر أن [', 'ltr action plan', 'rtl ] خطة.'])
  })

  it('[EXCH-4] an earlier point is exported as it stood', async () => {
    const documentId = await aText(stage, round)
    const pen = new Pen(stage, 'gha.head', documentId)
    const before = await pen.write(() => pen.text(1).insert(0, 'Early: '))
    await pen.write(() => pen.text(1).delete(0, 7))
    expect(textOf((await fetched('gha.head', { documentId, format: 'txt', no: before })).bytes)).toContain('Early: ')
    expect(textOf((await fetched('gha.head', { documentId, format: 'txt' })).bytes)).not.toContain('Early: ')
    expect((await fetched('gha.head', { documentId, format: 'txt', no: 999 })).response.status).toBe(400)
  })

  it('[EXCH-5] a file name cannot leave its field', async () => {
    const documentId = await aText(stage, round, 'a"; filename="evil.exe\u202Egpj ../../x')
    const { response } = await fetched('gha.head', { documentId, format: 'txt' })
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="a _ filename= evil.exe gpj .. .. x.txt"; filename*=UTF-8''a%20%3B%20filename%3D%20evil.exe%20gpj%20..%20..%20x.txt`,
    )
  })

  it('[EXCH-6] who may read the text may take it away, and for others it does not exist', async () => {
    const own = await aText(stage, round, 'Own', 'delegation')
    const open = await aText(stage, round)
    const may: Record<string, number[]> = {}
    for (const who of [
      'gha.head',
      'gha.adviser',
      'eth.head',
      'unctad.head',
      'agi.head',
      'secretariat',
      'outsider',
      null,
    ])
      may[String(who)] = await Promise.all(
        [own, open].map(async (documentId) => (await fetched(who, { documentId, format: 'txt' })).response.status),
      )
    expect(may).toEqual({
      'gha.head': [200, 200],
      'gha.adviser': [200, 200],
      'eth.head': [404, 200],
      'unctad.head': [404, 200],
      'agi.head': [404, 200],
      secretariat: [404, 200],
      outsider: [404, 404],
      null: [401, 401],
    })
  })

  it('[EXCH-7] the description of the API tells of the file, and the socket does not answer with one', async () => {
    const api = (await (await fetch(`${stage.address}/api/openapi.json`)).json()) as {
      paths: Record<string, { get: { responses: { '200': { content: object } }; parameters: { name: string }[] } }>
    }
    const { responses, parameters } = api.paths['/api/documents/{documentId}/export']!.get
    expect(Object.values(responses['200'].content)).toContainEqual({ schema: { type: 'string', format: 'binary' } })
    expect(parameters.map(({ name }) => name)).toContain('x-seat')
    const documentId = await aText(stage, round)
    const answer = await stage.call('gha.head', exportText, { documentId, format: 'txt' }, { via: 'socket' })
    expect(answer.says).toBe('not-found')
  })
})
