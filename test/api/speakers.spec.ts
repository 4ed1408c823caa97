import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listMessages } from '@multilogue/shared/dialogue'
import { addAgendaItem, conductSession, getSession } from '@multilogue/shared/rounds'
import {
  askForFloor,
  conductList,
  dissociate,
  endFloor,
  getSpeakers,
  giveFloor,
  handIn,
  moveSpeaker,
  pauseTimer,
  returnSpeaker,
  rule,
  withdrawFromList,
  type Slot,
} from '@multilogue/shared/speakers'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'

let stage: Stage
let round: SmallRound
let number = 10

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  for (const [code, name] of [
    ['MAR', 'Morocco'],
    ['IDN', 'Indonesia'],
    ['PAK', 'Pakistan'],
  ] as const) {
    const key = `${code.toLowerCase()}.head`
    const id = await stage.world.delegation(round.roundId, { code, name, kind: 'member' })
    await stage.world.person(key, name)
    await stage.world.seat(key, round.roundId, 'head', id)
  }
})
afterAll(() => stage.close())

/** An item of its own, called up. */
async function anItem() {
  const { sessionId } = round
  const item = await stage.done('secretariat', addAgendaItem, { sessionId, number: String(number++), title: 'Item' })
  await conduct({ currentItemId: item.id })
  return item
}
async function conduct(change: {
  currentItemId?: string
  formality?: 'formal' | 'suspended'
  suspendedUntil?: string
}) {
  const { sessionId } = round
  const { revision } = await stage.done('chair', getSession, { sessionId })
  return stage.done('chair', conductSession, { sessionId, ...change, revision })
}
const ask = (who: string, agendaItemId: string, more: { kind?: Slot['kind']; onBehalfOf?: string } = {}) =>
  stage.done(who, askForFloor, { agendaItemId, ...more })
const list = (agendaItemId: string, who = 'gha.head') => stage.done(who, getSpeakers, { agendaItemId })
const codes = (slots: Slot[]) => slots.map(({ delegation }) => delegation.code)
const at = (time: string) => stage.clock.moveTo(`2027-06-08T${time}Z`)

