import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { apiOf, expect, test } from '../support/e2e.js'

/* One country on one page, and the same figures for the forum, the country and the public. */

test.use({ forumOf: 'countries', clock: '2028-06-30T09:00:00Z' })

const figure = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Key figures' }).locator('dl > div').filter({ hasText: name })
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

const WANTED = [
  ...['implemented', 'implemented', 'partially_implemented', 'partially_implemented'],
  ...['in_progress', 'in_progress', 'in_progress', 'no_longer_applicable'],
]
type Rounds = Awaited<ReturnType<typeof apiOf>>

/** A fourth round in which ten recommendations are addressed to Ghana and nothing is left of those before it. */
async function fourthRound(secretariat: Page) {
  const third = await apiOf(secretariat)
  const { id: roundId } = await third.sent('post', '/rounds', {
    ...{ number: 4, title: 'Fourth round', place: 'Vienna', opens: '2028-06-28', closes: '2028-07-01' },
    ...{ symbolPrefix: 'MIPF.4', previousId: third.roundId },
  })
  const desk = await apiOf(secretariat)
  expect(desk.roundId).toBe(roundId)
  const { items } = (await desk.sent('get', `/rounds/${roundId}/carry-over`)) as unknown as { items: { id: string }[] }
  await desk.sent('post', `/rounds/${roundId}/carry-over`, {
    ...{ recommendationIds: items.map(({ id }) => id), act: 'closed', reason: 'Reviewed at the end of the cycle.' },
  })
  await desk.sent('patch', `/rounds/${roundId}`, { status: 'open', revision: 1 })
  const { delegations } = (await desk.sent('get', `/rounds/${roundId}`)) as unknown as {
    delegations: { id: string; code: string; revision: number }[]
  }
  const ghana = delegations.find(({ code }) => code === 'GHA')!
  await desk.sent('patch', `/delegations/${ghana.id}`, { credentials: 'accepted', revision: ghana.revision })
  return { desk, roundId, delegationId: ghana.id }
}

async function recommend(chair: Rounds, delegationId: string, no: number) {
  const dueOn = no === 7 || no === 10 ? '2028-05-31' : '2028-12-31'
  const made = await chair.sent('post', '/recommendations', {
    ...{ roundId: chair.roundId, language: 'en', force: 'voluntary', title: `Step ${no}`, action: 'Take it.' },
    ...{ owner: 'Ministry of Trade and Industry', measure: 'Done', dueOn, addresseeIds: [delegationId] },
  })
  await chair.sent('post', `/recommendations/${made.id}/adoption`, { revision: made.revision })
  return made.id
}

