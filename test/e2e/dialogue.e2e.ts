import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, test } from '../support/e2e.js'

/* Positions, proceedings and the board in several browsers; what comes of a statement is made with two keys. */

test.use({ forumOf: 'dialogue' })

const statement = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words })
const fold = (page: Page, name: RegExp) => page.locator('summary').filter({ hasText: name })

test('[DIALOGUE-20] positions are seen by all, a matter is parked with two keys, and the item is closed with a reason', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [chair, mexico] = (await Promise.all(['chair', 'mex.head'].map((who) => as(who)))) as [Page, Page]
  for (const page of [chair, mexico]) await openSession(page)
  const on = (page: Page) => statement(page, 'Ghana proposes a shared market survey')
  const supports = on(mexico).getByRole('button', { name: /Supports/ })
  await supports.click()
  await expect(supports).toHaveAttribute('aria-pressed', 'true')
  await expect(on(chair).getByRole('list', { name: 'Positions of delegations' })).toContainText('MEX')
  await supports.click()
  await expect(on(chair).getByRole('list', { name: 'Positions of delegations' })).not.toContainText('MEX')

  await fold(mexico, /^Summary/).click()
  await expect(mexico.getByText('Rests on 9 statements. All statements are cited.')).toBeVisible()
  await expect(mexico.getByText('Not answered yet')).toHaveCount(1)

  // From the keyboard alone: the statement, `a`, `p`.
  await on(chair).getByRole('button', { name: 'Trace' }).focus()
  await chair.keyboard.press('a')
  await expect(on(chair).getByRole('button', { name: 'Park for later' })).toBeVisible()
  await chair.keyboard.press('p')
  const dialog = chair.getByRole('dialog')
  await dialog.getByLabel('Matter').fill('Who pays for the survey')
  await dialog.getByLabel('Reason').fill('Budgets are known in autumn.')
  await dialog.getByLabel('Reason').press('Tab')
  await dialog.getByRole('button', { name: 'Park for later' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await fold(mexico, /actions of the item/).click()
  await expect(mexico.getByRole('listitem').filter({ hasText: 'Who pays for the survey' })).toContainText(
    'No owner, no date',
  )

  await fold(chair, /actions of the item/).click()
  await chair.getByRole('button', { name: 'Close the item' }).click()
  await dialog.getByRole('button', { name: 'Close the item' }).click()
  await expect(dialog.getByText('An action has neither owner nor date')).toBeVisible()
  await dialog.getByLabel('Why it is closed all the same').fill('The closing plenary names an owner.')
  await dialog.getByRole('button', { name: 'Close the item' }).click()
  await expect(mexico.getByText('Thread closed')).toBeVisible()
  await expect(mexico.getByText('The closing plenary names an owner.')).toBeVisible()
  await chair.getByRole('button', { name: 'Open the item again' }).click()
  await expect(mexico.getByText('Thread open')).toBeVisible()
})

for (const [language, dir] of [
  ['en', 'ltr'],
  ['ar', 'rtl'],
] as const)
  test(`[DIALOGUE-21] axe finds nothing in the dialogue in ${language}, light, dark and small`, async ({ as }) => {
    const page = await as('rapporteur', { viewport: { width: 390, height: 844 } })
    await openSession(page)
    await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('dir', dir)
    await expect(page.getByRole('article').first()).toBeVisible()
    await expect(page.locator('details.part')).toHaveCount(4)
    await page.locator('details.part').evaluateAll((parts) => parts.forEach((part) => part.setAttribute('open', '')))
    expect(await faultsOf(page)).toEqual([])
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/dialogue-${language}.png` })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(page, 'colours')).toEqual([])
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/dialogue-${language}-dark.png` })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over).toBe(0)
  })
