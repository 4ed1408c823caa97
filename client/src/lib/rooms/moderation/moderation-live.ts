import type { EventPayload } from '@multilogue/shared/events'
import { streamOfRound } from '@multilogue/shared/events'
import { getRestraint, getReviewQueue, type Restraint, type ReviewQueue } from '@multilogue/shared/moderation'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** The review queue of a round. Call it while a component is set up. */
export const liveQueue = (roundId: string): Live<ReviewQueue> =>
  live<ReviewQueue>(() => call(getReviewQueue, { roundId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name }) => name === 'moderation.changed' || name === 'message.edited' || name === 'message.withheld',
  })

/** What holds back the next statement of the acting seat. Call it while a component is set up. */
export const liveRestraint = (roundId: string, threadId: string, seatId: string): Live<Restraint> =>
  live<Restraint>(() => call(getRestraint, { threadId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name, payload }) => {
      if (name === 'message.posted') return (payload as EventPayload<'message.posted'>).message.seatId === seatId
      if (name === 'thread.changed') return (payload as EventPayload<'thread.changed'>).thread.id === threadId
      return name === 'moderation.changed' || name === 'round.ruled'
    },
  })
