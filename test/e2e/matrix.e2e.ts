import fs from 'node:fs/promises'
import type { Page } from '@playwright/test'
import pg from 'pg'
import { faultsOf } from '../support/axe.js'
import { apiOf, expect, test } from '../support/e2e.js'

/* The implementation matrix with more rows than a page can hold. */

test.use({ forumOf: 'matrix' })

const MANY = 400

/** Recommendations of the demo round, each to Ghana and Ethiopia. */
async function manyRecommendations(url: string, roundId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `INSERT INTO recommendation (id, round_id, number, title, action, rationale, force, owner, due_on, measure, sdg_targets,
       language, state, seat_id, created_at, adopted_at)
     SELECT gen_random_uuid(), $1, 1000 + n, 'Measure ' || n, action, rationale, force, 'Ministry of Industry', CURRENT_DATE + n,
       measure, sdg_targets, language, 'adopted', seat_id, created_at, now()
     FROM (SELECT * FROM recommendation WHERE round_id = $1 LIMIT 1) r, generate_series(1, ${MANY}) n`,
    [roundId],
  )
  await client.query(
    `INSERT INTO recommendation_addressee (recommendation_id, delegation_id, response)
     SELECT c.id, d.id, 'supported' FROM recommendation c JOIN delegation d ON d.round_id = $1 AND d.code IN ('GHA', 'ETH')
     WHERE c.round_id = $1 AND c.number > 1000`,
    [roundId],
  )
  await client.end()
}

const matrix = (page: Page) => page.getByRole('region', { name: 'Implementation matrix' }).last()
const row = (page: Page, title: string, party: string) =>
  page.locator('tr[data-line]').filter({ hasText: title }).filter({ hasText: party })
const scrollTo = (page: Page, share: number) =>
  matrix(page).evaluate((box, at) => void (box.scrollTop = at * box.scrollHeight), share)

test('[MATRIX-10] eight hundred rows: few are drawn, each can be reached, reported on and validated, and one change fetches one row', async ({
  as,
  forum,
}) => {
  test.setTimeout(120_000)
  const [ghana, secretariat] = [await as('gha.head'), await as('secretariat')]
  const { roundId } = await apiOf(secretariat)
  await manyRecommendations(forum.databaseUrl, roundId)
  await ghana.goto('/follow-up?delegation=GHA')
  await secretariat.goto('/follow-up')
  const table = matrix(secretariat).getByRole('table')
  const drawn = secretariat.locator('tr[data-line]')
  await expect(row(secretariat, 'Measure 7', 'GHA')).toHaveCount(0)
  const total = Number(await table.getAttribute('aria-rowcount'))
  expect(total).toBeGreaterThan(2 * MANY)

  await test.step('every row is reached by scrolling, and few are drawn', async () => {
    expect(await drawn.count()).toBeLessThan(60)
    await expect(async () => {
      await scrollTo(secretariat, 1)
      await expect(drawn.last()).toHaveAttribute('aria-rowindex', String(total), { timeout: 500 })
    }).toPass()
    expect(await drawn.count()).toBeLessThan(60)
    await scrollTo(secretariat, 0)
    await expect(drawn.first()).toHaveAttribute('aria-rowindex', '2')
    expect(await faultsOf(secretariat)).toEqual([])
  })

  await test.step('Ghana reports another status from the row, and the secretariat validates it from the row', async () => {
    await expect(async () => {
      const index = Number(await drawn.last().getAttribute('aria-rowindex'))
      if ((await row(secretariat, 'Measure 7', 'GHA').count()) === 0) await scrollTo(secretariat, index / total)
      await expect(row(secretariat, 'Measure 7', 'GHA').first()).toBeVisible({ timeout: 500 })
    }).toPass()
    const asked: string[] = []
    secretariat.on('request', (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search))
    const own = row(ghana, '. Measure 7', 'GHA').first()
    await expect(async () => {
      if ((await own.count()) === 0) await matrix(ghana).evaluate((box) => void (box.scrollTop += 400))
      await expect(own).toBeVisible({ timeout: 500 })
    }).toPass()
    await own.getByRole('combobox').selectOption('in_progress')
    const form = ghana.getByRole('dialog', { name: 'Report progress' })
    await expect(form.getByLabel('Status')).toHaveValue('in_progress')
    await form.getByLabel('What has been done').fill('The survey has begun.')
    await form.getByRole('button', { name: 'Submit report' }).click()
    await expect(own).toContainText('reported: in progress')

    const line = row(secretariat, '. Measure 7', 'GHA').first()
    await line.getByRole('button', { name: /^Review the report/ }).click()
    expect(
      asked
        .filter((path) => path.includes('/follow-up/lines'))
        .every((path) => /recommendationId=|limit=1$/.test(path)),
    ).toBe(true)
    const dialog = secretariat.getByRole('dialog', { name: 'Review the report' })
    await expect(dialog).toContainText('The survey has begun.')
    expect(await faultsOf(secretariat)).toEqual([])
    await dialog.getByRole('button', { name: /^Validate/ }).click()
    await expect(dialog).toHaveCount(0)
    for (const one of [line, own]) await expect(one).toContainText('validated')
    await expect(own.getByRole('combobox')).toHaveValue('in_progress')
  })

  await test.step('the file has all rows that are chosen; on paper is what is loaded', async () => {
    await secretariat.getByLabel('Delegation').selectOption({ label: 'Ghana' })
    await expect(secretariat.getByText(/^\d+ rows$/)).toBeVisible()
    const rows = Number((await secretariat.getByText(/^\d+ rows$/).textContent())!.split(' ')[0])
    const [file] = await Promise.all([
      secretariat.waitForEvent('download'),
      secretariat.getByRole('button', { name: 'Download as CSV' }).click(),
    ])
    const text = await fs.readFile(await file.path(), 'utf8')
    expect(text.split('\r\n').filter((line) => /^R\d+-\d+,/.test(line))).toHaveLength(rows)
    await secretariat.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await secretariat.emulateMedia({ media: 'print' })
    await expect(drawn).toHaveCount(100)
    await expect(secretariat.getByText(/^Printed are the first 100 of/)).toBeVisible()
  })
})
