import type { OutputOf } from '@multilogue/shared/contract'
import { streamOfRound } from '@multilogue/shared/events'
import { listGaps, readPlan } from '@multilogue/shared/plans'
import { listRecommendations } from '@multilogue/shared/recommendations'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

export type LivePlan = Live<OutputOf<typeof readPlan>>

/** What the server says of a plan beside its text: its adoption and what this seat may do with it. */
export const livePlan = (documentId: string, roundId: string): LivePlan =>
  live(() => call(readPlan, { documentId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name, payload }) =>
      (name === 'plan.adopted' || name === 'document.moved') &&
      (payload as { documentId: string }).documentId === documentId,
  })

export const liveGaps = (roundId: string): Live<OutputOf<typeof listGaps>> =>
  live(() => call(listGaps, { roundId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name }) => name === 'plan.projected' || name === 'recommendation.changed',
  })

/** What an action can be linked to. */
export const liveRecommendations = (roundId: string): Live<OutputOf<typeof listRecommendations>> =>
  live(() => call(listRecommendations, { roundId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name }) => name === 'recommendation.made' || name === 'recommendation.changed',
  })
