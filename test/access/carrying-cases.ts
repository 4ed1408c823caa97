import { decideCarryOver, raiseArising } from '@multilogue/shared/carrying'
import { kase, SECRETARIAT, type Case, type Here } from './roles.js'

/** What a round does with what those before it have left open. */
export const carryingCases = (here: Here): Case[] => [
  kase({
    act: decideCarryOver,
    state: 'open round',
    may: SECRETARIAT,
    given: async () => ({
      ...{ roundId: here.round.roundId, recommendationIds: [await here.carrying.left()] },
      act: 'carried' as const,
    }),
  }),
  kase({
    act: decideCarryOver,
    state: 'a recommendation of the round itself',
    may: [],
    no: 'invalid-input',
    entitled: 'secretariat',
    given: async () => ({
      ...{
        roundId: here.round.roundId,
        recommendationIds: [(await here.things.recommendationToAnswer('adopted')).recommendationId],
      },
      act: 'carried' as const,
    }),
  }),
  kase({
    act: raiseArising,
    state: 'something is carried over',
    may: SECRETARIAT,
    given: async () => ({
      ...{ roundId: here.round.roundId, sessionId: await here.carrying.carriedOver(), language: 'en' as const },
    }),
  }),
]
