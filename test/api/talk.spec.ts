import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { getBoard } from '@multilogue/shared/actions'
import { draftListing } from '@multilogue/shared/assistance'
import { editMessage, getThread, listMessages, listWordings, postMessage } from '@multilogue/shared/dialogue'
import { endSeat } from '@multilogue/shared/identity'
import { listPositions, standOn } from '@multilogue/shared/message-positions'
import { listPrivateThreads, openPrivateThread } from '@multilogue/shared/private-threads'
import { getProceedings } from '@multilogue/shared/proceedings'
import { makeRecommendation } from '@multilogue/shared/recommendations'
import { addAgendaItem, formBody } from '@multilogue/shared/rounds'
import { getTrace } from '@multilogue/shared/trace'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'

let stage: Stage
let round: SmallRound
let number = 20

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const anItem = () =>
  stage.done('secretariat', addAgendaItem, { sessionId: round.sessionId, number: String(number++), title: 'Item' })
const say = (who: string, threadId: string, body: string) =>
  stage.done(who, postMessage, { threadId, body, language: 'en' })
const STRANGERS = ['eth.head', 'unctad.head', 'agi.head', 'chair', 'facilitator', 'secretariat', 'admin', 'outsider']

it('[TALK-1] what a delegation says among itself is found by nobody else, over no way', async () => {
  const { id: agendaItemId, threadId: room } = await anItem()
  const followers = await Promise.all(
    ['gha.adviser', 'eth.head', 'secretariat'].map((who) => stage.follow(who, round.roundId)),
  )
  const open = () => stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const [{ id: threadId }, again] = await Promise.all([open(), open()])
  expect(again.id).toBe(threadId)
  const { id: messageId } = await say('gha.head', threadId, 'We can live with it.')
  await stage.done('gha.head', editMessage, { messageId, body: 'We can live with half of it.', revision: 1 })
  await say('deu.head', room, 'Said before all.')

  for (const who of [...STRANGERS, 'deu.head']) {
    const answers = [
      await stage.call(who, getThread, { threadId }),
      await stage.call(who, listMessages, { threadId }),
      await stage.call(who, getProceedings, { threadId }),
      await stage.call(who, listWordings, { messageId }),
      await stage.call(who, listPositions, { messageId }),
      await stage.call(who, getTrace, { kind: 'thread', id: threadId }),
      await stage.call(who, getTrace, { kind: 'message', id: messageId }, { via: 'socket' }),
    ]
    expect([who, ...new Set(answers.map(({ says }) => says))]).toEqual([who, 'not-found'])
  }
  const listed = await stage.done('gha.adviser', listPrivateThreads, { agendaItemId })
  expect(listed).toEqual([{ id: threadId, visibility: 'delegation', bodyId: null, name: 'Ghana', statements: 1 }])

  const [adviser, ethiopia, secretariat] = followers
  const names = (heard: typeof adviser) => heard!.heard.map(({ name }) => name)
  await until('all have heard', () => followers.every((one) => names(one).includes('message.posted')))
  expect(names(adviser)).toEqual(['thread.opened', 'message.posted', 'message.edited', 'message.posted'])
  for (const one of [ethiopia, secretariat]) expect(names(one)).toEqual(['message.posted'])
  // Whoever was away is not told afterwards either.
  const back = await stage.follow('eth.head', round.roundId, 0)
  await until('all is heard again', () => back.heard.some(({ seq }) => seq === ethiopia!.heard.at(-1)!.seq))
  expect(JSON.stringify(back.heard)).not.toContain(threadId)
  for (const one of [...followers, back]) one.close()
})

it('[TALK-2] nothing is carried out of a private thread, and its own people trace what was said in it', async () => {
  const { id: agendaItemId } = await anItem()
  const { id: threadId } = await stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const { id: messageId } = await say('gha.head', threadId, 'Among us.')
  const recommendation = {
    ...({ roundId: round.roundId, title: 'Share', language: 'en', force: 'voluntary', owner: 'Ghana' } as const),
    ...{ addresseeIds: [round.delegations.GHA], from: { kind: 'message', messageId } as const },
  }
  const listing = {
    ...({
      roundId: round.roundId,
      side: 'offer',
      title: 'Advisers',
      description: 'Sixty.',
      language: 'en',
      messageId,
    } as const),
    ...{ cooperationType: 'technical_cooperation', modalities: ['expert'] as const },
  }
  expect((await stage.call('gha.head', makeRecommendation, recommendation)).says).toBe('wrong-state')
  expect((await stage.call('gha.head', draftListing, { ...listing, modalities: ['expert'] })).says).toBe('wrong-state')
  expect((await stage.done('gha.head', getBoard, { agendaItemId })).actions).toEqual([])
  const trace = await stage.done('gha.adviser', getTrace, { kind: 'message', id: messageId })
  expect(trace.map(({ href }) => href).at(-1)).toContain(`thread=${threadId}#m-${messageId}`)
})

it('[TALK-3] a group talks among its members, who take positions; a seat that has ended finds nothing', async () => {
  const { id: agendaItemId } = await anItem()
  const delegationIds = [round.delegations.GHA, round.delegations.DEU]
  const group = await stage.done('secretariat', formBody, {
    roundId: round.roundId,
    code: 'Two',
    name: 'Two',
    delegationIds,
  })
  const input = { agendaItemId, visibility: 'group' as const, bodyId: group.id }
  const { id: threadId } = await stage.done('gha.head', openPrivateThread, input)
  const { id: messageId } = await say('gha.head', threadId, 'Shall we?')
  const forGroup = { threadId, body: 'For all.', language: 'en' as const, onBehalfOf: group.id }
  expect((await stage.call('gha.head', postMessage, forGroup)).says).toBe('wrong-state')
  expect(await stage.done('deu.head', standOn, { messageId, kind: 'supports', revision: 1 })).toHaveLength(1)
  for (const who of STRANGERS) expect((await stage.call(who, listMessages, { threadId })).says).toBe('not-found')

  const heard = await stage.follow('deu.adviser', round.roundId)
  await stage.done('secretariat', endSeat, { seatId: round.seats['deu.adviser']! })
  await say('gha.head', threadId, 'The adviser has left.')
  expect((await stage.call('deu.adviser', listMessages, { threadId })).says).not.toBe('ok')
  expect((await stage.done('deu.head', listMessages, { threadId })).length).toBe(2)
  expect(JSON.stringify(heard.heard)).not.toContain('The adviser has left.')
  heard.close()
})
