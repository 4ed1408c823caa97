import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { me, signIn } from '@multilogue/shared/identity'
import { askForLink, choosePassword, readLink } from '@multilogue/shared/passwords'
import { getRound, listRounds, moveRound, planRound } from '@multilogue/shared/rounds'
import { endSeat, giveSeat, inviteAgain } from '@multilogue/shared/seats'
import { setRules } from '@multilogue/shared/rules'
import { row } from '../../server/src/common/sql.js'
import { FirstAccount } from '../../server/src/identity/first-account.js'
import { MailSender } from '../../server/src/notices/mail.sender.js'
import { Mailbox } from '../support/mailbox.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Coming to an account and a seat: where mail is sent, and where links are handed over. */

let mailbox: Mailbox
let mailed: Stage
let silent: Stage
let round: SmallRound
let silentRound: SmallRound
const PASSWORD = 'four plain words here'

beforeAll(async () => {
  mailbox = await Mailbox.open()
  mailed = await Stage.open({
    ...{ SMTP_URL: mailbox.url, MAIL_FROM: 'MIPF Secretariat <forum@example.org>' },
    PUBLIC_URL: 'https://forum.example.org',
  })
  silent = await Stage.open()
  round = await smallRound(mailed.world)
  silentRound = await smallRound(silent.world)
})
afterAll(async () => {
  await mailed.close()
  await silent.close()
  await mailbox.close()
})

const tokenIn = (text: string | null | undefined) => /\/welcome\/([\w-]+)/.exec(text ?? '')?.[1] ?? 'none'
const lettersTo = async (address: string) => {
  await mailed.app.get(MailSender).look()
  const invitations = mailbox.mails.filter(({ text }) => text?.includes('/welcome/'))
  return invitations.filter(({ to }) => to?.some((one) => one.address === address))
}
const adviser = (of: SmallRound, email: string) => ({
  ...{ roundId: of.roundId, delegationId: of.delegations.GHA, role: 'adviser' as const },
  ...{ email, name: 'Yaw Boateng', language: 'fr' as const },
})
const signedIn = (stage: Stage, email: string, password: string) => stage.call(null, signIn, { email, password })

it('[SEATS-1] a head brings in an adviser, who is written to in his language and signs in with the link', async () => {
  const email = 'yaw@example.org'
  const given = await mailed.done('gha.head', giveSeat, adviser(round, email))
  expect(given).toMatchObject({ name: 'Yaw Boateng', invitation: { mailed: true, link: null } })
  expect((await signedIn(mailed, email, '')).says).toBe('invalid-input')
  const [letter] = await lettersTo(email)
  expect(letter).toMatchObject({ subject: 'Un siège vous a été attribué: Round 3' })
  expect(letter!.text).toContain('https://forum.example.org/welcome/')
  const token = tokenIn(letter!.text)
  expect((await mailed.call(null, readLink, { token })).output).toEqual({
    ...{ name: 'Yaw Boateng', email, language: 'fr', roundTitle: 'Round 3' },
  })
  const seen = await mailed.done('secretariat', getRound, { roundId: round.roundId })
  const ghana = seen.delegations.find(({ code }) => code === 'GHA')!
  expect(ghana.members.at(-1)).toMatchObject({ email, invited: true, may: ['end', 'invite'] })

  expect((await mailed.call(null, choosePassword, { token, password: 'short' })).says).toBe('invalid-input')
  expect((await mailed.call(null, choosePassword, { token, password: PASSWORD })).output).toEqual({ email })
  expect((await mailed.call(null, choosePassword, { token, password: 'another password' })).says).toBe('link-expired')
  expect((await signedIn(mailed, email, PASSWORD)).output).toMatchObject({
    person: { name: 'Yaw Boateng', language: 'fr' },
    seats: [{ id: given.seatId, role: 'adviser', delegationCode: 'GHA' }],
    administers: false,
  })
})

it('[SEATS-2] addresses are seen by those who give seats, and by nobody else', async () => {
  const seenBy = async (who: string) => {
    const { delegations, officers } = await mailed.done(who, getRound, { roundId: round.roundId })
    const first = (code: string) => delegations.find((one) => one.code === code)!.members[0]!
    return [first('GHA').email, first('DEU').email, officers[0]!.email].map((email) => email !== null)
  }
  expect(await seenBy('secretariat')).toEqual([true, true, true])
  expect(await seenBy('admin')).toEqual([true, true, true])
  expect(await seenBy('gha.head')).toEqual([true, false, false])
  expect(await seenBy('gha.adviser')).toEqual([false, false, false])
  expect(await seenBy('chair')).toEqual([false, false, false])
})

