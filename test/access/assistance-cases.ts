import { draftListing, moveListing } from '@multilogue/shared/assistance'
import { confirmCommitment, deliverCommitment, withdrawCommitment } from '@multilogue/shared/commitments'
import {
  acceptMatch,
  activateMatch,
  addOutcome,
  cancelMatch,
  completeMatch,
  declineMatch,
  proposeMatch,
  reviseMatch,
} from '@multilogue/shared/matches'
import { kase, DELEGATIONS, type Case, type Here } from './roles.js'

const PARTIES = ['gha.head', 'deu.head'] as const
const FOLLOWING = [...PARTIES, 'secretariat'] as const

/** Commands on requests and offers, matches and commitments, in every state that matters. */
export const assistanceCases = (here: Here): Case[] => [
  kase({
    act: draftListing,
    state: 'in any state',
    may: DELEGATIONS,
    given: () => Promise.resolve(here.assistance.listingInput('offer')),
  }),
  kase({
    act: moveListing,
    state: "Germany's draft",
    may: ['deu.head'],
    no: 'not-found',
    given: () => here.assistance.listingToMove('draft', 'published'),
  }),
  kase({
    act: moveListing,
    state: "Germany's, published",
    may: ['deu.head'],
    given: () => here.assistance.listingToMove('published', 'withdrawn'),
  }),
  kase({
    act: proposeMatch,
    state: "Germany's offer, for Ghana",
    may: FOLLOWING,
    given: () => here.assistance.matchToPropose('adopted'),
  }),
  kase({
    act: proposeMatch,
    state: 'recommendation not adopted',
    may: [],
    no: 'wrong-state',
    entitled: 'deu.head',
    given: () => here.assistance.matchToPropose('proposed'),
  }),
  kase({
    act: reviseMatch,
    state: 'proposed by the secretariat',
    may: FOLLOWING,
    no: 'not-found',
    given: async () => ({
      ...(await here.assistance.matchToDecide('proposed')),
      ...{ scope: 'One adviser for two months.', dueOn: '2027-12-01' },
    }),
  }),
  kase({
    act: reviseMatch,
    state: 'agreed',
    may: [],
    no: 'wrong-state',
    entitled: 'gha.head',
    given: async () => ({
      ...(await here.assistance.matchToDecide('agreed')),
      ...{ scope: 'One adviser for two months.', dueOn: '2027-12-01' },
    }),
  }),
  kase({
    act: acceptMatch,
    state: 'proposed',
    may: PARTIES,
    no: 'not-found',
    given: async () => ({ ...(await here.assistance.matchToDecide('proposed')), gains: 'Experience.' }),
  }),
  kase({
    act: acceptMatch,
    state: 'agreed',
    may: [],
    no: 'wrong-state',
    entitled: 'deu.head',
    given: async () => ({ ...(await here.assistance.matchToDecide('agreed')), gains: 'Experience.' }),
  }),
  kase({
    act: declineMatch,
    state: 'proposed',
    may: PARTIES,
    no: 'not-found',
    given: async () => ({ ...(await here.assistance.matchToDecide('proposed')), reason: 'No capacity this year.' }),
  }),
  kase({
    act: addOutcome,
    state: 'agreed',
    may: FOLLOWING,
    given: async () => ({
      matchId: (await here.assistance.matchToDecide('agreed')).matchId,
      outcome: 'Two people can do it alone.',
    }),
  }),
  kase({
    act: activateMatch,
    state: 'agreed, with an outcome',
    may: FOLLOWING,
    given: () => here.assistance.matchToBegin(),
  }),
  kase({
    act: activateMatch,
    state: 'agreed, without an outcome',
    may: [],
    no: 'wrong-state',
    entitled: 'secretariat',
    given: () => here.assistance.matchToDecide('agreed'),
  }),
  kase({
    act: completeMatch,
    state: 'active',
    may: ['gha.head', 'secretariat'],
    given: () => here.assistance.matchToDecide('active'),
  }),
  kase({
    act: completeMatch,
    state: 'agreed',
    may: [],
    no: 'wrong-state',
    entitled: 'gha.head',
    given: () => here.assistance.matchToDecide('agreed'),
  }),
  kase({
    act: cancelMatch,
    state: 'active',
    may: FOLLOWING,
    given: async () => ({ ...(await here.assistance.matchToDecide('active')), reason: 'The ministry was dissolved.' }),
  }),
  kase({
    act: confirmCommitment,
    state: 'pledged',
    may: ['deu.head'],
    given: async () => ({ ...(await here.assistance.commitment('pledged')), amount: 800 }),
  }),
  kase({
    act: confirmCommitment,
    state: 'confirmed',
    may: [],
    no: 'wrong-state',
    entitled: 'deu.head',
    given: async () => ({ ...(await here.assistance.commitment('confirmed')), amount: 800 }),
  }),
  kase({
    act: deliverCommitment,
    state: 'confirmed',
    may: ['gha.head', 'secretariat'],
    given: () => here.assistance.commitment('confirmed'),
  }),
  kase({
    act: deliverCommitment,
    state: 'delivered',
    may: [],
    no: 'wrong-state',
    entitled: 'secretariat',
    given: () => here.assistance.commitment('delivered'),
  }),
  kase({
    act: withdrawCommitment,
    state: 'confirmed',
    may: ['deu.head'],
    given: async () => ({ ...(await here.assistance.commitment('confirmed')), reason: 'The budget was cut.' }),
  }),
]
