import type { Page } from '@playwright/test'
import { expect, modesOf, openText, saved, test } from '../support/e2e.js'
import { Gate } from '../support/gate.js'

test.use({ forumOf: 'proposals' })

const OUTCOME = /^Draft outcome/

const row = (page: Page, words: string | RegExp) =>
  page.locator('.sheet').getByRole('listitem').filter({ hasText: words }).first()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const numberOf = (page: Page, number: string) =>
  page.getByRole('button', { name: `Paragraph ${number}: proposals and status` })
const panel = (page: Page, number: string) => page.getByRole('group', { name: `Paragraph ${number}`, exact: true })

async function openView(page: Page, view: string) {
  await page.goto('/documents')
  await page.getByRole('link', { name: OUTCOME }).first().click()
  await press(page, view)
  await expect(numberOf(page, 'PP3')).toBeVisible()
}
async function choose(page: Page, number: string) {
  if ((await numberOf(page, number).getAttribute('aria-pressed')) !== 'true') await numberOf(page, number).click()
}
async function more(page: Page, number: string, act: string) {
  await choose(page, number)
  await panel(page, number).getByText('More', { exact: true }).click()
  await press(page, act)
}
async function incorporate(page: Page, number: string) {
  await choose(page, number)
  await panel(page, number).getByRole('button', { name: 'Incorporate' }).last().click()
}

test('[NEGO-22] paragraphs are split, merged, moved and deleted as proposed, and seen so in every view', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const [delegate, facilitator] = (await Promise.all(['col.head', 'facilitator'].map((who) => as(who)))) as [Page, Page]
  await openView(delegate, 'Rolling text')
  await openView(facilitator, 'Compilation')

  await more(delegate, '1', 'Propose to split it in two')
  const dialog = delegate.getByRole('dialog')
  await expect(dialog).toContainText('press Enter')
  const editor = dialog.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.click()
  await delegate.keyboard.press('Control+Home')
  for (let step = 0; step < 'Agree to plan'.length; step++) await delegate.keyboard.press('ArrowRight')
  await delegate.keyboard.press('Enter')
  await expect(dialog.getByRole('status').filter({ hasText: /Saved$/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(row(delegate, 'Agree to plan')).toContainText('[¶ – COL]')
  await expect(row(facilitator, 'Agree to plan')).toContainText('Split the paragraph in two')
  await expect(row(facilitator, 'Agree to plan').locator('ins')).toContainText('¶')

  await more(delegate, '4', 'Propose to merge it with the next')
  await expect(delegate.getByRole('dialog').getByRole('textbox', { name: /^Text:/ })).toContainText('own name; Decide')
  await expect(dialog.getByRole('button', { name: 'Table', exact: true })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(row(delegate, 'Support cooperatives')).toContainText('[Merge with the next paragraph – COL]')

  await more(delegate, 'PP3', 'Propose to move it')
  await delegate.getByLabel('Behind which paragraph').selectOption('PP1')
  await press(delegate, 'Draft the move')
  await press(delegate, 'Table')
  await expect(row(delegate, 'Mindful')).toContainText('[Move behind PP1 – COL]')

  await more(delegate, '3', 'Propose to delete')
  await panel(delegate, '3').getByRole('button', { name: 'Table', exact: true }).click()
  await expect(row(delegate, 'Call for rules')).toContainText('[Delete the paragraph – COL]')
  await expect(delegate.getByRole('button', { name: '3 2 proposals · 1 position' })).toBeVisible()

  for (const number of ['4', '3', '1', 'PP3']) await incorporate(facilitator, number)
  const lines = facilitator.locator('.sheet').getByRole('listitem')
  await expect(lines.filter({ hasText: /^PP/ }).nth(1)).toContainText('Mindful')
  await expect(row(facilitator, /^1 bis/)).toContainText('industrial and digital strategies')
  const deleted = facilitator.getByRole('region', { name: 'Deleted paragraphs' })
  await expect(deleted.locator('del')).toHaveText(
    'Call for rules on industrial data that firms of every size can apply;',
  )
  await facilitator.getByText('Who proposed, supported and decided').click()
  const trail = facilitator.getByRole('region', { name: 'Trail' })
  await expect(
    trail
      .getByRole('listitem')
      .filter({ hasText: /incorporated.*Deleted/ })
      .locator('del'),
  ).toHaveText('Call for rules on industrial data that firms of every size can apply;')
  await press(facilitator, 'Redline')
  await expect(facilitator.locator('.sheet del').filter({ hasText: 'Call for rules' })).toBeVisible()
})

test('[NEGO-23] words typed offline, into a text that the facilitator alone may write now, become drafts', async ({
  as,
  forum,
}) => {
  test.setTimeout(180_000)
  const gate = await Gate.before(forum.address)
  const [ghana, chair] = await Promise.all([as('gha.head', { baseURL: gate.address }), as('chair')])
  await openText(chair, OUTCOME)
  await modesOf(chair).getByRole('button', { name: 'Drafting' }).click()
  const editor = await openText(ghana, OUTCOME)
  await expect(saved(ghana)).toBeVisible()
  gate.cut()
  await editor.locator('p').filter({ hasText: 'Agree to plan' }).click()
  await ghana.keyboard.press('End')
  await ghana.keyboard.type(' for the region')
  await ghana.keyboard.press('Enter')
  await ghana.keyboard.type('Publish them every year;')
  await expect(ghana.getByRole('status').filter({ hasText: /Offline/ })).toHaveText(/kept here and sent later/)
  const negotiating = modesOf(chair).getByRole('button', { name: 'Negotiating' })
  await negotiating.click()
  await expect(negotiating).toHaveAttribute('aria-pressed', 'true')

  gate.mend()
  const kept = ghana.getByRole('region', { name: 'Your words were not taken into the text' })
  await expect(kept).toContainText('Publish them every year;', { timeout: 20_000 })
  await kept.getByRole('button', { name: 'Propose them as drafts' }).click()
  await expect(kept).toHaveCount(0)
  await expect(ghana.getByRole('status').filter({ hasText: '2 draft proposals were made' })).toHaveCount(1)
  await expect(editor).not.toContainText('for the region')
  const drafts = ghana.getByRole('region', { name: 'Drafts of your delegation' })
  await expect(drafts.getByRole('button')).toHaveText([/Other words/, /New paragraph/])
  await drafts.getByRole('button', { name: /Other words/ }).click()
  for (const [kind, words] of [
    ['Other words for the paragraph', 'for the region'],
    ['New paragraph', 'Publish them every year;'],
  ] as const) {
    const card = panel(ghana, '1').getByRole('article').filter({ hasText: kind })
    await card.getByRole('button', { name: 'Table', exact: true }).click()
    await expect(card).toContainText('Tabled')
    await expect(row(ghana, words)).toContainText('GHA')
  }
  await gate.close()
})
