import type { Locator, Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

/* The ways of a negotiation without a mouse: Tab, arrows, Enter, Space, Escape and what is typed. */

test.use({ forumOf: 'keyboard' })

const FURTHEST = 150

/** Goes on with Tab until the focus is there, as somebody does who cannot point at it. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible()
  for (let step = 0; step < FURTHEST; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(target)}.`)
}
async function press(page: Page, target: Locator, key = 'Enter') {
  await tabTo(page, target)
  await page.keyboard.press(key)
}
const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
const paragraph = (page: Page, number: string) => page.getByRole('group', { name: `Paragraph ${number}`, exact: true })
const numberOf = (page: Page, number: string) => button(page, `Paragraph ${number}: proposals and status`)
const read = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words })).toHaveCount(1)
/** Focus is somewhere, and where Tab goes on from is known. */
const holdsFocus = (target: Locator) =>
  expect.poll(() => target.evaluate((element) => element.contains(document.activeElement))).toBe(true)

async function openReading(page: Page) {
  await press(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Texts' }))
  await press(page, page.getByRole('link', { name: /^Draft outcome/ }).first())
  await press(page, button(page, 'Rolling text'))
  await expect(numberOf(page, 'PP1')).toBeVisible()
}

/** Who chooses a paragraph stands in what is said about it. */
async function choose(page: Page, number: string) {
  await press(page, numberOf(page, number))
  await expect(paragraph(page, number)).toBeFocused()
}

/** In the dialog that has opened: writes and tables. */
async function writeAndTable(page: Page, write: () => Promise<void>) {
  const dialog = page.getByRole('dialog')
  await holdsFocus(dialog)
  const editor = dialog.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await tabTo(page, editor)
  await write()
  await expect(dialog.getByRole('status').filter({ hasText: /Saved$/ })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  // In the text, Tab moves the paragraph in; after Escape it leaves the text, and the dialog is still there.
  await page.keyboard.press('Escape')
  await press(page, button(dialog, 'Table'))
  await expect(dialog).toHaveCount(0)
}

test('[KEYS-1] one delegation proposes, another supports and the facilitator incorporates, by keyboard alone', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const [indonesia, colombia, facilitator] = (await Promise.all(
    ['idn.head', 'col.head', 'facilitator'].map((who) => as(who)),
  )) as [Page, Page, Page]
  for (const page of [indonesia, colombia, facilitator]) {
    await openReading(page)
    await choose(page, '3')
  }
  expect(await faultsOf(indonesia)).toEqual([])

  const propose = button(indonesia, 'Propose other words')
  await press(indonesia, propose)
  await writeAndTable(indonesia, async () => {
    await indonesia.keyboard.press('Control+A')
    await indonesia.keyboard.type('Call for rules on industrial data that respect national law;')
  })
  await expect(propose).toBeFocused()
  await read(indonesia, 'P4 tabled on paragraph 3: IDN.')

  // It is read out to the others, who stay where they are.
  for (const page of [colombia, facilitator]) {
    await read(page, 'P4 tabled on paragraph 3: IDN.')
    await expect(paragraph(page, '3')).toBeFocused()
  }
  const card = paragraph(colombia, '3').getByRole('article', { name: 'P4' })
  const supports = button(card, 'Supports')
  await press(colombia, supports, 'Space')
  await expect(supports).toHaveAttribute('aria-pressed', 'true')
  await expect(supports).toBeFocused()
  await read(facilitator, 'P4: Supports, COL.')
  await expect(paragraph(facilitator, '3')).toBeFocused()
  await expect(paragraph(facilitator, '3')).toMatchAriaSnapshot(`
    - group "Paragraph 3":
      - region "Paragraph 3":
        - heading "Paragraph 3" [level=2]
        - article "P2":
          - button "Incorporate"
        - article "P4":
          - paragraph: Other words for the paragraph
          - list:
            - listitem: Supports COL
          - button "Incorporate"
          - button "Ask to rebase"
          - button "Not retain"
  `)
  expect(await faultsOf(facilitator)).toEqual([])

  await press(facilitator, button(paragraph(facilitator, '3').getByRole('article', { name: 'P4' }), 'Incorporate'))
  await expect(paragraph(facilitator, '3').getByText('1 decided proposal')).toBeVisible()
  await expect(paragraph(facilitator, '3')).toBeFocused()
  for (const page of [indonesia, colombia, facilitator]) await read(page, 'P4: Incorporated.')
  await expect(propose).toBeFocused()
  expect(await faultsOf(facilitator)).toEqual([])
  await facilitator.keyboard.press('Escape')
  await expect(numberOf(facilitator, '3')).toBeFocused()
  await expect(facilitator.getByRole('listitem').filter({ hasText: 'respect national law' }).first()).toBeVisible()
})

test('[KEYS-2] a paragraph is split and another moved by keyboard alone', async ({ as }) => {
  test.setTimeout(300_000)
  const page = await as('col.head')
  await openReading(page)
  await choose(page, '4')
  const more = paragraph(page, '4').getByText('More', { exact: true })
  await press(page, more)
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await expect(button(page, 'Propose to move it')).toBeHidden()
  await press(page, more)
  await press(page, button(page, 'Propose to split it in two'))
  await writeAndTable(page, async () => {
    await page.keyboard.press('Control+Home')
    for (let step = 0; step < 'Support cooperatives'.length; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Support those')
  })
  await expect(more).toBeFocused()
  await read(page, /P\d tabled on paragraph 4: COL/)

  await page.keyboard.press('Escape')
  await expect(numberOf(page, '4')).toBeFocused()
  await choose(page, '1')
  await press(page, paragraph(page, '1').getByText('More', { exact: true }))
  await press(page, button(page, 'Propose to move it'))
  const where = page.getByLabel('Behind which paragraph')
  await expect(where).toBeFocused()
  await page.keyboard.type('5')
  await expect(where.locator('option:checked')).toHaveText('5')
  expect(await faultsOf(page)).toEqual([])
  await press(page, button(page, 'Draft the move'))
  const draft = paragraph(page, '1').getByRole('article', { name: 'Draft proposal' })
  await expect(draft).toContainText('Move behind 5')
  await expect(paragraph(page, '1')).toBeFocused()
  await press(page, button(draft, 'Table'))
  const tabled = paragraph(page, '1').getByRole('article', { name: /^P\d$/ })
  await expect(tabled).toContainText('Tabled')
  await expect(tabled).toBeFocused()
})

test('[KEYS-3] the facilitator gives a reason, and changes his mind, by keyboard alone', async ({ as }) => {
  const page = await as('facilitator')
  await openReading(page)
  await choose(page, '2')
  const card = paragraph(page, '2').getByRole('article', { name: 'P1' })
  await press(page, button(card, 'Not retain'))
  const reason = card.getByLabel('Reason')
  await expect(reason).toBeFocused()
  await press(page, button(card, 'Cancel'))
  await expect(card).toBeFocused()
  await press(page, button(card, 'Not retain'))
  await page.keyboard.type('It was agreed otherwise.')
  await press(page, button(card, 'Not retain'))
  await expect(paragraph(page, '2').getByText('1 decided proposal')).toBeVisible()
  await expect(paragraph(page, '2')).toBeFocused()
  await read(page, 'P1: Not retained.')
})
