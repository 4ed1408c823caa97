import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { park } from '@multilogue/shared/actions'
import { editMessage, getThread, listMessages, listWordings, postMessage } from '@multilogue/shared/dialogue'
import {
  flagMessage,
  getFlag,
  getRestraint,
  getReviewQueue,
  liftMute,
  mutePerson,
  orderThread,
  reviewMessage,
  withdrawFlag,
} from '@multilogue/shared/moderation'
import { addAgendaItem, getRound } from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import { askForFloor } from '@multilogue/shared/speakers'
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
  stage.done('secretariat', addAgendaItem, {
    ...{ sessionId: round.sessionId, number: String(number++), title: 'Data for industry', questions: [] },
  })
const say = (who: string, threadId: string, body = 'Said.') =>
  stage.done(who, postMessage, { threadId, body, language: 'en' })
const statements = (who: string, threadId: string) => stage.done(who, listMessages, { threadId })
const queue = (who = 'chair') => stage.done(who, getReviewQueue, { roundId: round.roundId })

it('[ORDER-1] a flag is seen by those who keep order alone; hidden words are nowhere but in the trail, and come back', async () => {
  const { threadId } = await anItem()
  const { id: messageId } = await say('deu.head', threadId, 'A personal attack.')
  await stage.done('deu.head', editMessage, { messageId, body: 'A coarse attack.', revision: 1 })
  const [ghana, chair] = [await stage.follow('gha.head', round.roundId), await stage.follow('chair', round.roundId)]

  await stage.done('eth.head', flagMessage, { messageId, reason: 'It attacks a person.' })
  expect((await stage.call('eth.head', flagMessage, { messageId, reason: 'Again.' })).says).toBe('already-exists')
  expect(await stage.done('eth.head', getFlag, { messageId })).toEqual({ reason: 'It attacks a person.' })
  expect(await stage.done('gha.head', getFlag, { messageId })).toEqual({ reason: null })
  await stage.done('eth.head', withdrawFlag, { messageId })
  expect((await queue()).open).toEqual([])
  await stage.done('eth.head', flagMessage, { messageId, reason: 'It attacks a person.' })
  await until('the chair is told', () => chair.heard.some(({ name }) => name === 'moderation.changed'))
  expect((await queue('secretariat')).open).toMatchObject([
    {
      ...{ flags: 1, may: ['hide', 'dismiss', 'mute'], message: { id: messageId } },
      trail: [{ act: 'flagged' }, { act: 'unflagged' }, { act: 'flagged', delegationCode: 'ETH' }],
      wordings: [{ body: 'A personal attack.' }, { body: 'A coarse attack.' }],
    },
  ])

  const hide = { messageId, decision: 'hide', reason: 'Remarks on persons are out of order.', seen: 'shown' } as const
  expect((await stage.call('chair', reviewMessage, { ...hide, reason: '' })).says).toBe('invalid-input')
  await stage.done('chair', reviewMessage, hide)
  expect((await stage.call('secretariat', reviewMessage, hide)).says).toBe('wrong-state')
  await until('Ghana is told', () => ghana.heard.some(({ name }) => name === 'message.withheld'))
  expect(ghana.heard.some(({ name }) => name === 'moderation.changed')).toBe(false)
  expect(await statements('gha.head', threadId)).toMatchObject([
    { body: '', state: 'hidden', withheld: { reason: hide.reason, role: 'chair' } },
  ])
  const again = await stage.follow('gha.head', round.roundId, 0)
  await until('it is told again', () => again.heard.some(({ name }) => name === 'message.withheld'))
  const trace = await stage.done('gha.head', getTrace, { kind: 'thread', id: threadId })
  for (const told of [await statements('gha.head', threadId), again.heard, trace])
    expect(JSON.stringify(told)).not.toMatch(/attack\b(?!s)/)
  expect((await stage.call('gha.head', listWordings, { messageId })).says).toBe('not-allowed')
  expect(await stage.done('deu.head', listWordings, { messageId })).toHaveLength(2)
  const matter = { messageId, title: 'A matter', reason: 'No time.' }
  expect((await stage.call('chair', park, matter)).says).toBe('wrong-state')

  await stage.done('secretariat', reviewMessage, { messageId, decision: 'restore', seen: 'hidden' })
  expect(await statements('gha.head', threadId)).toMatchObject([
    { body: 'A coarse attack.', state: 'shown', withheld: null },
  ])
  for (const follower of [ghana, chair, again]) follower.close()
})

it('[ORDER-2] nothing takes a wording or an act out of the trail, not even who owns the database', async () => {
  const { threadId } = await anItem()
  const { id: messageId } = await say('gha.head', threadId, 'First.')
  await stage.done('gha.head', editMessage, { messageId, body: 'Second.', revision: 1 })
  await stage.done('deu.head', flagMessage, { messageId, reason: 'Off topic.' })
  for (const [decision, seen] of [
    ['hide', 'shown'],
    ['restore', 'hidden'],
    ['hide', 'shown'],
  ] as const)
    await stage.done('chair', reviewMessage, { messageId, decision, seen, reason: 'Off topic.' })
  const [item] = (await queue()).withheld
  expect(item!.wordings.map(({ body }) => body)).toEqual(['First.', 'Second.'])
  expect(item!.trail.map(({ act }) => act)).toEqual(['flagged', 'hidden', 'restored', 'hidden'])
  for (const table of ['message_wording', 'moderation_act'])
    for (const doing of [`DELETE FROM ${table}`, `UPDATE ${table} SET at = now()`])
      await expect(stage.source.query(`${doing} WHERE message_id = $1`, [messageId])).rejects.toThrow(/never change/)
})

