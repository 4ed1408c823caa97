import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, test } from '../support/e2e.js'

/** Every page of the demo round, found the way a reader finds it. */
async function pagesOf(page: Page): Promise<string[]> {
  const found = ['/documents', '/recommendations', '/assistance', '/follow-up', '/glossary']
  for (const [list, href] of [
    ['/', '/rounds/'],
    ['/', '/sessions/'],
    ['/documents', '/documents/'],
    ['/recommendations', '/recommendations/'],
  ] as const) {
    await page.goto(list)
    const link = page.locator(`main a[href^="${href}"], nav a[href^="${href}"]`).first()
    await expect(link).toBeVisible()
    found.push((await link.getAttribute('href'))!.split(/[?#]/)[0]!)
  }
  await page.goto('/documents')
  const outcome = await page
    .getByRole('link', { name: /^Draft outcome/ })
    .first()
    .getAttribute('href')
  await page.goto(outcome!)
  const issued = await page.locator('a[href^="/issued/"]').first().getAttribute('href')
  return ['/', ...found, ...['rolling', 'compilation'].map((view) => `${outcome}?view=${view}`), issued!]
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible()
  await expect(page.locator('.loading')).toHaveCount(0)
}

// Every part of a page is on one of theirs.
for (const [language, dir, who] of [
  ['en', 'ltr', 'gha.head'],
  ['ar', 'rtl', 'secretariat'],
] as const)
  test(`[PAGE-1] axe finds nothing on any page of ${who} in ${language}`, async ({ as }) => {
    test.setTimeout(300_000)
    const page = await as(who)
    const said: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text())
    })
    page.on('pageerror', (error) => said.push(error.message))
    const pages = await pagesOf(page)
    await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
    const faults: string[] = []
    for (const path of pages) {
      await page.goto(path)
      await settled(page)
      await expect(page.locator('html')).toHaveAttribute('dir', dir)
      await page.emulateMedia({ colorScheme: 'light' })
      faults.push(...(await faultsOf(page)))
      await page.emulateMedia({ colorScheme: 'dark' })
      faults.push(...(await faultsOf(page, 'colours')))
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (wide > 0) faults.push(`${path} is ${wide}px wider than the window`)
    }
    expect(faults).toEqual([])
    expect(said).toEqual([])
  })

test('[PAGE-2] the sign-in page is free of faults, and wrong words are answered clearly', async ({ chrome, forum }) => {
  const context = await chrome.newContext({ baseURL: forum.address, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/recommendations')
  await expect(page).toHaveURL(/sign-in\?to=%2Frecommendations/)
  await expect(page.getByRole('heading', { name: 'Demo accounts' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('E-mail address').fill('gha.head@demo.test')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('E-mail address and password do not match')
  await page.getByRole('button', { name: 'gha.head' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/recommendations$/)
  await context.close()
})

test('[PAGE-3] nothing is wider than a phone, in English and in Arabic', async ({ as }) => {
  test.setTimeout(300_000)
  const page = await as('gha.head', { viewport: { width: 390, height: 844 } })
  const pages = await pagesOf(page)
  const wide: string[] = []
  for (const language of ['en', 'ar']) {
    await page.evaluate((chosen) => localStorage.setItem('multilogue.language', chosen), language)
    for (const path of pages) {
      await page.goto(path)
      await settled(page)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (over > 0) wide.push(`${language} ${path} by ${over}px`)
    }
  }
  expect(wide).toEqual([])
})

test('[PAGE-4] the language changes under a half-written statement', async ({ as }) => {
  const page = await as('gha.head')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Session' }).click()
  const statement = page.getByRole('textbox', { name: 'Your statement' })
  await statement.fill('Half a sentence')
  const language = page.getByRole('banner').locator('select').first()
  await language.selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('textarea').first()).toHaveValue('Half a sentence')
  for (const code of ['es', 'fr', 'ru', 'zh']) {
    await language.selectOption(code)
    await expect(page.locator('html')).toHaveAttribute('lang', code)
    await expect(page.locator('textarea').first()).toHaveValue('Half a sentence')
  }
})

test('[PAGE-5] what is not there and what may not be seen look the same', async ({ as }) => {
  const page = await as('gha.head')
  await page.goto('/recommendations/01900000-0000-7000-8000-000000000000')
  await expect(page.getByText('There is nothing here')).toBeVisible()
  await page.goto('/no-such-page')
  await expect(page.getByText('There is nothing here')).toBeVisible()
})

test('[PAGE-6] the way into the round stands still while the round is being read', async ({ as }) => {
  const page = await as('gha.head')
  const main = page.getByRole('navigation', { name: 'Main' })
  const places = () => main.getByRole('link').evaluateAll((links) => links.map((a) => a.getBoundingClientRect().top))
  let answer = () => {}
  const isAsked = new Promise<void>((asked) => {
    void page.route(
      /\/api\/rounds\/[^/]+$/,
      async (route) => {
        asked()
        await new Promise<void>((go) => (answer = go))
        await route.fallback()
      },
      { times: 1 },
    )
  })
  await page.reload()
  await isAsked
  const session = main.getByRole('link', { name: 'Session' })
  await expect(session).toBeDisabled()
  const before = await places()
  answer()
  await expect(session).toBeEnabled()
  expect(await places()).toEqual(before)
})
