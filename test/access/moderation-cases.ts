import {
  flagMessage,
  liftMute,
  mutePerson,
  orderThread,
  reviewMessage,
  withdrawFlag,
} from '@multilogue/shared/moderation'
import { CONDUCT, DELEGATIONS, FUNCTIONS, kase, type Case, type Here } from './roles.js'

/** What is done about a statement of Ghana's head, and about one of the persons in the round. */
export const moderationCases = (here: Here): Case[] => [
  kase({
    act: flagMessage,
    state: 'shown',
    may: [...DELEGATIONS.filter((role) => role !== 'gha.head'), ...FUNCTIONS],
    given: async () => ({ messageId: (await here.dialogue.statement()).messageId, reason: 'Off topic.' }),
  }),
  kase({
    act: flagMessage,
    state: 'hidden',
    may: [],
    entitled: 'deu.head',
    no: 'wrong-state',
    given: async () => ({ messageId: await here.dialogue.hidden(), reason: 'Off topic.' }),
  }),
  kase({
    act: withdrawFlag,
    state: 'flagged',
    may: ['deu.head'],
    no: 'wrong-state',
    given: async () => ({ messageId: await here.dialogue.flagged() }),
  }),
  kase({
    act: reviewMessage,
    state: 'flagged',
    may: CONDUCT,
    given: () => here.dialogue.toHide(),
  }),
  kase({
    act: reviewMessage,
    state: 'hidden',
    may: CONDUCT,
    given: async () => ({
      messageId: await here.dialogue.hidden(),
      decision: 'restore' as const,
      seen: 'hidden' as const,
    }),
  }),
  kase({
    act: reviewMessage,
    state: 'not flagged',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: async () => ({
      messageId: (await here.dialogue.statement()).messageId,
      decision: 'dismiss' as const,
      seen: 'shown' as const,
    }),
  }),
  kase({
    act: orderThread,
    state: 'open',
    may: CONDUCT,
    given: async () => ({ threadId: (await here.dialogue.item()).threadId, slowSeconds: 30, revision: 1 }),
  }),
  kase({
    act: mutePerson,
    state: 'not muted',
    may: CONDUCT,
    given: () => Promise.resolve({ seatId: here.round.seats['rej.adviser']!, minutes: 5, reason: 'Off topic.' }),
  }),
  kase({ act: liftMute, state: 'muted', may: CONDUCT, given: async () => ({ seatId: await here.dialogue.muted() }) }),
]
