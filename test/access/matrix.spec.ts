import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CONTRACTS } from '@multilogue/shared/api'
import { acceptMatch, declineMatch, deliverCommitment, draftListing, moveListing, proposeMatch } from '@multilogue/shared/assistance'
import type { Contract, RawInputOf } from '@multilogue/shared/contract'
import { conductThread, editMessage, postMessage } from '@multilogue/shared/dialogue'
import { openDocument, setMode, syncDocument } from '@multilogue/shared/documents'
import { reviewReport, reviseReport, submitReport } from '@multilogue/shared/follow-up'
import { endSeat, setLanguage } from '@multilogue/shared/identity'
import {
  adoptRecommendation,
  makeRecommendation,
  respond,
  reviseRecommendation,
  withdrawRecommendation,
} from '@multilogue/shared/recommendations'
import {
  addAgendaItem,
  conductSession,
  formBody,
  moveRound,
  registerDelegation,
  scheduleSession,
  setCredentials,
} from '@multilogue/shared/rounds'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, type Via } from '../support/stage.js'
import { Things } from './things.js'

/*
 * Role × act × state, over HTTP and over the socket. For every case the object is made anew and put into the
 * state; then each role tries, and exactly those named may. Allowed and refused share their set-up, so nothing
 * is refused for the wrong reason.
 */
const ROLES = [
  'gha.head',
  'gha.adviser',
  'eth.head',
  'deu.head',
  'rej.head',
  'unctad.head',
  'agi.head',
  'chair',
  'facilitator',
  'rapporteur',
  'secretariat',
  'admin',
  'outsider',
] as const
type Role = (typeof ROLES)[number]

interface Case<C extends Contract = Contract> {
  act: C
  state: string
  may: readonly Role[]
  /** How the others are refused; a seat of another round always finds nothing. */
  no?: string
  /** To some the object is not there at all. */
  hidden?: true
  /** Makes the object in its state. @returns what is sent */
  given: () => Promise<RawInputOf<C>>
}

const SECRETARIAT = ['secretariat'] as const
const CONDUCT = ['chair', 'secretariat'] as const
const HEADS = ['gha.head', 'eth.head', 'deu.head'] as const
const MEMBERS = ['gha.head', 'gha.adviser', 'eth.head', 'deu.head'] as const
const FUNCTIONS = ['chair', 'facilitator', 'rapporteur', 'secretariat'] as const
const PEN = ['chair', 'facilitator'] as const
const DELEGATIONS = [...MEMBERS, 'unctad.head', 'agi.head'] as const

let stage: Stage
let round: SmallRound
let things: Things
let counter = 0
const unique = () => `${++counter}`
const kase = <C extends Contract>(one: Case<C>): Case => one as unknown as Case

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new Things(stage, round)
})
afterAll(() => stage.close())

