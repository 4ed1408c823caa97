import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { draftListing, moveListing } from '@multilogue/shared/assistance'
import { editMessage, listMessages, postMessage, type Message } from '@multilogue/shared/dialogue'
import { openDocument } from '@multilogue/shared/documents'
import type { Happening } from '@multilogue/shared/events'
import { signOut } from '@multilogue/shared/identity'
import { endSeat } from '@multilogue/shared/seats'
import { addAgendaItem } from '@multilogue/shared/rounds'
import { io } from 'socket.io-client'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until, type Follower } from '../support/stage.js'
import { cutConnections, secondServer } from './second-server.js'

/* What happens is heard by all who may hear it, in order, none lost and none doubled. */

let stage: Stage
let round: SmallRound
let followers: Follower[]

beforeEach(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  followers = []
})
afterEach(async () => {
  for (const follower of followers) follower.close()
  await stage.close()
})

async function follow(who: string, after?: number): Promise<Follower> {
  const follower = await stage.follow(who, round.roundId, after)
  followers.push(follower)
  return follower
}
const post = (who: string, body: string) =>
  stage.done(who, postMessage, { threadId: round.item.threadId, body, language: 'en' })
const headOf = ({ reply }: Follower) => (reply.ok ? reply.output.head : NaN)
const seqs = ({ heard }: Follower) => heard.map(({ seq }) => seq)
const bodiesHeard = ({ heard }: Follower) =>
  heard
    .filter(({ name }) => name === 'message.posted')
    .map(({ payload }) => (payload as { message: Message }).message.body)
const rising = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b)
const list = () => stage.done('gha.head', listMessages, { threadId: round.item.threadId })

describe('Order', () => {
  it('[ROOM-1] everybody hears the same, in the order of the numbers, none lost and none doubled', async () => {
    const all = [await follow('eth.head'), await follow('secretariat'), await follow('agi.head')]
    const posting = async (who: string) => {
      for (let i = 0; i < 20; i++) await post(who, `${who} ${i}`)
    }
    await Promise.all([posting('gha.head'), posting('deu.head')])
    await until('all 40 are heard', () => all.every(({ heard }) => heard.length === 40))
    const head = headOf(all[0]!)
    for (const follower of all) {
      expect(seqs(follower)).toEqual(Array.from({ length: 40 }, (_, i) => head + 1 + i))
      expect(bodiesHeard(follower)).toEqual((await list()).map(({ body }) => body))
    }
    expect(all[0]!.heard[0]).toMatchObject({
      stream: `round:${round.roundId}`,
      name: 'message.posted',
      actor: { personName: expect.any(String), delegationCode: expect.stringMatching(/GHA|DEU/) },
      at: expect.any(String),
    })
  })

  it('[ROOM-2] applied to an earlier list, what was heard makes the list that is there now', async () => {
    await post('gha.head', 'Before.')
    const follower = await follow('eth.head')
    const shown = await list()
    const first = shown[0]!
    await Promise.all([
      post('deu.head', 'One.'),
      stage.done('gha.head', editMessage, { messageId: first.id, body: 'Corrected.', revision: 1 }),
      post('gha.head', 'Two.'),
    ])
    const reply = { threadId: round.item.threadId, body: 'A reply.', language: 'ar' as const, parentId: first.id }
    const last = await stage.done('eth.head', postMessage, { ...reply, onBehalfOf: round.bodyId })
    await until('the reply is heard', () => bodiesHeard(follower).includes('A reply.'))
    const applied = follower.heard.reduce(apply, shown)
    expect(applied).toEqual(await list())
    expect(applied.at(-1)).toEqual(last)
    expect(last).toMatchObject({ dir: 'rtl', onBehalfOf: { code: 'LDCs' }, parentId: first.id })
  })

  const apply = (messages: Message[], { name, payload }: Happening): Message[] => {
    const { message } = payload as { message: Message }
    if (name === 'message.posted') return [...messages, message]
    return name === 'message.edited' ? messages.map((one) => (one.id === message.id ? message : one)) : messages
  }
})

