import type { Notice } from '@multilogue/shared/notices'
import { formatInstant } from '$lib/i18n/i18n.svelte'

/** The latest day first, by the reader's own calendar, each with what was told on it. */
export function byDay(all: Notice[]): [string, Notice[]][] {
  const days = new Map<string, Notice[]>()
  for (const notice of all) {
    const day = formatInstant(notice.at, { style: 'day' })
    days.set(day, [...(days.get(day) ?? []), notice])
  }
  return [...days]
}
