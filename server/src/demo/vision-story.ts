import { openDocument } from '@multilogue/shared/documents'
import {
  adoptVision,
  askQuestion,
  linkOrigin,
  makeVision,
  readVision,
  recordFinding,
  serveVision,
} from '@multilogue/shared/visions'
import * as Y from 'yjs'
import { clusterPlans } from './cluster-plans.js'
import type { Demo } from './demo.js'
import { progressStory } from './progress-story.js'

const FINDINGS = [
  {
    kind: 'strength',
    title: 'Argan oil has a protected geographical indication',
    body: 'Buyers know the name and pay more for lots that can prove it.',
    source: 'Participatory diagnostic of the cluster (invented)',
  },
  {
    kind: 'gap',
    title: 'Few cooperatives can show where a lot comes from',
    body: 'Two of fifteen keep lot records; none keeps them in Tamazight.',
    source: 'Participatory diagnostic of the cluster (invented)',
  },
  {
    kind: 'obstacle',
    title: 'Test reports are not accepted abroad',
    body: 'Firms pay for the same test twice.',
    source: 'Interviews with nine exporters (invented)',
  },
  {
    kind: 'leverage',
    title: 'One shared laboratory would serve three clusters',
    body: '',
    source: 'Workshop of the cluster commission (invented)',
  },
] as const

const QUESTIONS = [
  {
    body: 'What do buyers ask for, and what can our members prove?',
    answer: 'Every lot can be followed to its cooperative, in the language of those who made it.',
  },
  {
    body: 'Who decides together, and how do women lead?',
    answer: 'The cluster commission decides in public; half of its seats are held by women.',
  },
]

/**
 * The cluster commission of Morocco: what its diagnosis brought to light, the vision it wrote from that and adopted, and
 * the plans of three countries. Everything in it is invented.
 */
export async function visionStory(demo: Demo): Promise<void> {
  const { world, roundId } = demo
  const language = 'en' as const
  const findingIds: string[] = []
  for (const finding of FINDINGS)
    findingIds.push((await world.do('mar.adviser', recordFinding, { roundId, language, ...finding })).id)
  const questionIds: string[] = []
  for (const { body } of QUESTIONS)
    questionIds.push((await world.do('mar.head', askQuestion, { roundId, language, body })).id)
  await world.do('facilitator', askQuestion, { roundId, language, body: 'Which standards are shared by all members?' })

  const vision = await world.do('mar.head', makeVision, {
    ...{ roundId, language, questionIds, visibility: 'delegation' },
    title: 'Argan and cosmetics cluster of Morocco: vision 2032',
    // The last one is not taken up yet.
    findingIds: findingIds.slice(0, 3),
  })
  for (const [at, { answer }] of QUESTIONS.entries())
    await world.edit(at === 0 ? 'mar.adviser' : 'mar.head', vision.id, (blocks) =>
      (blocks.get(5 + 2 * at) as Y.XmlElement).insert(0, [new Y.XmlText(answer)]),
    )
  const { origins } = await world.do('mar.head', readVision, { documentId: vision.id })
  await world.do('mar.adviser', linkOrigin, {
    ...{ documentId: vision.id, kind: 'finding', targetId: findingIds[0]! },
    paragraphId: origins[1]!.paragraphId,
  })
  const { revision } = vision
  await world.do('mar.head', adoptVision, { documentId: vision.id, revision, reviewOn: demo.day(540) })
  const { morocco, ethiopia } = await clusterPlans(demo, (key, title) =>
    world.do(key, openDocument, { roundId, kind: 'action_plan', title, language }).then(({ id }) => id),
  )
  await world.do('mar.head', serveVision, { documentId: morocco, visionId: vision.id })
  await progressStory(demo, ethiopia)
}
