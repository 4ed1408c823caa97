import type { Locator, Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openTexts, openText, test } from '../support/e2e.js'

test.use({ forumOf: 'plans' })

const columns = ['title', 'result', 'action', 'unit', 'baseline', 'target'] as const

async function fill(indicators: Locator, name: RegExp, column: (typeof columns)[number], words: string) {
  const row = indicators.getByRole('row', { name })
  const at = columns.indexOf(column)
  const cell = at === 0 ? row.getByRole('rowheader') : row.getByRole('gridcell').nth(at - 1)
  await cell.click()
  await indicators.page().keyboard.type(words)
  await indicators.page().keyboard.press('Enter')
}

const progressOf = async (page: Page) => {
  await page.getByRole('tab', { name: 'Progress' }).click()
  return page.getByRole('tabpanel', { name: 'Progress' })
}

test('[SCENE-18] [SCENE-19] a plan is adopted, measured, returned for its breakdown, and 45 % and 17 % of the way', async ({
  as,
}, info) => {
  const [chair, secretariat, morocco] = await Promise.all([as('chair'), as('secretariat'), as('mar.head')])
  await openText(morocco, /^Plan of Morocco/)
  await morocco.getByRole('tab', { name: 'Result chain' }).click()
  const indicators = morocco.getByRole('grid', { name: 'Indicators' })
  await indicators
    .getByRole('row', { name: /^Fifteen cooperatives/ })
    .getByRole('rowheader')
    .click()
  await morocco.getByRole('group', { name: 'Indicators' }).getByRole('button', { name: 'Duplicate' }).click()
  await expect(indicators.getByRole('row', { name: /^Fifteen cooperatives/ })).toHaveCount(2)
  const both = indicators.getByRole('row', { name: /^Fifteen cooperatives/ })
  await both.nth(1).getByRole('rowheader').click()
  await morocco.keyboard.type('Compliant producers')
  await morocco.keyboard.press('Enter')
  await fill(indicators, /^Fifteen cooperatives/, 'title', 'Diagnostics')
  await fill(indicators, /^Diagnostics/, 'target', '40')
  await fill(indicators, /^Compliant producers/, 'baseline', '25')
  await fill(indicators, /^Compliant producers/, 'target', '60')

  await openText(chair, /^Plan of Morocco/)
  await expect(chair.getByRole('tab', { name: 'Progress' })).toHaveCount(0)
  await chair.getByRole('tab', { name: 'Checks' }).click()
  await chair.getByRole('button', { name: 'Adopt the plan' }).click()
  await chair.getByRole('dialog').getByRole('button', { name: 'Adopt the plan' }).click()
  const seen = await progressOf(chair)
  await expect(seen.getByText('0 of 4')).toHaveCount(2)

  const own = await progressOf(morocco)
  await own.getByRole('button', { name: 'Report progress on Keep lot records in Tamazight and Arabic' }).click()
  const form = morocco.getByRole('dialog', { name: 'Report progress' })
  await form.getByLabel('What has been done').fill('Diagnostics go on; six producers more comply.')
  await form
    .getByRole('group', { name: /^Diagnostics/ })
    .getByLabel('Value (number)')
    .fill('18')
  await form
    .getByRole('group', { name: /^Compliant producers/ })
    .getByLabel('Value (number)')
    .fill('31')
  await form.getByLabel('Link to evidence').fill('https://example.org/diagnostics')
  await form.getByRole('button', { name: 'Submit report' }).click()
  await expect(own.getByRole('listitem').filter({ hasText: 'Keep lot records in Tamazight' })).toContainText(
    'under review',
  )
  await expect(own.getByRole('button', { name: /Keep lot records/ })).toHaveCount(0)
  await expect(seen.getByText('No validated value yet')).toHaveCount(2)

  await secretariat.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
  const report = secretariat.locator('[id^="r-"]').filter({ hasText: 'Diagnostics go on' })
  await expect(report).toContainText('is broken down by sex of members; the report does not say it')
  await report.getByRole('button', { name: /^Return/ }).click()
  const dialog = secretariat.getByRole('dialog')
  await dialog.getByLabel('Note').fill('By sex, please.')
  await dialog.getByRole('button', { name: 'Return' }).click()

  await morocco.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
  await morocco.getByRole('button', { name: /^Revise/ }).click()
  const again = morocco.getByRole('dialog')
  for (const [name, women, men] of [
    [/^Diagnostics/, '11', '7'],
    [/^Compliant producers/, '20', '11'],
  ] as const) {
    const entry = again.getByRole('group', { name })
    for (const [part, words, value] of [
      [0, 'women', women],
      [1, 'men', men],
    ] as const) {
      await entry.getByRole('button', { name: 'Add a part' }).click()
      await entry.getByLabel('Part', { exact: true }).nth(part).fill(words)
      await entry
        .getByLabel('Value (number)')
        .nth(part + 1)
        .fill(value)
    }
    await expect(entry.getByText('The parts add up to')).toHaveCount(0)
  }
  await again.getByRole('button', { name: 'Submit again' }).click()
  await expect(report).toContainText('women 20')
  await report.getByRole('button', { name: /^Validate/ }).click()

  await expect(seen.getByText('45% of the way')).toBeVisible()
  await expect(seen.getByText('17% of the way')).toBeVisible()
  await seen.getByText('1 value').first().click()
  await expect(seen.getByRole('table', { name: 'Diagnostics' })).toContainText('women 11')
  await chair.screenshot({ path: info.outputPath('progress.png'), fullPage: true })
  expect(await faultsOf(chair)).toEqual([])
  await expect(secretariat.getByRole('region', { name: /^Adopted plans/ })).toContainText('Plan of Morocco')
  expect(await faultsOf(secretariat)).toEqual([])
})

test('[WAY-20] progress is read on an Arabic phone in the dark, and on the public page without the reports', async ({
  as,
  chrome,
  forum,
}) => {
  const phone = await as('eth.head', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await openTexts(phone)
  await phone
    .getByRole('link', { name: /^Plan of Ethiopia/ })
    .first()
    .click()
  await progressOf(phone)
  await phone.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await phone.goto(`${phone.url()}?face=progress`)
  await expect(phone.getByRole('tab', { name: 'التقدم' })).toBeInViewport()
  await expect(phone.getByText(/20.*من الطريق/)).toBeVisible()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await faultsOf(phone)).toEqual([])

  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
  const reader = await context.newPage()
  await reader.goto('/public')
  await reader.getByRole('link', { name: /third round/ }).click()
  const plans = reader.getByRole('region', { name: /^Adopted plans/ })
  await expect(plans).toContainText('Plan of Ethiopia')
  await expect(plans.getByRole('link')).toHaveCount(0)
  expect(await faultsOf(reader)).toEqual([])
  await context.close()
})
