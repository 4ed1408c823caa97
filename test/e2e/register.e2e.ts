import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { readSheet } from '../../server/dist/recommendations/sheets/read-sheet.js'
import { faultsOf } from '../support/axe.js'
import { apiOf, expect, test } from '../support/e2e.js'

/* The register of recommendations, from the paragraphs of what was adopted to what the addressees say. */

test.use({ forumOf: 'register' })

/** Six operative paragraphs, whom each is for, and words of the statement in which it was first said. */
const PARAGRAPHS = [
  ['Plan industrial and digital strategies from one baseline', 'eth', 'Ethiopia', 'least developed countries'],
  ['Train the managers of clusters for open platforms', 'pak', 'Pakistan', 'open public platforms'],
  ['Share one market survey of cosmetics clusters', 'gha', 'Ghana', 'shared market survey'],
  ['Publish rules of access to demand data', 'col', 'Colombia', 'reglas claras de acceso'],
  ['Support cooperatives with traceable products', 'mar', 'Morocco', 'premier groupe de coopératives'],
  ['Say where industrial data is held', 'idn', 'Indonesia', 'Storage rules'],
] as const

/** A text of six operative paragraphs, adopted in the room. */
async function adoptedText(as: (who: string) => Promise<Page>): Promise<string> {
  const [facilitator, chair, secretariat] = [await as('facilitator'), await as('chair'), await as('secretariat')]
  const { roundId, sent } = await apiOf(facilitator)
  const { sent: presided } = await apiOf(chair)
  const { sent: serviced } = await apiOf(secretariat)
  const { id } = await sent('post', '/documents', {
    ...{ roundId, kind: 'outcome', title: 'Outcome of the round', language: 'en' },
  })
  const words = PARAGRAPHS.map(([text], i) => `${i + 1}. ${text};`).join('\n\n')
  await sent('post', `/documents/${id}/import`, { file: Buffer.from(words).toString('base64'), revision: 1 })
  await sent('patch', `/documents/${id}`, { mode: 'negotiating', revision: 1 })
  const { id: issuedId } = await serviced('post', `/documents/${id}/issue`, { series: 'L' })
  const round = await serviced('get', `/rounds/${roundId}`)
  await serviced('patch', `/rounds/${roundId}/rules`, {
    ...{ rules: { ...round.rules, objectionSeconds: 0, quorum: 'none' }, revision: round.revision },
  })
  const { sessions } = (await serviced('get', `/rounds/${roundId}`)) as unknown as {
    sessions: { id: string; status: string }[]
  }
  const sessionId = sessions.find(({ status }) => status === 'live')!.id
  const asked = await presided('post', '/decisions', { documentId: id, issuedId, sessionId, method: 'consensus' })
  await presided('post', `/decisions/${asked.id}/gavel`, {})
  return id
}

test('[SCENE-14] six recommendations of six paragraphs: five are supported, Pakistan notes one, each goes back to its first statement', async ({
  as,
}) => {
  test.setTimeout(300_000)
  const documentId = await adoptedText(as)
  const chair = await as('chair')
  await chair.goto(`/documents/${documentId}?view=rolling`)
  const made: string[] = []
  for (const [i, [text, , country, said]] of PARAGRAPHS.entries()) {
    await chair.goto(`/documents/${documentId}?view=rolling`)
    await chair.getByRole('button', { name: `Paragraph ${i + 1}: proposals and status` }).click()
    await chair.getByRole('button', { name: 'Make recommendation' }).click()
    const form = chair.getByRole('dialog', { name: 'Make a recommendation' })
    await expect(form.getByRole('blockquote')).toContainText(text)
    await form.getByLabel('Goes back to the statement').fill(said)
    await form.getByRole('button', { name: new RegExp(said, 'i') }).click()
    await form.getByLabel('Title').fill(text)
    await form.getByLabel('Action').fill('Do it, and tell the round how.')
    await form.getByLabel('Owner').fill(`Ministry of Industry, ${country}`)
    await form.getByLabel('Measure').fill('It is done and public')
    await form.getByLabel('Due date').fill('2030-06-08')
    await form.getByLabel('Priority').selectOption('high')
    await form.getByRole('checkbox', { name: new RegExp(country) }).check()
    await form.getByRole('button', { name: 'Make a recommendation' }).click()
    await form.getByRole('link', { name: 'Open the recommendation' }).click()
    await expect(chair.getByRole('heading', { level: 1, name: text })).toBeVisible()
    await chair.getByRole('button', { name: 'Adopt', exact: true }).click()
    await chair.getByRole('dialog', { name: 'Adopt' }).getByRole('button', { name: 'Adopt', exact: true }).click()
    await expect(chair.getByText('not started').first()).toBeVisible()
    // Back over the text and the paragraph to what was said.
    const trace = chair.getByRole('navigation', { name: 'Where this came from and what came of it' })
    await expect(trace.getByRole('link', { name: new RegExp(said, 'i') })).toBeVisible()
    made.push(new URL(chair.url()).pathname)
  }

  for (const [i, [, code]] of PARAGRAPHS.entries()) {
    const head = await as(`${code}.head`)
    await head.goto(made[i]!)
    await head.getByRole('button', { name: 'Respond' }).click()
    const form = head.getByRole('dialog', { name: 'Respond' })
    const isNoted = code === 'pak'
    await form.getByRole('radio', { name: isNoted ? 'noted' : 'supported', exact: true }).check()
    if (isNoted) await form.getByLabel('Words to the response').fill('Provinces decide on training.')
    await form.getByRole('button', { name: 'Send the response' }).click()
    await expect(form).toHaveCount(0)
    await expect(head.getByRole('definition').filter({ hasText: isNoted ? 'noted' : 'supported' })).toBeVisible()
    if (isNoted) await expect(head.getByText('Provinces decide on training.')).toBeVisible()
    await expect(head.getByRole('link', { name: 'Report on progress' })).toBeVisible()
    await head.context().close()
  }

  // Noted or not, all six are followed up.
  await chair.goto('/recommendations?status=not_started')
  for (const [text] of PARAGRAPHS) await expect(chair.getByRole('link', { name: text })).toBeVisible()
})

