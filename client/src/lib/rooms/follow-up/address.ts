import { goto } from '$app/navigation'
import { page } from '$app/state'

export type Part = 'delegation' | 'flag' | 'report'

/** The page's address with one part of the query changed; null takes it out. */
export function hrefWith(part: Part, value: string | null): string {
  const query = new URLSearchParams(page.url.searchParams)
  if (value === null) query.delete(part)
  else query.set(part, value)
  const words = query.toString()
  return words ? `/follow-up?${words}` : '/follow-up'
}

/** Keeps a choice in the address, so that it can be sent on and survives a reload. */
export const keep = (part: Part, value: string | null): Promise<void> =>
  goto(hrefWith(part, value), { replaceState: true, keepFocus: true, noScroll: true })
