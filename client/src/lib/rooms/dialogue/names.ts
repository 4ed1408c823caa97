import { term } from '$lib/i18n/i18n.svelte'

/** The language's name in the reader's language. */
export const languageName = (code: string): string => term(`common.language.${code}`)

/** The language's name in the language itself, as it stands in a list to choose from. */
export const ownLanguageName = (code: string): string =>
  new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
