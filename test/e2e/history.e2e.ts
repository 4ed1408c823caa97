import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openText, openTexts, saved, test } from '../support/e2e.js'

async function openHistory(page: Page): Promise<void> {
  await openTexts(page)
  await page
    .getByRole('link', { name: /^Vision statement/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Steps' })).toBeVisible()
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' ')).slice(0, 3)].join(' '))
}

const wide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('[HIST-16] two points are compared, the life is played, and nobody is left out', async ({ as }) => {
  test.setTimeout(300_000)
  const page = await as('unctad')
  await openHistory(page)
  await expect(page.getByRole('button', { name: /First draft by the facilitator/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Name this version' })).toHaveCount(0)
  await page.screenshot({ path: 'test-results/history-text.png', fullPage: true })

  await page.getByRole('button', { name: 'Changes', exact: true }).first().click()
  await page.getByLabel('From').selectOption({ label: 'First draft by the facilitator' })
  await page.getByLabel('To').selectOption({ label: 'After the first reading' })
  await expect(page.locator('ins.run').filter({ hasText: 'and afford the tools' })).toContainText('GHA')
  await expect(page.locator('del.run').filter({ hasText: 'as fast as technology' })).toContainText('KOR')
  await expect(page.locator('del.run').first()).toContainText('removed by KOR:')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await faultsOf(page)).toEqual([])
    await page.screenshot({ path: `test-results/history-changes-${colorScheme}.png`, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.reload()
  await expect(page.locator('ins.run').first()).toBeVisible()

  await page.getByRole('button', { name: 'Play', exact: true }).first().click()
  const slider = page.getByRole('slider', { name: 'Point in time' })
  await expect(slider).toBeVisible()
  await expect(page.getByText('Firms of every size')).toBeVisible()
  await expect(page.locator('.text-body')).not.toContainText('afford the tools')
  await slider.press('End')
  await expect(page.locator('.text-body')).toContainText('afford the tools')
  expect(await faultsOf(page)).toEqual([])
  await page.screenshot({ path: 'test-results/history-play.png', fullPage: true })

  await page.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${new URL(page.url()).pathname}?from=1&to=3`)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('ins.run').first()).toBeVisible()
  // What is said in Arabic about English words leaves these from left to right.
  for (const paragraph of await page.locator('.text-body p').all())
    await expect(paragraph).toHaveCSS('direction', 'ltr')
  expect(await wide(page)).toBeLessThanOrEqual(0)
  expect(await faultsOf(page)).toEqual([])
  await page.screenshot({ path: 'test-results/history-phone-ar.png', fullPage: true })
})

test('[HIST-17] a version is named and restored, and those who write are told', async ({ as }) => {
  test.setTimeout(300_000)
  const [india, ghana, secretariat] = await Promise.all([as('ind.head'), as('gha.head'), as('secretariat')])
  const editor = await openText(india, /^Vision statement/)
  await openHistory(secretariat)
  await expect(secretariat.getByText('Every edit was taken.')).toBeVisible()
  await editor.locator('p').last().click()
  await india.keyboard.press('End')
  await india.keyboard.type(' India adds a sentence.')
  await expect(saved(india)).toBeVisible()

  await openHistory(ghana)
  await ghana.getByRole('button', { name: /First draft by the facilitator/ }).click()
  await expect(ghana.locator('.text-body')).not.toContainText('India adds a sentence.')
  await ghana.getByRole('button', { name: 'Restore this version' }).click()
  const dialog = ghana.getByRole('dialog')
  await expect(dialog).toContainText('stays in the history')
  await ghana.screenshot({ path: 'test-results/history-restore.png' })
  await dialog.getByRole('button', { name: 'Restore this version' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(editor).not.toContainText('India adds a sentence.')
  await expect(editor).toContainText('as fast as technology does')
  await expect(india.getByText('GHA restored')).toBeVisible()
  await expect(secretariat.getByRole('listitem').filter({ hasText: 'GHA' }).first()).toBeVisible()
  await ghana.getByRole('button', { name: 'Text', exact: true }).click()
  await ghana.getByRole('button', { name: 'Name this version' }).click()
  await ghana.getByLabel('Name of the version').fill('Back to the draft')
  await ghana.getByRole('dialog').getByRole('button', { name: 'Name this version' }).click()
  await expect(secretariat.getByRole('button', { name: /Back to the draft/ })).toBeVisible()

  await editor.locator('p').last().click()
  await india.keyboard.press('End')
  await india.keyboard.type(' Once more.')
  await expect(secretariat.getByText('1 newer step')).toBeVisible({ timeout: 30_000 })
  await secretariat.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(secretariat.locator('.text-body')).toContainText('Once more.')
})