test('[SCENE-20] [SCENE-21] three of nine are implemented, two when evidence is withdrawn, on forum, country and public pages', async ({
  as,
  forum,
  chrome,
}, info) => {
  test.setTimeout(240_000)
  const secretariat = await as('secretariat')
  const { desk, roundId, delegationId } = await fourthRound(secretariat)
  const [chair, ghana, germany] = [await as('chair'), await as('gha.head'), await as('deu.head')]
  const [chairApi, ghanaApi] = [await apiOf(chair), await apiOf(ghana)]
  const ids: string[] = []
  for (let no = 1; no <= 10; no++) ids.push(await recommend(chairApi, delegationId, no))
  for (const id of ids) await ghanaApi.sent('put', `/recommendations/${id}/response`, { response: 'supported' })
  for (const [i, proposedStatus] of WANTED.entries()) {
    const report = await ghanaApi.sent('post', '/reports', {
      ...{ recommendationId: ids[i], narrative: 'As it stands.', language: 'en', proposedStatus },
      ...{ evidenceUrl: 'https://example.org/note', evidenceTitle: 'Note' },
    })
    await desk.sent('post', `/reports/${report.id}/review`, { verdict: 'validated', revision: report.revision })
  }

  await secretariat.evaluate(() => localStorage.removeItem('multilogue.seat'))
  await secretariat.goto('/follow-up')
  await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
  await germany.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Countries' }).click()
  await germany.getByRole('link', { name: 'Ghana', exact: true }).click()
  await expect(germany.getByRole('heading', { level: 1, name: 'Ghana' })).toBeVisible()
  const publicCountry = `/public/rounds/${roundId}/countries/GHA`
  const report = (page: Page) => page.locator('[id^="r-"]').filter({ hasText: 'The single desk is open' })
  let minute = 0
  /** Public answers are kept for half a minute, by the server and by the browser: this is somebody who comes later. */
  const reading = async (path: string, look: (page: Page) => Promise<void>) => {
    await forum.moveTo(`2028-06-30T09:${String(++minute).padStart(2, '0')}:00Z`)
    const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(path)
    await look(page)
    await context.close()
  }
  const figuresAre = async (page: Page, implemented: string, triggered: string) => {
    await expect(figure(page, 'Implemented and validated')).toContainText(implemented)
    await expect(figure(page, 'Action triggered')).toContainText(triggered)
    await expect(figure(page, 'overdue').locator('.figure')).toHaveText('2')
  }
  const standsAt = async (implemented: string, triggered: string) => {
    for (const page of [secretariat, ghana, germany]) await figuresAre(page, implemented, triggered)
    for (const path of [publicCountry, `/public/rounds/${roundId}`])
      await reading(path, (page) => figuresAre(page, implemented, triggered))
  }
  await standsAt('22% 2 of 9', '78% 7 of 9')

  await test.step('Ghana names a focal point, and reports; the secretariat validates', async () => {
    await ghana.getByRole('link', { name: 'Page of Ghana' }).click()
    await ghana.getByRole('button', { name: 'Name a focal point' }).click()
    const naming = ghana.getByRole('dialog', { name: 'Name a focal point' })
    await naming.getByLabel('Person').selectOption({ label: 'Kofi Mensah (adviser)' })
    await naming.getByLabel('Topic').fill('Single desk')
    expect(await faultsOf(ghana)).toEqual([])
    await naming.getByRole('button', { name: 'Name a focal point' }).press('Enter')
    await expect(
      germany
        .getByRole('region', { name: /^Focal points/ })
        .getByRole('listitem')
        .filter({ hasText: 'Single desk' }),
    ).toContainText('Kofi Mensah')
    await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
    await ghana.getByRole('link', { name: 'Report progress on Step 9' }).click()
    const form = ghana.getByRole('dialog')
    await form.getByLabel('What has been done', { exact: true }).fill('The single desk is open in three towns.')
    await form.getByLabel('Status', { exact: true }).selectOption({ label: 'implemented' })
    await form.getByLabel('Link to evidence').fill('https://example.org/decree')
    await form.getByRole('button', { name: 'Submit report' }).click()
    await report(secretariat)
      .getByRole('button', { name: /^Validate/ })
      .click()
    await standsAt('33% 3 of 9', '89% 8 of 9')
  })

  await test.step('the evidence is withdrawn, and the focal point is told; it is put back', async () => {
    await report(ghana)
      .getByRole('button', { name: /^Withdraw the evidence/ })
      .click()
    const dialog = ghana.getByRole('dialog', { name: 'Withdraw the evidence' })
    await dialog.getByLabel('Reason').fill('The decree is of another ministry.')
    await dialog.getByRole('button', { name: 'Withdraw the evidence' }).click()
    await standsAt('22% 2 of 9', '89% 8 of 9')
    const adviser = await as('gha.adviser')
    await adviser.goto('/notices')
    await expect(adviser.getByText('Step 9').first()).toBeVisible()
    await report(secretariat)
      .getByRole('button', { name: /^Put the evidence back/ })
      .click()
    await secretariat.getByRole('dialog').getByRole('button', { name: 'Put the evidence back' }).click()
    await standsAt('33% 3 of 9', '89% 8 of 9')
  })

  await test.step('the pages hold in dark, in Arabic, on a phone and on paper', async () => {
    await germany.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Countries' }).click()
    const row = germany.getByRole('row', { name: /^GHA Ghana/ })
    await expect(row).toContainText('33%')
    await germany.getByRole('button', { name: 'overdue' }).click()
    await expect(germany.getByRole('row').nth(1)).toContainText('Ghana')
    expect(await faultsOf(germany)).toEqual([])
    await reading(publicCountry, async (page) => {
      await expect(page.getByRole('heading', { level: 1, name: 'Ghana' })).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
    })
    await secretariat.goto('/countries/GHA')
    await expect(secretariat.getByRole('heading', { level: 1, name: 'Ghana' })).toBeVisible()
    expect(await faultsOf(secretariat)).toEqual([])
    await secretariat.emulateMedia({ media: 'print' })
    await expect(secretariat.getByRole('button', { name: 'Print' })).toBeHidden()
    await secretariat.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    expect(await faultsOf(secretariat, 'colours')).toEqual([])
    await secretariat.getByLabel('Language').selectOption('ar')
    await secretariat.setViewportSize({ width: 390, height: 844 })
    await expect(secretariat.getByRole('heading', { name: /^التوصيات الموجهة إليه/ })).toBeVisible()
    expect(await faultsOf(secretariat)).toEqual([])
    expect(await overflow(secretariat)).toBeLessThanOrEqual(0)
    await secretariat.screenshot({ path: info.outputPath('country-ar.png'), fullPage: true })
    await secretariat.goto('/countries')
    await expect(secretariat.getByRole('table')).toBeVisible()
    expect(await overflow(secretariat)).toBeLessThanOrEqual(0)
  })
})
