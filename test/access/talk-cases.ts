import { park } from '@multilogue/shared/actions'
import { attachFile } from '@multilogue/shared/attachments'
import { editMessage, postMessage } from '@multilogue/shared/dialogue'
import { standOn } from '@multilogue/shared/message-positions'
import { checkTranslation } from '@multilogue/shared/message-translations'
import { followThread } from '@multilogue/shared/notices'
import { openPrivateThread } from '@multilogue/shared/private-threads'
import { publishKeyPoint } from '@multilogue/shared/proceedings'
import { DELEGATIONS, FUNCTIONS, MEMBERS, SECRETARIAT, kase, type Case, type Here } from './roles.js'

const ATTACHED = { name: 'a.txt', file: Buffer.from('A note.').toString('base64') }
const GHANA = ['gha.head', 'gha.adviser'] as const

/** What is said in private: to all others the thread is not there. */
export const talkCases = (here: Here): Case[] => [
  kase({
    act: openPrivateThread,
    state: 'the own delegation’s',
    may: DELEGATIONS,
    given: async () => ({ agendaItemId: (await here.dialogue.item()).id, visibility: 'delegation' as const }),
  }),
  kase({
    act: openPrivateThread,
    state: 'a group’s',
    may: ['eth.head'],
    given: async () => ({
      ...{ agendaItemId: (await here.dialogue.item()).id, visibility: 'group' as const, bodyId: here.round.bodyId },
    }),
  }),
  kase({
    act: openPrivateThread,
    state: 'the bureau’s',
    may: FUNCTIONS,
    given: async () => ({ agendaItemId: (await here.dialogue.item()).id, visibility: 'bureau' as const }),
  }),
  kase({
    act: postMessage,
    state: 'in private',
    may: GHANA,
    hidden: true,
    given: () => here.dialogue.toSayInPrivate(),
  }),
  kase({
    act: followThread,
    state: 'in private',
    may: GHANA,
    hidden: true,
    given: async () => ({ threadId: (await here.dialogue.toSayInPrivate()).threadId, follow: true }),
  }),
  kase({
    act: editMessage,
    state: 'in private',
    may: ['gha.head'],
    hidden: true,
    given: async () => ({ messageId: await here.dialogue.saidInPrivate(), body: 'Better.', revision: 1 }),
  }),
  kase({
    act: standOn,
    state: 'in private',
    may: [],
    entitled: 'gha.head',
    hidden: true,
    no: 'wrong-state',
    given: async () => ({ messageId: await here.dialogue.saidInPrivate(), kind: 'supports' as const, revision: 1 }),
  }),
  kase({
    act: park,
    state: 'said in the bureau',
    may: [],
    entitled: 'chair',
    hidden: true,
    no: 'wrong-state',
    given: async () => ({ messageId: await here.dialogue.saidInBureau(), title: 'A matter', reason: 'None.' }),
  }),
  kase({
    act: publishKeyPoint,
    state: 'said in the bureau',
    may: [],
    entitled: 'rapporteur',
    hidden: true,
    no: 'wrong-state',
    given: () => here.dialogue.toPointInBureau(),
  }),
  ...checkCases(here),
  kase({
    act: attachFile,
    state: 'open to members',
    may: [...MEMBERS, ...FUNCTIONS],
    given: async () => ({ ...ATTACHED, threadId: (await here.dialogue.item()).threadId }),
  }),
  kase({
    act: attachFile,
    state: 'closed',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: async () => ({ ...ATTACHED, threadId: (await here.dialogue.statement('closed')).threadId }),
  }),
  kase({
    act: attachFile,
    state: 'in private',
    may: GHANA,
    hidden: true,
    given: async () => ({ ...ATTACHED, threadId: (await here.dialogue.toSayInPrivate()).threadId }),
  }),
]

/** Human translations are the secretariat's; it puts them beside statements that it can read. */
const checkCases = (here: Here): Case[] =>
  (
    [
      ['shown', async () => (await here.dialogue.statement()).messageId],
      ['hidden', () => here.dialogue.hidden()],
      ['in private', () => here.dialogue.saidInPrivate()],
      ['said in the bureau', () => here.dialogue.saidInBureau()],
    ] as const
  ).map(([state, made]) =>
    kase({
      act: checkTranslation,
      state,
      may: state === 'shown' || state === 'said in the bureau' ? SECRETARIAT : [],
      entitled: 'secretariat',
      ...(state === 'in private' || state === 'said in the bureau' ? { hidden: true as const } : {}),
      no: state === 'in private' ? 'not-found' : 'wrong-state',
      given: async () => ({ messageId: await made(), language: 'fr' as const, body: 'Dit.', revision: 1 }),
    }),
  )
