import type { RawInputOf } from '@multilogue/shared/contract'
import { listMatches, type Match } from '@multilogue/shared/matches'
import { call } from '$lib/api'
import type { Page } from '$lib/pages.svelte'

export interface MatchPage extends Page<Match> {
  /** By state; empty unless the page is the first. */
  counts: { state: Match['state']; count: number; agreed: number }[]
}

export async function matchPage(which: RawInputOf<typeof listMatches>): Promise<MatchPage> {
  const { matches: rows, counts, next } = await call(listMatches, which)
  const total = counts && counts.reduce((sum, { count }) => sum + count, 0)
  return { rows, total, next, counts: counts ?? [] }
}
