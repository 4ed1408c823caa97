import type { Locator, Page } from '@playwright/test'
import { expect, openSession, openTexts, signedIn, test } from '../support/e2e.js'

test.use({ forumOf: 'negotiation', clock: '2027-06-08T07:30:00Z' })

const OUTCOME = /^Draft outcome/

const choose = async (page: Page, number: string) => {
  const button = page.getByRole('button', { name: `Paragraph ${number}: proposals and status` })
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
}
const row = (page: Page, words: string | RegExp) => page.getByRole('listitem').filter({ hasText: words }).first()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Writes a proposal's own text and tables it. */
async function table(page: Page, words: string) {
  const dialog = page.getByRole('dialog')
  const editor = dialog.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words)
  await expect(dialog.getByRole('status').filter({ hasText: /Saved$/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(dialog).toHaveCount(0)
}
async function agree(page: Page, number: string, agreed: string) {
  await choose(page, number)
  await press(page, 'Agree ad referendum')
  await expect(page.getByText(agreed)).toBeVisible()
}

/** Closes brackets; alternatives beside them go. */
async function keep(page: Page, words: string) {
  const card = page.getByRole('article', { name: `In brackets: ${words}`, exact: true })
  await card.getByRole('button', { name: 'Keep the words' }).click()
  await card.getByLabel('Reason').fill('No delegation objects any more.')
  await card.getByRole('button', { name: 'Keep the words' }).click()
  await expect(card).toHaveCount(0)
}

test('[NEGO-21] a stakeholder writes, and is told to find a sponsor', async ({ as }) => {
  const stakeholder = await as('stakeholder')
  await openReading(stakeholder)
  await stakeholder.getByRole('button', { name: 'Propose a new paragraph after it' }).waitFor({ state: 'detached' })
  await choose(stakeholder, '1')
  await press(stakeholder, 'Propose a new paragraph after it')
  const dialog = stakeholder.getByRole('dialog')
  const editor = dialog.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.click()
  await stakeholder.keyboard.type('Encourage associations of industry to publish their needs;')
  await expect(dialog.getByRole('status').filter({ hasText: /Saved$/ })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Table', exact: true })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Keep as a draft' }).click()
  await press(stakeholder, 'Ask for a sponsor')
  await stakeholder.getByLabel('Member delegation').selectOption({ label: 'GHA Ghana' })
  await press(stakeholder, 'Ask for a sponsor')
  await expect(stakeholder.getByText('Ghana is asked to sponsor it')).toBeVisible()

  const ghana = await as('gha.head')
  await openReading(ghana)
  await choose(ghana, '1')
  await press(ghana, 'Sponsor and table')
  await expect(row(ghana, 'associations of industry')).toContainText('GHA')
  // What follows is counted without it.
  await press(ghana, 'Withdraw')
  await expect(row(ghana, 'associations of industry')).toHaveCount(0)
})

test('[NEGO-20] four delegations and the facilitator go from L.1 through rivals to Rev.1 without brackets', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const [facilitator, indonesia, colombia, mexico, morocco] = (await Promise.all(
    ['facilitator', 'idn.head', 'col.head', 'mex.head', 'mar.head'].map((who) => as(who)),
  )) as [Page, Page, Page, Page, Page]
  await Promise.all([indonesia, colombia, mexico].map((page) => openReading(page)))
  await openReading(morocco)
  await morocco.getByLabel('Language').selectOption('ar')
  await openReading(facilitator)

  await choose(indonesia, '3')
  await press(indonesia, 'Propose other words')
  await table(indonesia, 'Call for rules on industrial data that respect national law;')
  await choose(colombia, '5')
  await press(colombia, 'Propose a new paragraph after it')
  await table(colombia, 'Invite members to exchange experience among export consortia.')

  const third = row(facilitator, '3 bis')
  await expect(third).toContainText(/\[3\.\s.*data flows with trust;.*DEU/s)
  await expect(third).toContainText(/\[3 bis\.\s.*national law;.*IDN/s)
  await expect(row(facilitator, 'export consortia')).toContainText('COL')

  await choose(facilitator, '4')
  await press(facilitator, 'Incorporate')
  await expect(row(facilitator, 'led by women')).not.toContainText('[')
  for (const [number, agreed] of [
    ['PP3', '3 of 9'],
    ['1', '4 of 9'],
    ['4', '5 of 9'],
    ['5', '6 of 9'],
  ] as const) {
    await choose(facilitator, number)
    if (number === '5') await keep(facilitator, 'in one year')
    await agree(facilitator, number, agreed)
  }
  await expect(facilitator.getByText('67%')).toBeVisible()
  await expect(colombia.getByText('6 of 9 agreed · 67%')).toBeVisible()
  await expect(morocco.getByText('اتُّفق على 6 من 9')).toBeVisible()
  expect(await morocco.evaluate(() => document.documentElement.dir)).toBe('rtl')

  // Mexico wrote on what paragraph 4 said before.
  await choose(mexico, '4')
  await expect(mexico.getByRole('button', { name: 'Table', exact: true })).toHaveCount(0)
  await press(mexico, 'Bring to the present text')
  await press(mexico, 'Table')
  await expect(mexico.getByText('The paragraph is agreed')).toBeVisible()

  await choose(facilitator, '3')
  await press(facilitator, 'Write a compromise')
  const words = 'Call for rules on industrial data that allow flows with trust, under national law;'
  await facilitator.getByRole('dialog').getByLabel('Words of the paragraph').fill(words)
  await press(facilitator, 'Write into the text')
  await expect(row(facilitator, 'flows with trust, under')).not.toContainText('[')
  await choose(facilitator, '2')
  await press(facilitator, 'Incorporate')
  // Whose proposal it was did not speak for who holds the brackets.
  await expect(row(facilitator, 'least developed')).toContainText('[Invite – TUN] partners')
  await expect(facilitator.getByRole('button', { name: 'Agree ad referendum' })).toBeDisabled()
  await keep(facilitator, 'Invite')
  await expect(row(facilitator, 'least developed')).not.toContainText('[')
  await choose(facilitator, '5 bis')
  await press(facilitator, 'Incorporate')
  await expect(row(facilitator, 'export consortia')).not.toContainText('COL')
  for (const [number, agreed] of [
    ['2', '7 of 9'],
    ['3', '8 of 9'],
    ['5 bis', '9 of 9'],
  ] as const)
    await agree(facilitator, number, agreed)
  await expect(indonesia.getByText('9 of 9 agreed · 100%')).toBeVisible()

  const secretariat = await as('secretariat')
  await issueRevision(secretariat, 'MIPF.3/L.1/Rev.1')
  await secretariat.getByRole('link', { name: 'MIPF.3/L.1/Rev.1', exact: true }).click()
  const issued = secretariat.getByRole('article')
  await expect(issued).toContainText(words)
  await expect(issued).toContainText('6.')
  await expect(issued).not.toContainText('[')
  await expect(issued).not.toContainText('bis')
  await secretariat.goBack()
  await secretariat.getByRole('link', { name: 'MIPF.3/L.1', exact: true }).click()
  await expect(issued).toContainText('Call for rules on industrial data that firms of every size can apply;')
  await expect(issued).not.toContainText('export consortia')

  await mexico.getByRole('button', { name: 'Drafting', exact: true }).click()
  await expect(mexico.locator('.ProseMirror [data-status="agreed_ad_ref"]')).toHaveCount(9)
  await press(mexico, 'Redline')
  await expect(mexico.getByLabel('Compared with')).toContainText('MIPF.3/L.1/Rev.1')
  await expect(mexico.locator('ins, del')).toHaveCount(0)
  await mexico.getByLabel('Compared with').selectOption({ index: 1 })
  await expect(mexico.locator('ins').filter({ hasText: 'export consortia' })).toBeVisible()
  await expect(mexico.locator('del').filter({ hasText: 'firms of every size can apply' })).toBeVisible()
  await press(mexico, 'Authors')
  await expect(mexico.locator('.sheet').getByRole('listitem').filter({ hasText: 'COL' }).first()).toBeVisible()
})

test('[SCENE-11] silence is broken on paragraph 2, passes with Rev.2 to the second, and what is late changes nothing', async ({
  as,
  forum,
}) => {
  test.setTimeout(300_000)
  const names = ['chair', 'facilitator', 'secretariat', 'pak.head', 'gha.head', 'idn.head', 'mex.head']
  const people = (await Promise.all(names.map((who) => as(who)))) as [Page, Page, Page, Page, Page, Page, Page]
  const [chair, facilitator, secretariat, pakistan, ghana, indonesia, mexico] = people
  /** Days later everybody signs in anew. */
  const later = async (instant: string) => {
    await forum.moveTo(instant)
    await Promise.all(people.map((page, at) => signedIn(page.context(), names[at]!)))
    await Promise.all(people.map((page) => openAnew(page)))
  }
  const silence = (page: Page) =>
    decisionsOf(page)
      .getByRole('article', { name: /^Silence procedure/ })
      .filter({ hasText: 'Draft outcome' })
  const toDecision = (page: Page) =>
    silence(page)
      .first()
      .getByRole('link', { name: /Draft outcome/ })
      .click()
  const ask = async (at: string) => {
    await decisionsOf(chair).getByRole('button', { name: 'Ask for a decision' }).click()
    const form = chair.getByRole('dialog', { name: 'Ask for a decision' })
    await form.getByLabel('How it is decided').selectOption('silence')
    await form
      .getByLabel('Text', { exact: true })
      .selectOption({ label: 'Draft outcome on digital and industrial policy' })
    await expect(form.getByLabel('Revision or paragraph')).not.toHaveValue('')
    await form.getByLabel(/^Deadline, by the clock of Europe/).fill(at)
    await form.getByRole('button', { name: 'Ask for a decision' }).click()
    await expect(form).toHaveCount(0)
  }

  // Of 72 hours, by the clock in Vienna.
  await later('2027-06-11T16:00:00Z')
  await ask('2027-06-14T18:00')
  await expect(silence(ghana)).toContainText('until')
  await expect(silence(ghana).getByRole('timer')).toHaveText(/^3 days 00:00:00$/)
  await expect(silence(ghana).locator('time')).toHaveAttribute('datetime', '2027-06-14T16:00:00.000Z')

  await later('2027-06-13T09:00:00Z')
  await breakOn(pakistan, silence(pakistan), '2')
  await expect(silence(ghana)).toContainText('silence broken')
  await toDecision(ghana)
  const breaks = ghana.getByRole('region', { name: /^Breaks of silence/ })
  await expect(breaks).toContainText('A delegation; its name is not released')
  await expect(breaks).toContainText('on: 2')
  await expect(ghana.locator('main')).not.toContainText('Pakistan')
  await toDecision(chair)
  await expect(chair.getByRole('region', { name: /^Breaks of silence/ })).toContainText('Pakistan')
  await chair.getByRole('button', { name: 'Release the names' }).click()
  await expect(breaks).toContainText('Pakistan')
  await expect(ghana.getByRole('link', { name: 'Go on talking about it' })).toBeVisible()

  await openReading(facilitator)
  await expect(facilitator.getByText('8 of 9')).toBeVisible()
  await agree(facilitator, '2', '9 of 9')
  await issueRevision(secretariat, 'MIPF.3/L.1/Rev.2')

  await later('2027-06-15T10:00:00Z')
  await ask('2027-06-18T12:00')
  await later('2027-06-18T09:59:00Z')
  const second = (page: Page) => silence(page).filter({ hasNotText: 'silence broken' })
  await breakOn(pakistan, second(pakistan), '2', async () => {
    await forum.moveTo('2027-06-18T10:00:01Z')
    await signedIn(pakistan.context(), 'pak.head')
  })
  await later('2027-06-18T10:05:00Z')
  const toAdopted = async (page: Page) => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
    const adopted = page.getByRole('listitem').filter({ hasText: 'adopted by silence procedure' })
    await adopted.getByRole('link', { name: /Draft outcome/ }).click()
  }
  await Promise.all([pakistan, ghana, indonesia, mexico].map(toAdopted))
  await expect(pakistan.getByRole('region', { name: /^Breaks of silence/ })).toContainText('late, without effect')
  await expect(ghana.getByRole('article', { name: /^Silence procedure/ })).toContainText('adopted by silence procedure')
  await expect(ghana.getByText('18 June 2027 at 10:00 UTC')).toBeVisible()
  await expect(ghana.getByRole('definition').filter({ hasText: '18 June 2027 at 12:00 CEST' })).toHaveCount(2)
  await expect(ghana.getByRole('region', { name: /^Breaks of silence/ })).toHaveCount(0)

  await takeStance(indonesia, 'reservation', /^3\b/, 'Our law on data is under revision.')
  await takeStance(mexico, 'explanation of position', 'the whole', 'We read it with our commitments in trade.')
  await expect(ghana.getByText('with a reservation: not agreed language')).toHaveCount(1)
  await expect(ghana.getByRole('article', { name: /^Silence procedure/ })).toContainText('adopted by silence procedure')
  await ghana
    .getByRole('link', { name: /^MIPF\.3\/Dec\.\d$/ })
    .first()
    .click()
  const decision = ghana.getByRole('article')
  await expect(decision).toContainText('Our law on data is under revision.')
  await expect(decision).toContainText('We read it with our commitments in trade.')
})

/** Opens the outcome text as those see it who may not write in it. */
async function openReading(page: Page) {
  await openTexts(page)
  await page.getByRole('link', { name: OUTCOME }).first().click()
  await page.getByRole('button', { name: 'Rolling text', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Paragraph PP1:/ })).toBeVisible()
}

