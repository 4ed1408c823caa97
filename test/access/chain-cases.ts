import {
  restoreEvidence,
  reviewReport,
  reviseReport,
  submitReport,
  withdrawEvidence,
} from '@multilogue/shared/follow-up'
import { setLanguage } from '@multilogue/shared/identity'
import {
  adoptRecommendation,
  makeRecommendation,
  respond,
  reviseRecommendation,
  withdrawRecommendation,
} from '@multilogue/shared/recommendations'
import { kase, HEADS, PEN, ROLES, SECRETARIAT, type Case, type Here } from './roles.js'

/** Commands on recommendations and follow-up, in every state that matters. */
export const chainCases = (here: Here): Case[] => [
  kase({
    act: makeRecommendation,
    state: 'of its own',
    may: [...HEADS, ...PEN, 'rapporteur'],
    given: () => Promise.resolve(here.things.recommendationInput()),
  }),
  kase({
    act: reviseRecommendation,
    state: 'proposed by gha.head',
    may: ['gha.head', ...PEN, 'rapporteur'],
    given: () => here.things.recommendationToRevise('proposed'),
  }),
  kase({
    act: reviseRecommendation,
    state: 'adopted',
    may: [],
    no: 'wrong-state',
    given: () => here.things.recommendationToRevise('adopted'),
  }),
  kase({
    act: adoptRecommendation,
    state: 'proposed, actionable',
    may: ['chair'],
    given: () => here.things.recommendationToAdopt('actionable'),
  }),
  kase({
    act: adoptRecommendation,
    state: 'proposed, not actionable',
    may: [],
    no: 'wrong-state',
    given: () => here.things.recommendationToAdopt('vague'),
  }),
  kase({
    act: withdrawRecommendation,
    state: 'proposed by gha.head',
    may: ['gha.head', ...PEN, 'rapporteur'],
    given: () => here.things.recommendationToWithdraw(),
  }),
  kase({
    act: respond,
    state: 'adopted, to Ghana',
    may: ['gha.head'],
    given: () => here.things.recommendationToAnswer('adopted'),
  }),
  kase({
    act: respond,
    state: 'proposed, to Ghana',
    may: [],
    no: 'wrong-state',
    given: () => here.things.recommendationToAnswer('proposed'),
  }),

  kase({
    act: submitReport,
    state: 'adopted, to Ghana',
    may: ['gha.head'],
    given: () => here.things.reportInput('adopted'),
  }),
  kase({
    act: submitReport,
    state: 'proposed, to Ghana',
    may: [],
    no: 'wrong-state',
    given: () => here.things.reportInput('proposed'),
  }),
  kase({
    act: submitReport,
    state: "on Ghana's action",
    may: ['gha.head'],
    given: () => here.things.actionToReport('begun'),
  }),
  kase({
    act: submitReport,
    state: "on Ghana's action, settled",
    may: [],
    no: 'wrong-state',
    given: () => here.things.actionToReport('settled'),
  }),
  kase({
    act: submitReport,
    state: "on Ghana's action, not adopted",
    may: [],
    no: 'wrong-state',
    given: () => here.things.actionToReport('not adopted'),
  }),
  kase({
    act: reviseReport,
    state: "Ghana's, returned",
    may: ['gha.head'],
    no: 'not-found',
    given: () => here.things.reportToRevise('returned'),
  }),
  kase({
    act: reviseReport,
    state: "Ghana's, submitted",
    may: [],
    no: 'wrong-state',
    hidden: true,
    given: () => here.things.reportToRevise('submitted'),
  }),
  kase({
    act: reviewReport,
    state: "Ghana's, submitted",
    may: SECRETARIAT,
    no: 'not-found',
    given: () => here.things.reportToReview('submitted'),
  }),
  kase({
    act: reviewReport,
    state: "Ghana's, validated",
    may: [],
    no: 'wrong-state',
    given: () => here.things.reportToReview('validated'),
  }),

  kase({ act: setLanguage, state: 'own', may: ROLES, given: () => Promise.resolve({ language: 'fr' as const }) }),
  kase({
    act: withdrawEvidence,
    state: 'validated',
    may: ['gha.head', 'secretariat'],
    given: async () => ({ ...(await here.things.reportWithEvidence('validated')), reason: 'The file was another.' }),
  }),
  kase({
    act: withdrawEvidence,
    state: 'submitted',
    may: ['gha.head', 'secretariat'],
    no: 'not-found',
    given: async () => ({ ...(await here.things.reportWithEvidence('submitted')), reason: 'The file was another.' }),
  }),
  kase({
    act: restoreEvidence,
    state: 'withdrawn',
    may: SECRETARIAT,
    given: () => here.things.reportWithEvidence('withdrawn'),
  }),
  kase({
    act: restoreEvidence,
    state: 'not withdrawn',
    may: [],
    no: 'wrong-state',
    entitled: 'secretariat',
    given: () => here.things.reportWithEvidence('validated'),
  }),
]
