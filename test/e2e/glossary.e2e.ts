import { AxeBuilder } from '@axe-core/playwright'
import { expect, openTexts, test } from '../support/e2e.js'

test('[TERM-10] the glossary is found from every page, searched, and speaks the language of the interface', async ({
  as,
}) => {
  const page = await as('gha.adviser')
  // What is above it has come: it stands still.
  await expect(page.locator('.loading')).toHaveCount(0)
  await page.getByRole('main').getByRole('link', { name: 'Glossary' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /^41 terms$/ })).toBeVisible()
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
  await page.getByRole('searchbox', { name: 'Search the glossary' }).fill('ad ref')
  await expect(page.getByRole('term')).toHaveText(['agreed ad referendum'])

  await page.getByLabel('Language').selectOption('es')
  await page.getByRole('searchbox').fill('DELEGACION')
  await expect(page.getByRole('term').filter({ hasText: /^delegación$/ })).toBeVisible()
  await page.getByRole('searchbox').fill('xyz')
  await expect(page.getByText('Ningún término encontrado')).toBeVisible()
})

test('[TERM-11] terms are explained where they first stand, in the editor and in the views', async ({ as }) => {
  const page = await as('rapporteur')
  await openTexts(page)
  await page
    .getByRole('link', { name: /^Draft outcome/ })
    .first()
    .click()
  const editor = page.getByRole('textbox', { name: /^Text:/ })
  const inEditor = editor.locator('.remark.term')
  await expect(editor).toBeVisible()
  await expect(inEditor).toHaveCount(0)
  await page.getByRole('tab', { name: /^Aids/ }).click()
  await page.getByRole('checkbox', { name: /^Explain terms/ }).check()
  const round = inEditor.filter({ hasText: /^round$/ })
  await expect(round).toHaveCount(1)
  await round.hover()
  const note = page.locator('.note')
  await expect(note).toContainText('One full cycle of the forum')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Clean', exact: true }).click()
  const link = page.getByRole('list', { name: /^Draft outcome/ }).getByRole('link', { name: 'round', exact: true })
  await expect(link).toHaveCount(1)
  await link.focus()
  await expect(page.getByRole('tooltip')).toContainText('One full cycle of the forum')
  await expect(link).toHaveAccessibleDescription(/One full cycle of the forum/)
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.locator('#round')).toBeInViewport()
  await expect(page.locator('#round')).toHaveClass(/linked/)

  // The choice is remembered.
  await page.goBack()
  await page.getByRole('tab', { name: /^Aids/ }).click()
  await expect(page.getByRole('checkbox', { name: /^Explain terms/ })).toBeChecked()
})