it('[SEATS-3] who is known already keeps name and password, and has the seat at once', async () => {
  const email = 'DEU.adviser@demo.test'
  const input = { ...adviser(round, email), name: 'Somebody Else' }
  const given = await mailed.done('secretariat', giveSeat, input)
  expect(given).toMatchObject({ name: 'Germany adviser', invitation: { mailed: false, link: null } })
  expect((await mailed.done('deu.adviser', me, {})).seats).toHaveLength(2)
  expect((await mailed.call('secretariat', giveSeat, input)).says).toBe('already-exists')
  await mailed.done('secretariat', endSeat, { seatId: given.seatId })
  expect((await mailed.done('deu.adviser', me, {})).seats).toHaveLength(1)
  expect((await mailed.call('secretariat', inviteAgain, { seatId: given.seatId })).says).toBe('not-found')
})

it('[SEATS-4] the same address enrolled twice at once is one account', async () => {
  const email = 'twice@example.org'
  const both = await Promise.all([
    mailed.call('gha.head', giveSeat, adviser(round, email)),
    mailed.call('deu.head', giveSeat, { ...adviser(round, email.toUpperCase()), delegationId: round.delegations.DEU }),
  ])
  expect(both.map(({ says }) => says)).toEqual(['ok', 'ok'])
  const { count } = (await row<{ count: string }>(
    mailed.source,
    `SELECT count(*) FROM person WHERE lower(email) = $1`,
    [email],
  ))!
  expect(count).toBe('1')
})

it('[SEATS-5] a forgotten password: one letter in five minutes, the same answer to all, and all sign-ins end', async () => {
  const email = 'gha.adviser@demo.test'
  expect((await mailed.call('gha.adviser', me, {})).says).toBe('ok')
  for (const address of [email, email, 'nobody@example.org'])
    expect((await mailed.call(null, askForLink, { email: address })).output).toEqual({ done: true })
  expect(await lettersTo('nobody@example.org')).toEqual([])
  const letters = await lettersTo(email)
  expect(letters).toHaveLength(1)
  mailed.clock.moveTo('2027-06-08T09:06:00Z')
  await mailed.call(null, askForLink, { email })
  const [first, second] = (await lettersTo(email)).map(({ text }) => tokenIn(text))
  expect((await mailed.call(null, choosePassword, { token: first!, password: PASSWORD })).says).toBe('link-expired')
  mailed.clock.moveTo('2027-06-08T11:06:01Z')
  expect((await mailed.call(null, readLink, { token: second! })).says).toBe('link-expired')
  await mailed.call(null, askForLink, { email })
  const third = tokenIn((await lettersTo(email)).at(-1)!.text)
  await mailed.call(null, choosePassword, { token: third, password: PASSWORD })
  expect((await mailed.call('gha.adviser', me, {})).says).toBe('not-signed-in')
  expect((await signedIn(mailed, email, 'multilogue-demo')).says).toBe('wrong-credentials')
  expect((await signedIn(mailed, email, PASSWORD)).says).toBe('ok')
})

it('[SEATS-6] without mail the secretariat hands the link over; a head is given none', async () => {
  const byHead = await silent.done('gha.head', giveSeat, adviser(silentRound, 'ama@example.org'))
  expect(byHead.invitation).toEqual({ mailed: false, link: null })
  const first = await silent.done('secretariat', inviteAgain, { seatId: byHead.seatId })
  const second = await silent.done('secretariat', inviteAgain, { seatId: byHead.seatId })
  expect((await silent.call(null, readLink, { token: tokenIn(first.link) })).says).toBe('link-expired')
  silent.clock.moveTo('2027-06-22T08:59:00Z')
  await silent.call(null, askForLink, { email: 'ama@example.org' })
  await silent.call(null, choosePassword, { token: tokenIn(second.link), password: PASSWORD })
  expect((await signedIn(silent, 'ama@example.org', PASSWORD)).says).toBe('ok')
  for (const token of ['none', tokenIn(second.link).slice(0, -1), `${tokenIn(second.link)}x`])
    expect((await silent.call(null, readLink, { token })).says).toBe('not-found')
  // Two weeks later nobody is signed in any more.
  silent.forget('secretariat')
})

