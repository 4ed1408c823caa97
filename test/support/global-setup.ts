import { rememberChromium } from './browser.js'

/** Looks for a browser once, before the workers start; they read from the environment what was found. */
export default function globalSetup(): void {
  rememberChromium()
}
