import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { apiOf, expect, listening, openSession, test } from '../support/e2e.js'

test.use({ forumOf: 'decisions' })

const NEXT_ROUND = /Place and dates of the fourth round/
const strip = (page: Page) => page.getByRole('region', { name: 'Decisions that are open' })
const open = (page: Page, name: RegExp) => strip(page).getByRole('article', { name })

test('[DEC-30] silence is broken, consensus objected to and a vote taken, each by keyboard and read out', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const [chair, ghana, korea, secretariat] = (await Promise.all(
    ['chair', 'gha.head', 'kor.head', 'secretariat'].map((who) => as(who)),
  )) as [Page, Page, Page, Page]
  const { roundId, sent } = await apiOf(secretariat)
  const round = await sent('get', `/rounds/${roundId}`)
  const rules = { ...round.rules, objectionSeconds: 0, decision: 'vote', quorum: 'none' }
  await sent('patch', `/rounds/${roundId}/rules`, { rules, revision: round.revision })
  await expect(ghana.getByRole('link', { name: /Silence is running/ })).toContainText('until')
  for (const page of [chair, ghana, korea]) await openSession(page)

  const heard = await listening(ghana)

  // Silence: which paragraph is told to all, whose break it was to the chair.
  const silence = open(ghana, NEXT_ROUND)
  await expect(silence.getByRole('timer')).toHaveText(/^\d+ days? \d\d:\d\d:\d\d$/)
  await silence.getByRole('button', { name: 'Break silence' }).focus()
  await ghana.keyboard.press('Enter')
  const dialog = ghana.getByRole('dialog', { name: 'Break silence' })
  await dialog.getByRole('checkbox', { name: /^1 / }).focus()
  await ghana.keyboard.press('Space')
  await dialog.getByLabel('Reason').fill('October is the month of our budget.')
  await dialog.getByRole('button', { name: 'Break silence' }).focus()
  await ghana.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect.poll(heard).toContain('Silence is broken.')
  await expect(open(korea, NEXT_ROUND)).toContainText('silence broken')
  await open(korea, NEXT_ROUND).getByRole('link', { name: NEXT_ROUND }).click()
  const breaks = korea.getByRole('region', { name: /^Breaks of silence/ })
  await expect(breaks).toContainText('A delegation; its name is not released')
  await expect(breaks).not.toContainText('Ghana')
  await open(chair, NEXT_ROUND).getByRole('button', { name: 'Release the names' }).click()
  await expect(breaks).toContainText('October is the month of our budget.')
  await korea.goBack()

  // Consensus: one button, and the chair is told why the gavel does not fall.
  const ask = async (method: string) => {
    await strip(chair).getByRole('button', { name: 'Ask for a decision' }).click()
    const form = chair.getByRole('dialog', { name: 'Ask for a decision' })
    await form.getByLabel('How it is decided').selectOption(method)
    await form.getByLabel('Text', { exact: true }).selectOption({ label: 'Place and dates of the fourth round' })
    await expect(form.getByLabel('Revision or paragraph')).not.toHaveValue('')
    await form.getByRole('button', { name: 'Ask for a decision' }).click()
    await expect(form).toHaveCount(0)
  }
  await ask('consensus')
  const object = strip(ghana).getByRole('button', { name: 'Object', exact: true })
  await object.focus()
  await ghana.keyboard.press('Enter')
  await expect.poll(heard).toContain('Your objection is recorded.')
  await expect(strip(chair).getByRole('article').filter({ hasText: 'Consensus' })).toContainText('objection')
  // Why can be said afterwards.
  const stopped = strip(ghana).getByRole('article').filter({ hasText: 'Consensus' })
  await stopped.getByRole('link', { name: NEXT_ROUND }).click()
  await ghana.getByRole('button', { name: 'Give a reason' }).click()
  const why = ghana.getByRole('dialog', { name: 'Give a reason' })
  await why.getByLabel('Reason').fill('We wait for our parliament.')
  await why.getByRole('button', { name: 'Give a reason' }).click()
  await expect(why).toHaveCount(0)
  await expect(ghana.getByRole('region', { name: /^Objections/ })).toContainText('We wait for our parliament.')
  await ghana.goBack()

  await ask('vote')
  for (const [page, choice] of [
    [ghana, 'No'],
    [korea, 'Yes'],
  ] as const) {
    const vote = strip(page).getByRole('group', { name: 'Vote of your delegation' })
    await vote.getByRole('button', { name: choice, exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(vote.getByRole('button', { name: choice, exact: true })).toHaveAttribute('aria-pressed', 'true')
  }
  await expect.poll(heard).toContain('Your vote is recorded.')
  await strip(ghana)
    .getByRole('group', { name: 'Vote of your delegation' })
    .getByRole('button', { name: 'Yes' })
    .click()
  const counted = open(chair, NEXT_ROUND).filter({ hasText: 'have voted' })
  await expect(counted).toContainText('2 of 12 members have voted')
  await counted.getByRole('button', { name: 'Close the vote' }).focus()
  await chair.keyboard.press('Enter')
  await expect(counted).toContainText('adopted by vote')
  await counted.getByRole('link', { name: NEXT_ROUND }).click()
  await expect(chair.getByRole('region', { name: 'Result' })).toContainText('Adopted.')
  await chair.getByRole('link', { name: 'Letter of confirmation' }).click()
  await expect(chair.getByRole('article')).toContainText('adopted by vote')
})

test('[DEC-31] the pages of decisions have no faults, light, dark and in Arabic', async ({ as }) => {
  test.setTimeout(180_000)
  const page = await as('mar.head')
  await page.goto('/')
  const { roundId } = await apiOf(page)
  await page.goto(`/rounds/${roundId}`)
  const reserved = page.getByRole('listitem').filter({ hasText: 'adopted by consensus' }).getByRole('link')
  await reserved.click()
  await expect(page.getByRole('region', { name: /^Positions on record/ })).toContainText('Indonesia')
  await expect(page.getByText('with a reservation: not agreed language')).toHaveCount(1)
  expect(await faultsOf(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(page, 'colours')).toEqual([])
  await page.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await page.reload()
  await expect(page.getByText('اعتُمد بتوافق الآراء').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'رسالة تأكيد' }).click()
  await expect(page.getByRole('article')).toContainText('MIPF.3/Dec.1')
  expect(await faultsOf(page)).toEqual([])
})
