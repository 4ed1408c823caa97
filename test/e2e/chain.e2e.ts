import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { expect, openSession, openText, saved, test } from '../support/e2e.js'

const TITLE = 'Open the survey questionnaire to all members'

/** Opens the recommendation from the list. */
async function openRecommendation(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recommendations' }).click()
  await page.getByRole('link', { name: TITLE }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
}

test('[CHAIN-1] from a statement to a validated result, each step live in the others’ browsers', async ({ as }) => {
  test.setTimeout(300_000)
  const [ghana, chair, secretariat, korea] = await Promise.all([
    as('gha.head'),
    as('chair'),
    as('secretariat'),
    as('kor.head'),
  ])
  const words = `Our questionnaire is ready to be shared with every member. ${Date.now()}`

  await test.step('a statement appears live for the others', async () => {
    for (const page of [ghana, chair, secretariat]) await openSession(page)
    await ghana.getByRole('textbox', { name: 'Your statement' }).fill(words)
    await ghana.getByRole('button', { name: 'Make statement' }).click()
    for (const page of [ghana, chair, secretariat]) await expect(page.getByText(words)).toBeVisible()
  })

  await test.step('two delegations write into the same vision statement and see each other', async () => {
    const [one, two] = [await openText(ghana, /^Vision statement/), await openText(korea, /^Vision statement/)]
    await one.locator('p').last().click()
    await ghana.keyboard.press('End')
    await ghana.keyboard.type(' Ghana adds this.')
    await expect(two).toContainText('Ghana adds this.')
    await two.locator('p').first().click()
    await korea.keyboard.press('End')
    await korea.keyboard.type(' Korea adds that.')
    await expect(one).toContainText('Korea adds that.')
    await expect(ghana.getByText('KOR').first()).toBeVisible()
    await expect(korea.locator('main').getByText('GHA').first()).toBeVisible()
    await expect(saved(ghana)).toBeVisible()
  })

  await test.step('the chair makes a recommendation from the statement', async () => {
    for (const page of [ghana, secretariat, korea]) await page.goto('/recommendations')
    await chair
      .getByRole('article')
      .filter({ hasText: words })
      .getByRole('button', { name: 'Make recommendation' })
      .click()
    const form = chair.getByRole('dialog')
    await expect(form.getByText(words)).toBeVisible()
    await form.getByLabel('Title').fill(TITLE)
    await form.getByLabel('Action', { exact: true }).fill('Publish the questionnaire and the raw data in one place.')
    await form.getByLabel('Owner', { exact: true }).fill('Ministry of Trade, Ghana')
    await form.getByLabel('Due date').fill('2027-12-01')
    await form.getByLabel('Measure', { exact: true }).fill('One open data set')
    await form.getByRole('checkbox', { name: 'Ghana' }).check()
    await form.getByRole('button', { name: 'Make a recommendation' }).click()
    await chair.getByRole('dialog').getByRole('link', { name: 'Open the recommendation' }).click()
    for (const page of [ghana, secretariat, korea])
      await expect(page.getByRole('link', { name: TITLE }).first()).toBeVisible()
  })

  for (const page of [ghana, secretariat, korea]) await openRecommendation(page)
  await expect(chair.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()

  await test.step('the chair adopts it, Ghana supports it', async () => {
    await chair.getByRole('button', { name: 'Adopt' }).click()
    await chair.getByRole('dialog').getByRole('button', { name: 'Adopt' }).click()
    await ghana.getByRole('button', { name: 'Respond' }).click()
    const answer = ghana.getByRole('dialog')
    const [words, send] = [
      answer.getByLabel('Words to the response'),
      answer.getByRole('button', { name: 'Send the response' }),
    ]
    await answer.getByRole('radio', { name: 'supported in part' }).check()
    await expect(words).toHaveAccessibleDescription('Say which part is supported.')
    await words.fill('   ')
    await send.click()
    await expect(words).toHaveAttribute('aria-invalid', 'true')
    await expect(answer.getByRole('radio', { name: 'supported in part' })).toBeChecked()
    expect(await faultsOf(ghana)).toEqual([])
    await words.fill('The survey, not yet its data.')
    await send.click()
    for (const page of [chair, secretariat, korea])
      await expect(page.getByText('The survey, not yet its data.').first()).toBeVisible()
    await expect(secretariat.getByText('supported in part').first()).toBeVisible()

    await ghana.getByRole('button', { name: 'Change the response' }).click()
    await answer.getByRole('radio', { name: 'supported', exact: true }).check()
    await words.fill('')
    await send.click()
    for (const page of [chair, secretariat, korea])
      await expect(page.getByRole('definition').filter({ hasText: /supported on/ })).toBeVisible()
  })

  await test.step('a provider links an offer, both accept, a commitment stands', async () => {
    await korea.getByRole('button', { name: 'Offer support' }).click()
    const form = korea.getByRole('dialog')
    await form.getByRole('radio', { name: /Fund for cluster market studies/ }).check()
    await form.getByLabel('For', { exact: true }).selectOption({ label: 'Ghana' })
    await form.getByLabel('Delivered by').fill('2027-11-01')
    await form.getByRole('button', { name: 'Propose the match' }).click()
    for (const page of [korea, ghana]) {
      await page.getByRole('button', { name: 'Accept' }).first().click()
      const decide = page.getByRole('dialog', { name: 'Accept' })
      await decide.getByLabel('What your delegation gains').fill('Data that can be compared.')
      await decide.getByRole('button', { name: 'Accept' }).click()
    }
    for (const page of [ghana, chair, secretariat, korea])
      await expect(page.getByText('Commitment').first()).toBeVisible()
    await expect(chair.getByText(/USD.400,000/).first()).toBeVisible()
  })

  await test.step('the delegate reports with evidence, the secretariat validates', async () => {
    await secretariat.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Follow-up' }).click()
    await ghana
      .getByRole('link', { name: /^Report on progress/ })
      .first()
      .click()
    const form = ghana.getByRole('dialog')
    await form
      .getByLabel('What has been done', { exact: true })
      .fill('The questionnaire and the first raw data are public.')
    await form.getByLabel('Status', { exact: true }).selectOption({ label: 'implemented' })
    await form.getByLabel('Link to evidence').fill('https://example.org/open-survey')
    await form.getByRole('button', { name: 'Submit report' }).click()
    const report = secretariat
      .locator('[id^="r-"]')
      .filter({ hasText: 'The questionnaire and the first raw data are public.' })
    await expect(report).toBeVisible()
    await report.getByRole('button', { name: /^Validate/ }).click()
    await expect(
      ghana.locator('[id^="r-"]').filter({ hasText: 'The questionnaire and the first raw data' }),
    ).toContainText('validated')
    await expect(chair.getByText('validated').first()).toBeVisible()
  })

  await test.step('its evidence is withdrawn: what was validated is only reported, until it is back', async () => {
    const told = 'The questionnaire and the first raw data are public.'
    const reportOn = (page: Page) => page.locator('[id^="r-"]').filter({ hasText: told })
    await reportOn(ghana)
      .getByRole('button', { name: /^Withdraw the evidence/ })
      .click()
    const dialog = ghana.getByRole('dialog', { name: 'Withdraw the evidence' })
    await dialog.getByLabel('Reason').fill('The data set holds names of respondents.')
    await dialog.getByRole('button', { name: 'Withdraw the evidence' }).click()
    await expect(reportOn(secretariat)).toContainText('The data set holds names of respondents.')
    await expect(chair.getByText('self-reported').first()).toBeVisible()
    await reportOn(secretariat)
      .getByRole('button', { name: /^Put the evidence back/ })
      .click()
    await secretariat.getByRole('dialog').getByRole('button', { name: 'Put the evidence back' }).click()
    await expect(chair.getByText('self-reported')).toHaveCount(0)
  })

  await test.step('the trace shows every step, both ways', async () => {
    const strip = (page: Page) =>
      page.getByRole('navigation', { name: 'Where this came from and what came of it' }).first()
    await expect(
      strip(chair)
        .getByRole('link')
        .filter({ hasText: words.slice(0, 40) }),
    ).toBeVisible()
    for (const kind of ['Statement', 'Agenda item', 'Session', 'Match', 'Commitment', 'Report'])
      await expect(strip(chair).getByText(kind, { exact: false }).first()).toBeVisible()
    await strip(chair)
      .getByRole('link')
      .filter({ hasText: words.slice(0, 40) })
      .click()
    const statement = chair.getByRole('article').filter({ hasText: words })
    await statement.getByRole('button', { name: 'Trace' }).click()
    for (const kind of ['Recommendation', 'Match', 'Commitment', 'Report'])
      await expect(strip(chair).getByText(kind, { exact: false }).first()).toBeVisible()
  })
})
