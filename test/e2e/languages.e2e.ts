import { faultsOf } from '../support/axe.js'
import type { Page } from '@playwright/test'
import { expect, openTexts, saved, test } from '../support/e2e.js'

test.use({ forumOf: 'languages' })

const OUTCOME = /^Draft outcome/
const ARABIC = 'إذ يدركون أن وضع خط أساس مشترك'

/** Opens the outcome text of the demo beside one of its languages. */
async function openBeside(page: Page, language: 'ar' | 'fr') {
  await openTexts(page)
  await page.getByRole('link', { name: OUTCOME }).first().click()
  await page.getByRole('button', { name: 'Side by side', exact: true }).click()
  await page.getByLabel('Second language').selectOption(language)
}
const rowOf = (page: Page, words: string | RegExp) => page.locator('li[data-id]').filter({ hasText: words })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('[LANG-21] an edit of the source turns the other language stale on every screen, and a translator follows', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [facilitator, secretariat, ghana] = (await Promise.all(
    ['facilitator', 'secretariat', 'gha.head'].map((who) => as(who)),
  )) as [Page, Page, Page]
  await openBeside(secretariat, 'ar')
  await openBeside(ghana, 'ar')
  const progress = (page: Page) => page.getByRole('list', { name: 'How far each language has come' })
  await expect(progress(ghana)).toContainText(
    'Arabic: 5 of 10 official · 1 revised · 1 translated · 1 by machine · 1 stale · 1 missing',
  )
  await expect(progress(ghana)).toContainText('French: 7 of 10 official · 2 stale · 1 with other brackets')
  await ghana.reload()
  await expect(ghana.getByLabel('Second language')).toHaveValue('ar')
  const behind = rowOf(ghana, ARABIC)
  await expect(behind).toContainText('Behind by 2 edits')
  await behind.getByRole('button', { name: 'What has changed in the original' }).click()
  await expect(behind.locator('.changes ins, .changes .inserted').first()).toBeVisible()
  await expect(ghana.getByRole('button', { name: /^Mark as/ })).toHaveCount(0)
  await expect(ghana.getByRole('button', { name: /^Edit/ })).toHaveCount(0)

  await openTexts(facilitator)
  await facilitator.getByRole('link', { name: OUTCOME }).first().click()
  const editor = facilitator.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  const first = rowOf(ghana, 'Agree to plan')
  await expect(first).toContainText('Official')
  await editor.getByText('Agree to plan industrial').click()
  await facilitator.keyboard.press('End')
  await facilitator.keyboard.type(' Or more,')
  await expect(first).toContainText('Behind by 1 edit', { timeout: 3000 })
  await expect(first).toContainText('Or more,')
  await expect(progress(ghana)).toContainText('Arabic: 4 of 10 official')
  await expect(progress(ghana)).toContainText('2 stale')

  const own = rowOf(secretariat, 'Agree to plan')
  await own.getByRole('button', { name: /^Edit/ }).click()
  const field = own.getByRole('textbox', { name: 'Arabic, paragraph 1' })
  await expect(field).toHaveAttribute('dir', 'rtl')
  await field.press('End')
  await field.pressSequentially(' أو أكثر')
  await expect(first).toContainText('أو أكثر')
  await expect(saved(secretariat).first()).toBeVisible()
  await expect(own).not.toContainText('It was official')
  await own.getByRole('button', { name: 'Done', exact: true }).click()
  await expect(own).toContainText('It was official and has been edited since')
  await own.getByRole('button', { name: 'Mark as official' }).click()
  await expect(first.locator('.chip')).toHaveText([/Official$/])
  await expect(first).not.toContainText('Behind')

  // Two write the same rendering at once; nothing of either is lost.
  await openBeside(facilitator, 'ar')
  const missing = rowOf(secretariat, 'Decide to review')
  await missing.getByRole('button', { name: /^Translate/ }).click()
  const mine = missing.getByRole('textbox', { name: 'Arabic, paragraph 5' })
  await mine.pressSequentially('يقررون ')
  const theirs = rowOf(facilitator, 'Decide to review')
  await expect(theirs).toContainText('يقررون')
  await theirs.getByRole('button', { name: /^Edit/ }).click()
  const other = theirs.getByRole('textbox', { name: 'Arabic, paragraph 5' })
  await other.press('End')
  await Promise.all([
    other.pressSequentially('استعراض التقدم'),
    mine.press('Home').then(() => mine.pressSequentially('وهم ')),
  ])
  await expect(mine).toHaveValue('وهم يقررون استعراض التقدم')
  await expect(other).toHaveValue('وهم يقررون استعراض التقدم')
  await expect(rowOf(ghana, 'Decide to review')).toContainText('وهم يقررون استعراض التقدم')
})

test('[LANG-22] a language is added, and is not closed while something is missing', async ({ as }) => {
  const secretariat = await as('secretariat')
  await openBeside(secretariat, 'fr')
  await press(secretariat, 'Add a language')
  await secretariat.getByLabel('Language', { exact: true }).last().selectOption('es')
  await secretariat.getByLabel('Title in this language').fill('Proyecto de documento final')
  await press(secretariat, 'Add')
  await expect(secretariat.getByRole('heading', { name: 'Proyecto de documento final' })).toBeVisible()
  await expect(secretariat.getByText('Not translated yet.').first()).toBeVisible()
  await press(secretariat, 'Close as official')
  const alert = secretariat.getByRole('alert')
  await expect(alert).toContainText('Before the text can be official in this language:')
  await expect(alert.getByRole('listitem')).toHaveCount(10)
  await expect(alert).toContainText('Paragraph PP1 – Missing')
})

test('[LANG-23] an issued document is read in each of its languages', async ({ as }) => {
  const ghana = await as('gha.head')
  await openBeside(ghana, 'fr')
  await press(ghana, 'Drafting')
  await ghana.getByRole('link', { name: 'MIPF.3/L.1', exact: true }).click()
  const issued = ghana.getByRole('article')
  await expect(issued).toContainText('Invite partners')
  await press(ghana, 'French')
  await expect(issued).toContainText('Invitent les partenaires')
  await expect(issued.getByRole('heading', { level: 1 })).toHaveAttribute('lang', 'fr')
  await ghana.reload()
  await expect(issued).toContainText('Invitent les partenaires')
})

for (const [name, options, scheme] of [
  ['light', {}, 'light'],
  ['dark', {}, 'dark'],
  ['on a phone', { viewport: { width: 390, height: 800 } }, 'light'],
] as const)
  test(`[LANG-24] axe finds nothing side by side, ${name}, in English and in Arabic`, async ({ as }) => {
    const page = await as('secretariat', options)
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.goto('/documents')
    await page.getByRole('link', { name: OUTCOME }).first().click()
    await page.getByRole('button', { name: 'Side by side', exact: true }).click()
    for (const language of ['en', 'ar']) {
      await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
      const address = new URL(page.url())
      address.searchParams.set('with', 'ar')
      await page.goto(address.href)
      await expect(page.locator('li[data-id]').filter({ hasText: ARABIC })).toBeVisible()
      await page.locator('li[data-id]').filter({ hasText: ARABIC }).getByRole('button').first().click()
      await expect(page.locator('.changes .text-body')).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wider).toBeLessThanOrEqual(0)
      await page.screenshot({
        path: `test-results/languages-${name.replaceAll(' ', '-')}-${language}.png`,
        fullPage: true,
      })
    }
  })
