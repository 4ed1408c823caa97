import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

/* What a round looks like: drawn, in a table for whoever does not see it, and on pages of others. */

test.use({ forumOf: 'charts' })

test('[CHART-10] the charts of a round say what Follow-up says, by eye, by ear and in a file', async ({ as }, info) => {
  test.setTimeout(120_000)
  const page = await as('gha.head')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
  const key = page.getByRole('region', { name: 'Key figures' })
  const validated = await key.getByRole('definition').first().innerText()
  // On a thin line the shapes of the countries come long after what draws them.
  let send = () => {}
  const sent = new Promise<void>((resolve) => (send = resolve))
  await page.route(/countries-50m/, async (route) => {
    await sent
    await route.continue()
  })
  await page.getByRole('link', { name: 'See it drawn' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Charts' })).toBeVisible()
  const chart = (name: string) => page.getByRole('region', { name, exact: true })
  const names = ['From recommendation to result', 'Sustainable Development Goals', 'Map', 'Parties and goals']
  for (const name of [...names, 'Two figures compared', 'Flows of assistance']) {
    await expect(chart(name).locator('.drawing svg')).toBeVisible()
    // A screen reader is given the table, whether it is seen or not.
    await expect(chart(name).getByRole('table')).toHaveCount(1)
    expect(await chart(name).getByRole('row').count()).toBeGreaterThan(1)
  }
  const stage = (name: string) => chart(names[0]!).getByRole('row', { name }).getByRole('cell')
  const [implemented, base] = [
    await stage('Implemented').first().innerText(),
    await stage('Addressed').first().innerText(),
  ]
  expect(validated).toContain(`${implemented} of ${base}`)
  send()
  await expect(chart('Map').locator('.drawing svg path').nth(200)).toBeAttached()
  expect(await faultsOf(page)).toEqual([])

  const compared = chart('Two figures compared')
  await compared.getByLabel('Across').selectOption({ label: 'Addressed' })
  await compared.getByRole('button', { name: 'Table' }).click()
  await expect(compared.getByRole('columnheader', { name: 'Addressed' })).toBeVisible()
  await expect(compared.locator('.drawing')).toBeHidden()
  await expect(compared.getByText(/^n = \d+\./)).toBeVisible()

  const downloading = page.waitForEvent('download')
  await chart(names[0]!).getByRole('button', { name: 'CSV' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('stages.csv')
  expect(
    readFileSync(await file.path(), 'utf8')
      .replace('\uFEFF', '')
      .split('\r\n')[1],
  ).toBe(`Addressed,${base},100%`)

  await page.emulateMedia({ media: 'print' })
  for (const name of names) await expect(chart(name).getByRole('table')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
  expect(await faultsOf(page, 'colours')).toEqual([])
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('region', { name: 'خريطة' }).locator('.drawing svg')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.screenshot({ path: info.outputPath('charts-ar.png'), fullPage: true })
})

test('[CHART-11] a chart stands on a page of another site, in its language and without sign-in', async ({
  forum,
  chrome,
}) => {
  test.setTimeout(120_000)
  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/public')
  await page.getByRole('link', { name: 'Multilateral Industrial Policy Forum, third round' }).click()
  await page.getByRole('link', { name: 'See it drawn' }).click()
  const map = page.getByRole('region', { name: 'Map', exact: true })
  await expect(map.locator('.drawing svg')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Flows of assistance' })).toHaveCount(0)
  expect(await faultsOf(page)).toEqual([])
  await map.getByRole('button', { name: 'Embed' }).click()
  const frame = await page.getByRole('dialog').getByRole('textbox').inputValue()

  const elsewhere = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(`<!doctype html><title>Elsewhere</title>${frame.replace('=en', '=fr')}`)
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)
  const within = page.frameLocator('iframe')
  await expect(within.getByRole('region', { name: 'Carte' }).locator('.drawing svg')).toBeVisible()
  await expect(within.getByRole('region')).toHaveCount(1)
  await expect(within.getByRole('link', { name: /^Source/ })).toBeVisible()
  await context.close()
  elsewhere.close()
})
