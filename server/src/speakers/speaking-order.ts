import type { SpeakingKind } from '@multilogue/shared/speakers'

/*
 * The order of the list
 *
 * A point of order goes before all. Where the rules say so, statements on behalf of a group go before those of single
 * delegations. Rights of reply come when all others have spoken. Within these, whoever asks first speaks first. What
 * the chair has moved stays where it was put: whoever asks is set among the others and moves nobody.
 */
export interface Turn {
  kind: SpeakingKind
  forGroup: boolean
}

/** The rank under the rules; lower speaks first. */
export function rankOf({ kind, forGroup }: Turn, groupsFirst: boolean): number {
  if (kind === 'point_of_order') return 0
  if (kind === 'reply') return 3
  return forGroup && groupsFirst ? 1 : 2
}

/** How many of the listed, in the order they stand, go before whoever asks now. */
export function placeAmong(listed: readonly Turn[], asking: Turn, groupsFirst: boolean): number {
  const rank = rankOf(asking, groupsFirst)
  return listed.findLastIndex((turn) => rankOf(turn, groupsFirst) <= rank) + 1
}

/** The list with one of it at another place. Places count from 0; one beyond the end means the end. */
export function moved<T>(listed: readonly T[], from: number, to: number): T[] {
  const rest = listed.filter((_, at) => at !== from)
  return [...rest.slice(0, to), listed[from]!, ...rest.slice(to)]
}
