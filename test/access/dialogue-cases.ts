import { closeItem, park, raiseLater, settleAction } from '@multilogue/shared/actions'
import { conductThread } from '@multilogue/shared/dialogue'
import { standDown, standOn } from '@multilogue/shared/message-positions'
import { followThread } from '@multilogue/shared/notices'
import { draftSummary, publishKeyPoint, publishSummary, withdrawKeyPoint } from '@multilogue/shared/proceedings'
import { ROLES, kase, type Case, type Here } from './roles.js'

const KEEPERS = ['rapporteur', 'secretariat'] as const
const BOARD = ['chair', 'rapporteur', 'secretariat'] as const
const EVERYBODY = ROLES.filter((role) => role !== 'outsider')

/** What is done with statements of Ghana, in every state that matters. */
export const dialogueCases = (here: Here): Case[] => [
  kase({
    act: standOn,
    state: 'open',
    may: ['eth.head', 'deu.head'],
    no: 'wrong-state',
    given: () => here.dialogue.toStand(),
  }),
  kase({
    act: standOn,
    state: 'closed',
    may: [],
    entitled: 'deu.head',
    no: 'wrong-state',
    given: () => here.dialogue.toStand('closed'),
  }),
  kase({
    act: standDown,
    state: 'stood on',
    may: ['eth.head', 'deu.head'],
    no: 'wrong-state',
    given: () => here.dialogue.stood(),
  }),
  kase({
    act: standDown,
    state: 'not stood on',
    may: [],
    entitled: 'deu.head',
    no: 'wrong-state',
    given: async () => ({ messageId: (await here.dialogue.statement()).messageId }),
  }),
  kase({
    act: conductThread,
    state: 'positions on the record',
    may: ['chair'],
    given: () => here.dialogue.toSetRecord(),
  }),
  kase({ act: publishKeyPoint, state: 'open', may: KEEPERS, given: () => here.dialogue.toPoint() }),
  kase({ act: withdrawKeyPoint, state: 'published', may: KEEPERS, given: () => here.dialogue.point() }),
  kase({ act: draftSummary, state: 'none yet', may: KEEPERS, given: () => here.dialogue.toDraft() }),
  kase({ act: publishSummary, state: 'drafted', may: KEEPERS, given: () => here.dialogue.drafted() }),
  kase({
    act: publishSummary,
    state: 'citing nothing',
    may: [],
    entitled: 'rapporteur',
    no: 'wrong-state',
    given: () => here.dialogue.drafted('bare'),
  }),
  kase({
    act: followThread,
    state: 'open',
    may: EVERYBODY,
    given: async () => ({ threadId: (await here.dialogue.item()).threadId, follow: true }),
  }),
  kase({ act: park, state: 'open item', may: BOARD, given: () => here.dialogue.toPark() }),
  kase({
    act: park,
    state: 'closed item',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: () => here.dialogue.toPark('closed item'),
  }),
  kase({
    act: raiseLater,
    state: 'to a later session',
    may: ['chair', 'secretariat'],
    given: () => here.dialogue.toRaise('later'),
  }),
  kase({
    act: raiseLater,
    state: 'to the same session',
    may: [],
    entitled: 'chair',
    no: 'invalid-input',
    given: () => here.dialogue.toRaise('this session'),
  }),
  kase({ act: settleAction, state: 'parked', may: BOARD, given: () => here.dialogue.toSettle() }),
  kase({ act: closeItem, state: 'nothing parked', may: ['chair'], given: () => here.dialogue.toClose() }),
  kase({ act: closeItem, state: 'every action owned', may: ['chair'], given: () => here.dialogue.toClose('owned') }),
  kase({
    act: closeItem,
    state: 'an action unowned',
    may: [],
    entitled: 'chair',
    no: 'action-unowned',
    given: () => here.dialogue.toClose('unowned'),
  }),
]
