import { faultsOf } from '../support/axe.js'
import type { Locator, Page } from '@playwright/test'
import { expect, modesOf, openText, saved, test } from '../support/e2e.js'
import { Gate } from '../support/gate.js'

test.use({ forumOf: 'plans' })

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

test('[PLAN-23] a field written offline is sent later; one written into a frozen plan is handed back', async ({
  as,
  forum,
}) => {
  test.setTimeout(300_000)
  const gate = await Gate.before(forum.address)
  const [ghana, chair] = await Promise.all([as('gha.head', { baseURL: gate.address }), as('chair')])
  const [one, two] = await Promise.all([openPlan(ghana, 'Actions'), openPlan(chair, 'Actions')])
  const write = async (words: string) => {
    await cell(one, /^Adapt an open/, LEAD).click()
    await ghana.keyboard.type(words)
    await ghana.keyboard.press('Enter')
  }
  await expect(saved(ghana)).toBeVisible()
  await expect(one.getByRole('grid')).toBeVisible()
  gate.cut()
  await write('TUN')
  await expect(ghana.getByRole('status').filter({ hasText: /kept here and sent later/ })).toBeVisible()
  gate.mend()
  await expect(cell(two, /^Adapt an open/, LEAD)).toContainText('TUN', { timeout: 20_000 })

  await expect(saved(ghana)).toBeVisible()
  gate.cut()
  await write('Too late')
  await modesOf(chair).getByRole('button', { name: 'Frozen' }).click()
  await expect(two.getByRole('grid')).toHaveAttribute('aria-readonly', 'true')
  gate.mend()
  const notice = ghana.getByRole('status').filter({ hasText: 'Your words were not taken into the text' })
  await expect(notice).toBeVisible({ timeout: 20_000 })
  await expect(cell(one, /^Adapt an open/, LEAD)).toContainText('TUN')
  await notice.getByRole('button').click()
  const kept = ghana.getByRole('region', { name: 'Your words were not taken into the text' })
  await expect(kept).toContainText('Lead: Too late')
  await modesOf(chair).getByRole('button', { name: 'Drafting' }).click()
  await gate.close()
})

test('[PLAN-24] on a phone the rows are cards, written like the grid', async ({ as }) => {
  const phone = await as('ind.head', { viewport: { width: 390, height: 800 } })
  const desk = await as('idn.head')
  const [cards, grid] = await Promise.all([openPlan(phone, 'Actions'), openPlan(desk, 'Actions')])
  await cards.getByText('Agree on ten indicators').click()
  const lead = cards.getByRole('textbox', { name: 'Lead' })
  await lead.fill('IDN')
  await expect(cell(grid, /^Agree on ten/, LEAD)).toContainText('is here')
  await lead.blur()
  await expect(cell(grid, /^Agree on ten/, LEAD)).toHaveText(/^IDN/)
  await cards.getByRole('combobox', { name: '5 Cs' }).selectOption('Credit')
  await expect(cell(grid, /^Agree on ten/, 8)).toContainText('Credit')
  await cards.getByRole('textbox', { name: 'Currency' }).fill('USD')
  await phone.getByRole('tab', { name: 'Checks' }).click()
  await phone.getByRole('button', { name: /^Cooperatives that sell.*Frequency/ }).click()
  await expect(phone.getByRole('combobox', { name: 'Frequency' }).last()).toBeFocused()
})

test('[PLAN-25] axe finds nothing on any face of a plan, light and dark, on a phone and in Arabic', async ({ as }) => {
  test.setTimeout(300_000)
  const page = await as('deu.head')
  await openPlan(page, 'Actions')
  for (const [language, width] of [
    ['en', 1280],
    ['ar', 390],
  ] as const)
    for (const theme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 })
      await page.evaluate(
        ([l, th]) => {
          localStorage.setItem('multilogue.language', l)
          localStorage.setItem('multilogue.theme', th)
        },
        [language, theme] as const,
      )
      await page.reload()
      for (const at of [1, 2, 3, 4]) {
        await page.getByRole('tab').nth(at).click()
        await expect(page.getByRole('tabpanel')).toContainText(/\S/)
        expect(await faultsOf(page)).toEqual([])
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

test('[PLAN-26] checks lead to the cell that is missing; then the chair adopts, and nobody writes any more', async ({
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
