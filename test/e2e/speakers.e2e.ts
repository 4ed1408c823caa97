import type { Speakers } from '@multilogue/shared/speakers'
import type { Locator, Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, test } from '../support/e2e.js'

/* A sitting in several browsers: the chair conducts with the keyboard alone, delegations ask, the room's screen follows. */

test.use({ forumOf: 'speakers' })

const FURTHEST = 80
const block = (page: Page) => page.getByRole('region', { name: 'Speakers', exact: true })
const control = (page: Page, name: string | RegExp) => block(page).getByRole('button', { name, exact: true })
const timer = (page: Page) => page.getByRole('timer', { name: 'Speaking time' })
const read = (page: Page, words: string) =>
  expect(page.getByRole('status').filter({ hasText: words }).last()).toHaveText(words)

/** Goes there with Tab, or back with Shift and Tab, and presses. */
async function press(page: Page, target: Locator, key = 'Enter') {
  await expect(target).toBeVisible()
  const isThere = () => target.evaluate((element) => element === document.activeElement)
  const isBehind = () =>
    target.evaluate(
      (element) => (document.activeElement!.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
    )
  for (let times = 0; times < FURTHEST && !(await isThere()); times++)
    await page.keyboard.press((await isBehind()) ? 'Shift+Tab' : 'Tab')
  await expect(target).toBeFocused()
  await page.keyboard.press(key)
}

test('[SPEAK-20] the chair conducts by keyboard, delegates ask and are told, and the screen follows', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const people = ['chair', 'deu.head', 'col.head', 'oecd']
  const [chair, germany, colombia, screen] = (await Promise.all(people.map((who) => as(who)))) as [
    Page,
    Page,
    Page,
    Page,
  ]
  for (const page of [chair, germany, colombia, screen]) await openSession(page)
  await screen.goto((await block(screen).getByRole('link', { name: 'Screen for the room' }).getAttribute('href'))!)
  await expect(screen.getByRole('navigation')).toHaveCount(0)
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(/^3\s*Aligning digital/)
  await expect(screen.getByRole('region', { name: 'On the floor' })).toContainText('India')
  const next = screen.getByRole('region', { name: 'Next' }).getByRole('listitem')
  await expect(next).toHaveText([/Ghana\s+on behalf of African Group\s+without TUN/, /Morocco/, /Germany/])

  await expect(screen.getByRole('region', { name: 'Passage under discussion' })).toContainText('Noting that')

  // One button, whose name says how one stands.
  await expect(control(germany, 'You are number 3 · withdraw')).toBeVisible()
  await control(colombia, 'Ask for the floor').click()
  await read(colombia, 'You are on the list of speakers.')
  await expect(control(colombia, 'You are number 4 · withdraw')).toBeVisible()
  await expect(next).toHaveCount(4)

  // What is under discussion is on the screen at once.
  await block(chair)
    .getByLabel('Under discussion')
    .selectOption({ label: 'Mindful of the least developed countries, where…' })
  await expect(screen.getByRole('region', { name: 'Passage under discussion' })).toContainText('Mindful of')

  // The chair sets Germany before Morocco; the focus stays on what was pressed.
  await chair.locator('body').press('Tab')
  await press(chair, block(chair).getByText(/^Whole list/))
  await press(chair, control(chair, 'Move Germany up'))
  await read(chair, 'Germany is now number 2 of 4')
  await expect(control(chair, 'Move Germany up')).toBeFocused()
  await chair.keyboard.press('Alt+ArrowUp')
  await read(chair, 'Germany is now number 1 of 4')
  await expect(control(chair, 'Move Germany up')).toBeFocused()
  await expect(next.first()).toContainText('Germany')
  await read(germany, 'You are next')

  await press(chair, control(chair, 'Give the floor to Germany'))
  await read(germany, 'You have the floor')
  await read(colombia, 'Germany has the floor')
  await read(screen, 'Germany has the floor')
  await expect(block(germany)).toContainText('You have the floor')
  await expect(timer(screen)).toContainText('/ 5:00')
  await press(chair, control(chair, 'Stop the timer'))
  await expect(timer(screen)).toContainText('Timer stopped')
  // A point of order goes before all, and is told by words and a sign.
  await block(colombia).getByText('Other requests').click()
  await control(colombia, 'Raise a point of order').click()
  await press(chair, control(chair, 'Give the floor to Colombia'))
  await expect(screen.getByRole('region', { name: 'On the floor' })).toContainText('Point of order')
  await expect(screen.getByText('Germany continues afterwards')).toBeVisible()
  await press(chair, control(chair, 'Record the ruling'))
  await expect(chair.getByRole('dialog').getByLabel('Ruling of the chair')).toBeVisible()
  await press(chair, chair.getByRole('dialog').getByLabel('Ruling of the chair'), 'O')
  await chair.keyboard.type('rder is kept.')
  await press(chair, chair.getByRole('dialog').getByRole('button', { name: 'Record the ruling' }))
  await expect(chair.getByRole('dialog')).toHaveCount(0)
  await press(chair, control(chair, 'End the statement'))
  await expect(block(germany)).toContainText('You have the floor')
  await block(germany)
    .getByText(/^Whole list/)
    .click()
  await block(germany).getByText('2 have spoken').click()
  await expect(block(germany)).toContainText('Ruling: Order is kept.')

  for (const page of [chair, germany, screen]) expect(await faultsOf(page)).toEqual([])
})

