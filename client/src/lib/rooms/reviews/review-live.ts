import { streamOfRound } from '@multilogue/shared/events'
import { getReview, type Review } from '@multilogue/shared/reviews'
import { getRound, type Delegation } from '@multilogue/shared/rounds'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

const CHANGES = new Set(['review.changed', 'session.changed'])

/** The review that a session holds. Call it while a component is set up. */
export const liveReview = (sessionId: () => string, roundId: () => string): Live<Review> =>
  live(() => call(getReview, { sessionId: sessionId() }), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name, payload }) => CHANGES.has(name) && (payload as { sessionId: string }).sessionId === sessionId(),
  })

/** The member delegations of a round. Call it while a component is set up. */
export function liveMembers(roundId: () => string): () => Delegation[] {
  const round = live(() => call(getRound, { roundId: roundId() }), {
    stream: () => streamOfRound(roundId()),
    concerns: ({ name }) => name === 'delegation.changed',
  })
  return () => (round.data?.delegations ?? []).filter(({ kind }) => kind === 'member')
}
