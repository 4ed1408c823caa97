import {
  adoptVision,
  askQuestion,
  linkOrigin,
  makeVision,
  recordFinding,
  reviseFinding,
  serveVision,
  unlinkOrigin,
  withdrawFinding,
  withdrawQuestion,
} from '@multilogue/shared/visions'
import { kase, MEMBERS, PEN, SECRETARIAT, type Case, type Here } from './roles.js'

const ROUND = [...PEN, ...SECRETARIAT]
const GHANA = ['gha.head', 'gha.adviser'] as const
const BY_GHANA = { state: 'about Ghana', may: GHANA }
const BY_THE_ROUND = { state: 'about all', may: ROUND }
const WRITABLE = { state: 'drafting', may: [...MEMBERS, ...PEN], no: 'text-not-writable' }
const OWN = { state: 'of Ghana alone', may: GHANA, hidden: true as const, no: 'not-found' }
const FROZEN = { state: 'frozen', may: [], entitled: 'facilitator' as const, no: 'text-not-writable' }

/** Commands on findings, guiding questions and vision statements. */
export const visionCases = (here: Here): Case[] => [
  kase({
    act: recordFinding,
    state: '',
    may: [...MEMBERS, ...ROUND],
    given: async () => here.visions.findingToRecord(),
  }),
  kase({ act: reviseFinding, ...BY_GHANA, given: () => here.visions.findingToRevise('gha.head') }),
  kase({ act: reviseFinding, ...BY_THE_ROUND, given: () => here.visions.findingToRevise('facilitator') }),
  kase({
    act: reviseFinding,
    state: 'withdrawn',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: () => here.visions.findingToRevise('gha.head', 'withdrawn'),
  }),
  kase({ act: withdrawFinding, ...BY_GHANA, given: () => here.visions.finding('gha.head') }),
  kase({ act: withdrawFinding, ...BY_THE_ROUND, given: () => here.visions.finding('chair') }),
  kase({ act: askQuestion, state: '', may: [...MEMBERS, ...ROUND], given: async () => here.visions.questionToAsk() }),
  kase({ act: withdrawQuestion, ...BY_GHANA, given: () => here.visions.question('gha.adviser') }),
  kase({ act: withdrawQuestion, ...BY_THE_ROUND, given: () => here.visions.question('secretariat') }),
  kase({ act: makeVision, state: '', may: [...MEMBERS, ...ROUND], given: () => here.visions.visionToMake() }),
  kase({
    act: adoptVision,
    state: 'of the participants',
    may: ['chair'],
    given: () => here.visions.visionToAdopt('participants', 'complete'),
  }),
  kase({
    act: adoptVision,
    state: 'of Ghana alone',
    may: ['gha.head'],
    hidden: true,
    given: () => here.visions.visionToAdopt('delegation', 'complete'),
  }),
  kase({
    act: adoptVision,
    state: 'unanswered',
    may: [],
    entitled: 'chair',
    no: 'vision-incomplete',
    given: () => here.visions.visionToAdopt('participants', 'unanswered'),
  }),
  kase({
    act: adoptVision,
    state: 'adopted',
    may: [],
    entitled: 'chair',
    no: 'wrong-state',
    given: () => here.visions.visionToAdopt('participants', 'adopted'),
  }),
  kase({ act: linkOrigin, ...WRITABLE, given: () => here.visions.originToLink('participants') }),
  kase({ act: linkOrigin, ...OWN, given: () => here.visions.originToLink('delegation') }),
  kase({ act: linkOrigin, ...FROZEN, given: () => here.visions.originToLink('participants', 'frozen') }),
  kase({ act: unlinkOrigin, ...WRITABLE, given: () => here.visions.originToUnlink('participants') }),
  kase({ act: unlinkOrigin, ...OWN, given: () => here.visions.originToUnlink('delegation') }),
  kase({ act: unlinkOrigin, ...FROZEN, given: () => here.visions.originToUnlink('participants', 'frozen') }),
  kase({ act: serveVision, ...WRITABLE, given: () => here.visions.planToServe('participants') }),
  kase({ act: serveVision, ...OWN, given: () => here.visions.planToServe('delegation') }),
]
