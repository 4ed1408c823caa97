import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { draftListing, moveListing } from '@multilogue/shared/assistance'
import { acceptMatch, proposeMatch } from '@multilogue/shared/matches'
import { postMessage } from '@multilogue/shared/dialogue'
import { getDocument, listDocuments, openDocument } from '@multilogue/shared/documents'
import { reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { adoptRecommendation, makeRecommendation } from '@multilogue/shared/recommendations'
import { getTrace, type TraceKind } from '@multilogue/shared/trace'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* The strip of every object of one whole chain, in both directions. */

let stage: Stage
let round: SmallRound
/** Ids of what the chain has made. */
let made: Awaited<ReturnType<typeof playChain>>

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  made = await playChain()
})
afterAll(() => stage.close())

async function playChain() {
  const { world } = stage
  const { roundId, sessionId: session, delegations } = round
  const thread = round.item.threadId
  const message = await world.do('gha.head', postMessage, { threadId: thread, body: 'One survey.', language: 'en' })
  const proposed = await world.do('chair', makeRecommendation, {
    roundId,
    language: 'en',
    title: 'Share one survey',
    action: 'Run it once.',
    force: 'voluntary',
    owner: 'Ministry of Industry',
    dueOn: '2027-12-01',
    measure: 'One data set',
    addresseeIds: [delegations.GHA],
    from: { kind: 'message', messageId: message.id },
  })
  const recommendation = proposed.id
  await world.do('chair', adoptRecommendation, { recommendationId: recommendation, revision: 1 })
  const request = await publish('gha.head', 'request', recommendation)
  const offer = await publish('deu.head', 'offer')
  const match = await world.do('deu.head', proposeMatch, {
    recommendationId: recommendation,
    offers: [{ offerId: offer }],
    requestId: request,
    beneficiaryId: delegations.GHA,
    dueOn: '2027-11-01',
  })
  await world.do('deu.head', acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
  const agreed = await world.do('gha.head', acceptMatch, { matchId: match.id, gains: 'Experience.', revision: 1 })
  const report = await world.do('gha.head', submitReport, {
    recommendationId: recommendation,
    narrative: 'Done.',
    language: 'en',
    proposedStatus: 'implemented',
  })
  await world.do('secretariat', reviewReport, { reportId: report.id, verdict: 'validated', revision: 1 })
  const ids = { session, thread, message: message.id, recommendation, request, offer }
  return { ...ids, match: match.id, commitment: agreed.commitments[0]!.id, report: report.id }
}

async function publish(who: string, side: 'request' | 'offer', recommendationId?: string): Promise<string> {
  const { id } = await stage.world.do(who, draftListing, {
    roundId: round.roundId,
    side,
    title: 'Advisers',
    description: 'Two advisers for a month.',
    language: 'en',
    cooperationType: 'technical_cooperation',
    modalities: ['expert'],
    recommendationId,
  })
  await stage.world.do(who, moveListing, { listingId: id, state: 'published', revision: 1 })
  return id
}

const traceOf = (who: string, kind: TraceKind, id: string) => stage.call(who, getTrace, { kind, id })
const byDistance = (a: string, b: string) => parseInt(a) - parseInt(b) || a.localeCompare(b)
/** The strip as `distance kind`, from where it all came to what came of it. */
async function strip(who: string, kind: TraceKind, id: string): Promise<string> {
  const nodes = await stage.done(who, getTrace, { kind, id })
  expect(nodes.map((node) => node.distance)).toEqual(nodes.map((node) => node.distance).sort((a, b) => a - b))
  return nodes
    .map((node) => `${node.distance} ${node.kind}`)
    .sort(byDistance)
    .join(', ')
}

const STRIPS: [keyof typeof made, TraceKind, string][] = [
  [
    'session',
    'session',
    '0 session, 1 thread, 2 message, 3 recommendation, 4 listing, 4 match, 4 report, 5 commitment',
  ],
  [
    'message',
    'message',
    '-2 session, -1 thread, 0 message, 1 recommendation, 2 listing, 2 match, 2 report, 3 commitment',
  ],
  [
    'recommendation',
    'recommendation',
    '-3 session, -2 thread, -1 message, 0 recommendation, 1 listing, 1 match, 1 report, 2 commitment',
  ],
  [
    'request',
    'listing',
    '-4 session, -3 thread, -2 message, -1 recommendation, 0 listing, 1 match, 2 commitment, 3 report',
  ],
  ['offer', 'listing', '0 listing, 1 match, 2 commitment, 3 report'],
  [
    'match',
    'match',
    '-4 session, -3 thread, -2 message, -1 listing, -1 listing, -1 recommendation, 0 match, 1 commitment, 2 report',
  ],
  [
    'commitment',
    'commitment',
    '-5 session, -4 thread, -3 message, -2 listing, -2 listing, -2 recommendation, -1 match, 0 commitment, 1 report',
  ],
  [
    'report',
    'report',
    '-4 session, -3 listing, -3 listing, -3 thread, -2 match, -2 message, -1 commitment, -1 recommendation, 0 report',
  ],
]

it.each(STRIPS)('[TRACE-1] the strip of the %s shows both ways', async (name, kind, shown) => {
  for (const who of ['gha.adviser', 'secretariat', 'agi.head']) expect(await strip(who, kind, made[name])).toBe(shown)
})

it('[TRACE-1] every step of the strip leads to its own page', async () => {
  const nodes = await stage.done('chair', getTrace, { kind: 'recommendation', id: made.recommendation })
  const hrefs = Object.fromEntries(nodes.map((node) => [node.kind, node.href]))
  expect(hrefs).toEqual({
    session: `/sessions/${made.session}`,
    thread: `/sessions/${made.session}?item=${round.item.id}`,
    message: `/sessions/${made.session}?item=${round.item.id}#m-${made.message}`,
    recommendation: `/recommendations/${made.recommendation}`,
    listing: `/assistance#l-${made.request}`,
    match: `/assistance#m-${made.match}`,
    commitment: `/assistance#m-${made.match}`,
    report: `/follow-up#r-${made.report}`,
  })
})

it("[TRACE-2] a delegation's own text is left out for everybody else; what came of it is there", async () => {
  const text = await stage.done('gha.head', openDocument, {
    roundId: round.roundId,
    kind: 'action_plan',
    title: 'Our plan',
    language: 'en',
    visibility: 'delegation',
  })
  const [paragraphId] = await stage.world.begin('gha.head', text.id, [{ kind: 'paragraph', text: 'Ours alone.' }])
  const { id } = await stage.done('gha.head', makeRecommendation, {
    roundId: round.roundId,
    language: 'en',
    title: 'From our plan',
    force: 'voluntary',
    addresseeIds: [round.delegations.ETH],
    from: { kind: 'paragraph', documentId: text.id, paragraphId: paragraphId! },
  })
  expect(await strip('gha.adviser', 'recommendation', id)).toBe('-2 document, -1 paragraph, 0 recommendation')
  expect(await strip('gha.adviser', 'document', text.id)).toBe('0 document, 1 paragraph, 2 recommendation')
  for (const stranger of ['eth.head', 'secretariat', 'chair', 'facilitator', 'admin']) {
    expect(await strip(stranger, 'recommendation', id)).toBe('0 recommendation')
    expect((await traceOf(stranger, 'document', text.id)).says).toBe('not-found')
    expect((await traceOf(stranger, 'paragraph', paragraphId!)).says).toBe('not-found')
    expect((await stage.call(stranger, getDocument, { documentId: text.id })).says).toBe('not-found')
    expect(await stage.done(stranger, listDocuments, { roundId: round.roundId })).toEqual([])
  }
})

it('[TRACE-3] a seat of another round finds nothing of the chain', async () => {
  for (const [name, kind] of STRIPS) expect((await traceOf('outsider', kind, made[name])).says).toBe('not-found')
})
