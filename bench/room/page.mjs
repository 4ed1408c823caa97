import { chromium } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { signIn } from '../product.mjs'

/**
 * What a delegate's browser is sent for a session's page, compressed, in KB.
 * @returns {script, data}, and `withText`: the script where the text under discussion is open beside it
 */
export async function pageCost({ address, path }) {
  const chrome = await chromium.launch(launchOptions())
  try {
    // On a phone the text is a tab of its own, and comes when that is opened.
    const alone = await sent(chrome, address, path, { width: 390, height: 844 })
    const beside = await sent(chrome, address, path, { width: 1280, height: 800 })
    return { ...alone, withText: beside.script }
  } finally {
    await chrome.close()
  }
}

async function sent(chrome, address, path, viewport) {
  const context = await chrome.newContext({ viewport })
  const page = await context.newPage()
  await signIn(page, address)
  await page.goto(address + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // Long enough for all that is fetched once the stream is followed.
  await page.waitForTimeout(3000)
  const sizes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize]),
  )
  await context.close()
  const sum = (wanted) => sizes.filter(([name]) => wanted(name)).reduce((all, [, size]) => all + size, 0) / 1000
  return { script: sum((name) => name.endsWith('.js')), data: sum((name) => name.startsWith('/api/')) }
}
