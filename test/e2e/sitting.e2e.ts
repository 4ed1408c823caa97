import type { Page } from '@playwright/test'
import { apiOf, expect, openSession, test } from '../support/e2e.js'

/* A plenary to the second, and who may see what of it. */

test.use({ forumOf: 'sitting', clock: '2027-06-08T08:30:00Z' })

const block = (page: Page) => page.getByRole('region', { name: 'Speakers', exact: true })
const waiting = (page: Page) => block(page).getByRole('list', { name: 'List of speakers' }).getByRole('listitem')

/** Puts an item of its own on the agenda and calls it up: that takes the secretariat a minute, and is tested elsewhere. */
async function callUp(page: Page, title: string) {
  const { sent } = await apiOf(page)
  await openSession(page)
  const session = `/sessions/${/sessions\/([^/?]+)/.exec(page.url())![1]}`
  const { id: currentItemId } = await sent('post', `${session}/items`, { number: '9', title })
  const { revision } = await sent('get', session)
  await sent('patch', session, { currentItemId, revision })
}

test('[SCENE-5] the order is kept, 0:40 over are flagged, two replies follow the speakers and a third is refused', async ({
  as,
  forum,
}) => {
  test.setTimeout(180_000)
  const names = ['secretariat', 'chair', 'eth.head', 'mar.head', 'idn.head', 'deu.head', 'pak.head']
  const [secretariat, chair, ethiopia, morocco, indonesia, germany, pakistan] = (await Promise.all(
    names.map((who) => as(who)),
  )) as [Page, Page, Page, Page, Page, Page, Page]
  await callUp(secretariat, 'General debate')
  for (const page of [chair, ethiopia, morocco, indonesia, germany, pakistan]) {
    await openSession(page)
    await expect(page.getByRole('heading', { name: /General debate/ }).first()).toBeVisible()
  }
  const more = async (page: Page, request: RegExp) => {
    await block(page).getByText('Other requests').click()
    await block(page).getByRole('button', { name: request }).click()
  }
  for (const [page, place] of [
    [morocco, 'You are next · withdraw'],
    [indonesia, 'You are number 2 · withdraw'],
    [germany, 'You are number 3 · withdraw'],
  ] as const) {
    await block(page).getByRole('button', { name: 'Ask for the floor', exact: true }).click()
    await expect(block(page).getByRole('button', { name: place })).toBeVisible()
  }
  await more(ethiopia, /^Ask for the floor on behalf of .*[Ll]east/)
  await expect(block(ethiopia).getByRole('button', { name: 'You are next · withdraw' })).toBeVisible()
  await block(chair).getByText('Whole list, 4 waiting').click()
  for (const count of [5, 6]) {
    await more(pakistan, /right of reply/)
    await expect(waiting(chair)).toHaveCount(count)
  }
  await expect(waiting(chair)).toHaveText([
    /Ethiopia\s+on behalf of/,
    /Morocco/,
    /Indonesia/,
    /Germany/,
    /Pakistan.*Right of reply.*10:00/s,
    /Pakistan.*Right of reply.*5:00/s,
  ])
  await more(pakistan, /right of reply/)
  await expect(block(pakistan).getByRole('alert')).toBeVisible()
  await expect(waiting(chair)).toHaveCount(6)

  await forum.moveTo('2027-06-08T09:00:00Z')
  for (const speaker of ['Ethiopia', 'Morocco', 'Indonesia', 'Germany']) {
    await block(chair)
      .getByRole('button', { name: `Give the floor to ${speaker}` })
      .click()
    await expect(block(pakistan).locator('.current')).toContainText(speaker)
  }
  await forum.moveTo('2027-06-08T09:05:40Z')
  await block(chair).getByRole('button', { name: 'End the statement' }).click()
  await block(pakistan).getByText('Whole list, 2 waiting').click()
  await block(pakistan).getByText('4 have spoken').click()
  await expect(block(pakistan)).toContainText(/Germany.*5:40.*\+0:40/s)
  await block(chair).getByRole('button', { name: 'Give the floor to Pakistan' }).click()
  await expect(block(germany).getByRole('timer')).toContainText('/ 10:00')
})

test('[SCENE-24] who is removed loses all rights at once, in an open page too, and what she said stays', async ({
  as,
}) => {
  const [secretariat, adviser, korea] = (await Promise.all(
    ['secretariat', 'gha.adviser', 'kor.head'].map((who) => as(who)),
  )) as [Page, Page, Page]
  for (const page of [adviser, korea]) await openSession(page)
  await adviser.getByLabel('Your statement').fill('We will send the figures tonight.')
  await adviser.getByRole('button', { name: 'Make statement' }).click()
  const said = (page: Page) => page.getByRole('article').filter({ hasText: 'We will send the figures tonight.' })
  await expect(said(korea)).toContainText('Ghana')

  const { seatId } = await apiOf(adviser)
  await (await apiOf(secretariat)).sent('delete', `/seats/${seatId}`)
  // Nobody touches her page.
  await expect(adviser.getByText('You have no seat in a round')).toBeVisible()
  await expect(adviser.getByLabel('Your statement')).toHaveCount(0)
  const asked = await adviser.request.get('/api/notices', { headers: { 'x-seat': seatId } })
  expect(asked.status()).toBe(403)
  await korea.reload()
  await expect(said(korea)).toContainText('Ghana')
})
