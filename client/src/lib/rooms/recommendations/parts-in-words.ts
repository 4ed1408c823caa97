import { i18n, t } from '$lib/i18n/i18n.svelte'
import type { MissingPart } from './draft'

/** "owner, date and measure" in the reader's language. */
export const partsInWords = (parts: MissingPart[]): string =>
  new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(parts.map((p) => t(`recommendations.part.${p}`)))
