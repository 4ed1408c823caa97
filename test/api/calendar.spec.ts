import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { listFeeds, makeFeed, type FeedScope } from '@multilogue/shared/calendar'
import { endSeat } from '@multilogue/shared/seats'
import { getIssued } from '@multilogue/shared/negotiation'
import {
  conductSession,
  getRound,
  issueAgenda,
  rescheduleSession,
  scheduleSession,
  type Session,
} from '@multilogue/shared/rounds'
import ICAL from 'ical.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

let stage: Stage
let round: SmallRound
/** Three more beside the one that is live; the last one lies behind the end of summer time. */
let sessions: Session[]

beforeAll(async () => {
  stage = await Stage.open({ PUBLIC_URL: 'https://forum.example.org/' })
  round = await smallRound(stage.world)
  const days = ['2027-06-09', '2027-06-10', '2027-11-02']
  sessions = []
  for (const [at, day] of days.entries())
    sessions.push(
      await stage.done('secretariat', scheduleSession, {
        ...{ roundId: round.roundId, kind: 'plenary', title: `Session ${at + 2}`, venue: 'Boardroom D' },
        ...{ startsAt: `${day}T10:00:00+02:00`, endsAt: `${day}T12:00:00+02:00`, timeZone: 'Europe/Vienna' },
      }),
    )
})
afterAll(() => stage.close())

const make = (who: string, scope: FeedScope) => stage.done(who, makeFeed, { roundId: round.roundId, scope })
const fetched = (token: string | null) => fetch(`${stage.address}/api/calendars/${token}.ics`)

/** The events of a calendar by UID, as a calendar program reads them. */
async function eventsAt(token: string | null) {
  const answer = await fetched(token)
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as unknown[])
  const events = calendar.getAllSubcomponents('vevent').map((found) => new ICAL.Event(found))
  return new Map(events.map((event) => [event.uid, event]))
}
const startOf = (event: ICAL.Event | undefined) => event?.startDate.toJSDate().toISOString()
const statusOf = (event: ICAL.Event | undefined) => event?.component.getFirstPropertyValue('status')
function changed(session: Session, change: Partial<Session>) {
  const { title, startsAt, endsAt, timeZone, venue } = { ...session, ...change }
  return { sessionId: session.id, revision: session.revision, title, startsAt, endsAt, timeZone, venue }
}

it('[CAL-1] a session that moves keeps its UID and counts; the issued agenda is corrected, and all are told', async () => {
  const { roundId } = round
  const agenda = await stage.done('secretariat', issueAgenda, { roundId, language: 'en' })
  expect(agenda.symbol).toBe('T.3/1')
  expect((await stage.call('secretariat', issueAgenda, { roundId, language: 'en' })).says).toBe('wrong-state')

  const { token } = await make('gha.head', 'round')
  const before = await eventsAt(token)
  expect(before.size).toBe(4)
  const { heard, close } = await stage.follow('gha.head', roundId)
  const second = sessions[0]!
  const move = changed(second, { startsAt: '2027-06-09T11:00:00+02:00', endsAt: '2027-06-09T13:00:00+02:00' })
  const moved = await stage.done('secretariat', rescheduleSession, move)
  expect((await stage.call('secretariat', rescheduleSession, move)).says).toBe('stale-revision')
  // Saying the same again tells nobody anything.
  expect(await stage.done('secretariat', rescheduleSession, changed(moved, {}))).toMatchObject({ sequence: 1 })
  close()

  const after = await eventsAt(token)
  expect([...after.keys()]).toEqual([...before.keys()])
  expect(before.get(second.id)).toMatchObject({ sequence: 0 })
  expect(after.get(second.id)).toMatchObject({ sequence: 1, summary: 'Session 2', location: 'Boardroom D' })
  expect(startOf(after.get(second.id))).toBe('2027-06-09T09:00:00.000Z')
  expect(after.get(second.id)!.description).toContain(`https://forum.example.org/sessions/${second.id}`)
  expect(after.get(second.id)!.description).toContain('11:00')
  expect(after.get(sessions[1]!.id)!.sequence).toBe(0)
  expect(heard.filter(({ name }) => name === 'session.changed').map(({ payload }) => payload)).toMatchObject([
    { sessionId: second.id, changes: ['moved'] },
  ])

  const { agenda: issued } = await stage.done('deu.head', getRound, { roundId })
  expect(issued.map(({ symbol }) => symbol)).toEqual(['T.3/1', 'T.3/1/Corr.1'])
  const { blocks } = await stage.done('deu.head', getIssued, { issuedId: issued[1]!.issuedId })
  const words = JSON.stringify(blocks)
  for (const said of ['10:00', '11:00', 'Boardroom D']) expect(words).toContain(said)
})

it('[CAL-2] summer time ends between two sessions, and a cancelled one is marked, not left out', async () => {
  const { token } = await make('deu.head', 'person')
  const last = sessions[2]!
  // The same instant; in November the clock in Vienna shows an hour less.
  expect(startOf((await eventsAt(token)).get(last.id))).toBe('2027-11-02T08:00:00.000Z')
  expect((await eventsAt(token)).get(last.id)!.description).toContain('09:00')
  await stage.done('chair', conductSession, { sessionId: last.id, status: 'cancelled', revision: last.revision })
  const cancelled = (await eventsAt(token)).get(last.id)
  expect(cancelled).toMatchObject({ sequence: 1, summary: `Cancelled: ${last.title}` })
  expect(statusOf(cancelled)).toBe('CANCELLED')
})

it('[CAL-3] an address is its owner’s: replaced, forged or of a seat that has ended, it leads nowhere', async () => {
  const { roundId } = round
  const first = await make('eth.head', 'delegation')
  expect((await fetched(first.token)).status).toBe(200)
  const second = await make('eth.head', 'delegation')
  expect((await fetched(first.token)).status).toBe(404)
  const forged = `${second.token!.slice(0, -1)}${second.token!.endsWith('A') ? 'B' : 'A'}`
  for (const wrong of [forged, 'x', second.token!.toUpperCase()]) expect((await fetched(wrong)).status).toBe(404)
  const feeds = await stage.done('eth.head', listFeeds, { roundId })
  expect(feeds.find(({ scope }) => scope === 'delegation')!.token).toBe(second.token)
  expect((await stage.done('chair', listFeeds, { roundId })).map(({ scope }) => scope)).toEqual(['person', 'round'])

  await stage.done('secretariat', endSeat, { seatId: round.seats['eth.head']! })
  expect((await fetched(second.token)).status).toBe(404)
})