describe('Resuming', () => {
  it('[ROOM-3] gives exactly what was missed, then what follows, without a gap', async () => {
    const before = await follow('eth.head')
    await post('gha.head', 'Heard.')
    await until('it is heard', () => before.heard.length === 1)
    before.close()
    for (const body of ['Missed 1.', 'Missed 2.', 'Missed 3.']) await post('gha.head', body)
    const posting = Promise.all([post('deu.head', 'Meanwhile 1.'), post('gha.head', 'Meanwhile 2.')])
    const after = await follow('eth.head', before.heard[0]!.seq)
    await posting
    await until('all are heard', () => after.heard.length === 5)
    expect(seqs(after)).toEqual([1, 2, 3, 4, 5].map((i) => before.heard[0]!.seq + i))
    expect(bodiesHeard(after).slice(0, 3)).toEqual(['Missed 1.', 'Missed 2.', 'Missed 3.'])
  })

  it('[ROOM-3] by one who missed nothing gives nothing', async () => {
    const now = await follow('eth.head')
    const again = await follow('eth.head', headOf(now))
    await post('gha.head', 'New.')
    await until('it is heard', () => again.heard.length === 1 && now.heard.length === 1)
    expect(seqs(again)).toEqual(seqs(now))
  })

  it('[ROOM-4] from a number that the stream has not reached, or long left, asks to load anew', async () => {
    const head = headOf(await follow('eth.head'))
    const ahead = await follow('eth.head', head + 1)
    expect(ahead.reply).toMatchObject({ ok: false, problem: { type: '/problems/stream-too-old', status: 410 } })
    await stage.source.query(
      `WITH head AS (UPDATE event_stream SET seq = seq + 5001 WHERE stream = $1 RETURNING seq - 5001 AS was)
       INSERT INTO event (stream, seq, name, payload, actor, at)
       SELECT $1, head.was + i, 'body.formed', '{}', '{}', now() FROM head, generate_series(1, 5001) i`,
      [`round:${round.roundId}`],
    )
    expect((await follow('eth.head', head)).reply).toMatchObject({ ok: false, problem: { status: 410 } })
    const near = await follow('eth.head', head + 1)
    expect(near.reply.ok).toBe(true)
    await until('5000 are heard', () => near.heard.length >= 5000)
    expect(rising(seqs(near))).toHaveLength(5000)
  })
})

describe('Who hears', () => {
  it('[ROOM-5] a hidden thing is heard of by those who may see it and by nobody else', async () => {
    const roles = ['gha.head', 'gha.adviser', 'deu.head', 'eth.head', 'secretariat', 'chair', 'admin', 'unctad.head']
    const all = Object.fromEntries(await Promise.all(roles.map(async (who) => [who, await follow(who)] as const)))
    const listing = await stage.done('deu.head', draftListing, {
      roundId: round.roundId,
      side: 'offer',
      title: 'Hidden advisers',
      description: 'Two.',
      language: 'en',
      cooperationType: 'technical_cooperation',
      modalities: ['expert'],
    })
    const text = { roundId: round.roundId, kind: 'outcome', title: 'Hidden', language: 'en' } as const
    await stage.done('gha.head', openDocument, { ...text, visibility: 'delegation' })
    const second = { listingId: listing.id, state: 'withdrawn', revision: 1 } as const
    await stage.done('deu.head', moveListing, second)
    await post('gha.head', 'For all.')
    await until('all hear the last', () => Object.values(all).every((one) => bodiesHeard(one).length === 1))
    const heardBy = (name: string) =>
      roles.filter((who) => all[who]!.heard.some((happening) => happening.name === name))
    expect(heardBy('listing.changed')).toEqual(['deu.head'])
    expect(heardBy('document.opened')).toEqual(['gha.head', 'gha.adviser'])
    const others = JSON.stringify(all['eth.head']!.heard)
    expect(others).not.toContain(listing.id)
    // Resuming goes through the same filter.
    const late = await follow('eth.head', headOf(all['eth.head']!))
    await until('the last is heard again', () => bodiesHeard(late).length === 1)
    expect(late.heard).toEqual(all['eth.head']!.heard)
  })

  it('[ROOM-6] a seat of another round hears nothing, whatever it names', async () => {
    const follower = await follow('outsider')
    expect(follower.reply).toMatchObject({ ok: false, problem: { type: '/problems/not-found', status: 404 } })
    const seat = round.seats['gha.head']
    const named: unknown = await follower.socket.emitWithAck('subscribe', { stream: `round:${round.roundId}`, seat })
    expect(named).toMatchObject({ ok: false, problem: { type: '/problems/not-allowed' } })
    const witness = await follow('eth.head')
    await post('gha.head', 'Not for outsiders.')
    await until('it is heard inside', () => witness.heard.length === 1)
    expect(follower.heard).toEqual([])
  })

  it('[ROOM-7] a seat that ends hears no more within a second, and is told', async () => {
    const [leaving, witness] = [await follow('gha.adviser'), await follow('eth.head')]
    const ended: { stream: string; problem: { type: string } }[] = []
    leaving.socket.on('ended', (told: { stream: string; problem: { type: string } }) => ended.push(told))
    await stage.done('gha.head', endSeat, { seatId: round.seats['gha.adviser']! })
    await until('it is told', () => ended.length === 1, 1000)
    expect(ended[0]).toMatchObject({ stream: `round:${round.roundId}`, problem: { type: '/problems/not-allowed' } })
    await post('gha.head', 'After.')
    await until('others hear', () => bodiesHeard(witness).includes('After.'))
    expect(bodiesHeard(leaving)).toEqual([])
    const again: unknown = await leaving.socket.emitWithAck('subscribe', { stream: `round:${round.roundId}` })
    expect(again).toMatchObject({ ok: false, problem: { status: 404 } })
  })

  it('[ROOM-8] signing out hangs up the own connections and no other', async () => {
    const [leaving, staying] = [await follow('gha.head'), await follow('eth.head')]
    expect((await stage.call('gha.head', signOut, {})).says).toBe('ok')
    await until('it is hung up', () => leaving.socket.disconnected, 1000)
    expect(staying.socket.connected).toBe(true)
  })
})

