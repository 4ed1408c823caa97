import { randomUUID } from 'node:crypto'
import { chromium, expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { Forum } from './forum.js'

interface Given {
  /** Files that leave the demo round as no other file expects it name a forum of their own. */
  forumOf: string
  /** The instant at which the demo round is made, for a forum whose clock is moved by hand; empty: now. */
  clock: string
  /** Of the server, besides those that all have. */
  settings: Record<string, string>
  forum: Forum
  chrome: Browser
}
interface GivenForTest {
  /** Opens a browser of its own for a demo account, signed in. */
  as: (who: string, options?: Parameters<Browser['newContext']>[0]) => Promise<Page>
}

/** A running forum for the file, and one browser context for each person. */
export const test = base.extend<GivenForTest, Given>({
  forumOf: ['all', { option: true, scope: 'worker' }],
  clock: ['', { option: true, scope: 'worker' }],
  settings: [{}, { option: true, scope: 'worker' }],
  forum: [
    async ({ forumOf: _, clock, settings }, use) => {
      const forum = await (clock ? Forum.at(clock) : Forum.open(settings))
      await use(forum)
      await forum.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  chrome: [
    async ({}, use) => {
      const chrome = await chromium.launch(launchOptions())
      await use(chrome)
      await chrome.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  as: async ({ forum, chrome }, use) => {
    const contexts: BrowserContext[] = []
    const thrown: string[] = []
    await use(async (who, options) => {
      // Keeping the application takes each new browser seconds; those that go offline ask for it.
      const given = { baseURL: forum.address, locale: 'en-GB', serviceWorkers: 'block' as const }
      const context = await chrome.newContext({ ...given, ...options })
      contexts.push(context)
      await context.addInitScript(() => {
        if (location.origin !== 'null' && !localStorage.getItem('multilogue.language'))
          localStorage.setItem('multilogue.language', 'en')
      })
      context.on('weberror', (error) => thrown.push(`${who}: ${String(error.error())}`))
      await signedIn(context, who)
      const page = await context.newPage()
      await page.goto('/')
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
      return page
    })
    for (const context of contexts) await context.close()
    expect(thrown, 'errors that a page did not catch').toEqual([])
  },
})

export { expect }

const credentialsOf = (who: string) => ({ email: `${who}@demo.test`, password: 'multilogue-demo' })

/** Gives a browser the session of a demo account. */
export async function signedIn(context: BrowserContext, who: string): Promise<void> {
  await expect(await context.request.post('/api/sign-in', { data: credentialsOf(who), maxRetries: 1 })).toBeOK()
}

/** Signs in as people do. */
export async function signIn(page: Page, who: string): Promise<void> {
  const { email, password } = credentialsOf(who)
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

/** Opens the live session of the demo round. */
export async function openSession(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Session' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
}

/** Opens the list of texts. It is waited for: the page before it may have links of the same names. */
export async function openTexts(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Texts' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Texts' })).toBeVisible()
}

/** Opens a text of the demo round and waits until it can be typed into. */
export async function openText(page: Page, title: RegExp): Promise<ReturnType<Page['locator']>> {
  await openTexts(page)
  await page.getByRole('link', { name: title }).first().click()
  const editor = page.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  return editor
}

/** What only takes time in a browser, done over the API from the person's own seat. */
export async function apiOf(page: Page) {
  const { seats } = (await (await page.request.get('/api/me')).json()) as { seats: { id: string; roundId: string }[] }
  const { id: seatId, roundId } = seats[0]!
  /** @throws when it is refused */
  const sent = async (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, data?: object) => {
    const headers = { 'idempotency-key': randomUUID(), 'x-seat': seatId }
    const answer = await page.request[method](`/api${path}`, { headers, ...(data ? { data } : {}) })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as { id: string; revision: number; rules: object }
  }
  return { seatId, roundId, sent }
}

/** An empty text in which this person writes. */
export async function freshText(page: Page): Promise<ReturnType<Page['locator']>> {
  const { roundId, sent } = await apiOf(page)
  const { id } = await sent('post', '/documents', {
    ...{ roundId, kind: 'vision_statement', title: 'A vision', language: 'en' },
  })
  await page.goto(`/documents/${id}`)
  const editor = page.getByRole('textbox', { name: /^Text:/ })
  await expect(editor).toHaveAttribute('contenteditable', 'true')
  await editor.click()
  return editor
}

/** Who may write: not to be taken for the views of a text, one of which has the same name. */
export const modesOf = (page: Page) => page.getByRole('group', { name: 'Who holds the pen' })

/** The text's word that everything written here is stored. */
export const saved = (page: Page) => page.getByRole('status').filter({ hasText: /Saved$/ })

/** What a screen reader has read out since this was called, in order; moving within the application does not end it. */
export async function listening(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const words: string[] = []
    const region = document.querySelector('.visually-hidden[aria-live="polite"]')!
    new MutationObserver(() => words.push(region.textContent.trim())).observe(region, {
      ...{ childList: true, characterData: true, subtree: true },
    })
    return words
  })
  return () => said.jsonValue()
}
