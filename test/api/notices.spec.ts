import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { addRemark, makeComment } from '@multilogue/shared/comments'
import { breakSilence, openProcedure } from '@multilogue/shared/decisions'
import { postMessage } from '@multilogue/shared/dialogue'
import { reviewReport } from '@multilogue/shared/follow-up'
import { setLanguage } from '@multilogue/shared/identity'
import {
  countNotices,
  followThread,
  keepNoticeSetting,
  listNotices,
  seeNotice,
  seeNotices,
  wayOf,
  type NoticeSetting,
} from '@multilogue/shared/notices'
import { conductSession, rescheduleSession, scheduleSession, type Session } from '@multilogue/shared/rounds'
import ICAL from 'ical.js'
import type { Email } from 'postal-mime'
import type { DataSource } from 'typeorm'
import { createApp } from '../../server/src/app.js'
import { createLog } from '../../server/src/common/log.js'
import type { Settings } from '../../server/src/config/settings.js'
import { SETTINGS_TOKEN } from '../../server/src/config/token.js'
import { createSource } from '../../server/src/database/data-source.js'
import { MailSender } from '../../server/src/notices/mail.sender.js'
import { Reminders } from '../../server/src/notices/reminders.js'
import { AssistanceThings } from '../access/assistance-things.js'
import { Things } from '../access/things.js'
import { headerOf, Mailbox } from '../support/mailbox.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Deciders } from './deciders.js'
import { aText, ids } from './pen.js'

let mailbox: Mailbox
let stage: Stage
let round: SmallRound
let second: { app: NestExpressApplication; source: DataSource }
let sessions = 0

beforeAll(async () => {
  mailbox = await Mailbox.open()
  stage = await Stage.open({
    ...{ SMTP_URL: mailbox.url, MAIL_FROM: 'MIPF Secretariat <forum@example.org>' },
    PUBLIC_URL: 'https://forum.example.org',
  })
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
  await mailbox.close()
})

const SETTING: NoticeSetting = { ways: {}, mail: true, quiet: null, digestHour: 7, timeZone: 'UTC' }
const choose = (who: string, chosen: Partial<NoticeSetting>) =>
  stage.done(who, keepNoticeSetting, { ...SETTING, ...chosen })

const call = (key?: string) =>
  stage.call(
    'secretariat',
    scheduleSession,
    {
      ...{ roundId: round.roundId, kind: 'plenary', title: `Session ${sessions}`, venue: 'Boardroom D' },
      ...{ startsAt: '2027-06-09T08:00:00Z', endsAt: '2027-06-09T10:00:00Z', timeZone: 'Europe/Vienna' },
    },
    { key },
  )
const called = async (): Promise<Session> => {
  sessions++
  return (await call()).output!
}

/** Both servers have sent everything whose hour has come. */
const sent = () => Promise.all([stage.app, second.app].map((app) => app.get(MailSender).look()))
const subjects = (who: string) => mailbox.to(who).map(({ subject }) => subject)
function eventIn(mail: Email | undefined) {
  const file = mail!.attachments.find(({ mimeType }) => mimeType === 'text/calendar')!
  const words = typeof file.content === 'string' ? file.content : new TextDecoder().decode(file.content)
  const calendar = new ICAL.Component(ICAL.parse(words) as unknown[])
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
  return { method: calendar.getFirstPropertyValue('method'), uid: event.uid, sequence: event.sequence }
}