test('[REG-20] a table is checked row by row, corrected and read in; the whole register goes out as a workbook', async ({
  as,
}) => {
  const [secretariat, ghana] = [await as('secretariat'), await as('gha.head')]
  for (const page of [secretariat, ghana])
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recommendations' }).click()
  await expect(ghana.getByRole('button', { name: 'Whole register (.xlsx)' })).toBeVisible()
  await expect(ghana.getByRole('button', { name: 'Read a table in' })).toHaveCount(0)
  await secretariat.getByRole('button', { name: 'Read a table in' }).click()
  const dialog = secretariat.getByRole('dialog', { name: 'Read a table in' })
  const choose = (rows: string[]) =>
    dialog.getByLabel('File (.xlsx or .csv)').setInputFiles({
      ...{ name: 'ministries.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(['title,addressees,dueOn', ...rows].join('\n')),
    })
  await choose(['Keep one list of suppliers,GHA,2030-02-30', 'Share the list,XXX,'])
  await expect(dialog.getByText('2 mistakes in 2 rows.')).toBeVisible()
  const faults = dialog.getByRole('table')
  await expect(faults.getByRole('row', { name: /^2 Due date Not a day such as/ })).toContainText('2030-02-30')
  await expect(faults.getByRole('row', { name: /^3 Addressees No delegation/ })).toContainText('XXX')
  await expect(dialog.getByRole('button', { name: /^Read in/ })).toHaveCount(0)
  expect(await faultsOf(secretariat)).toEqual([])
  await secretariat.emulateMedia({ colorScheme: 'dark' })
  expect(await faultsOf(secretariat, 'colours')).toEqual([])
  await choose(['Keep one list of suppliers,GHA,2030-02-28', 'Share the list,GHA; ETH,'])
  await dialog.getByRole('button', { name: 'Read in 2 recommendations' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(ghana.getByRole('link', { name: 'Keep one list of suppliers' })).toBeVisible()
  await ghana.getByText('More filters').click()
  await ghana.getByLabel('Made from').selectOption({ label: 'table read in' })
  await expect(ghana).toHaveURL(/\?source=file$/)
  // Those of the demo round that came from a table, and the two.
  await expect(ghana.getByRole('link', { name: 'Share the list' })).toBeVisible()
  await expect(ghana.getByRole('link', { name: /^Give women/ })).toHaveCount(0)
  expect(await faultsOf(ghana)).toEqual([])
  await ghana.reload()
  await expect(ghana.getByLabel('Made from')).toHaveValue('file')
  await ghana.getByRole('button', { name: 'Keep this view' }).click()
  await ghana.getByRole('dialog').getByLabel('Name').fill('From tables')
  await ghana.getByRole('dialog').getByRole('button', { name: 'Keep' }).click()
  await ghana.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(ghana.getByRole('link', { name: /^Give women/ })).toBeVisible()
  const views = ghana.getByRole('navigation', { name: 'Saved views' })
  await views.getByRole('link', { name: 'From tables' }).click()
  await expect(ghana.getByRole('link', { name: /^Give women/ })).toHaveCount(0)
  await expect(ghana.getByRole('button', { name: 'Keep this view' })).toHaveCount(0)
  expect(await faultsOf(ghana)).toEqual([])
  await views.getByRole('button', { name: 'Remove From tables' }).click()
  await expect(views.getByRole('link')).toHaveCount(0)
  await ghana.getByRole('button', { name: 'Clear the filters' }).click()
  const [file] = await Promise.all([
    ghana.waitForEvent('download'),
    ghana.getByRole('button', { name: 'Whole register (.xlsx)' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
  const rows = readSheet(await readFile(await file.path()))
  expect(rows.find(([title]) => title === 'Keep one list of suppliers')!.slice(3, 8)).toEqual([
    ...['GHA', 'voluntary', '', '', '2030-02-28'],
  ])
  await secretariat.getByLabel('Language').selectOption('ar')
  await secretariat.setViewportSize({ width: 390, height: 844 })
  await secretariat.getByRole('button', { name: 'استيراد جدول' }).click()
  expect(await faultsOf(secretariat)).toEqual([])
  expect(await secretariat.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})