it('[ROUND-10] the next round takes over delegations, people, groups and rules; credentials start anew', async () => {
  const { roundId } = silentRound
  const before = await silent.done('secretariat', getRound, { roundId })
  const rules = { ...before.rules, silenceHours: 96 }
  await silent.done('secretariat', setRules, { roundId, rules, revision: before.revision })
  const input = {
    ...{ number: 4, title: 'Fourth round', place: 'Accra', opens: '2028-06-05', closes: '2028-06-09' },
    ...{ symbolPrefix: 'T.4', previousId: roundId },
  }
  const { id, seatId } = await silent.done('secretariat', planRound, input)
  const seat = seatId
  // Where no seat is named, that of the newest round acts.
  const earlier = { seat: silentRound.seats.secretariat }
  const next = await silent.done('secretariat', getRound, { roundId: id }, { seat })
  expect(next).toMatchObject({ previousId: roundId, status: 'planned', rules: { silenceHours: 96 }, sessions: [] })
  const people = ({ delegations, officers }: typeof next) => [
    ...delegations.map(({ code, name, kind, members }) => [code, name, kind, members.map((m) => [m.name, m.role])]),
    officers.map((m) => [m.name, m.role]),
  ]
  expect(people(next)).toEqual(people(await silent.done('secretariat', getRound, { roundId }, earlier)))
  expect(new Set(next.delegations.map(({ credentials }) => credentials))).toEqual(new Set(['none']))
  expect(next.bodies.map(({ code, delegationIds }) => [code, delegationIds])).toEqual([
    ['LDCs', [next.delegations.find(({ code }) => code === 'ETH')!.id]],
  ])
  expect((await silent.call('secretariat', planRound, input, earlier)).says).toBe('already-exists')
  const backwards = { ...input, symbolPrefix: 'T.5', closes: '2028-06-01' }
  expect((await silent.call('secretariat', planRound, backwards, earlier)).says).toBe('invalid-input')
  expect((await silent.done('secretariat', listRounds, {})).map(({ number }) => number)).toEqual([4, 3])
})

it('[SEATS-7] nobody is given a seat in a round that is closed', async () => {
  const { id: roundId, seatId: seat } = await silent.done('secretariat', planRound, {
    ...{ number: 5, title: 'Fifth', place: 'Rabat', opens: '2029-06-05', closes: '2029-06-09', symbolPrefix: 'T.5' },
    previousId: null,
  })
  const steps = ['open', 'in_session', 'adopted', 'follow_up', 'under_review', 'closed'] as const
  for (const [index, status] of steps.entries())
    await silent.done('secretariat', moveRound, { roundId, status, revision: index + 1 }, { seat })
  const input = { roundId, delegationId: null, role: 'chair' as const }
  const who = { email: 'late@example.org', name: 'Late', language: 'en' as const }
  expect((await silent.call('secretariat', giveSeat, { ...input, ...who }, { seat })).says).toBe('wrong-state')
})

it('[FIRST-1] an empty database has a first account, who plans the first round and sits in its secretariat', async () => {
  const empty = await Stage.open()
  const first = empty.app.get(FirstAccount)
  const email = 'founder@example.org'
  const lost = tokenIn(await first.make(email))
  const token = tokenIn(await first.make(email))
  expect((await empty.call(null, readLink, { token: lost })).says).toBe('link-expired')
  await empty.call(null, choosePassword, { token, password: PASSWORD })
  expect(await first.make(email)).toBeUndefined()
  expect(await first.make('second@example.org')).toBeUndefined()

  const { headers } = await signedIn(empty, email, PASSWORD)
  const cookie = headers!.get('set-cookie')!.split(';')[0]!
  const sent = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${empty.address}/api${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    return (await answer.json()) as { id: string; seats: object[]; administers: boolean }
  }
  expect(await sent('GET', '/me')).toMatchObject({ seats: [], administers: true })
  const round = { number: 1, title: 'First round', place: 'Vienna', opens: '2027-06-08', closes: '2027-06-10' }
  const { id } = await sent('POST', '/rounds', { ...round, symbolPrefix: 'A.1', previousId: null })
  expect(await sent('GET', '/me')).toMatchObject({ seats: [{ role: 'secretariat', roundId: id }] })
  await empty.close()
})
