import { faultsOf } from '../support/axe.js'
import type { Locator, Page } from '@playwright/test'
import { expect, openText, openTexts, saved, test } from '../support/e2e.js'

const TITLE = 'Vision of the cluster commission'

async function openFindings(page: Page): Promise<void> {
  await openTexts(page)
  await page.getByRole('link', { name: 'Findings and visions' }).click()
  await expect(page.getByRole('heading', { name: 'Few cooperatives can show where a lot comes from' })).toBeVisible()
}

async function adopt(page: Page, reviewOn: string): Promise<Locator> {
  const dialog = page.getByRole('dialog')
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Adopt the vision statement' }).click()
  await dialog.getByLabel('Day of review').fill(reviewOn)
  await dialog.getByRole('button', { name: 'Adopt the vision statement' }).click()
  return dialog
}

test('[VIS-20] the cluster commission of Morocco makes a vision of its findings, writes it together and adopts it', async ({
  as,
}) => {
  const [head, adviser, ghana] = await Promise.all([as('mar.head'), as('mar.adviser'), as('gha.head')])
  await openFindings(head)
  await expect(head.getByRole('article').filter({ hasText: 'One shared laboratory' })).toContainText('Not taken up yet')

  await head.getByRole('button', { name: 'Make a vision statement' }).click()
  const form = head.getByRole('dialog')
  await form.getByLabel('Title').fill(TITLE)
  await form.getByLabel('Who may see it').selectOption('delegation')
  await form.getByLabel('MAR: Few cooperatives').check()
  await form.getByLabel('MAR: One shared laboratory').check()
  await form.getByLabel('MAR: What do buyers ask for').check()
  await form.getByRole('button', { name: 'Open the text' }).click()
  const one = head.getByRole('textbox', { name: /^Text:/ })
  await expect(one).toHaveAttribute('contenteditable', 'true')
  const two = await openText(adviser, new RegExp(`^${TITLE}`))

  await one.getByText('One shared laboratory would serve three clusters').click()
  await head.keyboard.press('End')
  await head.keyboard.type(', led by women')
  await expect(two).toContainText('three clusters, led by women')
  const origins = head.getByRole('region', { name: /^What it came from/ })
  await expect(origins.getByRole('link', { name: /^One shared laboratory/ })).toBeVisible()

  const refused = await adopt(head, '')
  await expect(refused.getByRole('listitem')).toHaveText([
    'The day of review is missing.',
    /^This question is not answered yet: What do buyers ask for/,
  ])
  await head.keyboard.press('Escape')

  await two.locator('p').last().click()
  await adviser.keyboard.type('Proof of where each lot comes from.')
  await expect(one).toContainText('Proof of where each lot comes from.')
  await expect(saved(adviser)).toBeVisible()
  await adviser
    .getByLabel('Link this paragraph to')
    .selectOption({ label: 'MAR: Test reports are not accepted abroad' })
  await adviser.getByRole('button', { name: 'Link', exact: true }).click()
  await expect(adviser.getByRole('link', { name: 'Test reports are not accepted abroad' })).toBeVisible()
  await expect(adviser.getByRole('button', { name: 'Adopt the vision statement' })).toHaveCount(0)

  await expect(saved(head)).toBeVisible()
  await adopt(head, '2099-06-01')
  for (const page of [head, adviser]) {
    const vision = page.getByRole('region', { name: 'Vision', exact: true })
    await expect(vision).toContainText('Adopted')
    await expect(vision).toContainText('Review on 1 Jun 2099')
    await expect(vision.getByRole('link', { name: /^MIPF\.3\/\d+$/ })).toBeVisible()
    await expect(page.getByRole('textbox', { name: /^Text:/ })).toHaveAttribute('contenteditable', 'false')
  }
  await openFindings(ghana)
  await ghana.getByRole('link', { name: TITLE }).click()
  await expect(ghana).toHaveURL(/\/issued\//)
  await expect(ghana.getByText('Proof of where each lot comes from.')).toBeVisible()
})

test('[VIS-21] the plans of three countries hold ten actions in the lanes of the five Cs; one cannot be adopted', async ({
  as,
}) => {
  const chair = await as('chair')
  const gender: string[] = []
  const counts: number[] = []
  for (const country of ['Morocco', 'Ghana', 'Ethiopia']) {
    // One of them is adopted and not open to be written.
    await openTexts(chair)
    await chair
      .getByRole('link', { name: new RegExp(`^Plan of ${country}`) })
      .first()
      .click()
    await chair.getByRole('tab', { name: 'Actions', exact: true }).click()
    const grid = chair.getByRole('tabpanel', { name: 'Actions' }).getByRole('grid')
    await expect(grid.getByRole('rowheader').first()).toBeVisible()
    counts.push(await grid.getByRole('rowheader').count())
    const headers = await grid.getByRole('columnheader').allInnerTexts()
    const at = headers.findIndex((words) => words.startsWith('Gender marker'))
    for (const row of await grid
      .getByRole('row')
      .filter({ has: chair.getByRole('rowheader') })
      .all())
      gender.push(
        await row
          .getByRole('gridcell')
          .nth(at - 1)
          .innerText(),
      )
    await chair.getByRole('tab', { name: 'Result chain' }).click()
    await expect(chair.getByRole('tabpanel', { name: 'Result chain' })).toContainText('Small producers earn more')
  }
  expect(counts).toEqual([4, 3, 3])
  expect(gender.filter((words) => words.startsWith('2'))).toHaveLength(3)

  await openText(chair, /^Plan of Morocco/)
  await chair.getByRole('tab', { name: 'Board' }).click()
  const board = chair.getByRole('tabpanel', { name: 'Board' })
  for (const lane of ['Coordinate', 'Compete', 'Conform', 'Connect', 'Credit'])
    await expect(board.getByRole('heading', { name: new RegExp(`^${lane}`) })).toBeVisible()

  await openText(chair, /^Plan of Ghana/)
  await chair.getByRole('tab', { name: 'Checks' }).click()
  const checks = chair.getByRole('tabpanel', { name: 'Checks' })
  await expect(checks.getByRole('listitem').filter({ hasText: 'Frequency' })).toContainText('Missing')
  await checks.getByRole('button', { name: /^Adopt/ }).click()
  const dialog = chair.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Adopt/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('The plan is not complete')
})

test('[VIS-22] axe finds nothing, light and dark, on a phone and in Arabic', async ({ as }, info) => {
  const clean = async (page: Page) => expect(await faultsOf(page)).toEqual([])
  const dark = await as('mar.head', { colorScheme: 'dark' })
  const phone = await as('mar.adviser', { viewport: { width: 390, height: 844 } })
  for (const page of [dark, phone]) {
    await openFindings(page)
    await clean(page)
    await page.screenshot({ path: info.outputPath(`findings-${page === dark ? 'dark' : 'phone'}.png`), fullPage: true })
  }
  await dark.getByRole('button', { name: 'Make a vision statement' }).click()
  await clean(dark)
  await dark.screenshot({ path: info.outputPath('make-dark.png') })
  await dark.keyboard.press('Escape')
  await dark
    .getByRole('link', { name: /^Argan and cosmetics cluster/ })
    .first()
    .click()
  await expect(dark.getByRole('region', { name: 'Vision', exact: true })).toContainText('Plan of Morocco')
  await clean(dark)
  await dark.screenshot({ path: info.outputPath('vision-dark.png'), fullPage: true })
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await phone.reload()
  await expect(phone.getByRole('heading', { name: 'النتائج والرؤى' })).toBeVisible()
  await clean(phone)
  await phone.screenshot({ path: info.outputPath('findings-arabic.png'), fullPage: true })
  await phone
    .getByRole('link', { name: /^Argan and cosmetics cluster/ })
    .first()
    .click()
  await expect(phone.getByRole('region', { name: 'الرؤية', exact: true })).toContainText('Plan of Morocco')
  await clean(phone)
  await phone.screenshot({ path: info.outputPath('vision-arabic.png'), fullPage: true })
})
