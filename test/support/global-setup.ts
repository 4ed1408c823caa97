import { rememberChromium } from '../../scripts/chromium.mjs'

/** Looks for a browser once, before the workers start; they read from the environment what was found. */
export default function globalSetup(): void {
  rememberChromium()
}
