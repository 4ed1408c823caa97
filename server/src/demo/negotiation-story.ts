import { addAlternative, openBracket } from '@multilogue/shared/brackets'
import { openDocument, setMode } from '@multilogue/shared/documents'
import {
  draftProposal,
  getNegotiation,
  issueDocument,
  setParagraphStatus,
  sponsorProposal,
  tableProposal,
  takePosition,
  type Position,
} from '@multilogue/shared/negotiation'
import type { NewBlock } from '../collab/text.js'
import { commentsStory } from './comments-story.js'
import type { Demo } from './demo.js'
import { informalStory } from './informal-story.js'
import { inArabic, inFrench } from './languages-story.js'

const preambular = (text: string): Omit<NewBlock, 'id'> => ({ kind: 'paragraph', part: 'preambular', text })
const operative = (text: string): Omit<NewBlock, 'id'> => ({ kind: 'paragraph', part: 'operative', text })

/** A zero draft of three preambular and five operative paragraphs, written for the demo. */
const ZERO_DRAFT: Omit<NewBlock, 'id'>[] = [
  { kind: 'heading', level: 1, text: 'Draft outcome on digital and industrial policy' },
  { kind: 'paragraph', part: 'chapeau', text: 'The members of the round,' },
  preambular('Recognizing that digital tools change what small manufacturers can make, sell and prove,'),
  preambular('Noting that strategies written apart often ask firms for the same data twice,'),
  preambular('Mindful that a shared baseline is the first step for every country,'),
  operative('Agree to plan industrial and digital strategies from one baseline of ten indicators;'),
  operative('Invite partners to publish offers of assistance for national data strategies;'),
  operative('Call for rules on industrial data that firms of every size can apply;'),
  operative('Support cooperatives that sell traceable products under their own name;'),
  operative('Decide to review the progress made at the next round.'),
]
/** Their places in the draft. */
const OP = { 2: 6, 3: 7, 4: 8, 5: 9 } as const

const TABLED: {
  by: string
  on: keyof typeof OP
  words: string
  reason: string
  joined?: string
  positions: [string, Position][]
}[] = [
  {
    by: 'eth.head',
    on: 2,
    words:
      'Invite partners to publish offers of assistance for national data strategies, in particular of the least developed countries;',
    reason: 'Without a first step there is no second one.',
    joined: 'gha.head',
    positions: [
      ['deu.head', 'support'],
      ['mex.head', 'can_live_with'],
    ],
  },
  {
    by: 'deu.head',
    on: 3,
    words: 'Call for rules on industrial data that firms of every size can apply, and for data flows with trust;',
    reason: 'Firms in our value chains share data across borders every day.',
    positions: [['che.head', 'support']],
  },
  {
    by: 'mar.head',
    on: 4,
    words: 'Support cooperatives, in particular those led by women, that sell traceable products under their own name;',
    reason: 'Most members of our argan cooperatives are women.',
    positions: [
      ['tun.head', 'support'],
      ['col.head', 'support'],
    ],
  },
]

/** An outcome document under negotiation: a zero draft, two paragraphs agreed, three proposals on the table, one still drafted; in French and, as far as it has come, in Arabic. */
export async function negotiationStory(demo: Demo): Promise<void> {
  const { world, roundId, delegations } = demo
  const { id: documentId } = await world.do('facilitator', openDocument, {
    roundId,
    kind: 'outcome',
    title: 'Draft outcome on digital and industrial policy',
    language: 'en',
  })
  const paragraphs = await world.begin('facilitator', documentId, ZERO_DRAFT)
  await world.do('facilitator', setMode, { documentId, mode: 'negotiating', revision: 1 })
  await inFrench(world, documentId, paragraphs)
  await world.do('secretariat', issueDocument, { documentId, series: 'L' })
  const { blocks } = await world.do('facilitator', getNegotiation, { documentId })
  for (const { id: paragraphId, hash } of blocks.filter(({ part }) => part === 'preambular').slice(0, 2))
    await world.do('facilitator', setParagraphStatus, { documentId, paragraphId, hash, status: 'agreed_ad_ref' })
  const draft = (by: string, on: keyof typeof OP, words: string) =>
    world.do(by, draftProposal, { documentId, operation: 'replace', paragraphId: paragraphs[OP[on]]!, words })
  for (const { by, on, words, reason, joined, positions } of TABLED) {
    const { id: proposalId, revision } = await draft(by, on, words)
    await world.do(by, tableProposal, { proposalId, revision, reason })
    if (joined) await world.do(joined, sponsorProposal, { proposalId, sponsors: true })
    for (const [who, position] of positions) await world.do(who, takePosition, { proposalId, position })
  }
  const bracket = (on: keyof typeof OP, quote: string, code: string, reason: string) =>
    world.do('facilitator', openBracket, {
      documentId,
      paragraphId: paragraphs[OP[on]]!,
      from: ZERO_DRAFT[OP[on]]!.text.indexOf(quote),
      quote,
      reason,
      delegationIds: [delegations[code]!],
    })
  await bracket(2, 'Invite', 'TUN', 'Too weak for those who have nothing to choose from yet.')
  const { id: bracketId } = await bracket(5, 'at the next round', 'CHE', 'Two years are too long.')
  await world.do('facilitator', addAlternative, {
    bracketId,
    words: 'in one year',
    reason: 'When the first indicators are due.',
    delegationIds: [delegations.CHE!],
  })
  await draft(
    'mex.head',
    4,
    'Support cooperatives and small producers that sell traceable products under their own name;',
  )
  await inArabic(world, documentId, paragraphs)
  await informalStory(demo, documentId, [paragraphs[OP[2]]!, paragraphs[OP[3]]!])
  await commentsStory(
    world,
    documentId,
    paragraphs,
    ZERO_DRAFT.map(({ text }) => text),
  )
}
