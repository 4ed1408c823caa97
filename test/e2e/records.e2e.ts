import { faultsOf } from '../support/axe.js'
import { expect, openSession, saved, test } from '../support/e2e.js'

test.use({ forumOf: 'records' })

test('[REC-10] the rapporteur writes the record, words it anew, adds what is new; it is issued', async ({ as }) => {
  test.setTimeout(180_000)
  const page = await as('rapporteur')
  await openSession(page)
  await page.getByRole('link', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Record of the session' })).toBeVisible()
  const record = page.getByRole('article')
  await expect(record).toContainText('Members attending: Germany')
  await expect(record.getByRole('link', { name: /Indonesia entered a reservation/ })).toHaveAttribute(
    'href',
    /^\/decisions\//,
  )
  expect(await faultsOf(page)).toEqual([])
  const address = page.url()

  await page.getByRole('button', { name: 'Write the record' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write the record' })
  await expect(dialog.getByLabel('Form')).toHaveValue('summary')
  await dialog.getByRole('button', { name: 'Write the record' }).click()
  const editor = page.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.getByText(/^Members attending/).click()
  await page.keyboard.press('Home')
  await page.keyboard.type('As the desk noted. ')
  await expect(saved(page)).toBeVisible()

  const secretariat = await as('secretariat')
  await openSession(secretariat)
  await secretariat.getByRole('button', { name: 'End session' }).click()

  await page.goto(address)
  const written = page.getByRole('region', { name: /^Written records/ })
  await expect(written).toContainText('is not in it yet')
  await written.getByRole('button', { name: 'Add what is new' }).focus()
  await page.keyboard.press('Enter')
  await expect(written).toContainText('Everything that happened is in it')
  await written.getByRole('link', { name: 'Summary record' }).click()
  await expect(editor).toContainText('As the desk noted. Members attending')
  await expect(editor).toContainText('The session was closed')

  await secretariat.goto(address)
  await secretariat.getByRole('button', { name: 'Issue as SR' }).click()
  await secretariat.getByRole('link', { name: 'MIPF.3/SR.1' }).click()
  await expect(secretariat.getByRole('article')).toContainText('As the desk noted. Members attending')
})

test('[REC-11] the page of a record has no faults in the dark, in Arabic and on a phone', async ({ as }) => {
  // High enough that no line is behind the bar at the end.
  const page = await as('gha.head', { viewport: { width: 390, height: 3000 } })
  await page.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  const { seats } = (await (await page.request.get('/api/me')).json()) as { seats: { roundId: string }[] }
  const round = (await (await page.request.get(`/api/rounds/${seats[0]!.roundId}`)).json()) as {
    sessions: { id: string; status: string }[]
  }
  const { id } = round.sessions.findLast(({ status }) => status === 'live' || status === 'ended')!
  await page.goto(`/sessions/${id}/record`)
  await expect(page.getByRole('heading', { name: 'محضر الجلسة' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('الأعضاء الحاضرون')
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})
