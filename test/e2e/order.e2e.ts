import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, openTexts, test } from '../support/e2e.js'

test.use({ forumOf: 'order' })

const statement = (page: Page, words: string | RegExp) => page.getByRole('article').filter({ hasText: words })
const composer = (page: Page) => page.getByLabel('Your statement')

async function say(page: Page, words: string) {
  await composer(page).fill(words)
  await composer(page).press('Control+Enter')
}

test('[ORDER-20] a flag reaches the queue, the statement is hidden with its reason, and a muted person is told', async ({
  as,
}) => {
  const [ghana, germany, chair] = (await Promise.all(['gha.head', 'deu.head', 'chair'].map((who) => as(who)))) as [
    Page,
    Page,
    Page,
  ]
  for (const page of [ghana, germany, chair]) await openSession(page)
  await say(germany, 'Our neighbours never keep their word.')
  await statement(ghana, 'never keep their word').getByRole('button', { name: 'Flag', exact: true }).click()
  const flag = ghana.getByRole('dialog', { name: 'Flag the statement' })
  await flag.getByLabel('Reason').fill('It accuses other delegations.')
  await flag.getByRole('button', { name: 'Flag', exact: true }).click()
  await expect(flag).toHaveCount(0)

  await chair.getByRole('link', { name: '2 to review' }).click()
  const queued = statement(chair, 'never keep their word')
  await expect(queued).toContainText('It accuses other delegations.')
  expect(await faultsOf(chair)).toEqual([])
  await queued.getByRole('button', { name: 'Mute', exact: true }).click()
  const mute = chair.getByRole('dialog', { name: /^Mute / })
  await mute.getByLabel('Reason').fill('Second warning.')
  await mute.getByRole('button', { name: 'Mute', exact: true }).click()
  await expect(chair.getByRole('button', { name: /^Let .* speak again$/ })).toBeVisible()
  await queued.getByRole('button', { name: 'Hide the statement' }).click()
  const hide = chair.getByRole('dialog', { name: 'Hide the statement' })
  await hide.getByLabel('Reason').fill('Remarks on other delegations are out of order.')
  await hide.getByRole('button', { name: 'Hide the statement' }).click()
  await expect(chair.getByRole('region', { name: /^Withheld/ })).toContainText('never keep their word')

  const hidden = statement(ghana, 'Remarks on other delegations are out of order.')
  await expect(hidden).toContainText('This statement is hidden')
  await expect(statement(ghana, 'never keep their word')).toHaveCount(0)
  await expect(germany.getByText('You can make no statements until')).toBeVisible()
  await expect(germany.getByText(/^Time left: 14:\d\d$/)).toBeVisible()
  await say(germany, 'But I must answer.')
  await expect(germany.getByRole('list', { name: 'Statements not yet made' })).toContainText('But I must answer.')

  await ghana.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await ghana.reload()
  await expect(ghana.getByText('هذا البيان مخفي')).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
})

test('[ORDER-21] under slow mode a second statement waits by itself and is made when it is possible', async ({
  as,
}) => {
  const [morocco, chair] = (await Promise.all(['mar.head', 'chair'].map((who) => as(who)))) as [Page, Page]
  for (const page of [morocco, chair]) await openSession(page)
  await chair.getByRole('button', { name: 'Order', exact: true }).click()
  const order = chair.getByRole('dialog', { name: 'Order' })
  await order.getByLabel('Seconds between two statements of a seat').fill('4')
  await order.getByRole('button', { name: 'Save' }).click()
  await expect(morocco.getByText('One statement every 4 seconds')).toBeVisible()
  await say(morocco, 'The first of two.')
  await say(morocco, 'The second of two.')
  const unsent = morocco.getByRole('list', { name: 'Statements not yet made' })
  await expect(unsent).toContainText('sent as soon as it is possible')
  await expect(statement(chair, 'The second of two.')).toBeVisible({ timeout: 15_000 })
  await expect(unsent).toHaveCount(0)
})

test('[ORDER-22] the facilitator forks two paragraphs, the invited write, and what changed is offered back as a proposal', async ({
  as,
}) => {
  const [facilitator, ghana, korea] = (await Promise.all(
    ['facilitator', 'gha.head', 'kor.head'].map((who) => as(who)),
  )) as [Page, Page, Page]
  const outcome = /^Draft outcome on digital/
  for (const page of [facilitator, ghana, korea]) {
    await openTexts(page)
  }
  await facilitator.getByRole('link', { name: outcome }).first().click()
  await facilitator.getByRole('button', { name: 'Convene informal consultations' }).click()
  const form = facilitator.getByRole('dialog', { name: 'Convene informal consultations' })
  await form.getByLabel('Title').fill('A quiet word on cooperatives')
  for (const name of [/Support cooperatives/, /Decide to review/, /GHA Ghana$/])
    await form.getByRole('checkbox', { name }).check()
  await form.getByRole('button', { name: 'Convene informal consultations' }).click()
  await expect(facilitator.getByRole('heading', { name: 'A quiet word on cooperatives' })).toBeVisible()
  expect(await faultsOf(facilitator)).toEqual([])

  await ghana.getByRole('link', { name: 'A quiet word on cooperatives' }).click()
  await expect(ghana.getByText('Without prejudice to the position of any delegation')).toBeVisible()
  const editor = ghana.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.getByText('Support cooperatives').click()
  await ghana.keyboard.press('Home')
  await ghana.keyboard.type('Warmly ')
  const theirs = facilitator.getByRole('textbox', { name: /^Text:/ })
  await expect(theirs).toContainText('Warmly')
  await expect(theirs).toContainText('[at the next round][in one year]')
  await expect(korea.getByRole('link', { name: outcome }).first()).toBeVisible()
  await expect(korea.getByRole('link', { name: 'A quiet word on cooperatives' })).toHaveCount(0)

  await facilitator.getByRole('button', { name: 'Offer back as proposals' }).click()
  const offer = facilitator.getByRole('dialog', { name: 'Offer back as proposals' })
  await offer.getByRole('button', { name: 'Offer back as proposals' }).click()
  await expect(offer).toHaveCount(0)
  await expect(facilitator.getByText(/^Closed on .* They became P4\.$/)).toBeVisible()
  await expect(editor).toHaveAttribute('contenteditable', 'false')
  await korea.getByRole('link', { name: outcome }).first().click()
  await korea.getByRole('button', { name: /^Compilation/ }).click()
  await expect(korea.getByText('INFORMAL').first()).toBeVisible()

  await ghana.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await ghana.reload()
  await expect(ghana.getByText('دون المساس بموقف أي وفد')).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
})
