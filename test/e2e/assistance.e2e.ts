import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.js'
import { activitiesIn, faultsOfIati } from '../support/iati.js'
import { expect, test } from '../support/e2e.js'

test.use({ forumOf: 'assistance' })

const toAssistance = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Assistance' }).click()
  await expect(page.getByRole('region', { name: 'Assistance in figures' })).toBeVisible()
}
const offersThatFit = (page: Page) => page.getByRole('table', { name: 'Offers that fit' })
const cardOf = (page: Page, title: string) =>
  page.getByRole('article', { name: title }).filter({ hasText: 'Beneficiary' })
const figure = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Assistance in figures' }).locator('dl > div').filter({ hasText: name })

async function find(page: Page, title: string) {
  await toAssistance(page)
  await page.getByRole('link', { name: `Find offers: ${title}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(offersThatFit(page)).toBeVisible()
}

async function accept(page: Page, title: string, gains: string) {
  await toAssistance(page)
  await page.getByRole('button', { name: `Accept: ${title}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Accept' })
  await dialog.getByLabel('What your delegation gains').fill(gains)
  await dialog.getByRole('button', { name: 'Accept' }).click()
  await expect(dialog).toBeHidden()
}

async function confirm(page: Page, worth: RegExp, amount?: string) {
  await toAssistance(page)
  await page.getByRole('button', { name: new RegExp(`^Confirm: .*${worth.source}`) }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm' })
  if (amount) await dialog.getByLabel(/^Amount/).fill(amount)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog).toBeHidden()
}

test('[SCENE-15] offers are ranked with their reasons, ruled out with theirs, and what is missing is named', async ({
  as,
}) => {
  const page = await as('mar.head')
  await page.goto('/assistance')
  // The request that is matched leads to its ranking by its name.
  await page.getByRole('heading', { name: 'Traceability for argan cooperatives' }).getByRole('link').click()
  const best = offersThatFit(page).getByRole('row').nth(1)
  await expect(best).toContainText('TUN')
  for (const reason of [
    'SDG 5.5',
    'Agro-industries',
    'Peer learning',
    'Northern Africa',
    'told by the provider',
    'French',
  ])
    await expect(best).toContainText(reason)

  for (const title of ['Cosmetics cluster and market survey', 'Course for cluster managers']) {
    await find(page, title)
    await page.getByText(/ruled out, and why/).click()
    const german = page.getByRole('listitem').filter({ hasText: 'Fund for industrial statistics' })
    await expect(german).toContainText('not for this country: least developed countries')
  }
  await expect(page.getByText('nothing at 50 or above')).toBeVisible()
  await expect(page.getByText('What is missing most: Theme.')).toBeVisible()
})

test('[SCENE-16] [SCENE-17] three triangles are agreed and begun, and commitments stand by currency', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const [broker, ghana, colombia, korea, ethiopia, germany, india] = await Promise.all([
    as('secretariat'),
    as('gha.head'),
    as('col.head'),
    as('kor.head'),
    as('eth.head'),
    as('deu.head'),
    as('ind.head'),
  ])
  const [survey, advice] = ['Cosmetics cluster and market survey', 'Advice on an industrial data strategy']

  await test.step('the broker proposes a triangle and says why it departs from the score', async () => {
    await find(broker, survey)
    const choose = (offer: string) => broker.getByRole('checkbox', { name: `Choose: ${offer}` })
    await choose('Fund for cluster market studies').check()
    await broker.getByRole('button', { name: 'Propose 1 chosen' }).click()
    await expect(broker.getByLabel('Why not as the score advises')).toBeVisible()
    await broker.getByRole('button', { name: 'Cancel' }).click()
    await choose('Peers of export consortia').check()
    await broker.getByRole('button', { name: 'Propose 2 chosen' }).click()
    const dialog = broker.getByRole('dialog', { name: 'Propose the match' })
    await expect(dialog.getByLabel('Why not as the score advises')).toBeHidden()
    await expect(dialog.getByLabel('Role of Republic of Korea')).toHaveValue('facilitating')
    await dialog.getByLabel('Interest that the secretariat declares').fill('None.')
    await dialog.getByRole('button', { name: 'Propose the match' }).click()
    await expect(cardOf(broker, survey)).toContainText('triangular')
  })

  await test.step('every party accepts; begun only once a capacity is named', async () => {
    await accept(ethiopia, advice, 'A unit that writes its own rules.')
    await accept(germany, advice, 'Figures that can be compared.')
    await accept(ghana, survey, 'Buyers are known.')
    await accept(colombia, survey, 'Partners in West Africa.')
    await accept(korea, survey, 'Open data.')
    for (const [page, title, capacity] of [
      [ethiopia, advice, 'A unit of four keeps the baseline.'],
      [ghana, survey, 'The cluster runs its own survey.'],
    ] as const) {
      const card = cardOf(page, title)
      await expect(card).toContainText('Before it begins, name at least one capacity')
      await expect(card.getByRole('button', { name: /^Begin/ })).toBeHidden()
      await card.getByRole('button', { name: /^Name a result/ }).click()
      const dialog = page.getByRole('dialog', { name: 'Name a result' })
      await dialog.getByLabel('Capacity that will be there').fill(capacity)
      await dialog.getByRole('button', { name: 'Name a result' }).click()
      await card.getByRole('button', { name: /^Begin/ }).click()
      await expect(card).toContainText(capacity)
      await expect(card.getByRole('button', { name: /^Say that it is done/ })).toBeVisible()
    }
  })

  await test.step('providers confirm; the same figures stand with everybody', async () => {
    await confirm(korea, /400,000/)
    await confirm(germany, /300,000/)
    await confirm(india, /60 expert days/)
    await confirm(colombia, /15 expert days/)
    const round = await broker.getByRole('link', { name: 'Round', exact: true }).getAttribute('href')
    for (const [page, path] of [
      [broker, '/assistance'],
      [ghana, '/follow-up'],
      [korea, `/public${round}`],
    ] as const) {
      await page.goto(path)
      await expect(figure(page, 'Requests matched')).toContainText('75%')
      await expect(figure(page, 'Requests matched')).toContainText('3 of 4 published')
      await expect(figure(page, 'Money confirmed')).toContainText(/EUR.300,000.*USD.600,000/)
      await expect(figure(page, 'In kind confirmed')).toContainText('95 expert days')
      await expect(figure(page, 'Pledge gap')).toContainText(/USD.50,000/)
      await expect(figure(page, 'Pledge gap')).not.toContainText('EUR')
    }
    const sums = broker.getByRole('table', { name: /^Sums/ })
    await expect(sums.getByRole('row', { name: /^USD/ })).toContainText(/650,000.*600,000.*50,000/)
    await expect(broker.getByRole('article').filter({ hasText: 'At work' })).toHaveCount(3)
  })

  await test.step('[SCENE-23] the three are valid activities of IATI with the same amounts', async () => {
    const [taken] = await Promise.all([
      broker.waitForEvent('download'),
      broker.getByRole('button', { name: 'IATI file' }).click(),
    ])
    expect(taken.suggestedFilename()).toMatch(/^MIPF\.3 IATI .*\.xml$/)
    const xml = await readFile(await taken.path(), 'utf8')
    expect(await faultsOfIati(xml)).toEqual([])
    const activities = activitiesIn(xml)
    expect(activities).toHaveLength(3)
    for (const one of activities)
      for (const words of ['<activity-status code="2"/>', '<collaboration-type code="8"/>', '<tag vocabulary="3"'])
        expect(one).toContain(words)
    const committed = [...xml.matchAll(/type code="2"\/>.*?<value currency="(\w+)"[^>]*>([\d.]+)</g)]
    expect(committed.map(([, currency, amount]) => `${currency} ${amount}`).sort()).toEqual([
      ...['EUR 300000', 'USD 200000', 'USD 400000'],
    ])
  })

  await test.step('the pages have no faults, light, dark, on a phone and in Arabic', async () => {
    const faults: string[] = []
    await broker.getByRole('link', { name: 'Find offers: Course for cluster managers' }).click()
    await expect(broker.getByText('No published offer fits this request yet.')).toBeVisible()
    for (const path of [broker.url(), '/assistance']) {
      await broker.goto(path)
      await expect(broker.locator('h1').first()).toBeVisible()
      await expect(broker.locator('.loading')).toHaveCount(0)
      faults.push(...(await faultsOf(broker)))
      await broker.emulateMedia({ colorScheme: 'dark' })
      faults.push(...(await faultsOf(broker, 'colours')))
      await broker.emulateMedia({ colorScheme: 'light' })
    }
    await broker.evaluate(() => localStorage.setItem('multilogue.language', 'ar'))
    await broker.setViewportSize({ width: 390, height: 844 })
    await broker.reload()
    await expect(broker.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(broker.locator('.loading')).toHaveCount(0)
    faults.push(...(await faultsOf(broker)))
    expect(await broker.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(faults).toEqual([])
  })
})

test('[COOP-14] what covers the same is named while an offer is drafted, and how it fits stands on its page', async ({
  as,
}) => {
  const page = await as('idn.head')
  await toAssistance(page)
  await page.getByRole('button', { name: 'Offer assistance' }).click()
  const dialog = page.getByRole('dialog', { name: 'Offer assistance' })
  const warning = dialog.getByRole('status')
  await dialog.getByLabel('Title').fill('Label advice of Indonesian growers')
  await dialog.getByLabel('Description').fill('Growers who built a label of their own.')
  await dialog.getByRole('checkbox', { name: 'Peer learning' }).check()
  await expect(warning).toHaveText('')
  await dialog.getByLabel('SDG targets').fill('5.5, 5.a')
  await dialog.getByRole('checkbox', { name: 'Agro-industries' }).check()
  await expect(warning).toContainText('2 that are published cover the same.')
  const peers = dialog.getByRole('listitem').filter({ hasText: 'Peers of the Djebba fig label' })
  for (const shared of ['TUN', 'both for everybody', 'SDG 5.5', 'close to SDG 5.a', 'Agro-industries', 'at any time'])
    await expect(peers).toContainText(shared)
  await expect(peers.getByRole('link')).toHaveAttribute('target', '_blank')
  const faults = await faultsOf(page)

  await dialog.getByLabel('How it fits with others').fill('Djebba brings figs, we bring cocoa.')
  await dialog.getByLabel('Publish at once').uncheck()
  await dialog.getByRole('button', { name: 'Save draft' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('link', { name: 'Label advice of Indonesian growers' }).click()
  await expect(page.getByText('Djebba brings figs, we bring cocoa.')).toBeVisible()
  const same = page.getByRole('region', { name: 'What covers the same' })
  await expect(same.getByRole('listitem')).toHaveCount(2)
  faults.push(...(await faultsOf(page)))
  await same.getByRole('link', { name: 'Peers of the Djebba fig label' }).click()
  await expect(page.getByText('Switzerland pays for scales and labels')).toBeVisible()
  await expect(same.getByRole('link')).toHaveText(['Seed funding for traceable value chains'])
  expect(faults).toEqual([])
})
