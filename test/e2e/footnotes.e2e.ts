import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openText, openTexts, saved, test } from '../support/e2e.js'

const insert = async (page: Page, what: string) => {
  await page.getByRole('button', { name: 'Insert', exact: true }).click()
  await page.getByRole('menuitem', { name: what }).click()
}
const figures = (page: Page) => page.locator('.text-body .footnote')

test('[NOTE-10] footnotes are written with the keyboard, shared, numbered by their order and listed', async ({
  as,
}) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  const [editor] = await Promise.all([ghana, ethiopia].map((page) => openText(page, /^Action plan/)))
  await editor!.locator('p').last().click()
  await ghana.keyboard.press('End')
  await insert(ghana, 'Footnote')
  const box = ghana.getByRole('dialog', { name: 'Footnote' })
  await expect(box.getByLabel('Footnote')).toBeFocused()
  await ghana.keyboard.type('Second source.')
  // Others write on meanwhile; the box stays and keeps its words.
  await ethiopia.locator('.text-body p').first().click()
  await ethiopia.keyboard.type('Elsewhere. ')
  await expect(editor!).toContainText('Elsewhere.')
  await expect(box.getByLabel('Footnote')).toHaveValue('Second source.')
  expect((await new AxeBuilder({ page: ghana }).include('.footnote-box').analyze()).violations).toEqual([])
  await ghana.keyboard.press('Enter')
  await expect(box).toHaveCount(0)
  await ghana.keyboard.type(' And on.')
  await expect(editor!.locator('p').last()).toContainText('And on.')

  await editor!.locator('p').first().click()
  await ghana.keyboard.press('End')
  await insert(ghana, 'Footnote')
  await ghana.keyboard.type('First source.')
  await ghana.keyboard.press('Enter')
  const list = ethiopia.getByRole('list', { name: 'Footnotes' })
  await expect(list.getByRole('listitem')).toHaveText(['First source.', 'Second source.'])

  await ghana.keyboard.press('ArrowLeft')
  await ghana.keyboard.press('Enter')
  await expect(box.getByLabel('Footnote')).toBeFocused()
  await ghana.keyboard.type(' Page 4.')
  await ghana.keyboard.press('Enter')
  await expect(list.getByRole('listitem').first()).toHaveText('First source. Page 4.')
  await ghana.keyboard.press('ArrowLeft')
  await box.getByRole('button', { name: 'Delete footnote' }).click()
  await expect(list.getByRole('listitem')).toHaveText(['Second source.'])
  await expect(figures(ethiopia)).toHaveCount(1)
  await expect(saved(ghana)).toBeVisible()
  await ethiopia.getByRole('button', { name: 'Rolling text', exact: true }).click()
  await expect(list.getByRole('listitem')).toHaveText(['Second source.'])
})

test('[REF-10] a cross-reference follows renumbering, and shows when its paragraph is gone', async ({ as }) => {
  const facilitator = await as('facilitator')
  await openTexts(facilitator)
  await facilitator
    .getByRole('link', { name: /^Draft outcome/ })
    .first()
    .click()
  const editor = facilitator.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  const target = editor.locator('[data-number="3"]')
  const words = (await target.textContent())!.slice(0, 30)
  await editor.locator('[data-number="1"]').click()
  await facilitator.keyboard.press('End')
  await facilitator.keyboard.type(' as in ')
  await insert(facilitator, 'Cross-reference')
  const dialog = facilitator.getByRole('dialog', { name: 'Cross-reference' })
  await dialog.getByRole('searchbox').fill(words.toUpperCase())
  expect((await new AxeBuilder({ page: facilitator }).include('dialog').analyze()).violations).toEqual([])
  await facilitator.keyboard.press('Enter')
  const reference = editor.locator('.cross-reference')
  await expect(reference).toHaveAttribute('data-says', 'paragraph 3')

  // A paragraph of its own before it: the number moves, and the reference with it.
  await editor.locator('[data-number="2"]').click()
  await facilitator.keyboard.press('End')
  await facilitator.keyboard.press('Enter')
  await facilitator.keyboard.type('Decides something new;')
  await expect(reference).toHaveAttribute('data-says', 'paragraph 4')
  await expect(saved(facilitator)).toBeVisible()

  await facilitator.getByRole('button', { name: 'Clean', exact: true }).click()
  await expect(facilitator.getByRole('link', { name: 'paragraph 4' })).toBeVisible()
  await facilitator.getByRole('button', { name: 'Drafting', exact: true }).last().click()

  await editor.locator('[data-number="4"]').click({ clickCount: 3 })
  await facilitator.keyboard.press('Delete')
  await facilitator.keyboard.press('Backspace')
  await expect(reference).toHaveAttribute('data-says', '[deleted paragraph]')
  await expect(reference).toHaveClass(/broken/)
})
