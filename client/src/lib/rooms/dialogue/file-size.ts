import { i18n } from '$lib/i18n/i18n.svelte'

const KILO = 1024

/** A size in bytes as people read it. */
export function fileSize(bytes: number): string {
  const [amount, unit] = bytes < KILO * KILO ? [bytes / KILO, 'kilobyte'] : [bytes / KILO / KILO, 'megabyte']
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: amount < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(i18n.numbers, format).format(Math.max(amount, 0.1))
}
