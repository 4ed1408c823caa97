import { assessChange } from '@multilogue/shared/change-table'
import {
  answerInWriting,
  askInWriting,
  assess,
  nameDiscussant,
  prepareReview,
  submitStatement,
} from '@multilogue/shared/reviews'
import { kase, SECRETARIAT, type Case, type Here } from './roles.js'

/** What a country under review puts on file, and what others ask it. */
export const reviewCases = (here: Here): Case[] => [
  kase({ act: prepareReview, state: 'confirmed session', may: SECRETARIAT, given: () => here.reviews.toPrepare() }),
  kase({
    act: assess,
    state: 'before the session',
    may: ['gha.head', 'gha.adviser'],
    given: () => here.reviews.toAssess('before'),
  }),
  kase({
    act: assess,
    state: 'session has opened',
    may: [],
    entitled: 'gha.adviser',
    no: 'wrong-state',
    given: () => here.reviews.toAssess('opened'),
  }),
  kase({ act: submitStatement, state: 'own text', may: ['gha.head'], given: () => here.reviews.toSubmit() }),
  kase({
    act: askInWriting,
    state: 'before the session',
    may: ['eth.head', 'deu.head', 'unctad.head', 'agi.head'],
    given: () => here.reviews.toAsk(),
  }),
  kase({
    act: nameDiscussant,
    state: 'before the session',
    may: SECRETARIAT,
    given: () => here.reviews.toDiscuss(),
  }),
  kase({
    act: assessChange,
    state: 'Germany is the discussant',
    may: ['deu.head', 'secretariat'],
    given: () => here.reviews.toLookBack(),
  }),
  kase({
    act: assessChange,
    state: 'session is cancelled',
    may: [],
    entitled: 'deu.head',
    no: 'wrong-state',
    given: () => here.reviews.toLookBack('cancelled'),
  }),
  kase({ act: answerInWriting, state: 'asked', may: ['gha.head'], given: () => here.reviews.toAnswer() }),
]
