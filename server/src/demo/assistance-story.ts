import { acceptMatch, draftListing, moveListing, proposeMatch } from '@multilogue/shared/assistance'
import type { RawInputOf } from '@multilogue/shared/contract'
import { submitReport } from '@multilogue/shared/follow-up'
import { adoptRecommendation, makeRecommendation, respond } from '@multilogue/shared/recommendations'
import type { Demo } from './demo.js'
import { planStory } from './plan-story.js'
import type { Told } from './dialogue-story.js'

type Listing = Omit<RawInputOf<typeof draftListing>, 'roundId' | 'language' | 'side'>
type Made = RawInputOf<typeof makeRecommendation>

/** Recommendations made from what was said, and requests and offers around them. All amounts are invented. */
export async function assistanceStory(demo: Demo, { messages, documents }: Told): Promise<void> {
  const { world, roundId, delegations, day } = demo
  const make = (by: string, made: Omit<Made, 'roundId' | 'language' | 'force'>) =>
    world.do(by, makeRecommendation, { roundId, language: 'en', force: 'voluntary', ...made })
  const list = async (party: string, side: 'request' | 'offer', listing: Listing) => {
    const head = `${party.toLowerCase()}.head`
    const drafted = await world.do(head, draftListing, { roundId, language: 'en', side, ...listing })
    return world.do(head, moveListing, { listingId: drafted.id, state: 'published', revision: drafted.revision })
  }

  const traceable = await make('rapporteur', {
    title: 'Give women’s cooperatives traceability tools in their own language',
    action: 'Adapt one open traceability tool, train trainers and support the first fifteen cooperatives.',
    rationale: 'Buyers ask for proof of origin; the tools at hand are costly and in foreign languages.',
    owner: 'Ministry of Industry and Trade, Morocco',
    dueOn: day(210),
    measure: 'Fifteen cooperatives sell under their own traceable lots',
    sdgTargets: ['5.5', '9.3'],
    addresseeIds: [delegations.MAR!, delegations.TUN!],
    from: { kind: 'message', messageId: messages.morocco! },
  })
  await world.do('chair', adoptRecommendation, { recommendationId: traceable.id, revision: traceable.revision })
  await world.do('mar.head', respond, {
    recommendationId: traceable.id,
    response: 'supported',
    text: 'Supported; the ministry leads.',
  })

  const baseline = await make('chair', {
    title: 'Agree on one baseline for digital and industrial strategies',
    action: 'Choose ten indicators and run one common questionnaire in two pilot sectors.',
    rationale: 'Strategies that start from different figures cannot be aligned.',
    owner: 'Ministry of Industry, Ethiopia',
    dueOn: day(25),
    measure: 'Ten indicators adopted by both ministries',
    sdgTargets: ['9.b', '17.18'],
    addresseeIds: [delegations.ETH!],
    from: { kind: 'message', messageId: messages.ldc! },
  })
  await world.do('chair', adoptRecommendation, { recommendationId: baseline.id, revision: baseline.revision })
  await world.do('eth.head', respond, { recommendationId: baseline.id, response: 'supported', text: '' })
  await world.do('eth.head', submitReport, {
    recommendationId: baseline.id,
    narrative:
      'Both ministries have named a focal point and a first list of indicators is under discussion. (Invented for the demo.)',
    language: 'en',
    proposedStatus: 'in_progress',
    evidenceUrl: 'https://example.org/demo/baseline-note',
    evidenceTitle: 'Joint note of the two ministries (demo)',
  })

  await planStory(demo, documents.plan, { baseline: baseline.id, traceable: traceable.id })

  await make('gha.head', {
    title: 'Run a shared market survey for cosmetics and shea clusters',
    action: 'Design one questionnaire with all members of the value chain and publish the data.',
    rationale: 'No cluster can pay for a survey alone.',
    owner: '',
    dueOn: day(150),
    measure: '',
    sdgTargets: ['9.3'],
    addresseeIds: [delegations.GHA!],
    from: { kind: 'paragraph', documentId: documents.vision, paragraphId: documents.visionParagraphs[7]! },
  })

  const request = await list('MAR', 'request', {
    title: 'Traceability for argan cooperatives',
    description: 'Peer advice and seed funding for lot records in Arabic and French. Invented for the demo.',
    cooperationType: 'technical_cooperation',
    modalities: ['peer_learning', 'training'],
    sdgTargets: ['5.5'],
    recommendationId: traceable.id,
  })
  const advice = await list('ETH', 'request', {
    title: 'Advice on an industrial data strategy',
    description: 'Two resident advisers for the baseline and the data rules. Invented for the demo.',
    cooperationType: 'technical_cooperation',
    modalities: ['expert'],
    sdgTargets: ['9.b'],
    recommendationId: baseline.id,
  })
  await list('PAK', 'request', {
    title: 'Course for cluster managers',
    description: 'Curriculum and trainers for a first course in Punjab. Invented for the demo.',
    cooperationType: 'knowledge_sharing',
    modalities: ['training'],
    sdgTargets: ['4.4'],
  })
  const swiss = await list('CHE', 'offer', {
    title: 'Seed funding for traceable value chains',
    description: 'For groups that measure results from the start. Invented for the demo.',
    cooperationType: 'finance',
    modalities: ['funding'],
    sdgTargets: ['5.5', '9.3'],
    money: { amount: 250_000, currency: 'USD' },
  })
  await list('TUN', 'offer', {
    title: 'Peers of the Djebba fig label',
    description: 'Producers and inspectors who built a protected label. Invented for the demo.',
    cooperationType: 'knowledge_sharing',
    modalities: ['peer_learning', 'study_tour'],
    inKind: { quantity: 20, unit: 'days' },
  })
  const advisers = await list('IND', 'offer', {
    title: 'Advisers on open public platforms',
    description: 'Engineers and policy advisers of the first connected districts. Invented for the demo.',
    cooperationType: 'technical_cooperation',
    modalities: ['expert', 'video_conference'],
    sdgTargets: ['9.b'],
    inKind: { quantity: 60, unit: 'days' },
  })
  await list('KOR', 'offer', {
    title: 'Fund for cluster market studies',
    description: 'Co-financing of surveys that are published openly. Invented for the demo.',
    cooperationType: 'finance',
    modalities: ['funding'],
    money: { amount: 400_000, currency: 'USD' },
  })

  const match = await world.do('che.head', proposeMatch, {
    recommendationId: traceable.id,
    offerId: swiss.id,
    beneficiaryId: delegations.MAR!,
    requestId: request.id,
    dueOn: day(200),
  })
  for (const by of ['che.head', 'mar.head'])
    await world.do(by, acceptMatch, { matchId: match.id, revision: match.revision })
  const second = await world.do('ind.head', proposeMatch, {
    recommendationId: baseline.id,
    offerId: advisers.id,
    beneficiaryId: delegations.ETH!,
    requestId: advice.id,
    dueOn: day(180),
  })
  await world.do('ind.head', acceptMatch, { matchId: second.id, revision: second.revision })
}
