import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { apiOf, expect, test } from '../support/e2e.js'

/* A round ends, the next one looks back at it. */

test.use({ forumOf: 'rounds' })

const STANDING = [
  ...(['implemented', 'implemented', 'implemented', 'partially_implemented', 'partially_implemented'] as const),
  ...(['in_progress', 'in_progress', 'in_progress', 'not_started', 'no_longer_applicable'] as const),
]
const nameOf = (at: number) => `Measure ${at + 1} of Ghana`

/** Ten recommendations to Ghana of the round that goes on, and how far Ghana has proven to be with each. */
async function tenFollowedUp({ chair, secretariat, ghana }: Record<'chair' | 'secretariat' | 'ghana', Page>) {
  const [podium, office, country] = [await apiOf(chair), await apiOf(secretariat), await apiOf(ghana)]
  const { seats } = (await (await ghana.request.get('/api/me')).json()) as { seats: { delegationId: string }[] }
  for (const [at, proposedStatus] of STANDING.entries()) {
    const made = await podium.sent('post', '/recommendations', {
      ...{ roundId: office.roundId, language: 'en', title: nameOf(at), action: 'Do it.', measure: 'It is done.' },
      ...{ owner: 'Ministry of Trade', dueOn: '2030-12-31', force: 'agreed_commitment', sdgTargets: ['9.2'] },
      ...{ rationale: 'It was said in the dialogue.', addresseeIds: [seats[0]!.delegationId] },
    })
    await podium.sent('post', `/recommendations/${made.id}/adoption`, { revision: made.revision })
    if (proposedStatus === 'not_started') continue
    const { id, revision } = await country.sent('post', '/reports', {
      ...{ recommendationId: made.id, narrative: 'As it stands.', language: 'en', proposedStatus },
      ...{ evidenceUrl: 'https://example.org/note' },
    })
    await office.sent('post', `/reports/${id}/review`, { verdict: 'validated', note: '', revision })
  }
}

const openRound = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible()
}
const moveTo = (page: Page, status: string) => page.getByRole('button', { name: `Move to: ${status}` }).click()

test('[RREP-10] the round reports on itself beside the one before it, and its report becomes a text in one act', async ({
  as,
}) => {
  test.setTimeout(120_000)
  const [chair, ghana] = [await as('chair'), await as('gha.head')]
  for (const page of [chair, ghana]) {
    await openRound(page)
    await page.getByRole('link', { name: 'Report of the round' }).click()
  }
  const table = ghana.getByRole('table', { name: 'Round by round' })
  await expect(
    table
      .getByRole('row', { name: /^Round 2/ })
      .getByRole('cell')
      .first(),
  ).toHaveText('3')
  await expect(table.getByRole('row', { name: /^Round 3/ })).toContainText('carried over: ')
  await expect(ghana.getByText('The report is not written yet.')).toBeVisible()
  await expect(ghana.getByRole('button', { name: 'Write the report' })).toHaveCount(0)
  expect(await faultsOf(ghana)).toEqual([])
  const given = ghana.waitForEvent('download')
  await ghana.getByRole('button', { name: 'CSV' }).click()
  expect((await given).suggestedFilename()).toBe('rounds-3.csv')

  await chair.getByRole('button', { name: 'Write the report' }).click()
  const text = chair.getByRole('textbox', { name: /^Text:/ })
  await expect(text).toContainText('Round by round')
  await expect(text).toContainText(/implemented and validated: \d+ of \d+/)
  await expect(ghana.getByText('Everything that happened is in it, or was taken out.')).toBeVisible()

  await ghana.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(ghana, 'colours')).toEqual([])
  await ghana.getByLabel('Language').selectOption('ar')
  await ghana.setViewportSize({ width: 390, height: 844 })
  await expect(ghana.getByRole('heading', { level: 1, name: 'تقرير الجولة' })).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
  const overflow = () => ghana.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})

