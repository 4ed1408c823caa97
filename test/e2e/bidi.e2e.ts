import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { expect, freshText, saved, test } from '../support/e2e.js'
import { paste } from '../support/pasting.js'

test.use({ forumOf: 'bidi' })

/** Paragraphs, and the words in brackets: of the other direction, behind words of it, and of both. */
const CASES = [
  ['We agree on مرحبا بكم today.', 'بكم'],
  ['We agree on بكم today.', 'بكم'],
  ['We agree on مرحبا word today.', 'مرحبا word'],
  ['We agree بعد نص one end.', 'نص one'],
  ['يقرر أن action plan خطة.', 'plan'],
  ['يقرر أن plan خطة.', 'plan'],
  ['يقرر أن ينظر في plan خطة العمل.', 'plan خطة'],
] as const

/** Puts words of the text's paragraphs into brackets, by the act. */
async function bracket(page: Page, editor: Locator): Promise<void> {
  const ids = await editor.locator('p').evaluateAll((all) => all.map((block) => (block as HTMLElement).dataset.id))
  for (const [at, [words, quote]] of CASES.entries()) {
    const answer = await page.request.post(`/api${new URL(page.url()).pathname}/brackets`, {
      headers: { 'idempotency-key': randomUUID() },
      data: { paragraphId: ids[at], from: words.indexOf(quote), quote, reason: 'Not yet.' },
    })
    expect(answer.ok()).toBe(true)
  }
}

/** Of each paragraph, the words that stand between the signs as they are drawn, however they are ordered in the text. */
const enclosed = (blocks: Locator) =>
  blocks.evaluateAll((all) =>
    all.map((block) => {
      const letters: { letter: string; x: number; sign: boolean }[] = []
      const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
      const range = document.createRange()
      while (texts.nextNode()) {
        const text = texts.currentNode as Text
        if (text.parentElement!.closest('.caret, .whose, .number')) continue
        for (let at = 0; at < text.length; at++) {
          range.setStart(text, at)
          range.setEnd(text, at + 1)
          const { left, right } = range.getBoundingClientRect()
          const sign = text.parentElement!.closest('.sign') !== null
          letters.push({ letter: text.data[at]!, x: (left + right) / 2, sign })
        }
      }
      /** Where a sign is drawn that is no letter of the page: on the side on which its letter's box is wider. */
      const edge = (kind: string) => {
        const box = block.querySelector(`[data-${kind}]`)
        if (!box) return []
        range.selectNodeContents(box)
        const [word, whole] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
        return [word.left - whole.left > whole.right - word.right ? whole.left : whole.right]
      }
      const signs = [...edge('open'), ...edge('close'), ...letters.filter(({ sign }) => sign).map(({ x }) => x)]
      const [from, to] = [Math.min(...signs), Math.max(...signs)]
      const between = letters.filter(({ x, sign }) => !sign && x > from && x < to)
      return between
        .map(({ letter }) => letter)
        .join('')
        .trim()
    }),
  )

test('[BIDI-1] brackets stand around their words in either direction, in the editor and in the views', async ({
  as,
}) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await paste(editor, { 'text/plain': CASES.map(([words]) => words).join('\n\n') })
  await expect(saved(page)).toBeVisible()
  await bracket(page, editor)
  await expect(editor.locator('[data-open]')).toHaveCount(CASES.length)
  await expect(editor.locator('[data-close*="GHA"]')).toHaveCount(CASES.length)
  const quotes = CASES.map(([, quote]) => quote)
  expect(await enclosed(editor.locator('p'))).toEqual(quotes)

  await page.getByRole('button', { name: 'Rolling text', exact: true }).click()
  const rows = page.locator('ol.text p')
  await expect(rows).toHaveCount(CASES.length)
  expect(await enclosed(rows)).toEqual(quotes)
})
