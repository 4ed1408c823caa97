import type { Locator, Page } from '@playwright/test'
import { expect, freshText, saved, test } from '../support/e2e.js'
import { FROM_WEB, FROM_WORD, paste, take } from '../support/pasting.js'

test.use({ forumOf: 'paste' })

/** The text in short: what holds what, the words, and of attributes those that are stored. */
const outlineOf = (editor: Locator) =>
  editor.evaluate((element) => {
    const shortOf = (node: Node): string => {
      if (node instanceof Text) return node.data.replaceAll('\u2060', '')
      if (!(node instanceof HTMLElement) || node.matches('.caret, .ProseMirror-trailingBreak, colgroup')) return ''
      const inside = [...node.childNodes].map(shortOf).join('')
      if (node.matches('.tableWrapper, tbody, .remark, .ProseMirror-widget')) return inside
      const facts = ['data-part', 'data-depth', 'data-footnote', 'start', 'colspan', 'rowspan']
        .map((name) => [name.replace('data-', ''), node.getAttribute(name)] as const)
        .filter(([name, value]) => value !== null && !(name.endsWith('span') && value === '1'))
      const tag = node.tagName.toLowerCase()
      return `<${[tag, ...facts.map(([name, value]) => `${name}=${value}`)].join(' ')}>${inside}</${tag}>`
    }
    return [...element.childNodes].map(shortOf).filter(Boolean)
  })

const idsOf = (editor: Locator) =>
  editor
    .locator('p, h1, h2, h3')
    .evaluateAll((blocks) => blocks.map((block) => (block as HTMLElement).dataset.id ?? 'none'))

/** What the server says of the text, which is asked by those who answer for it. */
async function expectSound(as: (who: string) => Promise<Page>, page: Page) {
  await expect(saved(page)).toBeVisible()
  const secretariat = await as('secretariat')
  const answer = await secretariat.request.get(`/api${new URL(page.url()).pathname}/integrity`)
  expect(await answer.json()).toMatchObject({ faults: [], deletedReferences: [] })
}

async function expectPermanentIds(editor: Locator) {
  const ids = await idsOf(editor)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
}

test('[PASTE-1] a passage from Word is headings, numbered paragraphs, lists, tables and notes, and nothing else', async ({
  as,
}) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await paste(editor, { 'text/html': FROM_WORD, 'text/plain': 'not this' })
  expect(await outlineOf(editor)).toEqual([
    '<h1>Industry and trade</h1>',
    '<h3>Tools</h3>',
    '<p part=preambular><em>Recalling</em> its earlier work,</p>',
    '<p part=operative><strong>Invites</strong> <u>members</u>:</p>',
    '<p part=operative depth=1>to share tools<sup footnote=Such as maps.></sup>;</p>',
    '<p part=operative>Decides to meet every year;</p>',
    '<ul><li><p>a point</p><ul><li><p>below it</p></li></ul></li><li><p>another</p></li></ul>',
    '<table><tr><td colspan=2><p>1. Year</p></td></tr><tr><td><p>2027</p></td>' +
      '<td><table><tr><td><p>inner</p></td></tr></table></td></tr></table>',
  ])
  await expectPermanentIds(editor)
  await expectSound(as, page)
  await page.reload()
  await expect(editor.locator('h1')).toHaveText('Industry and trade')
})

test('[PASTE-2] of a web page the words come in, and nothing that runs, loads or hides', async ({ as }) => {
  const page = await as('gha.head')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const editor = await freshText(page)
  asked.length = 0
  await paste(editor, { 'text/html': FROM_WEB })
  expect(await outlineOf(editor)).toEqual([
    '<p>A page</p>',
    '<h3>Below</h3>',
    '<p>A link, <strong>bold</strong>, <em>slanted</em> and <strong>heavy</strong>.</p>',
    '<p>An image and more.</p>',
    '<ol start=3><li><p>third</p></li><li><p>fourth</p><ul><li><p>inside</p></li></ul></li></ol>',
    expect.stringMatching(
      /^<table><tr><th colspan=2><p>Head<\/p><\/th><\/tr><tr><td><p><script>window.ran = 1<\/script><\/p><\/td><td>/,
    ),
    '<blockquote><p>Said.</p></blockquote>',
  ])
  await expectPermanentIds(editor)
  await expectSound(as, page)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(asked.filter((url) => /\/x$/.test(url))).toEqual([])
  expect(await editor.locator('a, img, svg, iframe, script, style, [onclick], [onmouseover], [align]').count()).toBe(0)
})

