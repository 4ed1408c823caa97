import type { Page } from '@playwright/test'
import { expect, openText, openTexts, saved, test } from '../support/e2e.js'
import { Gate } from '../support/gate.js'

const slow = (page: Page) => page.getByRole('status').filter({ hasText: 'Slow line' })

for (const upgrades of ['refuse', 'hang'] as const)
  test(`[LINE-1] two people write together over HTTP while a proxy lets upgrades ${upgrades}`, async ({
    as,
    forum,
  }) => {
    const gate = await Gate.before(forum.address)
    gate.upgrades = upgrades
    const [ghana, ethiopia] = await Promise.all([as('gha.head', { baseURL: gate.address }), as('eth.head')])
    await openTexts(ghana)
    await ghana
      .getByRole('link', { name: /^Action plan/ })
      .first()
      .click()
    await expect(ghana.getByRole('status').filter({ hasText: 'Connecting' }).last()).toBeVisible()
    await expect(slow(ghana)).toBeVisible()
    if (upgrades === 'refuse') await expect(ghana.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible()
    const one = ghana.getByRole('textbox', { name: /^Text:/ })
    const two = await openText(ethiopia, /^Action plan/)

    await one.locator('p').last().click()
    await ghana.keyboard.press('End')
    await ghana.keyboard.type(` Behind a proxy that ${upgrades}s.`)
    await expect(two).toContainText(`Behind a proxy that ${upgrades}s.`)
    await expect(saved(ghana)).toBeVisible()
    await two.locator('p').first().click()
    await ethiopia.keyboard.press('End')
    await ethiopia.keyboard.type(` Answered live to one who ${upgrades}s.`)
    await expect(one).toContainText(`Answered live to one who ${upgrades}s.`)

    gate.upgrades = 'pass'
    await expect(slow(ghana)).toHaveCount(0, { timeout: 25_000 })
    await expect(saved(ghana)).toBeVisible()
    await ghana.keyboard.type(' Live again.')
    await expect(two).toContainText('Live again.')
    await gate.close()
  })