describe('The list of speakers', () => {
  it('[SPEAK-1] keeps the order, flags what runs over and lists two rights of reply after the speakers', async () => {
    const { id } = await anItem()
    at('09:00:00')
    const morocco = await ask('mar.head', id)
    const indonesia = await ask('idn.head', id)
    const germany = await ask('deu.head', id)
    const ethiopia = await ask('eth.head', id, { onBehalfOf: round.bodyId })
    expect(codes((await list(id)).listed)).toEqual(['ETH', 'MAR', 'IDN', 'DEU'])
    expect(ethiopia.group).toMatchObject({ code: 'LDCs', members: [{ code: 'ETH', out: false }] })

    const first = await ask('pak.head', id, { kind: 'reply' })
    const second = await ask('pak.head', id, { kind: 'reply' })
    const third = await stage.call('pak.head', askForFloor, { agendaItemId: id, kind: 'reply' })
    expect(third.says).toBe('no-more-replies')
    expect([first, second].map(({ limitSeconds }) => limitSeconds)).toEqual([600, 300])
    expect(codes((await list(id)).listed)).toEqual(['ETH', 'MAR', 'IDN', 'DEU', 'PAK', 'PAK'])

    let ending: string | undefined
    for (const { id: slotId } of [ethiopia, morocco, indonesia, germany]) {
      await stage.done('chair', giveFloor, { slotId, ending })
      ending = slotId
    }
    expect((await list(id)).current).toMatchObject({ limitSeconds: 300, spokenSeconds: 0, overrunSeconds: 0 })
    at('09:04:59')
    expect((await list(id)).current).toMatchObject({ spokenSeconds: 299, overrunSeconds: 0 })
    at('09:05:40')
    expect(await stage.done('chair', endFloor, { slotId: germany.id })).toMatchObject({
      state: 'done',
      spokenSeconds: 340,
      overrunSeconds: 40,
    })
    at('09:30:00')
    const after = await list(id)
    expect(after.current).toBeNull()
    expect(after.spoken[0]).toMatchObject({ spokenSeconds: 340, overrunSeconds: 40 })
    expect(await stage.done('chair', giveFloor, { slotId: first.id })).toMatchObject({ limitSeconds: 600 })
    expect(await stage.done('chair', giveFloor, { slotId: second.id, ending: first.id })).toMatchObject({
      limitSeconds: 300,
    })
  })

  it('[SPEAK-2] a timer that was stopped counts what was spoken and nothing else', async () => {
    const { id } = await anItem()
    const { id: slotId } = await ask('gha.head', id)
    at('10:00:00')
    await stage.done('chair', giveFloor, { slotId })
    at('10:01:00')
    await stage.done('chair', pauseTimer, { slotId, paused: true })
    at('10:11:00')
    expect((await list(id)).current!.spokenSeconds).toBe(60)
    expect((await stage.call('secretariat', pauseTimer, { slotId, paused: true })).says).toBe('wrong-state')
    await stage.done('chair', pauseTimer, { slotId, paused: false })
    at('10:11:30')
    await conduct({ formality: 'suspended', suspendedUntil: '2027-06-08T12:00:00Z' })
    at('10:20:00')
    expect((await list(id)).current!.spokenSeconds).toBe(90)
    expect((await stage.call('chair', pauseTimer, { slotId, paused: false })).says).toBe('sitting-suspended')
    expect(await stage.done('chair', endFloor, { slotId })).toMatchObject({ spokenSeconds: 90 })
    // Asking goes on while nobody is given the floor.
    const next = await ask('deu.head', id)
    expect((await stage.call('chair', giveFloor, { slotId: next.id })).says).toBe('sitting-suspended')
    expect(await conduct({ formality: 'formal' })).toMatchObject({ formality: 'formal', suspendedUntil: null })
    await stage.done('chair', giveFloor, { slotId: next.id })
  })

  it('[SPEAK-3] of two who conduct at once the second is told, and nobody loses the floor', async () => {
    const { id } = await anItem()
    const [ghana, germany, ethiopia] = [await ask('gha.head', id), await ask('deu.head', id), await ask('eth.head', id)]
    await stage.done('chair', giveFloor, { slotId: ghana.id })
    const answers = await Promise.all([
      stage.call('chair', giveFloor, { slotId: germany.id, ending: ghana.id }),
      stage.call('secretariat', giveFloor, { slotId: ethiopia.id, ending: ghana.id }),
    ])
    expect(answers.map(({ says }) => says).sort()).toEqual(['floor-taken', 'ok'])
    const { current, listed, revision } = await list(id)
    expect([current!.delegation.code, ...codes(listed)].sort()).toEqual(['DEU', 'ETH'])
    const [waiting] = listed
    await ask('pak.head', id)
    const stale = await stage.call('chair', moveSpeaker, { slotId: waiting!.id, to: 2, revision })
    expect(stale.says).toBe('stale-revision')
  })

  it('[SPEAK-4] who moved whom from where to where is kept, and the last speaker can be put back', async () => {
    const { id } = await anItem()
    const ghana = await ask('gha.head', id)
    await ask('deu.head', id)
    const pakistan = await ask('pak.head', id)
    at('11:00:00')
    const { revision } = await list(id)
    await stage.done('secretariat', moveSpeaker, { slotId: pakistan.id, to: 1, revision })
    expect(codes((await list(id)).listed)).toEqual(['PAK', 'GHA', 'DEU'])
    await stage.done('chair', giveFloor, { slotId: pakistan.id })
    await stage.done('chair', endFloor, { slotId: pakistan.id })
    expect((await stage.call('chair', returnSpeaker, { slotId: ghana.id })).says).toBe('wrong-state')
    await stage.done('chair', returnSpeaker, { slotId: pakistan.id })
    await stage.done('gha.head', withdrawFromList, { slotId: ghana.id })
    const closed = await stage.done('chair', conductList, {
      agendaItemId: id,
      open: false,
      revision: (await list(id)).revision,
    })
    expect(codes(closed.listed)).toEqual(['PAK', 'DEU'])
    expect(closed.trail.map(({ act, delegationCode, from, to, by }) => [act, delegationCode, from, to, by])).toEqual([
      ['closed', null, null, null, 'The chair'],
      ['returned', 'PAK', null, null, 'The chair'],
      ['moved', 'PAK', 3, 1, 'The secretariat'],
    ])
    expect((await stage.call('gha.head', askForFloor, { agendaItemId: id })).says).toBe('list-closed')
    expect((await ask('gha.head', id, { kind: 'reply' })).kind).toBe('reply')
  })

  it('[SPEAK-5] a point of order goes before all, stops the speaker and is ruled on by the chair', async () => {
    const { id } = await anItem()
    at('11:00:00')
    const germany = await ask('deu.head', id)
    await ask('eth.head', id, { onBehalfOf: round.bodyId })
    await stage.done('chair', giveFloor, { slotId: germany.id })
    const point = await ask('gha.head', id, { kind: 'point_of_order' })
    expect(codes((await list(id)).listed)).toEqual(['GHA', 'ETH'])
    await stage.done('chair', giveFloor, { slotId: point.id })
    const during = await list(id)
    expect(during.current).toMatchObject({ kind: 'point_of_order', limitSeconds: null })
    expect(during.interrupted).toMatchObject({ id: germany.id, pausedAt: '2027-06-08T11:00:00+00:00' })
    await stage.done('chair', rule, { slotId: point.id, ruling: 'The text is in order.' })
    await stage.done('chair', endFloor, { slotId: point.id })
    const after = await list(id)
    expect(after.current!.id).toBe(germany.id)
    expect(after.spoken[0]!.ruling).toBe('The text is in order.')
  })

  it('[SPEAK-6] words handed in stay with the delegation and who conducts, until they are spoken', async () => {
    const { id, threadId } = await anItem()
    const { id: slotId } = await ask('deu.head', id)
    const words = { slotId, body: 'Excellencies, thank you.', language: 'en' as const }
    const other = await stage.follow('gha.head', round.roundId)
    const own = await stage.follow('deu.adviser', round.roundId)
    await stage.done('deu.head', handIn, words)
    await stage.done('deu.head', withdrawFromList, { slotId: (await ask('deu.head', id, { kind: 'reply' })).id })
    await until('the withdrawal is heard', () => other.heard.length >= 2 && own.heard.length >= 3)
    expect([other.heard.length, own.heard.length]).toEqual([2, 3])
    const seenBy = async (who: string) => (await list(id, who)).listed[0]!.statement?.body
    expect(await Promise.all(['deu.adviser', 'chair', 'secretariat'].map(seenBy))).toEqual(Array(3).fill(words.body))
    expect(await Promise.all(['gha.head', 'facilitator', 'unctad.head'].map(seenBy))).toEqual(Array(3).fill(undefined))
    await stage.done('chair', giveFloor, { slotId })
    expect(await stage.done('gha.head', listMessages, { threadId })).toEqual([])
    await stage.done('chair', endFloor, { slotId })
    const [message] = await stage.done('gha.head', listMessages, { threadId })
    expect(message).toMatchObject({ body: words.body, delegationCode: 'DEU', authorName: 'Germany head' })
    // Spoken once more, it is not published twice.
    await stage.done('chair', returnSpeaker, { slotId })
    await stage.done('chair', giveFloor, { slotId })
    await stage.done('chair', endFloor, { slotId })
    expect(await stage.done('gha.head', listMessages, { threadId })).toHaveLength(1)
    for (const follower of [other, own]) follower.close()
  })

  it('[SPEAK-7] a group may not speak for members that are not in it, and members may stay out of what it says', async () => {
    const { id } = await anItem()
    const notOurs = await stage.call('deu.head', askForFloor, { agendaItemId: id, onBehalfOf: round.bodyId })
    expect(notOurs.says).toBe('not-allowed')
    await stage.source.query(`INSERT INTO body_member (body_id, delegation_id) VALUES ($1, $2)`, [
      round.bodyId,
      round.delegations.GHA,
    ])
    const { id: slotId } = await ask('eth.head', id, { onBehalfOf: round.bodyId })
    const out = async () => (await list(id)).listed[0]!.group!.members.map((member) => [member.code, member.out])
    await stage.done('gha.head', dissociate, { slotId, out: true })
    expect(await out()).toEqual([
      ['ETH', false],
      ['GHA', true],
    ])
    await stage.done('gha.head', dissociate, { slotId, out: false })
    expect(await out()).toEqual([
      ['ETH', false],
      ['GHA', false],
    ])
  })
})
