import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openTexts, saved, test } from '../support/e2e.js'

async function openOutcome(page: Page): Promise<void> {
  await openTexts(page)
  await page
    .getByRole('link', { name: /^Draft outcome/ })
    .first()
    .click()
  await expect(editorOf(page)).toBeVisible()
  await openAids(page)
}
const openAids = (page: Page) => page.getByRole('tab', { name: /^Aids/ }).click()
const editorOf = (page: Page) => page.getByRole('textbox', { name: /^Text:/ })
const panelOf = (page: Page) => page.getByRole('region', { name: /^Drafting hints/ })
const noteOf = (page: Page) => page.locator('.note')

test('[STYLE-20] who writes gets hints beside the text and under its words, and can do without them', async ({
  as,
}) => {
  const page = await as('facilitator')
  await openOutcome(page)
  const [editor, panel] = [editorOf(page), panelOf(page)]
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await expect(panel.getByText('Nothing to point out')).toBeVisible()
  await expect(panel.locator('details')).not.toHaveAttribute('open')

  await editor.locator('[data-number="1"]').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' members shall meet as as in paragraph 3')
  const hints = panel.getByRole('listitem')
  await expect(hints).toHaveCount(4)
  await expect(hints.first()).toHaveText(/^1\s*“shall” obliges/)
  await expect(hints.last()).toHaveText(/ends with a semicolon/)
  await expect(panel.getByRole('heading')).toHaveText(/4$/)
  expect((await new AxeBuilder({ page }).include('aside').analyze()).violations).toEqual([])
  expect(await editor.textContent()).toContain('members shall meet as as in paragraph 3')

  const shall = editor.locator('.remark.hint', { hasText: /^shall$/ })
  await shall.hover()
  await expect(noteOf(page)).toHaveText(/“shall” obliges/)
  // The pointer can go to what is said, and Escape ends it.
  await noteOf(page).hover()
  await expect(noteOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(noteOf(page)).toHaveCount(0)
  // With the keyboard: the caret comes to the words.
  await page.mouse.move(0, 0)
  await page.keyboard.press('Control+ArrowLeft')
  await page.keyboard.press('Control+ArrowLeft')
  await expect(page.getByRole('status').filter({ hasText: 'Insert a cross-reference' })).toBeVisible()

  await editor.locator('[data-number="5"]').click()
  await hints.first().getByRole('button').click()
  await expect(editor.locator('[data-number="1"]')).toBeInViewport()

  // What is put right is not told any more.
  await shall.click()
  await page.keyboard.press('End')
  await page.keyboard.type(';')
  await expect(hints).toHaveCount(3)
  await expect(saved(page)).toBeVisible()

  await panel.getByRole('checkbox', { name: 'Show' }).uncheck()
  await expect(editor.locator('.remark')).toHaveCount(0)
  await expect(panel.getByText('Hints are off.')).toBeVisible()
  await page.reload()
  await openAids(page)
  await expect(panel.getByRole('checkbox', { name: 'Show' })).not.toBeChecked()
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await expect(editor.locator('.remark')).toHaveCount(0)
})

test('[STYLE-21] who only reads is not told how to write', async ({ as }) => {
  const [rapporteur, ghana] = await Promise.all([as('rapporteur'), as('gha.head')])
  await Promise.all([openOutcome(rapporteur), openOutcome(ghana)])
  // Ghana does not hold the pen and may propose.
  await expect(panelOf(ghana)).toBeVisible()
  await expect(rapporteur.getByRole('region', { name: /^Terms/ })).toBeVisible()
  await expect(panelOf(rapporteur)).toHaveCount(0)
  await expect(editorOf(rapporteur).locator('.remark')).toHaveCount(0)
})
