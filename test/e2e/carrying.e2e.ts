import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

/* What the last round has left open goes on in this one. */

test.use({ forumOf: 'carrying' })

test('[SCENE-1] two of three recommendations are carried over, one of them overdue, and are on the agenda as matters arising', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [secretariat, ghana] = [await as('secretariat'), await as('gha.head')]
  for (const page of [secretariat, ghana]) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
    await page.getByRole('link', { name: 'Matters arising from earlier rounds' }).click()
  }
  const figure = (name: string) =>
    secretariat.locator('dl > div').filter({ hasText: name }).getByRole('definition').first()
  await expect(figure('overdue among them')).toHaveText('1')
  await expect(secretariat.locator('dl > div').first()).toHaveText(/carried over\s*2/)
  await expect(figure('to be decided')).toHaveText('0')
  const desk = secretariat.getByRole('listitem').filter({ hasText: 'R2-1' })
  await expect(desk).toContainText('Nothing is left to be done.')
  await expect(ghana.getByRole('checkbox')).toHaveCount(0)

  // By keyboard alone: choose, close, say why.
  await desk.getByRole('checkbox').focus()
  await secretariat.keyboard.press('Space')
  const acts = secretariat.getByRole('toolbar', { name: 'What becomes of the chosen ones' })
  await expect(acts).toContainText('1 chosen')
  await acts.getByRole('button', { name: 'Close', exact: true }).press('Enter')
  const dialog = secretariat.getByRole('dialog', { name: 'Close' })
  await dialog.getByLabel('Reason').fill('Both series are published.')
  expect(await faultsOf(secretariat)).toEqual([])
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(ghana.getByRole('listitem').filter({ hasText: 'R2-1' })).toContainText('Both series are published.')
  await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recommendations' }).click()
  await expect(ghana.getByRole('link', { name: /Extend traceability/ }).first()).toBeVisible()
  await expect(ghana.getByRole('link', { name: /single desk/ })).toHaveCount(0)

  await secretariat.getByRole('button', { name: 'Put on the agenda' }).click()
  const raise = secretariat.getByRole('dialog', { name: 'Put on the agenda' })
  await raise.getByLabel('Session').selectOption({ label: 'Closing plenary' })
  await raise.getByRole('button', { name: 'Put on the agenda' }).click()
  await expect(secretariat.getByRole('heading', { name: 'Closing plenary' })).toBeVisible()
  await expect(secretariat.getByText('Matters arising').first()).toBeVisible()
  await expect(secretariat.getByText('R2-3 Train cluster managers in every province (overdue)').first()).toBeAttached()
  await expect(secretariat.getByText(/^R2-2 Extend traceability/).first()).toBeAttached()

  await secretariat.goBack()
  expect(await faultsOf(secretariat)).toEqual([])
  await secretariat.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(secretariat, 'colours')).toEqual([])
  await secretariat.getByLabel('Language').selectOption('ar')
  await secretariat.setViewportSize({ width: 390, height: 844 })
  await expect(secretariat.getByRole('heading', { name: 'المسائل الناشئة' })).toBeVisible()
  expect(await faultsOf(secretariat)).toEqual([])
  const overflow = () => secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  if (process.env.PICTURES) await secretariat.screenshot({ path: `${process.env.PICTURES}/carrying-ar.png` })
})
