import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { setLanguage, signOut } from '@multilogue/shared/identity'
import {
  getNoticeSetting,
  keepNoticeSetting,
  listNotices,
  seeNotice,
  type NoticeSetting,
} from '@multilogue/shared/notices'
import { endBrowser, keepBrowser } from '@multilogue/shared/push'
import { scheduleSession } from '@multilogue/shared/rounds'
import type { DataSource } from 'typeorm'
import { createApp } from '../../server/src/app.js'
import { createLog } from '../../server/src/common/log.js'
import type { Settings } from '../../server/src/config/settings.js'
import { SETTINGS_TOKEN } from '../../server/src/config/token.js'
import { createSource } from '../../server/src/database/data-source.js'
import { Forgetting } from '../../server/src/notices/forgetting.js'
import { PushSender } from '../../server/src/notices/push.sender.js'
import { Reminders } from '../../server/src/notices/reminders.js'
import { Things } from '../access/things.js'
import { PushService } from '../support/push-service.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

let service: PushService
let stage: Stage
let round: SmallRound
let second: { app: NestExpressApplication; source: DataSource }
let sessions = 0

beforeAll(async () => {
  service = await PushService.open()
  stage = await Stage.open({ PUSH_SERVICES: `https://*.push.example.org ${service.url}` })
  const settings = stage.app.get<Settings>(SETTINGS_TOKEN)
  const source = await createSource(settings.DATABASE_URL!, 4).initialize()
  const outside = { settings, source, clock: stage.clock, log: createLog('silent'), sessionKey: 'k'.repeat(40) }
  second = { app: await createApp(outside, null, true), source }
  round = await smallRound(stage.world)
})
afterAll(async () => {
  await second.app.close()
  await second.source.destroy()
  await stage.close()
  await service.close()
})

const SETTING: NoticeSetting = { ways: {}, mail: true, quiet: null, digestHour: 7, timeZone: 'UTC' }
const SILENT = { app: false, mail: 'none', push: false } as const

async function called(): Promise<string> {
  const { title } = await stage.done('secretariat', scheduleSession, {
    ...{ roundId: round.roundId, kind: 'plenary', title: `Session ${++sessions}`, venue: 'Boardroom D' },
    ...{ startsAt: '2027-06-09T08:00:00Z', endsAt: '2027-06-09T10:00:00Z', timeZone: 'Europe/Vienna' },
  })
  return title
}
/** Both servers have sent everything whose hour has come. */
const sent = () => Promise.all([stage.app, second.app].map((app) => app.get(PushSender).look()))
const left = () => stage.source.query<unknown[]>(`SELECT id FROM push`)

