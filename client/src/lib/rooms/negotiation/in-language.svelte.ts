import { among } from '@multilogue/shared/among'
import { LANGUAGES, type Language } from '@multilogue/shared/language'
import { replaceState } from '$app/navigation'
import { page } from '$app/state'
import { SvelteURLSearchParams } from 'svelte/reactivity'

/** The language in which a document is read; it stands in the address, so that a link leads to the same words. */
export class InLanguage {
  /** Undefined: the original one. */
  language = $state(among(LANGUAGES, page.url.searchParams.get('language')))

  choose(language: Language | undefined): void {
    this.language = language
    const query = new SvelteURLSearchParams(location.search)
    if (language) query.set('language', language)
    else query.delete('language')
    replaceState(query.size > 0 ? `?${query}` : location.pathname, {})
  }
}
