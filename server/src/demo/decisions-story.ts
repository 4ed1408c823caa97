import { castVote, gavel, openProcedure, takeStance } from '@multilogue/shared/decisions'
import { openDocument, setMode } from '@multilogue/shared/documents'
import { getNegotiation, issueDocument, setParagraphStatus } from '@multilogue/shared/negotiation'
import { getRound } from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import type { NewBlock } from '../collab/text.js'
import type { Demo } from './demo.js'
import type { World } from './world.js'

const operative = (text: string): Omit<NewBlock, 'id'> => ({ kind: 'paragraph', part: 'operative', text })

/** Two small texts, written for the demo. */
const METHODS = [
  operative('Decides to open every meeting with what has become of the recommendations of the last one;'),
  operative('Requests the secretariat to publish offers of assistance within a week of receiving them;'),
  operative('Invites members to report on progress every six months.'),
]
const NEXT_ROUND = [
  operative('Decides to hold the fourth round in Accra, in the second week of October;'),
  operative('Asks the secretariat to circulate a provisional agenda three months before.'),
]

const HOUR = 3_600_000

/** A decision adopted in the room with a reservation, and a silence procedure that runs on. All of it is invented. */
export async function decisionsStory(demo: Demo, sessionId: string, now: Date): Promise<void> {
  const { world, roundId } = demo
  const methods = await issued(demo, 'Working methods of the forum', METHODS)
  const next = await issued(demo, 'Place and dates of the fourth round', NEXT_ROUND)
  const { rules, revision } = await world.do('secretariat', getRound, { roundId })
  // Nobody in the story objects, so nobody has to wait; the rules are put back afterwards.
  const atOnce = { ...rules, objectionSeconds: 0, decision: 'vote' as const, quorum: 'third' as const }
  await world.do('secretariat', setRules, { roundId, rules: atOnce, revision })
  await adopted(world, methods, sessionId)
  await votedOn(world, next, sessionId)
  await world.do('secretariat', setRules, { roundId, rules, revision: revision + 1 })
  const deadline = new Date(Math.ceil(now.getTime() / HOUR) * HOUR + 96 * HOUR).toISOString()
  await world.do('chair', openProcedure, { ...asked(next, sessionId), method: 'silence', deadline })
}

interface Issued {
  documentId: string
  issuedId: string
  paragraphs: string[]
}
const asked = ({ documentId, issuedId }: Issued, sessionId: string) => ({ documentId, issuedId, sessionId })

async function issued({ world, roundId }: Demo, title: string, words: Omit<NewBlock, 'id'>[]): Promise<Issued> {
  const { id: documentId } = await world.do('facilitator', openDocument, {
    ...{ roundId, kind: 'outcome', title, language: 'en' },
  })
  const paragraphs = await world.begin('facilitator', documentId, [
    { kind: 'heading', level: 1, text: title },
    ...words,
  ])
  await world.do('facilitator', setMode, { documentId, mode: 'negotiating', revision: 1 })
  const { blocks } = await world.do('facilitator', getNegotiation, { documentId })
  for (const { id: paragraphId, hash, status } of blocks)
    if (status !== null)
      await world.do('facilitator', setParagraphStatus, { documentId, paragraphId, hash, status: 'agreed_ad_ref' })
  const { id: issuedId } = await world.do('secretariat', issueDocument, { documentId, series: 'L' })
  return { documentId, issuedId, paragraphs }
}

/** Polled, then adopted by consensus; one delegation reserves. */
async function adopted(world: World, methods: Issued, sessionId: string): Promise<void> {
  const on = asked(methods, sessionId)
  const poll = await world.do('chair', openProcedure, { ...on, method: 'straw_poll' })
  await ballot(world, poll.id)
  const { id: procedureId } = await world.do('chair', openProcedure, { ...on, method: 'consensus' })
  await world.do('chair', gavel, { procedureId })
  await world.do('idn.head', takeStance, {
    ...{ procedureId, kind: 'reservation', paragraphId: methods.paragraphs[3]!, language: 'en' },
    text: 'Our reporting follows the national planning year, and cannot be made every six months.',
  })
  await world.do('mex.head', takeStance, {
    ...{ procedureId, kind: 'explanation', language: 'es' },
    text: 'México entiende que la presentación de informes es voluntaria.',
  })
}

/** The place is chosen in secret. */
async function votedOn(world: World, { documentId, paragraphs }: Issued, sessionId: string): Promise<void> {
  const { blocks } = await world.do('chair', getNegotiation, { documentId })
  const { id, hash } = blocks.find((block) => block.id === paragraphs[1])!
  const on = { documentId, sessionId, paragraph: { id, hash } }
  const vote = await world.do('chair', openProcedure, { ...on, method: 'vote', ballot: 'secret' })
  await ballot(world, vote.id)
}

async function ballot(world: World, procedureId: string): Promise<void> {
  for (const who of ['gha.head', 'kor.head', 'mex.head', 'ind.head'])
    await world.do(who, castVote, { procedureId, choice: who === 'ind.head' ? 'abstain' : 'yes' })
  await world.do('chair', gavel, { procedureId })
}
