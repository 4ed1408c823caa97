import type { Page } from '@playwright/test'

/** Notes everything that the page says in its states from now on. @returns what was said so far, when called */
export async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = window as unknown as { saidStates: Set<string> }
    seen.saidStates = new Set()
    const look = () => {
      for (const status of document.querySelectorAll('[role=status]'))
        seen.saidStates.add((status as HTMLElement).innerText.trim())
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => [...(window as unknown as { saidStates: Set<string> }).saidStates])
}
