import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, openText, saved, test } from '../support/e2e.js'

/** Opens the demo's plan at one of its faces. */
async function openPlan(page: Page, tab: string): Promise<Locator> {
  await openText(page, /^Action plan/)
  await page.getByRole('tab', { name: tab, exact: true }).click()
  return page.getByRole('tabpanel', { name: tab })
}
const cell = (grid: Locator, row: RegExp, at: number) =>
  grid.getByRole('row', { name: row }).getByRole('gridcell').nth(at)
const LEAD = 0
const PARTNERS = 1
const DUE = 3
const BUDGET = 4
const rowNames = (grid: Locator) => grid.getByRole('rowheader').allInnerTexts()

test('[PLAN-20] two people edit one row: both win, each sees where the other is, over one connection', async ({
  as,
}) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  let lines = 0
  ghana.on('websocket', (socket) => socket.url().includes('/collab/') && lines++)
  const [one, two] = await Promise.all([openPlan(ghana, 'Actions'), openPlan(ethiopia, 'Actions')])
  await cell(one, /^Shared market survey/, LEAD).click()
  await expect(cell(two, /^Shared market survey/, LEAD)).toContainText('is here')
  await cell(two, /^Shared market survey/, BUDGET).click()
  await ghana.keyboard.type('COL')
  await ethiopia.keyboard.type('90000.50')
  await Promise.all([ghana.keyboard.press('Enter'), ethiopia.keyboard.press('Enter')])
  for (const grid of [one, two]) {
    await expect(cell(grid, /^Shared market survey/, LEAD)).toContainText('COL')
    await expect(cell(grid, /^Shared market survey/, BUDGET)).toContainText('90,000.5')
  }
  await one.getByRole('button', { name: 'Undo' }).click()
  for (const grid of [one, two]) {
    await expect(cell(grid, /^Shared market survey/, LEAD)).toContainText('GHA')
    await expect(cell(grid, /^Shared market survey/, BUDGET)).toContainText('90,000.5')
  }
  await expect(saved(ghana)).toBeVisible()
  expect(lines).toBe(1)
})

test('[PLAN-21] the grid is worked by keyboard, and what cannot be taken is told where it stands', async ({ as }) => {
  const page = await as('kor.head')
  const panel = await openPlan(page, 'Actions')
  const grid = panel.getByRole('grid')
  await cell(grid, /^Train trainers/, LEAD).click()
  await page.keyboard.press('ArrowRight')
  await expect(cell(grid, /^Train trainers/, PARTNERS)).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('something else')
  await page.keyboard.press('Escape')
  await expect(cell(grid, /^Train trainers/, PARTNERS)).toHaveText('MAR')
  await page.keyboard.press('Enter')
  await page.keyboard.type('MAR, CHE')
  await page.keyboard.press('Tab')
  await expect(cell(grid, /^Train trainers/, PARTNERS)).toHaveText('MAR, CHE')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(cell(grid, /^Train trainers/, BUDGET)).toBeFocused()
  await page.keyboard.type('a lot')
  await page.keyboard.press('Enter')
  await expect(grid.getByRole('alert')).toHaveText('Not a valid value')
  await page.keyboard.press('Escape')
  await expect(cell(grid, /^Train trainers/, BUDGET)).toHaveText('45,000')

  const before = await rowNames(grid)
  await grid.getByRole('button', { name: 'Due' }).click()
  await grid.getByRole('button', { name: 'Due' }).click()
  await expect(grid.getByRole('columnheader', { name: 'Due' })).toHaveAttribute('aria-sort', 'descending')
  expect(await rowNames(grid)).not.toEqual(before)
  await grid.getByRole('button', { name: 'Due' }).click()
  expect(await rowNames(grid)).toEqual(before)

  await cell(grid, /^Train trainers/, LEAD).click()
  await panel.getByRole('button', { name: 'Duplicate' }).click()
  await expect(grid.getByRole('row', { name: /^Train trainers/ })).toHaveCount(2)
  await panel.getByRole('button', { name: 'Remove' }).click()
  await expect(grid.getByRole('row', { name: /^Train trainers/ })).toHaveCount(1)
  await panel.getByRole('button', { name: 'Undo' }).click()
  await expect(grid.getByRole('row', { name: /^Train trainers/ })).toHaveCount(2)
  await panel.getByRole('button', { name: 'Redo' }).click()
  await cell(grid, /^Train trainers/, DUE).click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(async () =>
    expect((await rowNames(grid)).at(2)).toBe('Train trainers in fifteen cooperatives led by women'),
  ).toPass()
})

