import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from '@playwright/test'
import { expect, openText, saved, test } from '../support/e2e.js'

const cellsOf = (place: Locator) =>
  place.locator('tr').evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => {
        const copy = cell.cloneNode(true) as HTMLElement
        for (const caret of copy.querySelectorAll('.caret')) caret.remove()
        return (copy.textContent ?? '').replaceAll('\u2060', '')
      }),
    ),
  )

test('[TABLE-10] a table is made with the keyboard, seen by others at once and in every view', async ({ as }) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  const [editor, others] = await Promise.all([ghana, ethiopia].map((page) => openText(page, /^Action plan/)))
  await editor!.locator('p').last().click()
  const insert = ghana.getByRole('button', { name: 'Insert', exact: true })
  await insert.focus()
  await ghana.keyboard.press('Enter')
  await expect(ghana.getByRole('menuitem', { name: 'Footnote' })).toBeFocused()
  await ghana.keyboard.press('End')
  await expect(ghana.getByRole('menuitem', { name: 'Table' })).toBeFocused()
  await ghana.keyboard.press('Enter')
  for (const words of ['Measure', 'Year', 'Lead', 'Training', '2027', 'GHA', 'Exchange', '2028']) {
    await ghana.keyboard.type(words)
    await ghana.keyboard.press('Tab')
  }
  await ghana.keyboard.type('ETH')
  await ghana.keyboard.press('Tab')
  await ghana.keyboard.type('Review')
  const written = [
    ['Measure', 'Year', 'Lead'],
    ['Training', '2027', 'GHA'],
    ['Exchange', '2028', 'ETH'],
    ['Review', '', ''],
  ]
  const table = others!.locator('table')
  await expect(async () => expect(await cellsOf(table)).toEqual(written)).toPass()
  await expect(table.locator('th')).toHaveCount(3)
  const ids = await table.locator('[data-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')))
  expect(new Set(ids).size).toBe(12)

  const menu = ghana.getByRole('button', { name: 'Table', exact: true })
  await menu.click()
  await ghana.getByRole('menuitem', { name: 'Column after' }).click()
  await menu.click()
  await ghana.getByRole('menuitem', { name: 'Delete row' }).click()
  await expect(async () => expect((await cellsOf(table)).map((row) => row.length)).toEqual([4, 4, 4])).toPass()
  await menu.click()
  // A header that nobody has written yet is empty.
  const axe = new AxeBuilder({ page: ghana }).include('.toolbar').include('.editor').disableRules('empty-table-header')
  expect((await axe.analyze()).violations).toEqual([])
  await ghana.keyboard.press('Escape')
  await expect(saved(ghana)).toBeVisible()

  await ghana.getByRole('link', { name: 'History' }).click()
  const past = ghana.locator('.text-body table')
  await expect(async () => expect((await cellsOf(past))[1]!.join(' ')).toContain('Training')).toPass()

  const reader = await as('unctad')
  const address = ethiopia.url()
  await reader.route('**/LiveEditor*', (route) => route.abort())
  await reader.goto(address)
  await expect(reader.locator('.text-body table th')).toHaveCount(4)
  await reader.getByRole('button', { name: 'Rolling text', exact: true }).click()
  await expect(reader.locator('ol.text table tr')).toHaveCount(3)
})
