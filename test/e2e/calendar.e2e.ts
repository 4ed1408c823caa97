import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

test.use({ forumOf: 'calendar' })

test('[CAL-10] the secretariat moves a session, a delegate sees it at once and subscribes to the calendar', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const [secretariat, ghana] = [await as('secretariat'), await as('gha.head')]
  for (const page of [secretariat, ghana])
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
  const agenda = ghana.getByRole('link', { name: 'MIPF.3/1/Corr.2' })
  await expect(ghana.getByRole('link', { name: 'MIPF.3/1/Corr.1' })).toBeVisible()
  await expect(ghana.getByRole('button', { name: 'Reschedule' })).toHaveCount(0)

  const acts = secretariat.getByRole('group', { name: 'Closing plenary' })
  await acts.getByRole('button', { name: 'Reschedule' }).focus()
  await secretariat.keyboard.press('Enter')
  const dialog = secretariat.getByRole('dialog', { name: 'Reschedule' })
  await expect(dialog.getByLabel('Starts')).toHaveValue(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
  await dialog.getByLabel('Venue').fill('Boardroom A')
  expect(await faultsOf(secretariat)).toEqual([])
  await dialog.getByRole('button', { name: 'Reschedule' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(ghana.getByRole('link', { name: /Closing plenary.*Boardroom A/ })).toBeVisible()
  await expect(agenda).toBeVisible()
  await acts.getByRole('button', { name: 'Cancel the session' }).click()
  await secretariat.getByRole('dialog').getByRole('button', { name: 'Cancel the session' }).click()
  await expect(ghana.getByRole('link', { name: /Closing plenary/ })).toContainText('cancelled')

  const whole = ghana.getByRole('group', { name: 'All sessions of the round' })
  await whole.getByRole('button', { name: 'Make an address' }).click()
  const address = await whole.getByLabel('Address').inputValue()
  expect(await whole.getByRole('link', { name: 'Open in the calendar' }).getAttribute('href')).toMatch(/^webcal:/)
  expect(await (await ghana.request.get(address)).text()).toContain('STATUS:CANCELLED')
  await whole.getByRole('button', { name: 'Replace the address' }).click()
  await expect(whole.getByLabel('Address')).not.toHaveValue(address)
  expect((await ghana.request.get(address)).status()).toBe(404)

  expect(await faultsOf(ghana)).toEqual([])
  await ghana.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(ghana, 'colours')).toEqual([])
  await ghana.getByLabel('Language').selectOption('ar')
  await expect(ghana.getByRole('heading', { name: 'التقويم' })).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
  await ghana.setViewportSize({ width: 390, height: 844 })
  const overflow = () => ghana.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})
