import type { Settings } from '../config/settings.js'
import { Clamd } from './clamd.js'

/** A program that knows what is harmful. */
export interface Scanner {
  /**
   * @returns the name of what it has found, null when it found nothing
   * @throws Error when it does not answer in time, or not clearly
   */
  scan(bytes: Uint8Array): Promise<string | null>
}

/** Injection token of the scanner; null when none is set up. */
export const SCANNER = Symbol('scanner')

export const scannerOf = ({ SCANNER_URL }: Settings): Scanner | null => (SCANNER_URL ? new Clamd(SCANNER_URL) : null)
