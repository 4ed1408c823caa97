import type { Page } from '@playwright/test'
import { expect, openSession, test } from '../support/e2e.js'

/* Delegations register, and one of them brings its credentials late. */

test.use({ forumOf: 'registration' })

const openRound = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()

test('[SCENE-2] twelve members, three observers and two stakeholders; Ethiopia is provisional, speaks and tables text', async ({
  as,
}) => {
  test.setTimeout(120_000)
  const [secretariat, ethiopia, germany] = [await as('secretariat'), await as('eth.head'), await as('deu.head')]
  await openRound(secretariat)
  for (const [kind, count] of [
    ['Members', 12],
    ['Observers', 3],
    ['Stakeholders', 2],
  ] as const)
    await expect(secretariat.getByRole('table', { name: new RegExp(`^${kind}`) }).getByRole('rowheader')).toHaveCount(
      count,
    )
  const credentials = secretariat.getByLabel('Credentials: Ethiopia')
  await expect(credentials).toHaveValue('provisional')
  await openSession(ethiopia)
  await openRound(germany)
  await expect(germany.getByRole('row', { name: /^ETH Ethiopia/ })).toContainText('provisional')
  await expect(ethiopia.getByRole('banner')).toContainText('provisional')
  await ethiopia.getByLabel('Your statement').fill('Our letter of credentials is on its way.')
  await ethiopia.getByRole('button', { name: 'Make statement' }).click()
  await openSession(germany)
  await expect(germany.getByText('Our letter of credentials is on its way.')).toBeVisible()

  for (const page of [ethiopia, germany]) {
    await page.goto('/documents')
    await page
      .getByRole('link', { name: /^Draft outcome/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Rolling text', exact: true }).click()
  }
  await ethiopia.getByRole('button', { name: 'Paragraph 2: proposals and status' }).click()
  await ethiopia.getByRole('group', { name: 'Paragraph 2', exact: true }).getByText('More', { exact: true }).click()
  await ethiopia.getByRole('button', { name: 'Propose to delete', exact: true }).click()
  await ethiopia.getByRole('button', { name: 'Table', exact: true }).click()
  await germany.getByRole('button', { name: 'Paragraph 2: proposals and status' }).click()
  await expect(
    germany.getByRole('group', { name: 'Paragraph 2', exact: true }).getByText('ETH', { exact: true }).first(),
  ).toBeVisible()

  await credentials.selectOption('accepted')
  await expect(ethiopia.getByRole('banner')).not.toContainText('provisional')
})