test('[PASTE-3] a copied paragraph gets an id of its own, one that is cut and pasted keeps its own', async ({ as }) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await paste(editor, { 'text/plain': 'First.\n\nSecond.\n\nThird.' })
  const [first, second, third] = await idsOf(editor)
  await editor.locator('p').nth(1).click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  const copied = await take(editor, 'copy')
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await paste(editor, copied)
  await expect(editor.locator('p').nth(3)).toHaveText('Second.')
  await expectPermanentIds(editor)
  expect((await idsOf(editor)).slice(0, 3)).toEqual([first, second, third])

  await editor.locator('p').nth(1).click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  const moved = await take(editor, 'cut')
  expect(await idsOf(editor)).not.toContain(second)
  await editor.locator('p').first().click()
  await page.keyboard.press('Home')
  await paste(editor, moved)
  await expect(editor.locator('p').first()).toHaveText('Second.')
  expect((await idsOf(editor)).slice(0, 3)).toEqual([second, first, third])
  await paste(editor, moved)
  await expectPermanentIds(editor)
  await expectSound(as, page)
})

test('[PASTE-4] brackets that are pasted stay text, and no bracket stands by them', async ({ as }) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await paste(editor, {
    'text/html':
      '<p class=MsoNormal>1. <span class="bracketed" data-open="[" data-close=" – GHA]">[by 2030]</span> at the latest</p>',
  })
  expect(await outlineOf(editor)).toEqual(['<p part=operative>[by 2030] at the latest</p>'])
  expect(await editor.locator('[data-open], [data-close], .bracketed').count()).toBe(0)
  await expect(saved(page)).toBeVisible()
  const { blocks, brackets } = (await (
    await page.request.get(`/api${new URL(page.url()).pathname}/negotiation`)
  ).json()) as { blocks: { status: string }[]; brackets: unknown[] }
  expect(brackets).toEqual([])
  expect(blocks.map(({ status }) => status)).toEqual(['open'])
})

test('[PASTE-5] five megabytes are refused with a sentence, the page goes on, and what was written stays', async ({
  as,
}) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await page.keyboard.type('Before.')
  const sentence = 'Knowledge travels when people meet, and stays when it is written down. '
  const words = Array.from({ length: 14_000 }, (_, at) => `${at + 1}. ${sentence.repeat(5)}`)
  expect(words.join('').length).toBeGreaterThan(5_000_000)
  const clipboards: Record<string, string>[] = [
    { 'text/plain': words.join('\n\n') },
    { 'text/html': words.map((one) => `<p class=MsoNormal style='mso-fareast:x'>${one}</p>`).join('\n') },
  ]
  for (const clipboard of clipboards) {
    await paste(editor, clipboard)
    await expect(page.getByText('Too much to paste at once')).toBeVisible()
    await page.keyboard.type(' On.')
  }
  await expect(saved(page)).toBeVisible()
  expect(await outlineOf(editor)).toEqual(['<p>Before. On. On.</p>'])
  // What is still taken at once is stored at once.
  await paste(editor, { 'text/plain': words.slice(0, 1500).join('\n\n') })
  await expect(editor.locator('p')).toHaveCount(1500)
  await expect(saved(page)).toBeVisible()
})

test('[PASTE-6] plain text stays as it is, whatever other programs would make of its signs', async ({ as }) => {
  const page = await as('gha.head')
  const editor = await freshText(page)
  await paste(editor, { 'text/plain': '1. *First*, _not_ ~~struck~~;\r\n2. `second`.\n\n- <b>a dash</b>' })
  expect(await outlineOf(editor)).toEqual([
    '<p>1. *First*, _not_ ~~struck~~;<br></br>2. `second`.</p>',
    '<p>- <b>a dash</b></p>',
  ])
  await expectPermanentIds(editor)
})

for (const times of [2, 4])
  test(`[PASTE-7] ${times} large pastes without a line are too much for one frame, and are handed back`, async ({
    as,
    forum,
  }) => {
    test.setTimeout(300_000)
    const page = await as('gha.head')
    const editor = await freshText(page)
    await page.keyboard.type('Before.')
    await expect(saved(page)).toBeVisible()
    await forum.kill()
    const words = Array.from({ length: 700 }, (_, at) => `${at}. ${'Knowledge travels when people meet. '.repeat(26)}`)
    for (let at = 0; at < times; at++) await paste(editor, { 'text/plain': words.join('\n\n') })
    await forum.start()
    await expect(page.getByRole('heading', { name: 'were not taken into the text' })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('699. Knowledge travels').first()).toBeVisible()
    await expect(editor).toHaveText('Before.')
    await editor.locator('p').click()
    await page.keyboard.press('End')
    await page.keyboard.type(' After.')
    await expect(editor).toHaveText('Before. After.')
  })
