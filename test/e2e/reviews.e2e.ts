import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

test.use({ forumOf: 'reviews' })

test('[REVIEW-20] a review opens once the country has put everything on file, and others have asked', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [secretariat, ghana, unctad] = await Promise.all([as('secretariat'), as('gha.head'), as('unctad')])
  for (const page of [secretariat, ghana, unctad]) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
    await page.getByRole('link', { name: /^Review: industrial policy in Ghana/ }).click()
  }
  const open = secretariat.getByRole('button', { name: 'Open session' })
  await open.click()
  await expect(secretariat.getByRole('alert')).toContainText('2 of 24 questions of the self-assessment')
  for (const page of [ghana, unctad]) await page.getByRole('link', { name: 'Review of Ghana' }).click()

  await ghana.getByRole('button', { name: 'Answer question 23' }).focus()
  await ghana.keyboard.press('Enter')
  await ghana.getByLabel('Answer', { exact: true }).fill('Training moved to where the firms are.')
  await ghana.reload()
  await expect(ghana.getByLabel('Answer', { exact: true })).toHaveValue('Training moved to where the firms are.')
  await ghana.getByRole('button', { name: 'Save' }).click()
  await expect(unctad.getByText('23 of 24 questions answered')).toBeVisible()
  await ghana.getByRole('button', { name: 'Answer question 24' }).click()
  await ghana.getByLabel('Answer', { exact: true }).fill('In testing and standards.')
  await ghana.getByRole('button', { name: 'Save' }).click()
  await ghana.getByRole('button', { name: 'Submit' }).click()
  await expect(unctad.getByRole('link', { name: /^MIPF\.3\/3/ })).toBeVisible()
  await expect(unctad.getByText('24 of 24 questions answered (100%)')).toBeVisible()

  await unctad.getByRole('button', { name: 'Ask in writing' }).click()
  await unctad.getByRole('dialog').getByLabel('Question').fill('Who reads the answers?')
  expect(await faultsOf(unctad)).toEqual([])
  await unctad.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  for (const answer of ['Through village agents.', 'Parliament does.']) {
    await ghana.getByRole('button', { name: 'Answer', exact: true }).first().click()
    await ghana.getByRole('dialog').getByLabel('Answer').fill(answer)
    await ghana.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await expect(unctad.getByText(answer)).toBeVisible()
  }

  await open.click()
  await expect(secretariat.getByRole('button', { name: 'End session' })).toBeVisible()
  await expect(ghana.getByRole('button', { name: /^Change the answer/ })).toHaveCount(0)

  expect(await faultsOf(ghana)).toEqual([])
  await ghana.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(ghana, 'colours')).toEqual([])
  await ghana.getByLabel('Language').selectOption('ar')
  await expect(ghana.getByRole('heading', { name: /استعراض/ })).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
  await ghana.setViewportSize({ width: 390, height: 844 })
  const overflow = () => ghana.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})