const CASES: Case[] = [
  kase({ act: moveRound, state: 'open', may: SECRETARIAT, given: () => things.roundToMove() }),
  kase({
    act: registerDelegation,
    state: 'in any state',
    may: SECRETARIAT,
    given: () => Promise.resolve({ roundId: round.roundId, code: `X${unique()}`, name: 'New', kind: 'member' as const }),
  }),
  kase({ act: setCredentials, state: 'provisional', may: SECRETARIAT, given: () => things.credentials('provisional', 'accepted') }),
  kase({ act: setCredentials, state: 'accepted to none', may: [], no: 'wrong-state', given: () => things.credentials('accepted', 'none') }),
  kase({
    act: formBody,
    state: 'in any state',
    may: SECRETARIAT,
    given: () => Promise.resolve({ roundId: round.roundId, code: `G${unique()}`, name: 'Group', delegationIds: [round.delegations.GHA] }),
  }),
  kase({ act: scheduleSession, state: 'in any state', may: SECRETARIAT, given: () => Promise.resolve(things.sessionInput()) }),
  kase({ act: conductSession, state: 'confirmed', may: CONDUCT, given: () => things.sessionToConduct('confirmed', 'live') }),
  kase({ act: conductSession, state: 'ended', may: [], no: 'wrong-state', given: () => things.sessionToConduct('ended', 'live') }),
  kase({ act: addAgendaItem, state: 'confirmed session', may: SECRETARIAT, given: () => things.itemToAdd('confirmed') }),
  kase({ act: addAgendaItem, state: 'ended session', may: [], no: 'wrong-state', given: () => things.itemToAdd('ended') }),

  kase({ act: postMessage, state: 'open, floor of members', may: [...MEMBERS, ...FUNCTIONS], given: () => things.statement({ floor: 'members' }) }),
  kase({ act: postMessage, state: 'open, floor of all', may: [...DELEGATIONS, ...FUNCTIONS], given: () => things.statement({ floor: 'all' }) }),
  kase({ act: postMessage, state: 'closed', may: [], no: 'wrong-state', given: () => things.statement({ state: 'closed' }) }),
  kase({
    act: postMessage,
    state: 'on behalf of a group',
    may: ['eth.head'],
    given: async () => ({ ...(await things.statement({ floor: 'all' })), onBehalfOf: round.bodyId }),
  }),
  kase({ act: editMessage, state: 'made by gha.head, thread open', may: ['gha.head'], given: () => things.madeStatement({}) }),
  kase({ act: editMessage, state: 'made by gha.head, thread closed', may: [], no: 'wrong-state', given: () => things.madeStatement({ state: 'closed' }) }),
  kase({ act: conductThread, state: 'open', may: CONDUCT, given: () => things.threadToClose() }),

  kase({
    act: openDocument,
    state: 'of the participants',
    may: [...MEMBERS, ...PEN, 'secretariat'],
    given: () => Promise.resolve({ roundId: round.roundId, kind: 'outcome' as const, title: 'Text', language: 'en' as const }),
  }),
  kase({ act: setMode, state: 'of the participants', may: PEN, given: () => things.documentToMove('participants') }),
  kase({ act: setMode, state: 'of Ghana alone', may: ['gha.head'], no: 'not-found', given: () => things.documentToMove('delegation') }),
  kase({ act: syncDocument, state: 'drafting', may: [...MEMBERS, ...PEN], no: 'text-not-writable', given: () => things.edit('participants', 'drafting') }),
  kase({ act: syncDocument, state: 'negotiating', may: PEN, no: 'text-not-writable', given: () => things.edit('participants', 'negotiating') }),
  kase({ act: syncDocument, state: 'frozen', may: [], no: 'text-not-writable', given: () => things.edit('participants', 'frozen') }),
  kase({ act: syncDocument, state: 'of Ghana alone', may: ['gha.head', 'gha.adviser'], no: 'not-found', given: () => things.edit('delegation', 'drafting') }),

  kase({ act: makeRecommendation, state: 'of its own', may: [...HEADS, ...PEN, 'rapporteur'], given: () => Promise.resolve(things.recommendationInput()) }),
  kase({ act: reviseRecommendation, state: 'proposed by gha.head', may: ['gha.head', ...PEN, 'rapporteur'], given: () => things.recommendationToRevise('proposed') }),
  kase({ act: reviseRecommendation, state: 'adopted', may: [], no: 'wrong-state', given: () => things.recommendationToRevise('adopted') }),
  kase({ act: adoptRecommendation, state: 'proposed, actionable', may: ['chair'], given: () => things.recommendationToAdopt('actionable') }),
  kase({ act: adoptRecommendation, state: 'proposed, not actionable', may: [], no: 'wrong-state', given: () => things.recommendationToAdopt('vague') }),
  kase({ act: withdrawRecommendation, state: 'proposed by gha.head', may: ['gha.head', ...PEN, 'rapporteur'], given: () => things.recommendationToWithdraw() }),
  kase({ act: respond, state: 'adopted, to Ghana', may: ['gha.head'], given: () => things.recommendationToAnswer('adopted') }),
  kase({ act: respond, state: 'proposed, to Ghana', may: [], no: 'wrong-state', given: () => things.recommendationToAnswer('proposed') }),

  kase({ act: draftListing, state: 'in any state', may: DELEGATIONS, given: () => Promise.resolve(things.listingInput('offer')) }),
  kase({ act: moveListing, state: "Germany's draft", may: ['deu.head'], no: 'not-found', given: () => things.listingToMove('draft', 'published') }),
  kase({ act: moveListing, state: "Germany's, published", may: ['deu.head'], given: () => things.listingToMove('published', 'withdrawn') }),
  kase({ act: proposeMatch, state: "Germany's offer, for Ghana", may: ['deu.head', 'gha.head', 'secretariat'], given: () => things.matchToPropose('adopted') }),
  kase({ act: proposeMatch, state: 'recommendation not adopted', may: [], no: 'wrong-state', given: () => things.matchToPropose('proposed') }),
  kase({ act: acceptMatch, state: 'proposed', may: ['deu.head', 'gha.head'], no: 'not-found', given: () => things.matchToDecide('proposed') }),
  kase({ act: acceptMatch, state: 'agreed', may: [], no: 'wrong-state', given: () => things.matchToDecide('agreed') }),
  kase({
    act: declineMatch,
    state: 'proposed',
    may: ['deu.head', 'gha.head'],
    no: 'not-found',
    given: async () => ({ ...(await things.matchToDecide('proposed')), reason: 'No capacity this year.' }),
  }),
  kase({ act: deliverCommitment, state: 'confirmed', may: ['gha.head', 'secretariat'], given: () => things.commitment('confirmed') }),
  kase({ act: deliverCommitment, state: 'delivered', may: [], no: 'wrong-state', given: () => things.commitment('delivered') }),

  kase({ act: submitReport, state: 'adopted, to Ghana', may: ['gha.head'], given: () => things.reportInput('adopted') }),
  kase({ act: submitReport, state: 'proposed, to Ghana', may: [], no: 'wrong-state', given: () => things.reportInput('proposed') }),
  kase({ act: reviseReport, state: "Ghana's, returned", may: ['gha.head'], no: 'not-found', given: () => things.reportToRevise('returned') }),
  kase({ act: reviseReport, state: "Ghana's, submitted", may: [], no: 'wrong-state', hidden: true, given: () => things.reportToRevise('submitted') }),
  kase({ act: reviewReport, state: "Ghana's, submitted", may: SECRETARIAT, no: 'not-found', given: () => things.reportToReview('submitted') }),
  kase({ act: reviewReport, state: "Ghana's, validated", may: [], no: 'wrong-state', given: () => things.reportToReview('validated') }),

  kase({ act: setLanguage, state: 'own', may: ROLES, given: () => Promise.resolve({ language: 'fr' as const }) }),
  kase({ act: endSeat, state: "of Ghana's expert", may: ['gha.head', 'secretariat', 'admin'], given: () => things.seatToEnd() }),
]

