import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { expect, modesOf, openText, saved, signIn, test } from '../support/e2e.js'
import { Gate } from '../support/gate.js'

const offline = (page: Page) => page.getByRole('status').filter({ hasText: /Offline/ })
const editorOf = (page: Page) => page.getByRole('textbox', { name: /^Text:/ })

/** The pages are kept by then. */
const pagesKept = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    return active?.state
  })

const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort())

async function typeAtTheEnd(page: Page, words: string): Promise<void> {
  await editorOf(page).locator('p').last().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

test('[LOCAL-1] a text opens without a network, and unsent words outlive the browser', async ({ as, forum }) => {
  test.setTimeout(300_000)
  const home = await mkdtemp(join(tmpdir(), 'multilogue-browser-'))
  const browse = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(home, { ...launchOptions(), baseURL: forum.address, locale: 'en-GB' })
  let browser = await browse()
  let page = await browser.newPage()
  await signIn(page, 'gha.head')
  await openText(page, /^Action plan/)
  const { pathname } = new URL(page.url())
  await expect.poll(() => pagesKept(page)).toBe('activated')
  await expect(saved(page)).toBeVisible()

  await forum.kill()
  await typeAtTheEnd(page, ' Written without a network.')
  await expect(offline(page)).toHaveText(/kept here and sent later/)
  await page.reload()
  await expect(editorOf(page)).toContainText('Written without a network.')
  await expect(offline(page)).toHaveText(/kept here and sent later/)
  await browser.close()

  browser = await browse()
  page = await browser.newPage()
  await page.goto(pathname)
  await expect(editorOf(page)).toContainText('Written without a network.')
  await expect(offline(page)).toHaveText(/kept here and sent later/)
  await expect(editorOf(page)).toHaveAttribute('contenteditable', 'true')
  await typeAtTheEnd(page, ' And written on after a new start.')

  await forum.start()
  await expect(saved(page)).toBeVisible({ timeout: 20_000 })
  const other = await as('eth.head')
  const theirs = await openText(other, /^Action plan/)
  await expect(theirs).toContainText('Written without a network. And written on after a new start.')
  await browser.close()
  await rm(home, { recursive: true, force: true })
})

test('[LOCAL-2] words written offline into a text that was frozen meanwhile are handed back', async ({ as, forum }) => {
  test.setTimeout(180_000)
  const gate = await Gate.before(forum.address)
  const [ghana, ethiopia, chair] = await Promise.all([
    as('gha.head', { baseURL: gate.address }),
    as('eth.head'),
    as('chair'),
  ])
  await openText(ghana, /^Action plan/)
  const theirs = await openText(ethiopia, /^Action plan/)
  await expect(saved(ghana)).toBeVisible()
  gate.cut()
  await typeAtTheEnd(ghana, ' Too late for this text.')
  await theirs.locator('p').first().click()
  await ethiopia.keyboard.press('End')
  await ethiopia.keyboard.type(' Ethiopia was in time.')
  await expect(saved(ethiopia)).toBeVisible()
  await openText(chair, /^Action plan/)
  await modesOf(chair).getByRole('button', { name: 'Frozen' }).click()
  await expect(chair.getByText('The text is frozen')).toBeVisible()

  gate.mend()
  const kept = ghana.getByRole('region', { name: 'Your words were not taken into the text' })
  await expect(kept).toContainText('Too late for this text.', { timeout: 20_000 })
  // What others wrote meanwhile is not called this person's.
  await expect(kept).not.toContainText('Ethiopia was in time.')
  await expect(editorOf(ghana)).toContainText('Ethiopia was in time.')
  await expect(editorOf(ghana)).not.toContainText('Too late for this text.')
  await expect(editorOf(ghana)).toHaveAttribute('contenteditable', 'false')
  await ghana.reload()
  await expect(kept).toContainText('Too late for this text.')
  await expect(editorOf(ghana)).not.toContainText('Too late for this text.')
  await kept.getByRole('button', { name: 'I no longer need them' }).click()
  await expect(kept).toHaveCount(0)

  await modesOf(chair).getByRole('button', { name: 'Drafting' }).click()
  await expect(editorOf(ghana)).toHaveAttribute('contenteditable', 'true')
  await gate.close()
})

test('[LOCAL-3] signing out asks about unsent words, and leaves nothing behind in the browser', async ({
  as,
  forum,
}) => {
  const gate = await Gate.before(forum.address)
  const page = await as('gha.head', { baseURL: gate.address })
  await openText(page, /^Action plan/)
  await expect(saved(page)).toBeVisible()
  expect((await databases(page)).filter((name) => name.startsWith('multilogue/'))).toHaveLength(1)
  gate.cut()
  await typeAtTheEnd(page, ' Never sent.')
  await expect(offline(page)).toHaveText(/kept here and sent later/)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const question = page.getByRole('dialog', { name: 'Not everything has been sent' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  gate.mend()
  await expect(saved(page)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('E-mail address')).toBeVisible()
  await expect.poll(() => databases(page)).toEqual(['multilogue'])
  const left = await page.evaluate(async () => {
    const opening = indexedDB.open('multilogue')
    await new Promise((resolve) => (opening.onsuccess = resolve))
    const stores = [...opening.result.objectStoreNames]
    const reading = stores.map((name) => opening.result.transaction(name).objectStore(name).getAllKeys())
    return Promise.all(
      reading.map((asked) => new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)))),
    )
  })
  expect(left.flat()).toEqual([])
  await gate.close()
})

test('[LOCAL-4] who may not open the text any more keeps no copy of it, only the own words', async ({ as, forum }) => {
  test.setTimeout(180_000)
  const gate = await Gate.before(forum.address)
  const [page, admin] = await Promise.all([as('che.adviser', { baseURL: gate.address }), as('admin')])
  const { seats } = (await (await page.request.get('/api/me')).json()) as { seats: { id: string }[] }
  await openText(page, /^Action plan/)
  await expect(saved(page)).toBeVisible()
  await expect.poll(() => databases(page)).toHaveLength(2)
  gate.cut()
  await typeAtTheEnd(page, ' Written before it was known.')
  await expect(offline(page)).toHaveText(/kept here and sent later/)
  expect((await admin.request.delete(`/api/seats/${seats[0]!.id}`)).ok()).toBe(true)
  gate.mend()
  const kept = page.getByRole('region', { name: 'Your words were not taken into the text' })
  await expect(kept).toContainText('Written before it was known.', { timeout: 20_000 })
  await expect(kept).not.toContainText('Each action names who leads')
  await expect(editorOf(page)).toHaveAttribute('contenteditable', 'false')
  await expect.poll(() => databases(page)).toEqual(['multilogue'])
  await page.reload()
  await expect(page.getByText('You have no seat in a round')).toBeVisible()
  await gate.close()
})

test('[LOCAL-5] where the browser forbids its storage the text works, and says that nothing is kept', async ({
  as,
}) => {
  const page = await as('tun.head')
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Forbidden by the person', 'SecurityError')
    }
  })
  await page.reload()
  await openText(page, /^Action plan/)
  await expect(page.getByText('This browser does not let the page keep anything')).toBeVisible()
  await typeAtTheEnd(page, ' Saved all the same.')
  await expect(saved(page)).toBeVisible()
})
