import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, test } from '../support/e2e.js'

/* Who is present, in several browsers. */

test.use({ forumOf: 'presence' })

const line = (page: Page) => page.getByRole('group', { name: 'Presence' })

test('[PRES-20] the chair sees the quorum change when a delegate opens the page, and says who is in the room', async ({
  as,
}) => {
  const chair = await as('chair')
  await openSession(chair)
  await expect(line(chair)).toContainText('6 of 12 members present')
  await expect(line(chair)).toContainText('Below the quorum of 7')
  const colombia = await as('col.head')
  await openSession(colombia)
  await expect(line(chair)).toContainText('7 of 12 members present')
  await expect(line(chair)).toContainText('Quorum of 7 reached')

  await line(chair).getByRole('button', { name: 'Who is present' }).click()
  const list = chair.getByRole('dialog', { name: 'Presence' })
  await expect(list.getByRole('listitem').filter({ hasText: 'Colombia' })).toContainText('online')
  await list.getByRole('button', { name: 'In the room: Mexico' }).click()
  await expect(list.getByRole('button', { name: 'Has left: Mexico' })).toBeFocused()
  await expect(line(colombia)).toContainText('8 of 12 members present')
  expect(await faultsOf(chair)).toEqual([])

  // Delegates see the list and change nothing.
  await colombia.setViewportSize({ width: 390, height: 844 })
  await colombia.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await colombia.reload()
  await expect(colombia.getByRole('group', { name: 'الحضور' })).toContainText('8')
  await colombia.getByRole('button', { name: 'من الحاضرون' }).click()
  await expect(colombia.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0)
  await expect(colombia.getByRole('dialog').getByRole('listitem').getByRole('button')).toHaveCount(0)
  expect(await faultsOf(colombia)).toEqual([])
  await colombia.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(colombia, 'colours')).toEqual([])
})
