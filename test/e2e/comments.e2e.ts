import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, openTexts, saved, test } from '../support/e2e.js'

test.use({ forumOf: 'comments' })

const OUTCOME = /^Draft outcome/

async function openOutcome(page: Page) {
  await openTexts(page)
  await page.getByRole('link', { name: OUTCOME }).first().click()
  await expect(page.locator('.ProseMirror')).toContainText('Agree to plan')
}

/** Selects words of a paragraph, as a reader or a writer. */
async function select(page: Page, words: string) {
  await page.locator('.ProseMirror').focus()
  await page.locator('.ProseMirror p', { hasText: words }).evaluate((paragraph, looked) => {
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const at = texts.currentNode.textContent!.indexOf(looked)
      if (at >= 0) return getSelection()!.setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + looked.length)
    }
    throw new Error('These words do not stand in one piece.')
  }, words)
  await expect(page.getByRole('toolbar', { name: 'Selected words' })).toHaveText(new RegExp(`^${words} `))
}
const marked = (page: Page, words: string) => page.locator('.ProseMirror .commented', { hasText: words })
const card = (page: Page, words: string) => page.getByRole('article', { name: `Comment on: ${words}`, exact: true })
const comments = (page: Page) => page.getByRole('tab', { name: /^Comments/ })

test('[COMM-20] a reader comments on selected words; others see it, answer and resolve it', async ({ as }) => {
  test.setTimeout(180_000)
  const [oecd, ghana, facilitator] = (await Promise.all(['oecd', 'gha.head', 'facilitator'].map((who) => as(who)))) as [
    Page,
    Page,
    Page,
  ]
  for (const page of [oecd, ghana, facilitator]) await openOutcome(page)

  // Who may not write selects and comments all the same.
  await select(oecd, 'Agree to plan')
  await oecd.keyboard.press('Control+Alt+M')
  const dialog = oecd.getByRole('dialog', { name: 'Comment on these words' })
  await expect(dialog).toContainText('Agree to plan')
  await expect(dialog.getByLabel('Comment', { exact: true })).toBeFocused()
  await oecd.keyboard.type('Who plans?')
  await oecd.keyboard.press('Tab')
  await expect(dialog.getByLabel('Seen by')).toBeFocused()
  await oecd.keyboard.type('Every')
  await expect(dialog.getByLabel('Seen by')).toHaveValue('room')
  await oecd.keyboard.press('Tab')
  await oecd.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(oecd.getByText('Your comment is there.')).toBeAttached()
  await expect(marked(oecd, 'Agree to plan')).toBeVisible()

  await marked(ghana, 'Agree to plan').click()
  await expect(comments(ghana)).toHaveAttribute('aria-selected', 'true')
  const seen = card(ghana, 'Agree to plan')
  await expect(seen).toContainText('Who plans?')
  await expect(seen).toContainText('OECD')
  await seen.getByRole('button', { name: 'Answer' }).click()
  await seen.getByLabel('Answer').fill('Ministries do.')
  await seen.getByRole('button', { name: 'Answer' }).click()
  await expect(seen).toContainText('Ministries do.')
  await expect(card(oecd, 'Agree to plan')).toContainText('Ministries do.')

  await comments(facilitator).click()
  await card(facilitator, 'Agree to plan')
    .getByRole('button', { name: /Agree to plan/ })
    .click()
  await card(facilitator, 'Agree to plan').getByRole('button', { name: 'Resolve' }).click()
  await expect(marked(oecd, 'Agree to plan')).toHaveCount(0)
  await oecd.getByRole('button', { name: /^Resolved/ }).click()
  await expect(card(oecd, 'Agree to plan')).toContainText('Resolved by facilitator')
  const { violations } = await new AxeBuilder({ page: ghana }).include('aside').analyze()
  expect(violations).toEqual([])
})

test('[COMM-21] a comment follows its words through typing, cutting and pasting, and waits for those that are gone', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [facilitator, india] = (await Promise.all(['facilitator', 'ind.head'].map((who) => as(who)))) as [Page, Page]
  await openOutcome(facilitator)
  await openOutcome(india)
  const words = 'firms of every size'
  await expect(marked(india, words)).toBeVisible()
  await select(facilitator, 'Call')
  await facilitator.keyboard.type('Strongly call')
  await expect(marked(india, words)).toHaveText(words)
  await expect(marked(facilitator, words)).toHaveText(words)

  await select(facilitator, words)
  await facilitator.keyboard.press('Control+X')
  await expect(marked(india, words)).toHaveCount(0)
  await comments(india).click()
  await india.getByRole('button', { name: /^Words gone/ }).click()
  await expect(card(india, words)).toContainText('These words are not in the text any more.')
  await select(facilitator, 'cooperatives')
  await facilitator.keyboard.press('Control+V')
  await expect(saved(facilitator)).toBeVisible()
  await expect(marked(india, words)).toHaveText(words)
  await expect(
    india.locator('.ProseMirror p', { has: india.locator('.commented') }).filter({ hasText: 'Support' }),
  ).toContainText(words)
})

test('[COMM-22] what a delegation says to itself stays in it; on a phone, in Arabic', async ({ as }) => {
  test.setTimeout(180_000)
  const [adviser, head, ethiopia] = (await Promise.all(
    ['gha.adviser', 'gha.head', 'eth.head'].map((who) => as(who)),
  )) as [Page, Page, Page]
  await adviser.setViewportSize({ width: 390, height: 844 })
  for (const page of [adviser, head, ethiopia]) await openOutcome(page)
  await adviser.getByLabel('Language').selectOption('ar')
  await adviser.locator('.ProseMirror p', { hasText: 'Decide to review' }).evaluate((paragraph) => {
    getSelection()!.selectAllChildren(paragraph)
  })
  await adviser.getByRole('toolbar').getByRole('button', { name: 'تعليق' }).click()
  const dialog = adviser.getByRole('dialog')
  await dialog.getByRole('textbox').fill('نسأل العاصمة أولا.')
  await dialog.getByRole('button', { name: 'تعليق' }).click()
  await expect(dialog).toHaveCount(0)
  await comments(head).click()
  await expect(head.getByRole('article').filter({ hasText: 'نسأل العاصمة أولا.' })).toContainText('My delegation')
  await expect(comments(head)).toContainText('4')
  await expect(comments(ethiopia)).toContainText('2')
  const width = await adviser.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
})

/** Walks with the Tab key until it is there. */
async function tabTo(page: Page, target: Locator) {
  for (let stops = 0; stops < 120; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The Tab key does not lead there.')
}

test('[COMM-23] a stakeholder comments on a paragraph by keyboard alone', async ({ as }) => {
  const page = await as('stakeholder')
  await openOutcome(page)
  await tabTo(page, page.getByRole('button', { name: 'Rolling text' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Paragraph 3: proposals and status' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('tab', { name: /^Text/ }))
  await page.keyboard.press('ArrowRight')
  await expect(comments(page)).toBeFocused()
  await tabTo(page, page.getByRole('tabpanel', { name: /^Comments/ }).getByRole('button', { name: 'Comment' }))
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Comment on this paragraph' })
  await expect(dialog).toContainText('for rules on industrial data')
  await tabTo(page, dialog.getByLabel('Comment', { exact: true }))
  await page.keyboard.type('Also for the smallest firms?')
  await tabTo(page, dialog.getByRole('button', { name: 'Comment' }))
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('article').filter({ hasText: 'Also for the smallest firms?' })).toBeVisible()
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})
