import { adoptPlan, draftFromRecommendations } from '@multilogue/shared/plans'
import { kase, MEMBERS, PEN, type Case, type Here } from './roles.js'

/** Commands on action plans. Editing the table of a plan is editing its text: see `syncDocument`. */
export const planCases = (here: Here): Case[] => [
  kase({ act: adoptPlan, state: 'complete', may: ['chair'], given: () => here.things.planToAdopt('complete') }),
  kase({
    act: adoptPlan,
    state: 'incomplete',
    may: [],
    no: 'plan-incomplete',
    given: () => here.things.planToAdopt('incomplete'),
  }),
  kase({
    act: adoptPlan,
    state: 'adopted',
    may: [],
    no: 'wrong-state',
    given: () => here.things.planToAdopt('adopted'),
  }),
  kase({
    act: adoptPlan,
    state: 'of Ghana alone',
    may: [],
    no: 'not-found',
    given: () => here.things.planToAdopt('own'),
  }),
  kase({
    act: draftFromRecommendations,
    state: 'drafting',
    may: [...MEMBERS, ...PEN],
    no: 'text-not-writable',
    given: () => here.things.planToDraft('drafting'),
  }),
  kase({
    act: draftFromRecommendations,
    state: 'negotiating',
    may: PEN,
    no: 'text-not-writable',
    given: () => here.things.planToDraft('negotiating'),
  }),
  kase({
    act: draftFromRecommendations,
    state: 'frozen',
    may: [],
    no: 'text-not-writable',
    given: () => here.things.planToDraft('frozen'),
  }),
]
