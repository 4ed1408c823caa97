import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, test } from '../support/e2e.js'

/* What is said in private, and what is found of all that was said. */

test.use({ forumOf: 'talk' })

const threads = (page: Page) => page.getByRole('group', { name: 'Threads of this item' })

const picture = (page: Page, name: string) =>
  page
    .locator('section.column')
    .nth(1)
    .screenshot({ path: `${process.env.PICTURES}/talk-${name}.png` })

test('[TALK-20] a delegation talks beside the room, and another delegation sees nothing of it', async ({ as }) => {
  test.setTimeout(180_000)
  const [head, adviser, germany] = (await Promise.all(
    ['gha.head', 'gha.adviser', 'deu.head'].map((who) => as(who)),
  )) as [Page, Page, Page]
  for (const page of [head, adviser, germany]) await openSession(page)
  for (const page of [head, adviser]) {
    await threads(page).getByRole('button', { name: 'Our delegation' }).click()
    await expect(page.getByText('Seen by your delegation only')).toBeVisible()
  }
  await head.getByLabel('Your statement').fill('Six months, not a day more.')
  await head.getByRole('button', { name: 'Make statement' }).click()
  await expect(adviser.getByRole('article').filter({ hasText: 'not a day more' })).toBeVisible()
  await expect(threads(head).getByRole('button', { name: 'Our delegation' })).toContainText('3')

  // Germany opens its own, which is empty.
  await threads(germany).getByRole('button', { name: 'Our delegation' }).click()
  await expect(germany.getByText('Nothing has been said here yet.')).toBeVisible()
  await threads(germany).getByRole('button', { name: 'All' }).click()
  await expect(germany.getByRole('article').first()).toBeVisible()
  await expect(germany.getByText('not a day more')).toHaveCount(0)
})

test('[TALK-23] a slash leads to the search, which finds texts and statements with their words marked', async ({
  as,
}) => {
  const page = await as('deu.head', { viewport: { width: 390, height: 844 } })
  await openSession(page)
  await page.locator('#content').focus()
  await page.keyboard.press('/')
  const field = page.getByRole('searchbox', { name: 'Words' })
  await expect(field).toBeFocused()
  await field.fill('cooperatives')
  await field.press('Enter')
  const hits = page.locator('main article')
  await expect(hits.filter({ hasText: 'Paragraph of a text' }).locator('mark').first()).toBeVisible()
  await expect(hits.filter({ hasText: 'Recommendation' }).first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/search.png` })
  await page.getByLabel('Kind').selectOption('statement')
  await expect(hits.filter({ hasText: 'Recommendation' })).toHaveCount(0)
  await field.fill('التعاونيات')
  await field.press('Enter')
  await expect(hits).toHaveCount(1)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(page, 'colours')).toEqual([])
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/search-dark.png` })
  await hits.getByRole('link').click()
  await expect(page).toHaveURL(/#m-/)
})

test('[TALK-22] somebody is mentioned from the keyboard and told, and selected words are quoted with a way back', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const mexico = await as('mex.head')
  await openSession(mexico)
  const statement = mexico.getByRole('article').filter({ hasText: 'Ghana proposes a shared market survey' })
  await statement.locator('.body').evaluate((body) => {
    const words = document.createTreeWalker(body, NodeFilter.SHOW_TEXT).nextNode()!
    getSelection()!.setBaseAndExtent(words, 0, words, 'Ghana proposes'.length)
  })
  await statement.getByRole('button', { name: 'Quote' }).click()
  const field = mexico.getByLabel('Your statement')
  await expect(field).toBeFocused()
  await field.pressSequentially('We join. @col')
  await expect(mexico.getByRole('option', { name: 'Colombia' })).toHaveAttribute('aria-selected', 'true')
  await field.press('Enter')
  await expect(field).toHaveValue('We join. @Colombia ')
  await field.press('Control+Enter')
  const said = mexico.getByRole('article').filter({ hasText: 'We join.' })
  await expect(said.locator('mark')).toHaveText('@Colombia')
  await expect(said.getByRole('blockquote')).toContainText(/Ghana said:\s*Ghana proposes$/)
  await said.getByRole('link', { name: 'Ghana said:' }).click()
  await expect(mexico).toHaveURL(/#m-/)
  await expect(statement).toBeInViewport()
})

for (const [language, dir] of [
  ['en', 'ltr'],
  ['ar', 'rtl'],
] as const)
  test(`[TALK-21] axe finds nothing in a private thread in ${language}, light, dark and small`, async ({ as }) => {
    const page = await as('gha.adviser', { viewport: { width: 390, height: 844 } })
    await openSession(page)
    await threads(page).getByRole('button').nth(1).click()
    await expect(page).toHaveURL(/thread=/)
    await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('dir', dir)
    await expect(page.getByRole('article')).not.toHaveCount(0)
    await expect(page.locator('.step').last()).toBeAttached()
    if (process.env.PICTURES) await picture(page, language)
    expect(await faultsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(page, 'colours')).toEqual([])
    if (process.env.PICTURES) await picture(page, `${language}-dark`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over).toBe(0)
  })

test('[WORDS-20] a statement is read in the reader’s language beside its original, and a file goes with one', async ({
  as,
}) => {
  const page = await as('secretariat', { viewport: { width: 390, height: 844 } })
  await openSession(page)
  const arabic = page.getByRole('article').filter({ hasText: 'التعاونيات' })
  await expect(arabic).toContainText('Checked translation')
  await expect(arabic.locator('.body')).toHaveAttribute('dir', 'rtl')
  await expect(arabic.getByText('Women’s cooperatives need simple tools')).toHaveAttribute('dir', 'ltr')
  const spanish = page.getByRole('article').filter({ hasText: 'cámaras de comercio' })
  await spanish.getByRole('button', { name: 'Write a translation' }).click()
  await spanish.getByLabel('Translation into English').fill('Chambers of commerce gather the data on demand.')
  await spanish.getByRole('button', { name: 'Save as checked' }).click()
  await expect(spanish).toContainText('Chambers of commerce gather')

  await page.getByLabel('Your statement').fill('The figures are attached.')
  const files = page.locator('input[type=file]')
  await files.setInputFiles({ name: 'figures.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') })
  await expect(page.getByRole('alert')).toContainText('A file of this kind is not taken')
  await expect(page.getByLabel('Your statement')).toHaveValue('The figures are attached.')
  await files.setInputFiles({
    name: 'figures.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('year;firms\n2027;800\n'),
  })
  await expect(page.getByRole('button', { name: 'Remove figures.csv' })).toBeVisible()
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/words-composer.png` })
  await page.getByRole('button', { name: 'Make statement' }).click()
  const said = page.getByRole('article').filter({ hasText: 'The figures are attached.' })
  const [kept] = await Promise.all([
    page.waitForEvent('download'),
    said.getByRole('button', { name: /figures\.csv\s+CSV/ }).click(),
  ])
  expect(kept.suggestedFilename()).toBe('figures.csv')
  expect(await faultsOf(page)).toEqual([])
  if (process.env.PICTURES) {
    await arabic.scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${process.env.PICTURES}/words-light.png` })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: `${process.env.PICTURES}/words-dark.png` })
  }
})
