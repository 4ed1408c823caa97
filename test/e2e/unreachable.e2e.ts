import { expect, test } from '../support/e2e.js'

test('[READ-1] what could not be read is read by itself as soon as the server answers', async ({ as }) => {
  const ghana = await as('gha.head')
  // The page of a thread, its speakers and its decisions: none of them is told when it can be read.
  const reads = /\/api\/(threads|items|rounds\/[^/]+\/procedures)\b/
  await ghana.route(reads, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()))
  await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Session' }).click()
  await expect(ghana.getByRole('alert').first()).toBeVisible()
  const statement = ghana.getByRole('article').filter({ hasText: 'las cámaras de comercio' })
  await expect(statement).toHaveCount(0)
  await ghana.unrouteAll()
  await expect(statement).toBeVisible()
  await expect(ghana.getByRole('button', { name: /You are number|Ask for the floor|Withdraw/i })).toBeVisible()
  await expect(ghana.getByRole('alert')).toHaveCount(0)
})
