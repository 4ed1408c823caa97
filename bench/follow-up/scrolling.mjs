import { chromium } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { percentile } from '../figures.mjs'
import { serverOn } from './measure.mjs'
import { scroll, watchFirstRow, whenFirstRow } from './page.mjs'
import { PASSWORD } from './world/world.mjs'

const OPENED = 5
/** Pixels for each frame: as a wheel is turned, and as a page is flung. */
const SPEEDS = [40, 160]
const SCROLLED_MS = 5000

/**
 * The matrix in Chromium, as the secretariat opens and scrolls it.
 * @returns {firstRow, frames}: milliseconds from navigation to the first row, and for each speed what a frame took
 */
export async function scrolled({ url }, { folder }) {
  const { address, tree } = await serverOn(url, folder)
  const browser = await chromium.launch(launchOptions())
  try {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 900 } })
    await context.request.post('/api/sign-in', { data: { email: 'secretariat@bench.test', password: PASSWORD } })
    await context.addInitScript(watchFirstRow)
    const page = await context.newPage()
    const opened = []
    for (let at = 0; at <= OPENED; at++) {
      await page.goto('/follow-up')
      const took = await page.evaluate(whenFirstRow)
      if (at > 0) opened.push(took)
    }
    await page.waitForLoadState('networkidle')
    const frames = []
    for (const speed of SPEEDS)
      frames.push({ speed, ...framesOf(await page.evaluate(scroll, { speed, ms: SCROLLED_MS })) })
    return { firstRow: { p50: percentile(opened, 0.5), most: Math.max(...opened) }, frames }
  } finally {
    await browser.close()
    await tree.stop()
  }
}

function framesOf({ took, reached }) {
  const whole = took.reduce((sum, one) => sum + one, 0)
  return { perSecond: (1000 * took.length) / whole, p95: percentile(took, 0.95), longest: Math.max(...took), reached }
}
