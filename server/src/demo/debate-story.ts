import { park, raiseLater, settleAction } from '@multilogue/shared/actions'
import { draftListing } from '@multilogue/shared/assistance'
import { listMessages } from '@multilogue/shared/dialogue'
import { standOn } from '@multilogue/shared/message-positions'
import { followThread } from '@multilogue/shared/notices'
import { draftSummary, publishKeyPoint, publishSummary } from '@multilogue/shared/proceedings'
import type { Demo } from './demo.js'
import type { Told } from './dialogue-story.js'

const POSITIONS = [
  ['ldc', 'gha.head', 'supports'],
  ['ldc', 'mar.head', 'supports'],
  ['ldc', 'deu.head', 'can_live_with'],
  ['ldc', 'kor.head', 'has_concerns'],
  ['ghana', 'tun.head', 'supports'],
  ['ghana', 'che.head', 'can_live_with'],
] as const

/** Where delegations stand on what was said, what the rapporteur makes of it, and what comes of it; all invented. */
export async function debateStory({ world, roundId, day }: Demo, { items, messages, closing }: Told): Promise<void> {
  const { threadId } = items.alignment
  for (const [on, by, kind] of POSITIONS) await world.do(by, standOn, { messageId: messages[on]!, kind, revision: 1 })
  for (const who of ['gha.head', 'unctad']) await world.do(who, followThread, { threadId, follow: true })
  const point = (text: string, question: number, cites: string[]) =>
    world.do('rapporteur', publishKeyPoint, {
      ...{ threadId, text, language: 'en', question },
      cites: cites.map((key) => messages[key]!),
    })
  await point('Ministries work from different data; one baseline comes first.', 1, ['ldc'])
  await point('Small manufacturers need platforms and tracing in the languages they work in.', 2, ['india', 'morocco'])
  const cites = (await world.do('rapporteur', listMessages, { threadId })).map(({ id }) => id)
  const { revision } = await world.do('rapporteur', draftSummary, {
    ...{ threadId, language: 'en', cites, revision: null },
    body: 'Delegations agree that the two strategies rest on different data. They differ on where industrial data is held. A shared market survey and training in local languages were proposed; support was offered on the condition that results are measured.',
  })
  await world.do('rapporteur', publishSummary, { threadId, revision })
  const parked = await world.do('chair', park, {
    ...{ messageId: messages.india!, title: 'How the first districts were connected' },
    ...{ reason: 'To be shown when the technical annex is ready.', owner: 'India', dueOn: day(60) },
  })
  await world.do('rapporteur', settleAction, {
    ...{ actionId: parked.id, owner: 'India, with UNCTAD', dueOn: day(60), state: 'open', revision: parked.revision },
  })
  await world.do('rapporteur', park, {
    ...{ messageId: messages.morocco!, title: 'Indicator for women’s cooperatives' },
    reason: 'Nobody could say yet who measures it.',
  })
  await world.do('chair', raiseLater, {
    ...{ messageId: messages.ldc!, title: 'One baseline for both strategies', toItemId: closing.id },
    reason: 'The closing plenary decides on it.',
  })
  await world.do('eth.head', draftListing, {
    ...{ roundId, side: 'request', title: 'One baseline for digital and industrial data', language: 'en' },
    description: 'Help to agree on one set of data among ministries.',
    ...{ cooperationType: 'technical_cooperation', modalities: ['expert'], messageId: messages.ldc! },
  })
}
