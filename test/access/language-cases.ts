import { syncDocument } from '@multilogue/shared/documents'
import {
  beginRendering,
  changeLanguageVersion,
  dropRendering,
  markRendering,
  openLanguageVersion,
} from '@multilogue/shared/languages'
import { kase, PEN, SECRETARIAT, type Case, type Here } from './roles.js'

const TRANSLATORS = [...SECRETARIAT, ...PEN]
const CLOSED = 'text-not-writable'

/** Commands on texts in other languages. Writing in one is editing its text: see `syncDocument`. */
export const languageCases = (here: Here): Case[] => [
  kase({
    act: openLanguageVersion,
    state: 'of a text of the participants',
    may: TRANSLATORS,
    given: () => here.languages.toOpen(),
  }),
  kase({
    act: openLanguageVersion,
    state: "of Ghana's own text",
    may: [],
    no: 'not-allowed',
    hidden: true,
    entitled: 'gha.head',
    given: () => here.languages.toOpen('delegation'),
  }),
  kase({ act: beginRendering, state: 'open', may: TRANSLATORS, given: () => here.languages.toBegin() }),
  kase({
    act: beginRendering,
    state: 'closed as official',
    may: [],
    no: CLOSED,
    entitled: 'secretariat',
    given: () => here.languages.toBegin('closed'),
  }),
  kase({
    act: syncDocument,
    state: 'writing in another language',
    may: TRANSLATORS,
    no: CLOSED,
    given: () => here.languages.toWrite(),
  }),
  kase({
    act: syncDocument,
    state: 'writing in another language, closed as official',
    may: [],
    no: CLOSED,
    given: () => here.languages.toWrite('closed'),
  }),
  kase({ act: markRendering, state: 'open', may: TRANSLATORS, given: () => here.languages.toMark() }),
  kase({
    act: markRendering,
    state: 'closed as official',
    may: [],
    no: CLOSED,
    entitled: 'facilitator',
    given: () => here.languages.toMark('closed'),
  }),
  kase({ act: dropRendering, state: 'surplus', may: TRANSLATORS, given: () => here.languages.toDrop() }),
  kase({ act: changeLanguageVersion, state: 'complete', may: TRANSLATORS, given: () => here.languages.toClose() }),
  kase({
    act: changeLanguageVersion,
    state: 'incomplete',
    may: [],
    no: 'rendering-incomplete',
    entitled: 'secretariat',
    given: () => here.languages.toClose('incomplete'),
  }),
  kase({
    act: changeLanguageVersion,
    state: 'closed as official',
    may: TRANSLATORS,
    given: () => here.languages.toReopen(),
  }),
]
