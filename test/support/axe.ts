import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** All that another colour scheme can change. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds on a page as it is shown now, by the rules of WCAG 2.2 AA and good practice, or by those of colours. */
export async function faultsOf(page: Page, by: 'all' | 'colours' = 'all'): Promise<string[]> {
  // No page has frames of others, and only what is wrong is asked for: that is faster.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const chosen =
    by === 'all'
      ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      : axe.withRules(OF_COLOURS)
  await letGo(page, 'static')
  const { violations } = await chosen.analyze()
  await letGo(page, '')
  return violations.map(
    (v) =>
      `${page.url()} ${v.id}: ${v.nodes
        .map((n) => n.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  )
}

/** The bars at the top and at the bottom, in their places or not: of what is half under one axe sees the other half. */
async function letGo(page: Page, bars: 'static' | ''): Promise<void> {
  await page
    .locator('.shell > header, .shell > .rail')
    .evaluateAll((all, position) => all.forEach((bar) => ((bar as HTMLElement).style.position = position)), bars)
}