it('[PUSH-1] a notice reaches every browser of the person once, sealed for it and in its language; what is read, switched off or signed out is not told', async () => {
  const keep = (who: string, name: string) => stage.done(who, keepBrowser, service.browser(name))
  await keep('gha.head', 'desk')
  await keep('gha.head', 'phone')
  await keep('eth.head', 'addis')
  await stage.done('eth.head', setLanguage, { language: 'ar' })
  const first = await called()
  await sent()
  const words = { body: first, number: expect.any(Number) }
  expect(service.to('desk')).toEqual([{ ...words, title: 'Session called', lang: 'en', dir: 'ltr' }])
  expect(service.to('addis')).toEqual([{ ...words, title: 'دعوة إلى عقد جلسة', lang: 'ar', dir: 'rtl' }])
  expect(service.to('phone')).toEqual(service.to('desk'))
  expect(service.pushed[0]!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400', urgency: 'normal' })
  // Both servers sign with the one key that browsers are given.
  const { pushKey } = await stage.done('gha.head', getNoticeSetting, {})
  expect(service.pushed.every(({ headers }) => headers.authorization!.endsWith(`k=${pushKey}`))).toBe(true)
  expect(await stage.done('gha.head', seeNotice, { number: service.to('desk')[0]!.number })).toEqual({
    href: expect.stringContaining('/sessions/'),
    seatId: round.seats['gha.head'],
  })

  // A service that is down is asked again later; a browser that is gone is forgotten.
  service.answers.push(503, 503, 503)
  const again = await called()
  await sent()
  const { endpoint } = service.browser('phone')
  await stage.done('gha.head', endBrowser, { endpoint })
  stage.clock.moveTo('2027-06-08T09:02:00Z')
  service.answers.push(410)
  await sent()
  expect(await left()).toEqual([])
  expect(await stage.source.query(`SELECT 1 FROM push_browser`)).toHaveLength(1)

  await keep('gha.head', 'desk')
  await keep('eth.head', 'addis')
  await stage.done('eth.head', keepNoticeSetting, { ...SETTING, ways: { session_called: SILENT } })
  const third = await called()
  await sent()
  expect(service.to('desk').map(({ body }) => body)).toContain(third)
  expect(service.to('addis').map(({ body }) => body)).not.toContain(third)
  await stage.done('gha.head', signOut, {})
  stage.forget('gha.head')
  const asked = service.asked
  await called()
  await sent()
  expect(service.asked).toBe(asked)
  expect(
    [first, again, third].every((title) => service.to('desk').filter(({ body }) => body === title).length <= 1),
  ).toBe(true)
})

it('[PUSH-2] quiet hours hold pushes back, read ones are dropped, and deadlines go at once', async () => {
  await stage.done('deu.head', keepBrowser, service.browser('bonn'))
  await stage.done('deu.head', keepNoticeSetting, {
    ...{ ...SETTING, quiet: { from: 22, to: 6 }, timeZone: 'Europe/Berlin' },
    ways: { silence_ending: SILENT, report_due: SILENT },
  })
  // Half past eleven in the evening in Berlin.
  stage.clock.moveTo('2027-06-08T21:30:00Z')
  for (const who of ['deu.head', 'secretariat', 'chair', 'gha.head']) stage.forget(who)
  const [read, unread] = [await called(), await called()]
  const { recommendationId } = await new Things(stage, round).recommendationToAnswer('adopted')
  await stage.source.query(`UPDATE recommendation SET due_on = '2027-06-12' WHERE id = $1`, [recommendationId])
  await stage.source.query(`UPDATE recommendation_addressee SET delegation_id = $2 WHERE recommendation_id = $1`, [
    ...[recommendationId, round.delegations.DEU],
  ])
  await stage.app.get(Reminders).look()
  await sent()
  expect(service.to('bonn').map(({ title }) => title)).toEqual(['Report due'])
  expect(service.pushed.at(-1)!.headers.urgency).toBe('high')
  const notices = await stage.done('deu.head', listNotices, {})
  await stage.done('deu.head', seeNotice, { number: notices.find(({ subject }) => subject === read)!.number })
  stage.clock.moveTo('2027-06-09T04:00:00Z')
  await sent()
  expect(service.to('bonn').slice(1)).toMatchObject([{ title: 'Session called', body: unread }])
  expect(await left()).toEqual([])
})

it('[PUSH-3] the server sends to no address but those of the services that are set', async () => {
  stage.forget('deu.head')
  const { endpoint: _, ...keys } = service.browser('elsewhere')
  const named = (endpoint: string) => stage.call('deu.head', keepBrowser, { endpoint, ...keys })
  for (const endpoint of [
    'http://127.0.0.1:1/inside',
    'http://one.push.example.org/1',
    'https://push.example.org/1',
    'https://push.example.org.evil.test/1',
    'https://one.push.example.org:8443/1',
  ])
    expect((await named(endpoint)).says).toBe('invalid-input')
  expect((await named('https://one.push.example.org/1')).says).toBe('ok')
})

it('[PUSH-4] notices, the mail on them and what people have signed out of are deleted when they are old', async () => {
  const [{ personId }] = await stage.source.query<[{ personId: string }]>(
    `SELECT person_id AS "personId" FROM seat WHERE id = $1`,
    [round.seats['gha.adviser']],
  )
  const old = await stage.source.query<{ number: string }[]>(
    `WITH m AS (INSERT INTO mail (id, person_id, kind, state, due_at)
       VALUES (gen_random_uuid(), $1, 'direct', 'sent', '2026-12-01') RETURNING id)
     INSERT INTO notice (person_id, seat_id, kind, source, topic, subject, href, at, mail_id)
     SELECT $1, $2, 'summary', 'old', 'old', 'Old', '/', '2026-12-01', m.id FROM m RETURNING number`,
    [personId, round.seats['gha.adviser']],
  )
  expect(old).toHaveLength(1)
  const before = (await stage.done('gha.adviser', listNotices, {})).length
  await Promise.all([stage.app, second.app].map((app) => app.get(Forgetting).forget()))
  const kept = await stage.done('gha.adviser', listNotices, {})
  expect(kept.length).toBe(before - 1)
  expect(kept.some(({ subject }) => subject === 'Old')).toBe(false)
  expect(await stage.source.query(`SELECT 1 FROM mail WHERE due_at < '2027-01-01'`)).toEqual([])
  const ended = `SELECT 1 FROM push_browser b JOIN web_session w ON w.id = b.session_id WHERE w.ended_at IS NOT NULL`
  expect(await stage.source.query(ended)).toEqual([])
})