describe('Several servers and a database that goes away', () => {
  it('[ROOM-9] who follows on one server hears what is done on another', async () => {
    const second = await secondServer(stage)
    const cookie = await stage.cookieOf('eth.head')
    const socket = io(second.address, { extraHeaders: { cookie }, transports: ['websocket'], forceNew: true })
    try {
      const heard: Happening[] = []
      socket.on('event', (happening: Happening) => heard.push(happening))
      expect(await socket.emitWithAck('subscribe', { stream: `round:${round.roundId}` })).toMatchObject({ ok: true })
      const here = await follow('eth.head')
      await Promise.all(Array.from({ length: 10 }, (_, i) => post(i % 2 ? 'gha.head' : 'deu.head', `No. ${i}`)))
      await until('both servers tell it', () => heard.length === 10 && here.heard.length === 10)
      expect(heard).toEqual(here.heard)
      const back = { name: postMessage.name, input: { threadId: round.item.threadId, body: 'Back.', language: 'en' } }
      expect(await socket.emitWithAck('command', back)).toMatchObject({ ok: true })
      await until('it is heard here', () => bodiesHeard(here).includes('Back.'))
      const ended: unknown[] = []
      socket.on('ended', (told) => ended.push(told))
      await stage.done('secretariat', endSeat, { seatId: round.seats['eth.head']! })
      await until('the right ends there, too', () => ended.length === 1, 1000)
    } finally {
      socket.disconnect()
      await second.close()
    }
  })

  it('[ROOM-10] every connection to the database cut: work goes on, nothing is lost, nothing is doubled', async () => {
    const all = [await follow('eth.head'), await follow('secretariat')]
    await post('gha.head', 'Before.')
    const sent: string[] = []
    const answers: string[] = []
    const write = async (who: string, i: number) => {
      const body = `${who} ${i}`
      sent.push(body)
      const input = { threadId: round.item.threadId, body, language: 'en' as const }
      const key = `${who}-${i}-key`
      await until(`${body} is taken`, async () => {
        const { says } = await stage.call(who, postMessage, input, { key })
        answers.push(says)
        return says === 'ok'
      })
    }
    const working = ['gha.head', 'deu.head'].map(async (who) => {
      for (let i = 0; i < 15; i++) await write(who, i)
    })
    for (let i = 0; i < 3; i++) {
      const so_far = sent.length
      await until('some more is written', () => sent.length >= Math.min(so_far + 5, 30))
      expect(await cutConnections(stage)).toBeGreaterThan(0)
    }
    await Promise.all(working)
    expect(answers.filter((says) => says !== 'ok' && says !== 'unavailable')).toEqual([])
    const bodies = (await list()).map(({ body }) => body)
    expect([...bodies].sort()).toEqual(['Before.', ...sent].sort())
    await until('all is heard', () => all.every((one) => one.heard.length >= bodies.length), 10_000)
    for (const one of all) expect(bodiesHeard(one)).toEqual(bodies)
    // A cut while nobody works is healed, too: the next statement is heard.
    await cutConnections(stage)
    await write('gha.head', 99)
    await until('the last is heard', () => all.every((one) => bodiesHeard(one).includes('gha.head 99')), 10_000)
  })

  it('[ROOM-11] who subscribes twice hears once', async () => {
    const { socket, heard } = await follow('eth.head')
    expect(await socket.emitWithAck('subscribe', { stream: `round:${round.roundId}` })).toMatchObject({ ok: true })
    const item = { sessionId: round.sessionId, number: '2', title: 'Another' }
    await stage.done('secretariat', addAgendaItem, item)
    await post('gha.head', 'Once.')
    await until('it is heard', () => heard.some(({ name }) => name === 'message.posted'))
    expect(heard.map(({ name }) => name)).toEqual(['agenda.changed', 'message.posted'])
  })
})