it('[ORDER-3] under slow mode a seat waits, the chair does not, and a second of the clock decides', async () => {
  const { threadId } = await anItem()
  await stage.done('chair', orderThread, { threadId, slowSeconds: 60, revision: 1 })
  stage.clock.moveTo('2027-06-08T10:00:00Z')
  await say('gha.head', threadId)
  stage.clock.moveTo('2027-06-08T10:00:59Z')
  const early = await stage.call('gha.head', postMessage, { threadId, body: 'More.', language: 'en' })
  expect({ says: early.says, problem: early.problem }).toMatchObject({ says: 'slow-mode', problem: { waitSeconds: 1 } })
  expect((await stage.done('gha.head', getRestraint, { threadId })).nextAt).toBe('2027-06-08T10:01:00.000Z')
  await say('gha.adviser', threadId)
  for (const _ of [1, 2]) await say('chair', threadId)
  stage.clock.moveTo('2027-06-08T10:01:00Z')
  await say('gha.head', threadId)
  expect(await stage.done('eth.head', getThread, { threadId })).toMatchObject({ slowSeconds: 60 })
})

it('[ORDER-4] a mute takes the statements of a person, not the floor, and ends by the clock', async () => {
  const { id: agendaItemId, threadId } = await anItem()
  const { id: messageId } = await say('deu.head', threadId)
  const seatId = round.seats['deu.head']!
  const mute = await stage.done('chair', mutePerson, { seatId, minutes: 10, reason: 'Third warning.' })
  expect(mute).toMatchObject({ until: '2027-06-08T10:11:00+00:00', byName: 'The chair', delegationCode: 'DEU' })
  const refused = await stage.call('deu.head', postMessage, { threadId, body: 'But.', language: 'en' })
  expect({ says: refused.says, problem: refused.problem }).toMatchObject({
    ...{ says: 'muted', problem: { reason: 'Third warning.', until: '2027-06-08T10:11:00.000Z' } },
  })
  expect((await stage.call('deu.head', editMessage, { messageId, body: 'But.', revision: 1 })).says).toBe('muted')
  for (const kind of ['point_of_order', 'statement'] as const)
    await stage.done('deu.head', askForFloor, { agendaItemId, kind })
  await say('deu.adviser', threadId)
  expect(
    (await stage.call('chair', mutePerson, { seatId: round.seats.secretariat!, minutes: 1, reason: 'x' })).says,
  ).toBe('wrong-state')
  stage.clock.moveTo('2027-06-08T10:11:00Z')
  expect((await queue()).mutes).toEqual([])
  await say('deu.head', threadId)
  expect((await stage.call('chair', liftMute, { seatId })).says).toBe('wrong-state')
})

it('[ORDER-5] a statement that waits exists for its author and those who keep order, until it is released', async () => {
  const { threadId } = await anItem()
  const { rules, revision } = await stage.done('secretariat', getRound, { roundId: round.roundId })
  const { revision: ruled } = await stage.done('secretariat', setRules, {
    ...{ roundId: round.roundId, rules: { ...rules, reviewStakeholders: true }, revision },
  })
  await stage.done('chair', orderThread, { threadId, reviewed: true, revision: 1 })
  const ghana = await stage.follow('gha.head', round.roundId)
  const waiting = await say('eth.head', threadId, 'Waits.')
  const declined = await say('eth.head', threadId, 'Never shown.')
  expect(waiting.state).toBe('waiting')
  expect((await say('chair', threadId, 'The chair does not wait.')).state).toBe('shown')
  expect(await statements('gha.head', threadId)).toHaveLength(1)
  expect(await statements('eth.head', threadId)).toHaveLength(3)
  expect((await stage.call('gha.head', listWordings, { messageId: waiting.id })).says).toBe('not-found')
  await stage.done('eth.head', editMessage, { messageId: waiting.id, body: 'Waited.', revision: 1 })
  await stage.done('secretariat', reviewMessage, { messageId: waiting.id, decision: 'release', seen: 'waiting' })
  const decline = { messageId: declined.id, decision: 'decline', reason: 'Off topic.', seen: 'waiting' } as const
  await stage.done('chair', reviewMessage, decline)
  await until('it is released', () => ghana.heard.some(({ payload }) => JSON.stringify(payload).includes('Waited.')))
  expect(JSON.stringify(ghana.heard)).not.toMatch(/Waits|Never shown/)
  expect((await statements('gha.head', threadId)).map(({ body }) => body)).toEqual([
    'Waited.',
    'The chair does not wait.',
  ])
  expect((await statements('eth.head', threadId))[1]).toMatchObject({
    state: 'declined',
    withheld: { reason: 'Off topic.' },
  })

  const { threadId: free } = await anItem()
  expect((await stage.done('agi.head', getRestraint, { threadId: free })).reviewed).toBe(true)
  expect((await stage.done('gha.head', getRestraint, { threadId: free })).reviewed).toBe(false)
  await stage.done('secretariat', setRules, { roundId: round.roundId, rules, revision: ruled })
  ghana.close()
})
