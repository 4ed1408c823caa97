import { LANGUAGES } from '@multilogue/shared/language'
import { error } from '@sveltejs/kit'
import { i18n } from '$lib/i18n/i18n.svelte'
import { isChartName } from '@multilogue/shared/charts'
import type { PageLoad } from './$types'

/** In the language that the page asks for which shows it. */
export const load: PageLoad = async ({ params, url, parent }) => {
  await parent()
  if (!isChartName(params.name)) error(404)
  const language = LANGUAGES.find((known) => known === url.searchParams.get('language'))
  if (language) await i18n.use(language)
}
