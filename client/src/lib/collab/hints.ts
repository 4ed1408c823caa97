import type { Finding } from '@multilogue/shared/drafting-style'
import { t } from '$lib/i18n/i18n.svelte'

/** What is said of a finding, in the reader's language. */
export const hintOf = ({ rule, words = '', count = 0 }: Finding): string =>
  t(`draftingStyle.rule.${rule}`, { words: words.trim(), count })
