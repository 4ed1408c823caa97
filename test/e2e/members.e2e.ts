import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, test } from '../support/e2e.js'
import { Forum } from '../support/forum.js'

/* How people come to an account, a seat and a round, and lose them. */

test.use({ forumOf: 'members' })

const PASSWORD = 'four plain words here'
const openRound = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()

async function choosePassword(page: Page, link: string) {
  await page.goto(new URL(link).pathname)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Choose a password' }).click()
}

test('[MEMBERS-10] the secretariat gives a seat and hands over the link; its holder speaks, until the seat ends', async ({
  as,
  forum,
  chrome,
}) => {
  test.setTimeout(180_000)
  const secretariat = await as('secretariat')
  await openRound(secretariat)
  await secretariat.getByRole('button', { name: 'Change: Ghana' }).focus()
  await secretariat.keyboard.press('Enter')
  const dialog = secretariat.getByRole('dialog', { name: 'Ghana' })
  await dialog.getByLabel('Full name').fill('Yaw Boateng')
  await dialog.getByLabel('E-mail address').fill('yaw@example.org')
  await dialog.getByLabel('Role').selectOption('expert')
  await dialog.getByRole('button', { name: 'Give a seat' }).click()
  const link = await dialog.getByLabel('Link for Yaw Boateng').inputValue()
  const row = dialog.getByRole('listitem').filter({ hasText: 'Yaw Boateng' })
  await expect(row).toContainText('has not signed in yet')
  expect(await faultsOf(secretariat)).toEqual([])

  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' })
  const yaw = await context.newPage()
  await yaw.goto(new URL(link).pathname)
  await expect(yaw.getByRole('heading', { name: 'Welcome, Yaw Boateng' })).toBeVisible()
  expect(await faultsOf(yaw)).toEqual([])
  await yaw.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(yaw, 'colours')).toEqual([])
  await choosePassword(yaw, link)
  await expect(yaw.getByRole('heading', { name: 'What is asked of us' })).toBeVisible()
  await expect(row).not.toContainText('has not signed in yet')
  await openSession(yaw)
  await expect(yaw.getByLabel('Your statement')).toBeVisible()

  await row.getByRole('button', { name: 'End the seat' }).click()
  await dialog
    .getByRole('group', { name: 'End the seat of Yaw Boateng' })
    .getByRole('button', { name: 'End the seat' })
    .click()
  await expect(row).toHaveCount(0)
  await expect(yaw.getByText('You have no seat in a round')).toBeVisible()
  await yaw.goto(new URL(link).pathname)
  await expect(yaw.getByText('This link was used, replaced or has expired')).toBeVisible()
  await yaw.getByRole('link', { name: 'Send me a link' }).click()
  await yaw.getByLabel('E-mail address').fill('yaw@example.org')
  expect(await faultsOf(yaw)).toEqual([])
  await yaw.getByRole('button', { name: 'Send me a link' }).click()
  await expect(yaw.getByText('If there is an account with this address')).toBeVisible()
  await context.close()

  await secretariat.keyboard.press('Escape')
  await secretariat.getByLabel('Language').selectOption('ar')
  await secretariat.setViewportSize({ width: 390, height: 844 })
  await secretariat.getByRole('button', { name: 'تغيير: Ghana' }).click()
  expect(await faultsOf(secretariat)).toEqual([])
  const overflow = () => secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})

test('[MEMBERS-11] a head brings in advisers of the own delegation, and sees no address of another', async ({ as }) => {
  const ghana = await as('gha.head')
  await openRound(ghana)
  await expect(ghana.getByRole('button', { name: /^Change: / })).toHaveCount(1)
  await ghana.getByRole('button', { name: 'Change: Ghana' }).click()
  const dialog = ghana.getByRole('dialog', { name: 'Ghana' })
  await expect(dialog.getByLabel('Role').getByRole('option')).toHaveText(['alternate', 'adviser', 'expert'])
  await dialog.getByLabel('Full name').fill('Efua Sackey')
  await dialog.getByLabel('E-mail address').fill('efua@example.org')
  await dialog.getByRole('button', { name: 'Give a seat' }).click()
  await expect(dialog.getByText('Efua Sackey has an account, or asks the secretariat for a link.')).toBeVisible()
  await expect(ghana.getByRole('button', { name: 'Plan the next round' })).toHaveCount(0)
})

