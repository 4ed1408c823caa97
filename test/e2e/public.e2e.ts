import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

/* What everybody may read without signing in, and that nothing else is to be had. */

test.use({ forumOf: 'public' })

// The first to ask for the round: public answers are kept for half a minute.
test('[PUBLIC-6] whoever reads many recommendations asks for further ones', async ({ as, forum, chrome }) => {
  const [facilitator, chair] = [await as('facilitator'), await as('chair')]
  const me = (await (await chair.request.get('/api/me')).json()) as { seats: { roundId: string }[] }
  const { roundId } = me.seats[0]!
  const { delegations } = (await (await chair.request.get(`/api/rounds/${roundId}`)).json()) as {
    delegations: { id: string; code: string }[]
  }
  const addressee = delegations.find(({ code }) => code === 'KOR')!.id
  const send = async (page: Page, route: string, data: object) => {
    const answer = await page.request.post(`/api${route}`, { headers: { 'idempotency-key': randomUUID() }, data })
    expect(answer.ok()).toBe(true)
    return (await answer.json()) as { id: string; revision: number }
  }
  for (let i = 0; i < 50; i++) {
    const { id, revision } = await send(facilitator, '/recommendations', {
      ...{ roundId, title: `Number ${i}`, action: 'Act.', owner: 'A ministry', measure: 'One', dueOn: '2028-12-31' },
      ...{ language: 'en', force: 'voluntary', addresseeIds: [addressee] },
    })
    await send(chair, `/recommendations/${id}/adoption`, { revision })
  }
  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(`/public/rounds/${roundId}`)
  const panel = page.getByRole('region', { name: /^Recommendations/ })
  const counted = Number(/\d+/.exec(await panel.getByRole('heading', { level: 2 }).innerText())![0])
  const shown = panel.getByRole('heading', { level: 3 })
  await expect(shown).toHaveCount(50)
  const further = panel.getByRole('button', { name: 'Show further recommendations' })
  await context.setOffline(true)
  await further.click()
  await expect(panel.getByRole('alert')).toBeVisible()
  await context.setOffline(false)
  await further.click()
  await expect(further).toHaveCount(0)
  await expect(shown).toHaveCount(counted)
  expect(await faultsOf(page)).toEqual([])
  await context.close()
})

test('[SCENE-24] the public reads documents of general distribution and how far what was adopted is, and nothing else', async ({
  as,
  forum,
  chrome,
}) => {
  test.setTimeout(180_000)
  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Read what was adopted' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'What was adopted' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'Multilateral Industrial Policy Forum, third round' }).click()
  const documents = page.getByRole('region', { name: /^Documents/ })
  await expect(documents.getByRole('link', { name: 'MIPF.3/1', exact: true })).toBeVisible()
  await expect(documents.getByRole('link', { name: /\/L\./ })).toHaveCount(0)
  expect(await faultsOf(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(page, 'colours')).toEqual([])

  // The same figures as the delegations see.
  const figures = (of: typeof page) =>
    of.getByRole('region', { name: 'Key figures' }).locator('.figure').allInnerTexts()
  const ghana = await as('gha.head')
  await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
  await expect(ghana.getByRole('region', { name: 'Key figures' })).toBeVisible()
  expect(await figures(page)).toEqual(await figures(ghana))

  await documents
    .getByRole('link', { name: /\/Dec\./ })
    .first()
    .click()
  const paper = page.getByRole('article')
  await expect(paper).toContainText('Positions on record')
  expect(await faultsOf(page)).toEqual([])
  await page.reload()
  await expect(paper).toContainText(/MIPF\.3\/Dec\.\d/)

  await page.getByLabel('Language').selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/public')
  await page.getByRole('link', { name: 'Multilateral Industrial Policy Forum, third round' }).click()
  await expect(page.getByRole('heading', { name: /^الوثائق/ })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)

  // Everything else asks to sign in, and what is issued for the round alone is not there.
  const texts = (await (await ghana.request.get('/api/me')).json()) as { seats: { roundId: string }[] }
  const roundId = texts.seats[0]!.roundId
  for (const path of [`/rounds/${roundId}`, `/documents?roundId=${roundId}`, `/recommendations?roundId=${roundId}`])
    expect((await page.request.get(`/api${path}`)).status()).toBe(401)
  const all = (await (await ghana.request.get(`/api/documents?roundId=${roundId}`)).json()) as { id: string }[]
  const issuedOf = async ({ id }: { id: string }) => {
    const answer = await ghana.request.get(`/api/documents/${id}/negotiation`)
    return ((await answer.json()) as { issued?: { id: string; distribution: string }[] }).issued ?? []
  }
  const issued = (await Promise.all(all.map(issuedOf))).flat()
  const limited = issued.filter(({ distribution }) => distribution !== 'general')
  expect(limited.length).toBeGreaterThan(0)
  for (const { id } of limited) expect((await page.request.get(`/api/public/documents/${id}`)).status()).toBe(404)
  await page.goto('/follow-up')
  await expect(page).toHaveURL(/\/sign-in/)
  await context.close()
})
