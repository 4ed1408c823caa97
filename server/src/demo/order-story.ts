import { flagMessage, liftMute, mutePerson, reviewMessage } from '@multilogue/shared/moderation'
import { conductThread, postMessage } from '@multilogue/shared/dialogue'
import type { Demo } from './demo.js'
import type { Told } from './dialogue-story.js'

/** One statement that waits in the review queue, one that was hidden, and a mute that was lifted again; all invented. */
export async function orderStory({ world }: Demo, { items, messages }: Told): Promise<void> {
  const { threadId } = items.opening
  await world.do('chair', conductThread, { threadId, floor: 'all', revision: 1 })
  await world.do('che.adviser', flagMessage, {
    messageId: messages.india!,
    reason: 'It says what failed in the districts and names no source.',
  })
  const advert = await world.do('stakeholder', postMessage, {
    ...{ threadId, language: 'en' },
    body: 'Visit our stand in the lobby: ten per cent off for delegates.',
  })
  await world.do('gha.adviser', flagMessage, { messageId: advert.id, reason: 'Advertising.' })
  await world.do('secretariat', reviewMessage, {
    ...{ messageId: advert.id, decision: 'hide', reason: 'Advertising has no place in a dialogue.', seen: 'shown' },
  })
  const { seatId } = advert
  await world.do('chair', mutePerson, { seatId, minutes: 30, reason: 'Second advertisement.' })
  await world.do('chair', liftMute, { seatId })
}