const decisionsOf = (page: Page) => page.getByRole('region', { name: 'Decisions that are open' })

async function openAnew(page: Page) {
  await page.goto('/')
  await openSession(page)
}

/** @param meanwhile  what happens between the words and the last key */
async function breakOn(page: Page, silence: Locator, number: string, meanwhile = () => Promise.resolve()) {
  await silence.getByRole('button', { name: 'Break silence' }).click()
  const dialog = page.getByRole('dialog', { name: 'Break silence' })
  await dialog.getByRole('checkbox', { name: new RegExp(`^${number} `) }).check()
  await dialog.getByLabel('Reason').fill('Our partners are not named.')
  await meanwhile()
  await dialog.getByRole('button', { name: 'Break silence' }).click()
  await expect(dialog).toHaveCount(0)
}

async function takeStance(page: Page, kind: string, on: string | RegExp, words: string) {
  await page.getByRole('button', { name: 'Explain a position or reserve' }).click()
  const form = page.getByRole('dialog', { name: 'Explain a position or reserve' })
  await form.getByLabel('Kind').selectOption({ label: kind })
  const place = form.getByLabel('On', { exact: true })
  const labels = await place.getByRole('option').allInnerTexts()
  await place.selectOption({ label: labels.find((label) => label.match(on))! })
  await form.getByLabel('Statement').fill(words)
  await form.getByRole('button', { name: 'Put on record' }).click()
  await expect(form).toHaveCount(0)
}

async function issueRevision(page: Page, symbol: string) {
  await openReading(page)
  await press(page, 'Issue')
  await page.getByLabel('Issue as').selectOption({ label: 'MIPF.3/L.1/Rev.' })
  await press(page, 'Issue')
  await expect(page.getByRole('link', { name: symbol, exact: true })).toBeVisible()
}