test('[SCENE-22] the fourth round takes up six of ten, and Ghana is reviewed with Colombia as discussant, then and now', async ({
  as,
}) => {
  test.setTimeout(240_000)
  const [secretariat, ghana, colombia] = [await as('secretariat'), await as('gha.head'), await as('col.head')]
  await tenFollowedUp({ chair: await as('chair'), secretariat, ghana })
  await openRound(secretariat)
  for (const status of ['adopted', 'in follow-up', 'under review', 'closed']) await moveTo(secretariat, status)
  await expect(secretariat.getByRole('button', { name: /^Move to:/ })).toHaveCount(0)

  await secretariat.getByRole('button', { name: 'Plan the next round' }).click()
  const plan = secretariat.getByRole('dialog', { name: 'Plan the next round' })
  await plan.getByLabel('Title').fill('Fourth round')
  await plan.getByLabel('Opens').fill('2028-06-05')
  await plan.getByLabel('Closes').fill('2028-06-07')
  await plan.getByRole('button', { name: 'Plan the round' }).click()
  await expect(secretariat.getByRole('heading', { name: 'Fourth round', level: 1 })).toBeVisible()
  for (const name of ['Ghana', 'Colombia'])
    await secretariat.getByLabel(`Credentials: ${name}`).selectOption({ label: 'accepted' })
  await moveTo(secretariat, 'open')
  await expect(secretariat.getByRole('button', { name: 'Move to: in session' })).toBeVisible()

  await secretariat.getByRole('link', { name: 'Matters arising from earlier rounds' }).click()
  const ofGhana = secretariat.getByRole('listitem').filter({ hasText: /Measure \d+ of Ghana/ })
  await expect(ofGhana).toHaveCount(10)
  await expect(ofGhana.filter({ hasText: 'Nothing is left to be done.' })).toHaveCount(4)
  for (const at of [3, 4, 5, 6, 7, 8])
    await secretariat.getByRole('checkbox', { name: new RegExp(`${nameOf(at)}$`) }).check()
  const acts = secretariat.getByRole('toolbar', { name: 'What becomes of the chosen ones' })
  await expect(acts).toContainText('6 chosen')
  await acts.getByRole('button', { name: 'Carry over' }).click()
  await expect(ofGhana.filter({ hasText: 'carried over' })).toHaveCount(6)
  await expect(secretariat.locator('dl > div').first()).toHaveText(/carried over\s*6/)

  // What has been in progress is proven to be done now.
  await ghana.reload()
  await ghana.getByLabel('Acting as').selectOption({ label: 'Ghana, head of delegation – Fourth round' })
  const [office, country] = [await apiOf(secretariat), await apiOf(ghana)]
  const all = await secretariat.request.get(`/api/recommendations?roundId=${office.roundId}`, {
    headers: { 'x-seat': office.seatId },
  })
  const found = ((await all.json()) as { id: string; title: string }[]).find(({ title }) => title === nameOf(5))!
  const { id, revision } = await country.sent('post', '/reports', {
    ...{ recommendationId: found.id, narrative: 'It is done.', language: 'en', proposedStatus: 'implemented' },
    ...{ evidenceUrl: 'https://example.org/done' },
  })
  await office.sent('post', `/reports/${id}/review`, { verdict: 'validated', note: '', revision })

  await openRound(secretariat)
  await secretariat.getByRole('button', { name: 'Schedule a session' }).click()
  const form = secretariat.getByRole('dialog', { name: 'Schedule a session' })
  await form.getByLabel('Title').fill('Ghana again')
  await form.getByLabel('Starts').fill('2028-06-05T10:00')
  await form.getByLabel('Ends').fill('2028-06-05T12:00')
  await form.getByLabel('Venue').fill('Boardroom D')
  await form.getByRole('button', { name: 'Schedule a session' }).click()
  await secretariat.getByRole('link', { name: /^Ghana again/ }).click()
  await secretariat.getByRole('button', { name: 'Prepare a review' }).click()
  const review = secretariat.getByRole('dialog', { name: 'Prepare a review' })
  await review.getByLabel('Country under review').selectOption({ label: 'Ghana' })
  await review.getByLabel('Discussant').selectOption({ label: 'Colombia' })
  await review.getByLabel('Questions of the self-assessment').fill('What has changed since the third round?')
  await review.getByRole('button', { name: 'Prepare a review' }).click()
  await secretariat.getByRole('link', { name: 'Review of Ghana' }).click()
  await expect(secretariat.getByRole('table', { name: 'What became of earlier recommendations' })).toBeVisible()

  const rowOn = (page: Page, at: number) => page.getByRole('row').filter({ hasText: new RegExp(`${nameOf(at)}\\b`) })
  for (const [at, then, now] of [
    [5, /^\W*in progress\s+validated\s*$/, /^\W*implemented\s+validated\W+moved forward\s*$/],
    [3, /partially implemented\s+validated\s*$/, /partially implemented\s+validated\W+no change\s*$/],
    [8, /not started\s+no report\s*$/, /not started\s+no report\W+no change\s*$/],
  ] as const) {
    const cells = rowOn(secretariat, at).getByRole('cell')
    await expect(cells.nth(0)).toHaveText(then)
    await expect(cells.nth(1)).toHaveText(now)
  }

  await colombia.reload()
  await colombia.getByLabel('Acting as').selectOption({ label: 'Colombia, head of delegation – Fourth round' })
  await colombia.goto(new URL(secretariat.url()).pathname)
  for (const [page, impact, words] of [
    [secretariat, 'limited', 'Seen on the spot.'],
    [colombia, 'substantial', 'We copy it.'],
  ] as const) {
    await rowOn(page, 5)
      .getByRole('button', { name: /^Assess / })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How far it is').selectOption({ label: 'implemented' })
    await dialog.getByLabel('Impact').selectOption({ label: impact })
    await dialog.getByLabel('What has changed, and why').fill(words)
    await dialog.getByRole('button', { name: 'Assess', exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }
  for (const page of [secretariat, colombia]) {
    const row = rowOn(page, 5)
    await expect(row).toContainText('impact: limited')
    await expect(row).toContainText('impact: substantial')
    await expect(row).toContainText('Colombia')
  }
  expect(await faultsOf(colombia)).toEqual([])

  const given = secretariat.waitForEvent('download')
  await secretariat.getByRole('button', { name: 'CSV' }).click()
  expect((await given).suggestedFilename()).toBe('change-table-GHA.csv')
})
