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
  test.setTimeout(60_000)
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
    // What lies below the bar at the bottom counts as covered.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    if (process.env.PICTURES) await picture(page, language)
    expect(await faultsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(page, 'colours')).toEqual([])
    if (process.env.PICTURES) await picture(page, `${language}-dark`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over).toBe(0)
  })
