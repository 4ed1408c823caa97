import type { Page } from '@playwright/test'
import { LibreTranslateServer } from '../support/libre-translate.js'
import { apiOf, expect, openSession, test as base } from '../support/e2e.js'

/* A dialogue in four languages, with a service that translates. */

const KEY = 'the key'
const test = base.extend<object, { libre: LibreTranslateServer }>({
  libre: [
    async ({}, use) => {
      const libre = await LibreTranslateServer.open(KEY)
      await use(libre)
      await libre.close()
    },
    { scope: 'worker' },
  ],
  settings: [async ({ libre }, use) => use({ TRANSLATOR_URL: libre.url, TRANSLATOR_KEY: KEY }), { scope: 'worker' }],
})
test.use({ forumOf: 'tongues' })

const statement = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words })
const fold = (page: Page, name: RegExp) => page.locator('summary').filter({ hasText: name })

test('[SCENE-6] nine statements in four languages, one translated by machine and marked, and a summary that cites all', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const names = ['secretariat', 'rapporteur', 'eth.head', 'gha.head', 'mar.head', 'col.head', 'che.head', 'ind.head']
  const [secretariat, rapporteur, ethiopia, ghana, morocco, colombia, switzerland, india] = (await Promise.all(
    names.map((who) => as(who)),
  )) as [Page, Page, Page, Page, Page, Page, Page, Page]
  await openSession(secretariat)
  const { sent } = await apiOf(secretariat)
  const session = `/sessions/${/sessions\/([^/?]+)/.exec(secretariat.url())![1]}`
  const title = 'Aligning digital and industrial policy'
  const { id: currentItemId } = await sent('post', `${session}/items`, { number: '9', title })
  const { revision } = await sent('get', session)
  await sent('patch', session, { currentItemId, revision })
  for (const page of [rapporteur, ethiopia, ghana, morocco, colombia, switzerland, india]) {
    await page.goto(new URL(secretariat.url()).pathname)
    await expect(page.getByRole('heading', { name: new RegExp(title) }).first()).toBeVisible()
  }
  await fold(ethiopia, /^Summary/).click()
  await ethiopia.getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(ethiopia.getByRole('button', { name: 'Do not follow any longer' })).toBeVisible()

  const ARABIC = 'نحتاج إلى استراتيجية واحدة للبيانات والصناعة.'
  const said = [
    [ghana, 'en', 'Both strategies belong in one ministry.'],
    [switzerland, 'fr', 'Une seule stratégie, un seul budget.'],
    [morocco, 'ar', ARABIC],
    [colombia, 'es', 'Una sola ventanilla para las empresas.'],
    [india, 'en', 'IndiaStack is open to all: https://indiastack.org'],
    [ghana, 'en', 'Who pays for the registers?'],
    [switzerland, 'fr', 'D’abord les données, ensuite les aides.'],
    [morocco, 'ar', 'نؤيد غانا.'],
    [colombia, 'es', 'De acuerdo con la India.'],
  ] as const
  for (const [page, language, words] of said) {
    await page.getByLabel('Language of the statement').selectOption(language)
    await page.getByLabel('Your statement').fill(words)
    await page.getByRole('button', { name: 'Make statement' }).click()
    await expect(statement(rapporteur, words)).toBeVisible()
  }
  await expect(statement(ghana, ARABIC).locator('.body')).toHaveAttribute('dir', 'rtl')
  await expect(statement(ghana, 'IndiaStack').getByRole('link', { name: 'https://indiastack.org' })).toBeVisible()
  await statement(ghana, ARABIC).getByRole('button', { name: 'Translate' }).click()
  await expect(statement(ghana, ARABIC)).toContainText(`en: ${ARABIC}`)
  await expect(statement(ghana, ARABIC)).toContainText('Machine translation')

  await fold(rapporteur, /^Summary/).click()
  await rapporteur.getByRole('button', { name: 'Write the summary' }).click()
  const dialog = rapporteur.getByRole('dialog')
  await dialog.getByLabel('Summary').fill('All want one strategy, and ask who pays for the registers.')
  await dialog.getByRole('button', { name: 'Cite all' }).click()
  await dialog.getByRole('button', { name: 'Publish the summary' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(ethiopia.getByText('Rests on 9 statements. All statements are cited.')).toBeVisible()
  await ethiopia.getByRole('link', { name: /^Notices/ }).click()
  await expect(ethiopia.getByRole('listitem').filter({ hasText: 'New summary' }).first()).toContainText(title)
})
