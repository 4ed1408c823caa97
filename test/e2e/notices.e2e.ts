import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

test.use({ forumOf: 'notices' })

test('[BELL-10] the bell rings when a session is called; the notice leads there and is read', async ({ as }) => {
  test.setTimeout(180_000)
  const [secretariat, ghana] = [await as('secretariat'), await as('gha.head')]
  const bell = ghana.getByRole('link', { name: /^Notices, \d+ unread$/ })
  const unread = async () => Number(/\d+/.exec((await bell.getAttribute('aria-label'))!)![0])
  await expect(bell).toBeVisible()
  const before = await unread()

  await secretariat.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Round' }).click()
  const acts = secretariat.getByRole('group', { name: 'Closing plenary' })
  await acts.getByRole('button', { name: 'Reschedule' }).click()
  const dialog = secretariat.getByRole('dialog', { name: 'Reschedule' })
  await dialog.getByLabel('Venue').fill('Boardroom A')
  await dialog.getByRole('button', { name: 'Reschedule' }).click()
  await expect.poll(unread).toBeGreaterThan(before)
  await bell.focus()
  await ghana.keyboard.press('Enter')
  const notice = ghana.getByRole('listitem').filter({ hasText: 'Session rescheduled' }).first()
  await expect(notice).toContainText('New')
  expect(await faultsOf(ghana)).toEqual([])
  await ghana.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(ghana, 'colours')).toEqual([])
  const all = await unread()
  await notice.getByRole('link', { name: 'Closing plenary' }).click()
  await expect(ghana.getByRole('heading', { name: 'Closing plenary' })).toBeVisible()
  await expect.poll(unread).toBe(all - 1)

  await ghana.goto('/notices')
  await ghana.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(ghana.getByRole('link', { name: 'Notices', exact: true })).toBeVisible()
  await expect(ghana.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0)

  await ghana.getByLabel('New statement: Here').uncheck()
  await ghana.getByLabel('Document issued: By mail').selectOption('At once')
  await ghana.getByLabel('Keep quiet hours').check()
  await ghana.getByLabel('From').selectOption('21:00')
  await ghana.getByRole('button', { name: 'Save' }).click()
  await expect(ghana.getByText('Saved.')).toBeAttached()
  await ghana.reload()
  await expect(ghana.getByLabel('New statement: Here')).not.toBeChecked()
  await expect(ghana.getByLabel('Document issued: By mail')).toHaveValue('direct')
  await expect(ghana.getByLabel('From')).toHaveValue('21')

  await ghana.getByLabel('Language').selectOption('ar')
  await expect(ghana.getByRole('heading', { name: 'الإشعارات' })).toBeVisible()
  expect(await faultsOf(ghana)).toEqual([])
  await ghana.setViewportSize({ width: 390, height: 844 })
  const overflow = () => ghana.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})

test('[BELL-11] what is pushed is shown, and its address leads to the notice; a browser that refuses says so', async ({
  as,
}) => {
  const ghana = await as('gha.head', { serviceWorkers: 'allow' })
  const context = ghana.context()
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await ghana.goto('/notices')
  await expect(ghana.getByText(/You have not allowed this browser to show notices/)).toBeVisible()
  await expect(ghana.getByLabel('Report due: Browser')).toBeChecked()
  await expect(ghana.getByLabel('Report due: Browser')).toBeDisabled()

  const devices = await context.newCDPSession(ghana)
  const registered = new Promise<string>((resolve) =>
    devices.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId)
    }),
  )
  await devices.send('ServiceWorker.enable')
  await ghana.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  // A browser without a screen has nowhere to show it: here is seen what it was asked to show.
  await worker.evaluate(() => {
    const asked: unknown[] = []
    const scope = self as unknown as { registration: object; asked: unknown[] }
    scope.asked = asked
    Object.assign(scope.registration, { showNotification: (...shown: unknown[]) => asked.push(shown) })
  })
  const notices = (await (await ghana.request.get('/api/notices')).json()) as { number: number; href: string }[]
  const { number, href } = notices.find((one) => one.href.startsWith('/sessions/'))!
  const words = { title: 'دعوة إلى عقد جلسة', body: 'Closing plenary', lang: 'ar', dir: 'rtl' }
  await devices.send('ServiceWorker.deliverPushMessage', {
    ...{ origin: new URL(ghana.url()).origin, registrationId: await registered },
    data: JSON.stringify({ number, ...words }),
  })
  const { title, ...shown } = words
  await expect
    .poll(() => worker.evaluate(() => (self as unknown as { asked: unknown[] }).asked))
    .toEqual([[title, { ...shown, tag: String(number), data: number, icon: '/icon.svg' }]])

  await ghana.goto(`/notices/${number}`)
  await expect.poll(() => new URL(ghana.url()).pathname).toBe(href.replace(/[?#].*/, ''))
})