/** What a role that may not is told: by its right, by the state, or that there is nothing when the object is hidden. */
const refusals = ({ no, hidden }: Case) => ['not-allowed', ...(no ? [no] : []), ...(hidden ? ['not-found'] : [])]

describe.each(['http', 'socket'] as Via[])('Rights over %s', (via) => {
  it.each(CASES.map((one) => [`${one.act.name}, ${one.state}`, one] as const))('[RIGHTS] %s', async (_title, one) => {
    const allowed: string[] = []
    for (const role of ROLES) {
      const input = await one.given()
      const answer = await stage.call(role, one.act, input as never, { via })
      if (answer.says === 'ok') allowed.push(role)
      else if (role === 'outsider') expect(answer.says).toBe('not-found')
      else expect({ role, says: refusals(one).includes(answer.says) ? 'refused' : answer.says }).toEqual({ role, says: 'refused' })
    }
    expect(allowed).toEqual(ROLES.filter((role) => one.may.includes(role)))
  })

  it('[RIGHTS] in a state that refuses, even those who otherwise may are told the state', async () => {
    const entitled: Partial<Record<string, Role>> = {
      'rounds.conductSession': 'chair',
      'rounds.addAgendaItem': 'secretariat',
      'rounds.setCredentials': 'secretariat',
      'dialogue.postMessage': 'gha.head',
      'dialogue.editMessage': 'gha.head',
      'documents.syncDocument': 'facilitator',
      'recommendations.reviseRecommendation': 'gha.head',
      'recommendations.adoptRecommendation': 'chair',
      'recommendations.respond': 'gha.head',
      'assistance.proposeMatch': 'deu.head',
      'assistance.acceptMatch': 'deu.head',
      'assistance.deliverCommitment': 'secretariat',
      'followUp.submitReport': 'gha.head',
      'followUp.reviseReport': 'gha.head',
      'followUp.reviewReport': 'secretariat',
    }
    for (const one of CASES.filter((c) => c.may.length === 0)) {
      const role = entitled[one.act.name]!
      const answer = await stage.call(role, one.act, (await one.given()) as never, { via })
      expect({ act: one.act.name, says: answer.says }).toEqual({ act: one.act.name, says: one.no })
    }
  })
})

it('[RIGHTS] the matrix names every command', () => {
  const commands = [...CONTRACTS.values()].filter((c) => c.kind === 'write' && c.access === 'seat').map((c) => c.name)
  expect(commands.filter((name) => !CASES.some((one) => one.act.name === name))).toEqual([])
})

it('[RIGHTS] nobody may do anything without signing in', async () => {
  for (const contract of CONTRACTS.values()) {
    if (contract.access === 'open') continue
    const answer = await stage.call(null, contract, Object.fromEntries(Object.keys(contract.input.shape).map((k) => [k, 'x'])) as never)
    expect({ name: contract.name, says: answer.says }).toEqual({ name: contract.name, says: 'not-signed-in' })
  }
  await expect(stage.connect({})).rejects.toMatchObject({ problem: { status: 401 } })
})
