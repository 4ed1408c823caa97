import { declareInRoom } from '@multilogue/shared/presence'
import { getRound } from '@multilogue/shared/rounds'
import {
  askForFloor,
  dissociate,
  getSpeakers,
  giveFloor,
  handIn,
  moveSpeaker,
  showPassage,
} from '@multilogue/shared/speakers'
import type { Demo } from './demo.js'
import type { Told } from './dialogue-story.js'

/** Which paragraph of the text is under discussion, counted from 0. */
const PASSAGE = 4
/** Whom the desk has seen: one less than the quorum of seven, so that the next who comes makes it. */
const IN_ROOM = ['GHA', 'MAR', 'IND', 'DEU', 'TUN', 'KOR']

/** Who speaks in the live session and who waits; the words handed in are invented. */
export async function speakersStory({ world, roundId, delegations }: Demo, { items, documents }: Told): Promise<void> {
  const agendaItemId = items.alignment.id
  const { bodies } = await world.do('chair', getRound, { roundId })
  const african = bodies.find(({ code }) => code === 'African')!
  const india = await world.do('ind.head', askForFloor, { agendaItemId })
  await world.do('deu.head', askForFloor, { agendaItemId })
  const morocco = await world.do('mar.adviser', askForFloor, { agendaItemId })
  const ghana = await world.do('gha.head', askForFloor, { agendaItemId, onBehalfOf: african.id })
  await world.do('tun.head', dissociate, { slotId: ghana.id, out: true })
  await world.do('gha.adviser', handIn, {
    slotId: ghana.id,
    language: 'en',
    body: 'On behalf of the African Group: we ask that the shared survey be run in the languages in which firms keep their books.',
  })
  await world.do('chair', giveFloor, { slotId: india.id })
  await world.do('facilitator', showPassage, { agendaItemId, paragraphId: documents.visionParagraphs[PASSAGE]! })
  for (const code of IN_ROOM)
    await world.do('secretariat', declareInRoom, {
      ...{ sessionId: items.alignment.sessionId, delegationId: delegations[code]!, inRoom: true },
    })
  const { revision } = await world.do('secretariat', getSpeakers, { agendaItemId })
  await world.do('secretariat', moveSpeaker, { slotId: morocco.id, to: 2, revision })
}
