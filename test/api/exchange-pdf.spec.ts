import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Language } from '@multilogue/shared/values'
import { extractText, getDocumentProxy } from 'unpdf'
import { aTextFrom, fileOf, TEXTS } from '../support/files.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aWordFile, longWordFile } from '../support/word.js'

/* Texts as PDF, read back by a reader that knows nothing of how they were set. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

async function pdfOf(file: Uint8Array | string, more: { language?: Language; title?: string } = {}) {
  const documentId = await aTextFrom({ stage, round }, file, more)
  const { bytes, response } = await fileOf(stage, documentId, 'pdf')
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const pdf = await getDocumentProxy(bytes)
  const { text } = await extractText(pdf)
  const places = async (page: number) => {
    const { items } = await (await pdf.getPage(page)).getTextContent()
    return items.flatMap((item) =>
      'str' in item && item.str.trim() ? [{ text: item.str, x: item.transform[4] as number }] : [],
    )
  }
  return { pages: text, places }
}

const LINE = /^\d{1,2}$/

describe('A text as PDF', () => {
  it('[EXCH-16] has masthead, printed numbers, lists, tables and notes', async () => {
    const { pages } = await pdfOf(await aWordFile())
    const words = pages[0]!.split('\n')
    expect(words.slice(0, 6)).toEqual([
      'Round 3 Draft',
      'Distr.: Limited',
      '8 June 2027',
      'Original: English',
      'Outcome',
      'Industry',
    ])
    for (const line of [
      '1. Invites the members:',
      '(a) to share tools;',
      '1 bis. Decides to meet.',
      '• a point',
      '2027',
    ])
      expect(words).toContain(line)
    expect(pages[0]).toMatch(/\(i\) openly;1.*1A note\.|1\s*A note\./s)
  })

  it('[EXCH-17] numbers its lines on the side where they begin', async () => {
    for (const language of ['en', 'ar', 'zh'] as const) {
      const { places } = await pdfOf(TEXTS[language], { language })
      const placed = await places(1)
      const numbers = placed.filter(({ text, x }) => LINE.test(text) && (x < 85 || x > 510))
      const lines = language === 'en' ? 6 : 5
      expect(numbers.map(({ text }) => text)).toEqual(Array.from({ length: lines }, (_, at) => String(at + 1)))
      expect(new Set(numbers.map(({ x }) => x > 300))).toEqual(new Set([language === 'ar']))
    }
  }, 120_000)

  it('[EXCH-18] sets Arabic from right to left in joined letters, and Chinese whole', async () => {
    const { pages } = await pdfOf(TEXTS.ar, { language: 'ar' })
    // The reader gives the words from left to right: the first word of the line comes last.
    expect(pages[0]).toContain('أعماله، إلى يشير إذ')
    // Lam and alif became one sign, which the reader takes apart the other way round.
    expect(pages[0]).toContain('األهداف')
    const chinese = await pdfOf(TEXTS.zh, { language: 'zh', title: '愿景声明' })
    expect(chinese.pages[0]).toContain('愿景声明')
    expect(chinese.pages[0]).toContain('回顾其工作，')
  })

  it('[EXCH-29] draws brackets around their words, whichever way these run', async () => {
    // What is seen from left to right. A sign that is drawn as its mirror image is read as the other one.
    const texts = [
      ['en', 'We agree on مرحبا [بكم] today.', [']', 'بكم', '[', 'مرحبا', 'today.']],
      ['en', 'We agree on [بكم] today.', ['We agree on [', 'بكم', '] today.']],
      ['ar', 'يقرر أن action [plan] خطة.', ['خطة.', 'action', '[plan]', 'أن']],
    ] as const
    for (const [language, words, seen] of texts) {
      const placed = await (await pdfOf(words, { language })).places(1)
      const inOrder = placed.sort((a, b) => a.x - b.x).map(({ text }) => text.trim())
      expect(inOrder.filter((text) => (seen as readonly string[]).includes(text))).toEqual(seen)
    }
  })

  it('[EXCH-19] words are never read as instructions', async () => {
    const odd = '#panic("x") $1$ _b_ @c \\u{41} `d` <e> // f'
    const { pages } = await pdfOf(`1. ${odd}.`, { title: odd })
    expect(pages[0]!.split(odd)).toHaveLength(3)
  })

  it('[EXCH-20] two hundred pages are set while the server answers others, the symbol on each page', async () => {
    const file = await longWordFile(2_400)
    const documentId = await aTextFrom({ stage, round }, file)
    const waits: number[] = []
    let isDone = false
    const setting = fileOf(stage, documentId, 'pdf').finally(() => (isDone = true))
    while (!isDone) {
      const began = performance.now()
      expect((await fetch(`${stage.address}/healthz`)).status).toBe(200)
      waits.push(performance.now() - began)
    }
    const { text } = await extractText(await getDocumentProxy((await setting).bytes))
    expect(text.length).toBeGreaterThan(200)
    expect(text.slice(1).every((page) => page.startsWith('Draft'))).toBe(true)
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(50)
  }, 120_000)
})
