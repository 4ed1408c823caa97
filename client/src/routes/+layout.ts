import { redirect } from '@sveltejs/kit'
import { ProblemError } from '$lib/api'
import { isDoor, isPublic } from '$lib/doors'
import { i18n } from '$lib/i18n/i18n.svelte'
import { me } from '$lib/me.svelte'
import { theme } from '$lib/theme.svelte'
import type { LayoutLoad } from './$types'

export const ssr = false
export const prerender = false

let begun: Promise<void> | undefined

/** The words first, then who is signed in; whoever is not goes to the sign-in page and comes back from there. */
export const load: LayoutLoad = async ({ url }) => {
  if (!begun) {
    theme.begin()
    begun = i18n.begin()
  }
  await begun
  if (me.person || isDoor(url.pathname) || isPublic(url.pathname) || url.pathname.startsWith('/unsubscribe/')) return {}
  try {
    await me.load()
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.name === 'not-signed-in')
      redirect(307, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`)
    throw thrown
  }
  return {}
}
