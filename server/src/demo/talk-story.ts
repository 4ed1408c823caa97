import { attachFile } from '@multilogue/shared/attachments'
import { postMessage } from '@multilogue/shared/dialogue'
import { checkTranslation } from '@multilogue/shared/message-translations'
import { openPrivateThread } from '@multilogue/shared/private-threads'
import type { Demo } from './demo.js'
import type { Told } from './dialogue-story.js'

/** What the delegation of Ghana says among itself, a quote with a mention and a file, and a checked translation; invented. */
export async function talkStory({ world, delegations }: Demo, { items, messages }: Told): Promise<void> {
  const { id: agendaItemId } = items.alignment
  const { id: threadId } = await world.do('gha.adviser', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const say = (who: string, body: string) => world.do(who, postMessage, { threadId, body, language: 'en' })
  await say(
    'gha.adviser',
    'Capital asks us to keep the raw data of the survey open. Can we live with a delay of a year?',
  )
  await say('gha.head', 'With six months. I will speak to Morocco before the break.')
  const figures = await world.do('pak.head', attachFile, {
    threadId: items.matters.threadId,
    name: 'Cluster managers trained (demo).csv',
    file: Buffer.from('\uFEFFprovince,planned,trained\nPunjab,40,12\nSindh,30,9\n').toString('base64'),
  })
  await world.do('pak.head', postMessage, {
    ...{ threadId: items.matters.threadId, language: 'en' },
    body: '@India, the same held back our training: no ministry had the numbers.',
    attachmentIds: [figures.id],
    mentions: [{ kind: 'delegation', id: delegations.IND! }],
    quote: {
      messageId: messages.ldc!,
      revision: 1,
      words: 'most of us write the two strategies in different ministries',
    },
  })
  await world.do('secretariat', checkTranslation, {
    ...{ messageId: messages.morocco!, language: 'en', revision: 1 },
    body: 'Women’s cooperatives need simple tools to trace products in the language in which they work. We propose that the action plan include local training and a clear indicator.',
  })
}
