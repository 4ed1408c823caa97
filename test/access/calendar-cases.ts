import { makeFeed } from '@multilogue/shared/calendar'
import { issueAgenda, rescheduleSession } from '@multilogue/shared/rounds'
import { DELEGATIONS, FUNCTIONS, kase, SECRETARIAT, type Case, type Here } from './roles.js'

const EVERYBODY = [...DELEGATIONS, 'rej.head', ...FUNCTIONS, 'admin'] as const

/** What is scheduled, and who has a calendar of it. */
export const calendarCases = (here: Here): Case[] => [
  kase({
    act: rescheduleSession,
    state: 'confirmed session',
    may: SECRETARIAT,
    given: () => here.things.sessionToMove('confirmed'),
  }),
  kase({
    act: rescheduleSession,
    state: 'ended session',
    may: [],
    entitled: 'secretariat',
    no: 'wrong-state',
    given: () => here.things.sessionToMove('ended'),
  }),
  kase({ act: issueAgenda, state: 'not issued', may: SECRETARIAT, given: () => here.things.agendaToIssue() }),
  kase({
    act: makeFeed,
    state: 'of the round',
    may: EVERYBODY,
    given: () => Promise.resolve({ roundId: here.round.roundId, scope: 'round' as const }),
  }),
  kase({
    act: makeFeed,
    state: 'of the delegation',
    may: [...DELEGATIONS, 'rej.head'],
    given: () => Promise.resolve({ roundId: here.round.roundId, scope: 'delegation' as const }),
  }),
]
