import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { castVote, gavel, getProcedure } from '@multilogue/shared/decisions'
import { declareInRoom, getPresence } from '@multilogue/shared/presence'
import { setCredentials, getRound } from '@multilogue/shared/rounds'
import { io, type Socket } from 'socket.io-client'
import { secondServer } from '../realtime/second-server.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Deciders } from './deciders.js'

let stage: Stage
let round: SmallRound
let deciders: Deciders

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  deciders = new Deciders(stage, round)
})
afterAll(() => stage.close())

const seen = async () => {
  const { delegations, ...counts } = await stage.done('chair', getPresence, { sessionId: round.sessionId })
  return { ...counts, here: delegations.filter((one) => one.inRoom || one.online).map(({ code }) => code) }
}
const open = async (who: string): Promise<Socket> => {
  const socket = await stage.connect({ cookie: await stage.cookieOf(who) })
  expect(await socket.emitWithAck('attend', { sessionId: round.sessionId })).toMatchObject({ ok: true })
  return socket
}
const declare = (code: 'DEU' | 'ETH', inRoom: boolean) =>
  stage.done('secretariat', declareInRoom, {
    ...{ sessionId: round.sessionId, delegationId: round.delegations[code], inRoom },
  })
/** The row is marked when the line is lost; the clock has not moved yet. */
const lost = (socket: Socket, left: number) => {
  socket.disconnect()
  return until('the server has noticed', async () => {
    const found = await stage.source.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM presence WHERE left_at IS NOT NULL`,
    )
    return found[0]!.n === left
  })
}

describe('Presence', () => {
  it('[PRES-1] counts members with credentials, in the room or online, and does not flicker', async () => {
    expect(await seen()).toMatchObject({ present: 0, members: 3, quorum: 2, here: [] })
    const chair = await stage.follow('chair', round.roundId)
    const first = await open('gha.head')
    const other = await open('gha.adviser')
    await open('rej.head')
    await open('unctad.head')
    expect(await seen()).toMatchObject({ present: 1, here: ['GHA', 'REJ', 'UNCTAD'] })
    await until('the chair hears of it', () => chair.heard.some(({ name }) => name === 'presence.changed'))
    chair.close()

    // Two pages of one delegation: it is there until the last is closed, and some seconds longer.
    await lost(first, 1)
    stage.clock.moveTo('2027-06-08T09:01:00Z')
    expect((await seen()).here).toContain('GHA')
    await lost(other, 2)
    stage.clock.moveTo('2027-06-08T09:01:07Z')
    expect((await seen()).here).toContain('GHA')
    const back = await open('gha.head')
    stage.clock.moveTo('2027-06-08T09:02:00Z')
    expect((await seen()).here).toContain('GHA')
    await lost(back, 2)
    stage.clock.moveTo('2027-06-08T09:02:09Z')
    expect(await seen()).toMatchObject({ present: 0, here: ['REJ', 'UNCTAD'] })

    await declare('DEU', true)
    expect(await declare('ETH', true)).toMatchObject({ present: 2 })
    const { delegations } = await stage.done('chair', getRound, { roundId: round.roundId })
    const { id, revision } = delegations.find(({ code }) => code === 'ETH')!
    await stage.done('secretariat', setCredentials, { delegationId: id, credentials: 'rejected', revision })
    expect(await seen()).toMatchObject({ present: 1, members: 2, quorum: 2 })
    await stage.done('secretariat', setCredentials, {
      ...{ delegationId: id, credentials: 'accepted', revision: revision + 1 },
    })
    await declare('ETH', false)
    await declare('DEU', false)
  })

  it('[PRES-2] is the same at another server', async () => {
    const second = await secondServer(stage)
    const socket = io(second.address, {
      extraHeaders: { cookie: await stage.cookieOf('deu.head') },
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    })
    try {
      await until('it is connected', () => socket.connected)
      await socket.emitWithAck('attend', { sessionId: round.sessionId })
      expect((await seen()).here).toContain('DEU')
      expect(await socket.emitWithAck('attend', { sessionId: round.roundId })).toMatchObject({
        ok: false,
        problem: { status: 404 },
      })
    } finally {
      socket.disconnect()
      await second.close()
    }
    stage.clock.moveTo('2027-06-08T09:03:00Z')
    expect((await seen()).here).not.toContain('DEU')
  })

  it('[PRES-3] is kept with a decision as it was at the gavel, and a vote below the quorum decides nothing', async () => {
    await deciders.rules({ decision: 'vote', quorum: 'majority' })
    const below = await deciders.ask({ ...(await asked()), method: 'vote', ballot: 'recorded' })
    await stage.done('gha.head', castVote, { procedureId: below.id, choice: 'yes' })
    const none = await stage.done('chair', gavel, { procedureId: below.id })
    expect(none).toMatchObject({ result: 'no_quorum', quorum: 2, members: 3, present: [{ code: 'GHA' }] })

    const vote = await deciders.ask({ ...(await asked()), method: 'vote', ballot: 'recorded' })
    expect(vote.present).toBeNull()
    await stage.done('gha.head', castVote, { procedureId: vote.id, choice: 'yes' })
    await declare('ETH', true)
    const passed = await stage.done('chair', gavel, { procedureId: vote.id })
    expect(passed.result).toBe('adopted')
    await declare('ETH', false)
    const kept = await stage.done('deu.head', getProcedure, { procedureId: vote.id })
    expect(kept.present!.map(({ code }) => code)).toEqual(['ETH', 'GHA'])
  })
})

async function asked() {
  const { documentId, issuedId } = await deciders.issuedText()
  return { documentId, issuedId }
}
