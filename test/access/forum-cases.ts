import { conductThread, editMessage, postMessage } from '@multilogue/shared/dialogue'
import { openDocument, setMode, syncDocument } from '@multilogue/shared/documents'
import { importText } from '@multilogue/shared/exchange'
import { keepVersion, restoreText } from '@multilogue/shared/history'
import {
  addAgendaItem,
  conductSession,
  formBody,
  moveRound,
  registerDelegation,
  scheduleSession,
  setCredentials,
} from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import { kase, CONDUCT, DELEGATIONS, FUNCTIONS, MEMBERS, PEN, SECRETARIAT, type Case, type Here } from './roles.js'

/** Commands on rounds, dialogue and texts, in every state that matters. What is sent is made when the case is tried. */
export const forumCases = (here: Here): Case[] => [
  kase({ act: moveRound, state: 'open', may: SECRETARIAT, given: () => here.things.roundToMove() }),
  kase({ act: setRules, state: 'open', may: SECRETARIAT, given: () => here.things.rulesToSet() }),
  kase({
    act: registerDelegation,
    state: 'in any state',
    may: SECRETARIAT,
    given: () =>
      Promise.resolve({ roundId: here.round.roundId, code: here.unique('X'), name: 'New', kind: 'member' as const }),
  }),
  kase({
    act: setCredentials,
    state: 'provisional',
    may: SECRETARIAT,
    given: () => here.things.credentials('provisional', 'accepted'),
  }),
  kase({
    act: setCredentials,
    state: 'accepted to none',
    may: [],
    no: 'wrong-state',
    given: () => here.things.credentials('accepted', 'none'),
  }),
  kase({
    act: formBody,
    state: 'in any state',
    may: SECRETARIAT,
    given: () =>
      Promise.resolve({
        roundId: here.round.roundId,
        code: here.unique('G'),
        name: 'Group',
        delegationIds: [here.round.delegations.GHA],
      }),
  }),
  kase({
    act: scheduleSession,
    state: 'in any state',
    may: SECRETARIAT,
    given: () => Promise.resolve(here.things.sessionInput()),
  }),
  kase({
    act: conductSession,
    state: 'confirmed',
    may: CONDUCT,
    given: () => here.things.sessionToConduct('confirmed', 'live'),
  }),
  kase({
    act: conductSession,
    state: 'ended',
    may: [],
    no: 'wrong-state',
    given: () => here.things.sessionToConduct('ended', 'live'),
  }),
  kase({
    act: addAgendaItem,
    state: 'confirmed session',
    may: SECRETARIAT,
    given: () => here.things.itemToAdd('confirmed'),
  }),
  kase({
    act: addAgendaItem,
    state: 'ended session',
    may: [],
    no: 'wrong-state',
    given: () => here.things.itemToAdd('ended'),
  }),

  kase({
    act: postMessage,
    state: 'open, floor of members',
    may: [...MEMBERS, ...FUNCTIONS],
    given: () => here.things.statement({ floor: 'members' }),
  }),
  kase({
    act: postMessage,
    state: 'open, floor of all',
    may: [...DELEGATIONS, ...FUNCTIONS],
    given: () => here.things.statement({ floor: 'all' }),
  }),
  kase({
    act: postMessage,
    state: 'closed',
    may: [],
    no: 'wrong-state',
    given: () => here.things.statement({ state: 'closed' }),
  }),
  kase({
    act: postMessage,
    state: 'on behalf of a group',
    may: ['eth.head'],
    given: async () => ({ ...(await here.things.statement({ floor: 'all' })), onBehalfOf: here.round.bodyId }),
  }),
  kase({
    act: editMessage,
    state: 'made by gha.head, thread open',
    may: ['gha.head'],
    given: () => here.things.madeStatement({}),
  }),
  kase({
    act: editMessage,
    state: 'made by gha.head, thread closed',
    may: [],
    no: 'wrong-state',
    given: () => here.things.madeStatement({ state: 'closed' }),
  }),
  kase({ act: conductThread, state: 'open', may: CONDUCT, given: () => here.things.threadToClose() }),

  kase({
    act: openDocument,
    state: 'of the participants',
    may: [...MEMBERS, ...PEN, 'secretariat'],
    given: () =>
      Promise.resolve({
        roundId: here.round.roundId,
        kind: 'outcome' as const,
        title: 'Text',
        language: 'en' as const,
      }),
  }),
  kase({
    act: setMode,
    state: 'of the participants',
    may: PEN,
    given: () => here.things.documentToMove('participants'),
  }),
  kase({
    act: setMode,
    state: 'of Ghana alone',
    may: ['gha.head'],
    no: 'not-found',
    given: () => here.things.documentToMove('delegation'),
  }),
  kase({
    act: syncDocument,
    state: 'drafting',
    may: [...MEMBERS, ...PEN],
    no: 'text-not-writable',
    given: () => here.things.edit('participants', 'drafting'),
  }),
  kase({
    act: syncDocument,
    state: 'negotiating',
    may: PEN,
    no: 'text-not-writable',
    given: () => here.things.edit('participants', 'negotiating'),
  }),
  kase({
    act: syncDocument,
    state: 'frozen',
    may: [],
    no: 'text-not-writable',
    given: () => here.things.edit('participants', 'frozen'),
  }),
  kase({
    act: syncDocument,
    state: 'of Ghana alone',
    may: ['gha.head', 'gha.adviser'],
    no: 'not-found',
    given: () => here.things.edit('delegation', 'drafting'),
  }),
  kase({
    act: keepVersion,
    state: 'of the participants',
    may: [...MEMBERS, ...PEN, 'secretariat'],
    given: () => here.things.versionToKeep('participants', 'drafting'),
  }),
  kase({
    act: keepVersion,
    state: 'frozen',
    may: [...MEMBERS, ...PEN, 'secretariat'],
    given: () => here.things.versionToKeep('participants', 'frozen'),
  }),
  kase({
    act: keepVersion,
    state: 'of Ghana alone',
    may: ['gha.head', 'gha.adviser'],
    no: 'not-found',
    given: () => here.things.versionToKeep('delegation', 'drafting'),
  }),
  ...(['drafting', 'negotiating', 'frozen'] as const).map((mode) =>
    kase({
      act: importText,
      state: mode,
      may: mode === 'drafting' ? [...MEMBERS, ...PEN] : mode === 'negotiating' ? PEN : [],
      no: 'text-not-writable',
      given: () => here.things.textToFill('participants', mode),
    }),
  ),
  kase({
    act: importText,
    state: 'of Ghana alone',
    may: ['gha.head', 'gha.adviser'],
    no: 'not-found',
    given: () => here.things.textToFill('delegation', 'drafting'),
  }),
  kase({
    act: restoreText,
    state: 'drafting',
    may: [...MEMBERS, ...PEN],
    no: 'text-not-writable',
    given: () => here.things.textToRestore('participants', 'drafting'),
  }),
  kase({
    act: restoreText,
    state: 'negotiating',
    may: PEN,
    no: 'text-not-writable',
    given: () => here.things.textToRestore('participants', 'negotiating'),
  }),
  kase({
    act: restoreText,
    state: 'frozen',
    may: [],
    no: 'text-not-writable',
    given: () => here.things.textToRestore('participants', 'frozen'),
  }),
  kase({
    act: restoreText,
    state: 'of Ghana alone',
    may: ['gha.head', 'gha.adviser'],
    no: 'not-found',
    given: () => here.things.textToRestore('delegation', 'drafting'),
  }),
]