test('[PLAN-22] the board counts lanes and budgets by currency, and actions move by mouse and by keyboard', async ({
  as,
}) => {
  const page = await as('mar.head')
  const panel = await openPlan(page, 'Board')
  const lane = (name: string) => panel.getByRole('group', { name, exact: true })
  await expect(lane('Conform')).toContainText('1 action')
  await panel.getByLabel(/^Lane of “Train trainers/).selectOption('Conform')
  await expect(lane('Conform')).toContainText('2 actions')
  await expect(lane('Conform')).toContainText('EUR 105,000')
  await panel
    .getByText('Shared market survey for cosmetics and shea', { exact: true })
    .dragTo(lane('Conform').getByRole('heading'))
  await expect(lane('Conform')).toContainText('3 actions')
  await expect(lane('Conform')).toContainText('EUR 105,000')
  await expect(lane('Conform')).toContainText(/USD\s\d{2},\d{3}/)
  await panel.getByLabel('Strategy axes').check()
  await expect(lane('Governance')).toContainText('Agree on ten indicators')
})

test('[PLAN-23] checks lead to the cell that is missing; then the chair adopts, and nobody writes any more', async ({
  as,
}) => {
  const [chair, ghana] = await Promise.all([as('chair'), as('gha.adviser')])
  const checks = await openPlan(chair, 'Checks')
  await expect(checks.getByRole('heading', { name: /^1 thing stands/ })).toBeVisible()
  await checks.getByRole('button', { name: 'Adopt the plan' }).click()
  const dialog = chair.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Adopt the plan' }).click()
  await expect(dialog.getByRole('alert')).toContainText('The plan is not complete')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await checks.getByRole('button', { name: /^Cooperatives that sell.*Frequency/ }).click()
  const missing = chair
    .getByRole('tabpanel')
    .getByRole('row', { name: /^Cooperatives that sell/ })
    .getByRole('gridcell')
    .nth(8)
  await expect(missing).toBeFocused()
  await chair.keyboard.press('Enter')
  await missing.getByRole('combobox').selectOption('Yearly')
  await chair.keyboard.press('Enter')
  await expect(missing).toContainText('Yearly')
  await expect(chair.getByText('Every link of the chain holds')).toBeVisible()

  const grid = await openPlan(ghana, 'Actions')
  await expect(grid.getByRole('button', { name: 'Add action' })).toBeVisible()
  await chair.getByRole('tab', { name: 'Checks' }).click()
  await expect(checks.getByText('Nothing is missing')).toBeVisible()
  await expect(saved(chair)).toBeVisible()
  await checks.getByRole('button', { name: 'Adopt the plan' }).click()
  await dialog.getByRole('button', { name: 'Adopt the plan' }).click()
  await expect(checks.getByText(/^.?\s*Adopted by chair/i)).toBeVisible()
  await expect(grid.getByRole('button', { name: 'Add action' })).toBeHidden()
  await expect(grid.getByRole('grid')).toHaveAttribute('aria-readonly', 'true')
})

test('[PLAN-24] axe finds nothing on any face of a plan, light and dark, on a phone and in Arabic', async ({ as }) => {
  test.setTimeout(120_000)
  const page = await as('deu.head')
  await openPlan(page, 'Actions')
  for (const language of ['en', 'ar'])
    for (const width of [1280, 390])
      for (const theme of ['light', 'dark']) {
        await page.setViewportSize({ width, height: 900 })
        await page.evaluate(
          ([l, th]) => {
            localStorage.setItem('multilogue.language', l!)
            localStorage.setItem('multilogue.theme', th!)
          },
          [language, theme],
        )
        await page.reload()
        for (const at of [1, 2, 3, 4]) {
          await page.getByRole('tab').nth(at).click()
          await expect(page.getByRole('tabpanel')).toContainText(/\S/)
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]!.html}`)).toEqual([])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect(overflow).toBeLessThanOrEqual(0)
          if (process.env.SHOTS)
            await page.screenshot({
              path: `${process.env.SHOTS}/plan-${at}-${language}-${width}-${theme}.png`,
              fullPage: true,
            })
        }
      }
})
