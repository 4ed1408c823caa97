import { apiOf, expect, test } from '../support/e2e.js'

test.use({ forumOf: 'assistance-pages' })

test('[PAGE-10] a long list of requests loads on as it is scrolled, and a link leads into it', async ({ as }) => {
  const page = await as('gha.head')
  const { roundId, sent } = await apiOf(page)
  const made: string[] = []
  for (let n = 1; n <= 70; n++) {
    const { id } = await sent('post', '/listings', {
      ...{ roundId, side: 'request', title: `Request ${n}`, description: 'For a test.', language: 'en' },
      ...{ cooperationType: 'finance', modalities: ['funding'] },
    })
    made.push(id)
  }
  await page.goto('/assistance')
  const list = page.getByRole('region', { name: 'Requests', exact: true })
  const cards = list.getByRole('article')
  await expect(cards).toHaveCount(50)
  const last = list.getByRole('article', { name: 'Request 70', exact: true })
  await expect(last).toHaveCount(0)

  await page.route(/after=/, (route) => route.abort())
  await list.evaluate((box) => (box.scrollTop = box.scrollHeight))
  await expect(list.getByRole('alert')).toBeVisible()
  await expect(cards).toHaveCount(50)
  await page.unroute(/after=/)
  await list.getByRole('button', { name: 'Try again' }).click()
  await list.evaluate((box) => (box.scrollTop = box.scrollHeight))
  await expect(last).toBeVisible()

  // What happens keeps what was read.
  await last.getByRole('button', { name: /^Publish/ }).click()
  await expect(last).toContainText('published')

  await page.goto('/')
  await page.goto(`/assistance#l-${made.at(-1)}`)
  await expect(cards.first()).toBeFocused()
  await expect(cards.first()).toContainText('Request 70')
})
