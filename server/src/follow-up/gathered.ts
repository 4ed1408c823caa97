import type { OutputOf } from '@multilogue/shared/contract'
import type { listWork } from '@multilogue/shared/follow-up'

export type Work = OutputOf<typeof listWork>[number]

/** So many of a kind are named one by one. */
export const NAMED = 50

export const item = (kind: Work['kind'], title: string, href: string, more: Partial<Work> = {}): Work => ({
  ...{ kind, title, href, delegationCode: null, dueOn: null, until: null, flag: null, more: null },
  ...more,
})

/**
 * The first of a kind, and one line for all others.
 * @param href  where all of them are found
 * @param total  when `all` are not all
 */
export function gathered(all: readonly Work[], href: string, total = all.length): Work[] {
  const [named, left] = [all.slice(0, NAMED), total - NAMED]
  const last = named.at(-1)
  if (!last || left <= 0) return named
  return [...named, item(last.kind, '', href, { flag: last.flag, more: left })]
}
