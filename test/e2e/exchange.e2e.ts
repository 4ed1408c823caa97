import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openTexts, test } from '../support/e2e.js'
import { editedWord } from '../support/word.js'

const SHARED = 'Call for rules on industrial data that firms of every size can apply;'

async function openOutcome(page: Page) {
  await openTexts(page)
  await page
    .getByRole('link', { name: /^Draft outcome/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Rolling text', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Paragraph PP1:/ })).toBeVisible()
}

/** What the menu of downloads hands over. */
async function taken(page: Page, format: string) {
  if (!(await page.getByRole('button', { name: format, exact: true }).isVisible()))
    await page.locator('summary', { hasText: 'Download' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: format, exact: true }).click()
  const download = await coming
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) }
}

test('[EXCH-30] a text is taken away in every format', async ({ as }) => {
  const page = await as('unctad')
  await openOutcome(page)
  const beginnings: [string, string, RegExp][] = [
    ['Word', 'PK', /\.docx$/],
    ['Word, proposals as tracked changes, with comments', 'PK', /\.docx$/],
    ['PDF with line numbers', '%PDF-1.7', /\.pdf$/],
    ['Akoma Ntoso (XML)', '<?xml', /\.akn\.xml$/],
    ['Plain text', 'Multi', /\.txt$/],
  ]
  for (const [format, beginning, name] of beginnings) {
    const file = await taken(page, format)
    expect(file.name).toMatch(name)
    expect(new TextDecoder().decode(file.bytes).slice(0, beginning.length)).toBe(beginning)
  }
})

test('[EXCH-31] what a capital changes in Word becomes drafts that only its delegation sees', async ({ as }) => {
  const ghana = await as('gha.adviser')
  await openOutcome(ghana)
  const { bytes } = await taken(ghana, 'Word')
  const file = Buffer.from(
    editedWord(bytes, [
      [SHARED, 'Call for rules on industrial data that ', 'firms of every size can apply;', 'all can apply;'],
    ]),
  )
  const chosen = { name: 'instructions.docx', mimeType: 'application/octet-stream', buffer: file }
  const propose = ghana.getByRole('region', { name: 'Propose from a Word file' })
  await propose.getByLabel('Word file with tracked changes').setInputFiles(chosen)
  await expect(propose.getByRole('status')).toContainText('2 drafts made')
  const drafts = ghana.getByRole('region', { name: /^Drafts/ })
  await expect(drafts.getByRole('listitem')).toHaveCount(2)
  const { violations } = await new AxeBuilder({ page: ghana }).analyze()
  expect(violations).toEqual([])

  const broken = { ...chosen, buffer: file.subarray(0, 900) }
  await propose.getByLabel('Word file with tracked changes').setInputFiles(broken)
  await expect(propose.getByText('The file cannot be read as a text')).toBeVisible()

  const ethiopia = await as('eth.head')
  await openOutcome(ethiopia)
  await expect(ethiopia.getByRole('region', { name: /^Drafts/ })).toHaveCount(0)
})
