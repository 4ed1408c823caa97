/** What Playwright's `chromium.launch` needs to start the browser that was found. */
export interface Chromium {
  executablePath: string
  env: Record<string, string>
  args: string[]
}

/** For `chromium.launch(launchOptions())`. */
export function launchOptions(): Chromium

/** Looks for the browser and tells the workers that Playwright starts later what was found. */
export function rememberChromium(): void

/**
 * Finds a browser, in this order: CHROMIUM_PATH; Playwright's own download; chromium-headless-shell; an
 * installed Chrome or Chromium; the one in the npm package @sparticuz/chromium (Linux x64), unpacked once
 * into .cache. MULTILOGUE_BROWSER=npm takes the last at once.
 * @throws Error saying what to install
 */
export function findChromium(): Chromium