test('[SPEAK-21] a suspended sitting says until when, hands out no floor, and blocks that are hidden come back', async ({
  as,
}) => {
  const [chair, ghana] = (await Promise.all(['chair', 'gha.head'].map((who) => as(who)))) as [Page, Page]
  for (const page of [chair, ghana]) await openSession(page)
  const sitting = (page: Page) => page.getByRole('group', { name: 'State of the meeting' })
  await sitting(chair).getByText('Change').click()
  await sitting(chair).getByRole('button', { name: 'Suspend the meeting' }).click()
  await chair.getByLabel(/^Resumes at/).fill('2030-06-08T15:00')
  await chair.getByRole('dialog').getByRole('button', { name: 'Suspend the meeting' }).click()
  await expect(sitting(ghana)).toContainText('Meeting suspended')
  await expect(sitting(ghana)).toContainText(/resumes 8 Jun, \d\d:00 CEST/)
  await expect(control(chair, /^Give the floor/)).toBeDisabled()
  await sitting(chair).getByText('Change').click()
  await sitting(chair).getByRole('button', { name: 'Go on informally' }).click()
  await expect(sitting(ghana)).toContainText('Informal meeting')

  await control(ghana, 'Hide the list of speakers').click()
  await expect(block(ghana)).toHaveCount(0)
  await ghana.reload()
  await ghana.getByRole('button', { name: 'Show 1 hidden part' }).click()
  await expect(block(ghana)).toBeVisible()

  // From another item, two keys lead back to the chair's.
  await ghana.getByRole('link', { name: /Matters arising/ }).click()
  await expect(ghana).toHaveURL(/\?item=/)
  await ghana.keyboard.press('g')
  await ghana.keyboard.press('c')
  await expect(ghana).not.toHaveURL(/\?item=/)
})

test('[SPEAK-23] keys pressed in a row move a delegation twice, however late the answers come', async ({ as }) => {
  const chair = await as('chair')
  await openSession(chair)
  await block(chair)
    .getByText(/^Whole list/)
    .click()
  const names = () =>
    block(chair)
      .getByRole('button', { name: /^Move .* up$/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')!))
  await expect.poll(async () => (await names()).length).toBeGreaterThan(2)
  const last = (await names()).at(-1)!
  const count = (await names()).length
  let delay = 200
  // Each answer takes longer than the one before it.
  await chair.route(/\/api\/items\/[^/]+\/speakers$/, async (route) => {
    delay += 400
    const answer = await route.fetch()
    setTimeout(() => void route.fulfill({ response: answer }).catch(() => undefined), delay)
  })
  for (const place of [count - 1, count - 2]) {
    await control(chair, last).press('Alt+ArrowUp')
    await read(chair, `${/^Move (.*) up$/.exec(last)![1]} is now number ${place} of ${count}`)
  }
  await chair.unrouteAll({ behavior: 'ignoreErrors' })
})

for (const [language, dir] of [
  ['en', 'ltr'],
  ['ar', 'rtl'],
] as const)
  test(`[SPEAK-22] axe finds nothing on the screen for the room in ${language}, light, dark and small`, async ({
    as,
  }) => {
    const page = await as('unctad', { viewport: { width: 390, height: 844 } })
    await openSession(page)
    const screen = (await page.locator('a[href^="/screen/"]').getAttribute('href'))!
    await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
    // Whoever forgets to end a turn leaves long figures on the screen.
    await page.route(/\/api\/items\/[^/]+\/speakers$/, async (route) => {
      const response = await route.fetch()
      const speakers = (await response.json()) as Speakers
      const beganAt = new Date(Date.now() - 130 * 60_000).toISOString()
      await route.fulfill({ response, json: { ...speakers, current: { ...speakers.current, beganAt } } })
    })
    await page.goto(screen)
    await expect(page.getByRole('timer')).toContainText('+')
    await expect(page.locator('html')).toHaveAttribute('dir', dir)
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect(page.locator('.loading')).toHaveCount(0)
    expect(await faultsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(page, 'colours')).toEqual([])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over).toBe(0)
  })