it('[BELL-1] a session called, moved and cancelled: once for each person, with two servers, a retry and a mail server that refuses', async () => {
  await sent()
  mailbox.mails.length = 0
  sessions++
  const first = await call('the-same-key')
  expect((await call('the-same-key')).output!.id).toBe(first.output!.id)
  const session = first.output!
  mailbox.refuses = 3
  await sent()
  expect(mailbox.refused).toBe(3)
  stage.clock.moveTo('2027-06-08T09:02:00Z')
  await sent()
  // Everybody who has a seat, but not who called it.
  expect(mailbox.mails.map(({ to }) => to![0]!.address).sort()).toEqual(
    Object.keys(round.seats)
      .filter((who) => who !== 'secretariat' && who !== 'outsider')
      .map((who) => `${who}@demo.test`)
      .sort(),
  )

  const { id: sessionId, revision, title, endsAt, timeZone, venue } = session
  const times = { title, startsAt: '2027-06-09T09:00:00Z', endsAt, timeZone, venue }
  const moved = await stage.done('secretariat', rescheduleSession, { sessionId, revision, ...times })
  await stage.done('chair', conductSession, { sessionId, status: 'cancelled', revision: moved.revision })
  await sent()
  const mails = mailbox.to('gha.head')
  expect(mails.map(({ subject }) => subject)).toEqual([
    `Session called: ${title}`,
    `Session rescheduled: ${title}`,
    `Session cancelled: ${title}`,
  ])
  // A session may be cancelled before the mail on its move goes out, which then says what stands.
  expect(mails.map(eventIn)).toEqual([
    { method: 'REQUEST', uid: sessionId, sequence: 0 },
    { method: expect.any(String), uid: sessionId, sequence: expect.any(Number) },
    { method: 'CANCEL', uid: sessionId, sequence: 2 },
  ])
  expect(new Set(mails.map((mail) => headerOf(mail, 'references'))).size).toBe(1)
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(3)
  // When and where it takes place, on the clock of the place.
  expect(mails[0]!.text).toContain('10:00 CEST, Boardroom D')
  expect(mails[0]!.from).toEqual({ name: 'MIPF Secretariat', address: 'forum@example.org' })

  const notices = await stage.done('gha.head', listNotices, {})
  expect(notices.slice(0, 3).map(({ kind, href }) => [kind, href])).toEqual(
    ['session_cancelled', 'session_moved', 'session_called'].map((kind) => [kind, `/sessions/${sessionId}`]),
  )
  const { unseen } = await stage.done('gha.head', countNotices, {})
  await stage.done('gha.head', seeNotice, { number: notices[0]!.number })
  expect(await stage.done('gha.head', countNotices, {})).toEqual({ unseen: unseen - 1 })
  expect((await stage.call('deu.head', seeNotice, { number: notices[0]!.number })).says).toBe('not-found')
  await stage.done('gha.head', seeNotices, { upTo: notices[0]!.number })
  expect(await stage.done('gha.head', countNotices, {})).toEqual({ unseen: 0 })
})

it('[BELL-2] quiet hours hold mail back and deadlines go at once; a digest gathers the day, in the language of its reader', async () => {
  await choose('gha.head', { quiet: { from: 22, to: 6 }, timeZone: 'Africa/Addis_Ababa' })
  await choose('eth.head', {
    ways: { session_called: { app: false, mail: 'digest', push: false } },
    timeZone: 'Africa/Addis_Ababa',
  })
  await stage.done('eth.head', setLanguage, { language: 'ar' })
  // Half past ten in the evening in Addis Ababa.
  stage.clock.moveTo('2027-06-08T19:30:00Z')
  for (const who of ['gha.head', 'eth.head', 'secretariat', 'chair']) stage.forget(who)
  await sent()
  mailbox.mails.length = 0
  const titles = [(await called()).title, (await called()).title]
  const things = new Things(stage, round)
  const { recommendationId } = await things.recommendationToAnswer('adopted')
  await second.source.query(`UPDATE recommendation SET due_on = '2027-06-12' WHERE id = $1`, [recommendationId])
  await Promise.all([stage.app, second.app].map((app) => app.get(Reminders).look()))
  await stage.app.get(Reminders).look()
  await sent()
  expect(subjects('gha.head')).toEqual(['Report due: Share one survey'])
  expect(mailbox.to('gha.head')[0]!.text).toContain('Until Saturday, 12 June 2027')
  expect(subjects('eth.head')).toEqual([])
  expect(subjects('deu.head').sort()).toEqual(titles.map((title) => `Session called: ${title}`))
  expect((await stage.done('eth.head', listNotices, {})).filter(({ subject }) => titles.includes(subject))).toEqual([])

  stage.clock.moveTo('2027-06-09T03:00:00Z')
  await sent()
  // Both are due at the same moment, and two servers send them.
  expect(subjects('gha.head').slice(1).sort()).toEqual(titles.map((title) => `Session called: ${title}`))
  expect(subjects('eth.head')).toEqual([])
  stage.clock.moveTo('2027-06-09T04:00:00Z')
  await sent()
  const [digest] = mailbox.to('eth.head')
  expect(mailbox.to('eth.head')).toHaveLength(1)
  expect(digest!.subject).toBe('مستجدات: 2')
  expect(digest!.html).toContain('<html lang="ar" dir="rtl">')
  for (const title of titles) {
    expect(digest!.text).toContain(title)
    expect(digest!.html).toContain(title)
  }
})

