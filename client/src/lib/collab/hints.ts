import type { Finding } from '@multilogue/shared/drafting-style'
import { t } from '$lib/i18n/i18n.svelte'

/** So many are drawn and listed, from the beginning of the text; each that is put right makes room for another. */
export const AT_ONCE = 200

/** What is said of a finding, in the reader's language. */
export const hintOf = ({ rule, words = '', count = 0 }: Finding): string =>
  t(`draftingStyle.rule.${rule}`, { words: words.trim(), count })
