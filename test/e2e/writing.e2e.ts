import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, openSession, openText, saved, test } from '../support/e2e.js'

/** A real policy paper where one is at hand beside the checkout; otherwise as many words of our own. */
function longText(): string {
  const folder = join(process.cwd(), '../shared/sources')
  const found = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith('004_')) : undefined
  if (found) return readFileSync(join(folder, found), 'utf8')
  process.stdout.write('  (no policy paper beside the checkout; a made text of the same length is pasted)\n')
  const sentence = 'Knowledge travels when people meet, and it stays when somebody writes down what was learnt. '
  return Array.from({ length: 100 }, (_, i) => `${i + 1}. ${sentence.repeat(5)}`).join('\n\n')
}

const wordsOf = (editor: Locator) =>
  editor.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.caret, .collaboration-carets__caret, [data-caret]')) caret.remove()
    return [...copy.querySelectorAll('p, h1, h2, h3')]
      .map((block) => (block.textContent ?? '').replaceAll('\u2060', ''))
      .join('\n')
  })

async function paste(editor: Locator, text: string): Promise<void> {
  await editor.evaluate((element, words) => {
    const data = new DataTransfer()
    data.setData('text/plain', words)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

/** The longest time in milliseconds that the page did not answer while `work` ran. */
async function longestFreeze(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const seen = window as unknown as { longest: number; beat: number }
    seen.longest = 0
    let last = performance.now()
    seen.beat = window.setInterval(() => {
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - last)
      last = now
    }, 10)
  })
  await work()
  return page.evaluate(() => {
    const seen = window as unknown as { longest: number; beat: number }
    clearInterval(seen.beat)
    return seen.longest
  })
}

test('[TEXT-1] a policy paper is pasted whole while two others type; a killed server loses nothing', async ({
  as,
  forum,
}) => {
  test.setTimeout(300_000)
  const [ghana, ethiopia, morocco] = await Promise.all([as('gha.head'), as('eth.head'), as('mar.head')])
  const [one, two, three] = await Promise.all([ghana, ethiopia, morocco].map((page) => openText(page, /^Action plan/)))
  await two!.locator('p').nth(1).click()
  await ethiopia.keyboard.press('End')
  await three!.locator('p').first().click()
  await morocco.keyboard.press('End')
  await one!.locator('p').last().click()
  await ghana.keyboard.press('End')

  const typing = Promise.all([
    ethiopia.keyboard.type(' Ethiopia adds a sentence while others work.', { delay: 25 }),
    morocco.keyboard.type(' وتضيف المغرب جملة في الوقت نفسه.', { delay: 25 }),
  ])
  const freeze = await longestFreeze(ethiopia, async () => {
    await paste(one!, longText())
    await typing
  })
  expect(freeze).toBeLessThan(2000)
  for (const editor of [one!, two!, three!]) {
    await expect(editor).toContainText('Ethiopia adds a sentence while others work.')
    await expect(editor).toContainText('وتضيف المغرب جملة في الوقت نفسه.')
  }
  await expect(async () => {
    const words = await Promise.all([one!, two!, three!].map(wordsOf))
    expect(words[0]!.length).toBeGreaterThan(40_000)
    expect(words[1]).toBe(words[0])
    expect(words[2]).toBe(words[0])
  }).toPass({ timeout: 20_000 })

  await ghana.keyboard.type(' Last words before the power cut.')
  await expect(two!).toContainText('Last words before the power cut.')
  await forum.kill()
  await forum.start()
  for (const page of [ghana, ethiopia, morocco]) await expect(saved(page)).toBeVisible({ timeout: 30_000 })
  await ethiopia.keyboard.type(' And on it goes.')
  await expect(one!).toContainText('And on it goes.')
  const seen = await wordsOf(two!)
  expect(seen).toContain('Last words before the power cut.')

  const fresh = await as('tun.head')
  const again = await openText(fresh, /^Action plan/)
  await expect(async () => expect(await wordsOf(again)).toBe(await wordsOf(two!))).toPass({ timeout: 20_000 })
})

test('[TEXT-2] every acknowledged statement outlives kill -9, and the rooms come back by themselves', async ({
  as,
  forum,
}) => {
  test.setTimeout(300_000)
  const [ghana, chair] = await Promise.all([as('gha.head'), as('chair')])
  await openSession(ghana)
  await openSession(chair)
  const statement = `Acknowledged before the cut ${Date.now()}`
  await ghana.getByRole('textbox', { name: 'Your statement' }).fill(statement)
  await ghana.getByRole('button', { name: 'Make statement' }).click()
  await expect(chair.getByText(statement)).toBeVisible()
  await forum.kill()
  await expect(ghana.getByText('No connection')).toBeVisible()
  const waiting = `Written while the line was cut ${Date.now()}`
  await ghana.getByRole('textbox', { name: 'Your statement' }).fill(waiting)
  await ghana.getByRole('button', { name: 'Make statement' }).click()
  await expect(ghana.getByText('Not yet sent')).toBeVisible()
  await forum.start()
  await expect(chair.getByText(waiting)).toBeVisible({ timeout: 30_000 })
  await expect(chair.getByText(statement)).toHaveCount(1)
  await expect(chair.getByText(waiting)).toHaveCount(1)
  await chair.reload()
  await expect(chair.getByText(statement)).toHaveCount(1)
  await expect(chair.getByText(waiting)).toHaveCount(1)
})
