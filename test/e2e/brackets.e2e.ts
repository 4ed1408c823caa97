import { expect, saved, test } from '../support/e2e.js'
import type { Locator, Page } from '@playwright/test'

test.use({ forumOf: 'brackets' })

const OUTCOME = /^Draft outcome/

async function openOutcome(page: Page) {
  await page.goto('/documents')
  await page.getByRole('link', { name: OUTCOME }).click()
  return page.locator('.ProseMirror')
}

/** The text as it is read, with the signs that are drawn around its words. */
const reads = (text: Locator) =>
  expect.poll(() =>
    text.evaluate((element) => {
      const copy = element.cloneNode(true) as HTMLElement
      for (const letter of copy.querySelectorAll<HTMLElement>('[data-open], [data-close]'))
        letter.textContent = (letter.dataset.open ?? '') + letter.textContent + (letter.dataset.close ?? '')
      // What stands around whose a bracket is, for its direction.
      return copy.textContent.replaceAll(/[\u2068\u2069]/g, '')
    }),
  )

/** Selects words of a paragraph as a keyboard does. */
async function select(page: Page, paragraph: string, before: number, length: number) {
  await page.locator('.ProseMirror p', { hasText: paragraph }).click({ position: { x: 30, y: 10 } })
  await page.keyboard.press('Home')
  for (let i = 0; i < before; i++) await page.keyboard.press('ArrowRight')
  for (let i = 0; i < length; i++) await page.keyboard.press('Shift+ArrowRight')
}

test('[BRACKET-40] words are put into brackets with the keyboard, seen by all, and cannot be typed away', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const facilitator = await as('facilitator')
  const ghana = await as('gha.head')
  const text = await openOutcome(facilitator)
  await expect(text).toHaveAttribute('contenteditable', 'true')
  await openOutcome(ghana)
  await ghana.getByLabel('Language').selectOption('ar')
  await reads(text).toContain('made [at the next round – CHE][in one year – CHE].')

  await select(facilitator, 'Decide to review', 0, 'Decide'.length)
  await facilitator.keyboard.press('Control+Alt+B')
  const dialog = facilitator.getByRole('dialog', { name: 'Put into brackets' })
  await dialog.getByLabel('Ghana').check()
  await dialog.getByLabel('Colombia').check()
  await dialog.getByLabel('Reason').fill('Pending instructions.')
  await dialog.getByRole('button', { name: 'Put into brackets' }).click()
  await expect(dialog).toHaveCount(0)
  await reads(text).toContain('[Decide – COL, GHA] to review the progress')
  await reads(ghana.locator('.ProseMirror')).toContain('[Decide – COL, GHA] to review the progress')
  await expect(facilitator.getByText('4 brackets')).toBeVisible()

  await select(facilitator, 'Decide', 0, 'Decide'.length)
  await facilitator.keyboard.press('Backspace')
  await expect(facilitator.getByText('Brackets are not typed away')).toBeVisible()
  await reads(text).toContain('[Decide – COL, GHA] to review')
  await facilitator.keyboard.press('ArrowRight')
  await facilitator.keyboard.type(' hereby')
  await reads(text).toContain('[Decide – COL, GHA] hereby to review')
  await expect(saved(facilitator)).toBeVisible()

  const card = facilitator.getByRole('article', { name: 'In brackets: Decide' })
  await card.getByRole('button', { name: 'Delete the words' }).click()
  await card.getByLabel('Reason').fill('Agreed without them.')
  await card.getByRole('button', { name: 'Delete the words' }).click()
  await reads(text).not.toContain('Decide')
  await reads(ghana.locator('.ProseMirror')).not.toContain('Decide')
  await reads(ghana.locator('.ProseMirror')).toContain('hereby to review')
})

test('[BRACKET-41] a delegation brackets words of its own proposal', async ({ as }) => {
  test.setTimeout(180_000)
  const ghana = await as('gha.head')
  await ghana.goto('/documents')
  await ghana.getByRole('link', { name: OUTCOME }).click()
  await ghana.getByRole('button', { name: 'Rolling' }).click()
  await ghana.getByRole('button', { name: 'Paragraph 1: proposals and status' }).click()
  await ghana.getByRole('button', { name: 'Propose other words' }).click()
  const dialog = ghana.getByRole('dialog').first()
  const editor = dialog.locator('.ProseMirror')
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.click()
  await ghana.keyboard.press('Home')
  for (let i = 0; i < 'Agree'.length; i++) await ghana.keyboard.press('Shift+ArrowRight')
  await dialog.getByRole('button', { name: 'Put into brackets' }).click()
  const bracket = ghana.getByRole('dialog', { name: 'Put into brackets' })
  await bracket.getByLabel('Reason').fill('To be confirmed by capital.')
  await bracket.getByRole('button', { name: 'Put into brackets' }).click()
  await reads(editor).toContain('[Agree – GHA] to plan')
  await dialog.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const colombia = await as('col.head')
  await openOutcome(colombia)
  await colombia.getByRole('button', { name: 'Rolling' }).click()
  await expect(colombia.getByRole('listitem').filter({ hasText: 'to plan industrial' })).toContainText('GHA')
})
