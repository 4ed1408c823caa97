import type { RawInputOf } from '@multilogue/shared/contract'
import { restoreEvidence, submitReport, withdrawEvidence } from '@multilogue/shared/follow-up'
import { adoptRecommendation, makeRecommendation, respond } from '@multilogue/shared/recommendations'
import { cooperationStory } from './cooperation-story.js'
import type { Demo } from './demo.js'
import { planStory } from './plan-story.js'
import type { Told } from './dialogue-story.js'

type Made = RawInputOf<typeof makeRecommendation>

/** Recommendations made from what was said, and what is asked and offered around them. */
export async function assistanceStory(demo: Demo, { messages, documents }: Told): Promise<void> {
  const { world, roundId, delegations, day } = demo
  const make = (by: string, made: Omit<Made, 'roundId' | 'language' | 'force'>) =>
    world.do(by, makeRecommendation, { roundId, language: 'en', force: 'voluntary', ...made })

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
  await world.do('eth.head', respond, {
    recommendationId: baseline.id,
    response: 'supported_in_part',
    text: 'Supported for the ten indicators; the common questionnaire waits for a budget. (Invented for the demo.)',
  })
  const report = await world.do('eth.head', submitReport, {
    recommendationId: baseline.id,
    narrative:
      'Both ministries have named a focal point and a first list of indicators is under discussion. (Invented for the demo.)',
    language: 'en',
    proposedStatus: 'in_progress',
    evidenceUrl: 'https://example.org/demo/baseline-note',
    evidenceTitle: 'Joint note of the two ministries (demo)',
  })
  const taken = await world.do('eth.head', withdrawEvidence, {
    reportId: report.id,
    reason: 'The note was an earlier draft; the right one is at the same address by now.',
    revision: report.revision,
  })
  await world.do('secretariat', restoreEvidence, { reportId: report.id, revision: taken.revision })

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

  await cooperationStory(demo, { baseline: baseline.id, traceable: traceable.id })
}