test('[SCENE-3] the next round is planned and its agenda issued; a session moves by an hour, in the calendar too', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const page = await as('secretariat')
  await openRound(page)
  await page.getByRole('button', { name: 'Plan the next round' }).click()
  const plan = page.getByRole('dialog', { name: 'Plan the next round' })
  await expect(plan.getByLabel('Number')).toHaveValue('4')
  await expect(plan.getByLabel('Prefix of symbols')).toHaveValue('MIPF.4')
  await plan.getByLabel('Title').fill('Fourth round')
  await plan.getByLabel('Opens').fill('2028-06-05')
  await plan.getByLabel('Closes').fill('2028-06-07')
  await plan.getByRole('button', { name: 'Plan the round' }).click()
  await expect(page.getByRole('heading', { name: 'Fourth round', level: 1 })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('planned')
  await expect(page.getByRole('table', { name: /^Members/ }).getByRole('row')).toHaveCount(13)

  for (const [title, day] of [
    ['Opening plenary', '05'],
    ['Dialogue', '06'],
    ['Solution clinic', '06'],
    ['Closing plenary', '07'],
  ] as const) {
    await page.getByRole('button', { name: 'Schedule a session' }).click()
    const form = page.getByRole('dialog', { name: 'Schedule a session' })
    await form.getByLabel('Title').fill(title)
    await form.getByLabel('Starts').fill(`2028-06-${day}T10:00`)
    await form.getByLabel('Ends').fill(`2028-06-${day}T12:00`)
    await form.getByLabel('Venue').fill('Boardroom D')
    await form.getByRole('button', { name: 'Schedule a session' }).click()
    await expect(form).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Issue the agenda' }).click()
  await expect(page.getByRole('link', { name: 'MIPF.4/1', exact: true })).toBeVisible()

  const whole = page.getByRole('group', { name: 'All sessions of the round' })
  await whole.getByRole('button', { name: 'Make an address' }).click()
  const address = await whole.getByLabel('Address').inputValue()
  const eventsOf = async () => {
    const text = (await (await page.request.get(address)).text()).replaceAll('\r\n ', '')
    const of = (event: string, name: string) => new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event)?.[1]?.trim()
    return text
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((event) => ({ uid: of(event, 'UID'), title: of(event, 'SUMMARY'), no: of(event, 'SEQUENCE') ?? '0' }))
  }
  const before = await eventsOf()
  expect(before.map(({ no }) => no)).toEqual(['0', '0', '0', '0'])
  await page.getByRole('group', { name: 'Dialogue' }).getByRole('button', { name: 'Reschedule' }).click()
  const move = page.getByRole('dialog', { name: 'Reschedule' })
  await move.getByLabel('Starts').fill('2028-06-06T11:00')
  await move.getByLabel('Ends').fill('2028-06-06T13:00')
  await move.getByRole('button', { name: 'Reschedule' }).click()
  await expect(page.getByRole('link', { name: 'MIPF.4/1/Corr.1' })).toBeVisible()
  const after = await eventsOf()
  expect(after.map(({ uid }) => uid).sort()).toEqual(before.map(({ uid }) => uid).sort())
  expect(after.map(({ title, no }) => [title, no]).filter(([, no]) => no !== '0')).toEqual([['Dialogue', '1']])
})

test('[FIRST-10] on an empty database the first account plans the first round and forms its secretariat', async ({
  chrome,
}) => {
  const empty = await Forum.empty('founder@example.org')
  const link = /http\S+\/welcome\/\S+/.exec(empty.said)![0]
  const context = await chrome.newContext({ baseURL: empty.address, locale: 'en-GB', serviceWorkers: 'block' })
  const page = await context.newPage()
  await choosePassword(page, link)
  await expect(page.getByRole('heading', { name: 'Plan the first round' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('Prefix of symbols').fill('MIPF.1')
  await page.getByLabel('Title').fill('First round')
  await page.getByLabel('Place').fill('Vienna')
  await page.getByLabel('Opens').fill('2028-06-05')
  await page.getByLabel('Closes').fill('2028-06-07')
  await page.getByRole('button', { name: 'Plan the round' }).click()
  await expect(page.getByRole('heading', { name: 'First round', level: 1 })).toBeVisible()
  const officers = page.getByRole('region', { name: /^Officers/ })
  await expect(officers.getByRole('listitem')).toHaveText([/founder\s+secretariat/])
  await officers.getByRole('button', { name: 'Change the officers' }).click()
  const dialog = page.getByRole('dialog', { name: 'Officers' })
  await dialog.getByLabel('Full name').fill('Ana Chair')
  await dialog.getByLabel('E-mail address').fill('ana@example.org')
  await dialog.getByLabel('Role').selectOption('chair')
  await dialog.getByRole('button', { name: 'Give a seat' }).click()
  await expect(dialog.getByLabel('Link for Ana Chair')).toHaveValue(/\/welcome\//)
  await context.close()
  await empty.close()
})