it('[BELL-3] a mail program stops all mail without sign-in; the application still tells', async () => {
  const [mail] = mailbox.to('deu.head')
  expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const address = headerOf(mail, 'list-unsubscribe')!.slice(1, -1).replace('https://forum.example.org', stage.address)
  const post = (to: string) =>
    fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  expect((await post(`${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  stage.clock.moveTo('2027-06-09T05:00:00Z')
  for (const who of ['deu.head', 'gha.head', 'secretariat']) stage.forget(who)
  await sent()
  mailbox.mails.length = 0
  expect((await post(address)).ok).toBe(true)
  expect((await post(address)).ok).toBe(true)
  const { title } = await called()
  await sent()
  expect(subjects('gha.adviser')).toEqual([`Session called: ${title}`])
  expect(mailbox.to('deu.head')).toEqual([])
  expect((await stage.done('deu.head', listNotices, {}))[0]).toMatchObject({ kind: 'session_called', subject: title })
})

it('[BELL-4] who follows a thread hears at once of what others say in it, and not of their own words', async () => {
  const { threadId } = round.item
  for (const who of ['gha.head', 'eth.head']) {
    stage.forget(who)
    await stage.done(who, followThread, { threadId, follow: true })
  }
  const ethiopia = await stage.follow('eth.head', round.roundId)
  const said = await stage.done('gha.head', postMessage, { threadId, body: 'We agree.', language: 'en' })
  await until('Ethiopia is told', () => ethiopia.heard.some(({ name }) => name === 'notice.made'))
  ethiopia.close()
  const latest = async (who: string) => (await stage.done(who, listNotices, {}))[0]
  expect(await latest('eth.head')).toMatchObject({
    kind: 'statement',
    href: expect.stringContaining(said.id),
  })
  expect(await latest('gha.head')).not.toMatchObject({ kind: 'statement' })
  expect(wayOf('silence_ending', { silence_ending: { app: false, mail: 'none', push: false } })).toEqual({
    app: false,
    mail: 'direct',
    push: true,
  })
})

const told = async (who: string, kinds: readonly string[]) =>
  (await stage.done(who, listNotices, {}))
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, subject, href }) => [kind, subject, href])
const everybodyAnew = () => Object.keys(round.seats).forEach((who) => stage.forget(who))

it('[BELL-5] a returned report, a comment that is answered and a match to accept are told to those whom they concern', async () => {
  everybodyAnew()
  const kinds = ['report_returned', 'comment_answered', 'match_to_accept']
  const things = new Things(stage, round)
  const { reportId, revision } = await things.reportToReview('submitted')
  await stage.done('secretariat', reviewReport, { reportId, revision, verdict: 'returned', note: 'Which half?' })
  const returned = ['report_returned', 'Share one survey', `/follow-up#r-${reportId}`]
  expect(await told('gha.adviser', kinds)).toEqual([returned])

  const documentId = await aText(stage, round)
  const comment = await stage.done('eth.head', makeComment, {
    ...{ documentId, paragraphId: ids.first, words: { from: 8, quote: 'tools change' }, visibility: 'room' },
    ...{ body: 'Which ones?', language: 'en' },
  })
  await stage.done('gha.head', addRemark, { commentId: comment.id, body: 'All of them.', language: 'en' })
  const answered = ['comment_answered', 'Text', `/documents/${documentId}#p-${ids.first}`]
  expect(await told('eth.head', kinds)).toEqual([answered])

  const { matchId } = await new AssistanceThings(stage, round, new Things(stage, round)).matchToDecide('proposed')
  const proposed = ['match_to_accept', 'Share one survey', `/assistance#m-${matchId}`]
  expect(await told('deu.head', kinds)).toEqual([proposed])
  expect(await told('gha.head', kinds)).toEqual([proposed, returned])
  for (const who of ['secretariat', 'rej.head', 'agi.head']) expect(await told(who, kinds)).toEqual([])
})

it('[BELL-6] silence that starts, ends soon and is broken is told once to everybody; who broke it cannot be told apart', async () => {
  const { documentId, issuedId, op } = await new Deciders(stage, round).issuedText()
  const asked = { documentId, issuedId, method: 'silence', sessionId: round.sessionId } as const
  const { id } = await stage.done('chair', openProcedure, { ...asked, deadline: '2027-06-12T09:00:00Z' })
  const kindsTold = async (who: string) =>
    (await told(who, ['silence_started', 'silence_ending', 'silence_broken']))
      .filter(([, , href]) => href === `/decisions/${id}`)
      .map(([kind]) => kind)
  const remind = () => Promise.all([stage.app, second.app].map((app) => app.get(Reminders).look()))
  await remind()
  expect(await kindsTold('gha.head')).toEqual(['silence_started'])
  for (const instant of ['2027-06-11T08:59:00Z', '2027-06-11T09:00:00Z', '2027-06-11T10:00:00Z']) {
    stage.clock.moveTo(instant)
    everybodyAnew()
    await remind()
    const ending = instant < '2027-06-11T09' ? [] : ['silence_ending']
    expect(await kindsTold('gha.head')).toEqual([...ending, 'silence_started'])
  }
  const said = { text: 'Ghana cannot join.', language: 'en' } as const
  await stage.done('gha.head', breakSilence, { procedureId: id, paragraphIds: [op[0]!], ...said })
  const all = ['silence_broken', 'silence_ending', 'silence_started']
  for (const who of ['gha.head', 'gha.adviser', 'deu.head', 'secretariat']) expect(await kindsTold(who)).toEqual(all)
})
