import {
  breakSilence,
  cancelProcedure,
  castVote,
  extendSilence,
  gavel,
  giveReason,
  objectTo,
  openProcedure,
  releaseNames,
  takeStance,
} from '@multilogue/shared/decisions'
import { CONDUCT, HEADS, kase, type Case, type Here } from './roles.js'

const LATER = '2027-06-16T09:00:00Z'
const said = { text: 'Not yet.', language: 'en' as const }

/** What is asked, said and declared in decisions, in every state that matters. */
export const decisionCases = (here: Here): Case[] => [
  kase({ act: openProcedure, state: 'silence', may: CONDUCT, given: () => here.decisions.toAsk() }),
  kase({ act: openProcedure, state: 'consensus', may: CONDUCT, given: () => here.decisions.toAsk('consensus') }),
  kase({ act: openProcedure, state: 'on a paragraph', may: CONDUCT, given: () => here.decisions.toAskOnParagraph() }),
  kase({
    act: openProcedure,
    state: 'while silence runs',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: async () => {
      const asked = await here.decisions.toAsk()
      await here.decisions.ask(asked)
      return asked
    },
  }),
  kase({
    act: extendSilence,
    state: 'running',
    may: CONDUCT,
    given: async () => ({ ...(await here.decisions.running()), deadline: LATER }),
  }),
  kase({
    act: cancelProcedure,
    state: 'running',
    may: CONDUCT,
    given: async () => ({ ...(await here.decisions.running()), reason: 'Too early.' }),
  }),
  kase({
    act: cancelProcedure,
    state: 'broken',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: async () => ({ ...(await here.decisions.broken()), reason: 'Too late.' }),
  }),
  kase({ act: breakSilence, state: 'running', may: HEADS, given: () => here.decisions.toBreak() }),
  kase({
    act: breakSilence,
    state: 'broken',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: () => here.decisions.toBreak('broken'),
  }),
  kase({ act: releaseNames, state: 'broken', may: CONDUCT, given: () => here.decisions.broken() }),
  kase({
    act: releaseNames,
    state: 'running',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: () => here.decisions.running(),
  }),
  kase({
    act: objectTo,
    state: 'consensus',
    may: HEADS,
    given: async () => ({ ...(await here.decisions.asked('consensus')), language: 'en' as const }),
  }),
  kase({
    act: objectTo,
    state: 'adopted',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: async () => ({ ...(await here.decisions.ended('consensus')), language: 'en' as const }),
  }),
  kase({ act: giveReason, state: "Ghana's", may: ['gha.head'], given: () => here.decisions.objected() }),
  kase({
    act: castVote,
    state: 'recorded',
    may: HEADS,
    given: async () => ({ ...(await here.decisions.asked('vote', 'recorded')), choice: 'yes' as const }),
  }),
  kase({
    act: castVote,
    state: 'secret',
    may: HEADS,
    given: async () => ({ ...(await here.decisions.asked('vote', 'secret')), choice: 'no' as const }),
  }),
  kase({
    act: castVote,
    state: 'closed',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: async () => ({ ...(await here.decisions.ended('vote')), choice: 'yes' as const }),
  }),
  kase({ act: gavel, state: 'consensus', may: ['chair'], given: () => here.decisions.asked('consensus') }),
  kase({ act: gavel, state: 'vote', may: ['chair'], given: () => here.decisions.asked('vote', 'roll_call') }),
  kase({
    act: gavel,
    state: 'silence',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: () => here.decisions.asked(),
  }),
  kase({
    act: takeStance,
    state: 'adopted',
    may: HEADS,
    given: async () => ({ ...(await here.decisions.ended('consensus')), kind: 'reservation' as const, ...said }),
  }),
  kase({
    act: takeStance,
    state: 'running',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: async () => ({ ...(await here.decisions.asked('consensus')), kind: 'reservation' as const, ...said }),
  }),
]
