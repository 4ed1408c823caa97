import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { decideCarryOver } from '@multilogue/shared/carrying'
import { assessChange, getChangeTable, movementOf } from '@multilogue/shared/change-table'
import { listReports, reviewReport, submitReport, withdrawEvidence } from '@multilogue/shared/follow-up'
import { nameDiscussant, prepareReview } from '@multilogue/shared/reviews'
import { getRound, moveRound, planRound, RoundStatus, scheduleSession, setCredentials } from '@multilogue/shared/rounds'
import {
  getRecommendation,
  succeedRecommendations,
  type ImplementationStatus,
} from '@multilogue/shared/recommendations'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* A country is reviewed again: what was then, what is now, and who sees it how. */

let stage: Stage
let earlier: SmallRound
let roundId: string
let sessionId: string
let reviewId: string
let delegations: Record<string, string>
/** Done and proven, begun, not begun; a fourth one is Ethiopia's. */
let made: string[]

const seats: Record<string, string> = {}
const how = (who: string) => ({ seat: seats[who]! })
const EN = { language: 'en' as const }
/** Sign-ins do not last as long as rounds do. */
function moveTo(instant: string) {
  stage.clock.moveTo(instant)
  for (const who of ['secretariat', 'chair', 'gha.head', 'deu.head', 'eth.head']) stage.forget(who)
}

async function report(recommendationId: string, proposedStatus: ImplementationStatus, seat?: { seat: string }) {
  const said = { recommendationId, narrative: `It is ${proposedStatus}.`, proposedStatus, ...EN }
  return stage.done('gha.head', submitReport, { ...said, evidenceUrl: 'https://example.org/note' }, seat)
}
async function validated(id: string, status: ImplementationStatus, here?: true) {
  const { id: reportId } = await report(id, status, here && how('gha.head'))
  const verdict = { reportId, verdict: 'validated' as const, revision: 1 }
  await stage.done('secretariat', reviewReport, verdict, here && how('secretariat'))
  return reportId
}
const table = (who: string) => stage.done(who, getChangeTable, { sessionId }, how(who))

beforeAll(async () => {
  stage = await Stage.open()
  earlier = await smallRound(stage.world)
  const things = new Things(stage, earlier)
  made = []
  for (let at = 0; at < 3; at++) made.push((await things.recommendationToAnswer('adopted')).recommendationId)
  await validated(made[0]!, 'implemented')
  await validated(made[1]!, 'in_progress')
  for (const [index, status] of RoundStatus.options.slice(2).entries()) {
    if (status === 'closed') moveTo('2028-03-01T09:00:00Z')
    await stage.done('secretariat', moveRound, { roundId: earlier.roundId, status, revision: index + 2 })
  }
  const planned = await stage.done('secretariat', planRound, {
    ...{ number: 4, title: 'Fourth', place: 'Accra', opens: '2028-06-05', closes: '2028-06-09', symbolPrefix: 'T.4' },
    previousId: earlier.roundId,
  })
  roundId = planned.id
  seats.secretariat = planned.seatId
  const round = await stage.done('secretariat', getRound, { roundId }, how('secretariat'))
  delegations = Object.fromEntries(round.delegations.map(({ code, id }) => [code, id]))
  const sitting = await stage.source.query<{ id: string; email: string }[]>(
    `SELECT s.id, p.email FROM seat s JOIN person p ON p.id = s.person_id WHERE s.round_id = $1`,
    [roundId],
  )
  for (const { id, email } of sitting) seats[email.split('@')[0]!] = id
  for (const { id: delegationId, revision } of round.delegations)
    await stage.done(
      'secretariat',
      setCredentials,
      { delegationId, credentials: 'accepted', revision },
      how('secretariat'),
    )
  await stage.done('secretariat', moveRound, { roundId, status: 'open', revision: 1 }, how('secretariat'))
  const times = { startsAt: '2028-06-06T08:00:00Z', endsAt: '2028-06-06T10:00:00Z', timeZone: 'Africa/Accra' }
  const place = { roundId, kind: 'plenary' as const, title: 'Ghana again', venue: 'Hall', ...times }
  sessionId = (await stage.done('secretariat', scheduleSession, place, how('secretariat'))).id
  const prepared = { sessionId, delegationId: delegations.GHA!, questions: ['What has changed?'] }
  const itself = { ...prepared, discussantId: delegations.GHA! }
  const refused = await stage.call('secretariat', prepareReview, itself, how('secretariat'))
  expect(refused.says).toBe('wrong-state')
  reviewId = (await stage.done('secretariat', prepareReview, prepared, how('secretariat'))).id
})
afterAll(() => stage.close())

it('[CHANGE-1] the old rating is that of the end of the last round, whatever has been proven or withdrawn since', async () => {
  moveTo('2028-04-01T09:00:00Z')
  await validated(made[1]!, 'implemented', true)
  const [first] = await stage.done(
    'secretariat',
    listReports,
    { roundId, recommendationId: made[0] },
    how('secretariat'),
  )
  const taken = { reportId: first!.id, reason: 'The file was of another year.', revision: first!.revision }
  await stage.done('secretariat', withdrawEvidence, taken, how('secretariat'))
  await stage.done(
    'secretariat',
    decideCarryOver,
    { roundId, recommendationIds: [made[2]!], act: 'closed', reason: 'It is out of date.' },
    how('secretariat'),
  )
  const { changes, figures, since } = await table('eth.head')
  expect(since).toBe('2028-03-01T09:00:00.000Z')
  const words = changes.map(({ then, now, act }) => [
    ...[then.status, then.assurance, now.status, now.assurance],
    ...[movementOf(then, now), act],
  ])
  expect(words).toEqual([
    ['implemented', 'validated', 'implemented', 'self_reported', 'back', null],
    ['in_progress', 'validated', 'implemented', 'validated', 'forward', null],
    ['not_started', 'none', 'not_started', 'none', 'same', 'closed'],
  ])
  expect(figures).toMatchObject({
    then: { base: 3, implemented: 1, triggered: 2 },
    now: { base: 3, implemented: 1, triggered: 2 },
  })
})

it('[CHANGE-2] country, secretariat and peers stand beside each other, dated; nobody writes over anybody', async () => {
  await report(made[0]!, 'implemented', how('gha.head'))
  const peer = { reviewId, delegationId: delegations.DEU! }
  await stage.done('secretariat', nameDiscussant, peer, how('secretariat'))
  const say = (who: string, words: string, revision: number) => {
    const said = { status: 'partially_implemented', impact: 'limited', words, revision, ...EN } as const
    return stage.call(who, assessChange, { reviewId, recommendationId: made[1]!, ...said }, how(who))
  }
  moveTo('2028-06-06T09:00:00Z')
  expect((await say('deu.head', 'We see one half.', 0)).says).toBe('ok')
  moveTo('2028-06-06T09:10:00Z')
  expect((await say('secretariat', 'We see it too.', 0)).says).toBe('ok')
  expect((await say('secretariat', 'From another page.', 0)).says).toBe('stale-revision')
  expect((await say('secretariat', 'Looked at again.', 1)).says).toBe('ok')
  for (const who of ['gha.head', 'eth.head', 'chair']) expect((await say(who, 'No.', 0)).says).toBe('not-allowed')
  const { changes, side, may } = await table('gha.head')
  expect([side, may]).toEqual([null, []])
  expect(changes[1]).toMatchObject({
    now: { status: 'implemented' },
    reported: { status: 'implemented', state: 'validated', narrative: 'It is implemented.' },
    assessments: [
      { side: 'secretariat', no: 2, words: 'Looked at again.', delegationName: null },
      { side: 'secretariat', no: 1, words: 'We see it too.' },
      { side: 'peer', no: 1, at: '2028-06-06T09:00:00+00:00', delegationName: 'Germany' },
    ],
  })
  // What is not validated yet is the country's and the secretariat's to read.
  expect(changes[0]!.reported).toMatchObject({ state: 'submitted' })
  expect((await table('deu.head')).changes[0]!.reported).toMatchObject({ state: 'validated' })
  // Another discussant: what was said for the peers stays theirs who said it.
  await stage.done('secretariat', nameDiscussant, { ...peer, delegationId: delegations.ETH! }, how('secretariat'))
  expect((await say('deu.head', 'Once more.', 1)).says).toBe('not-allowed')
  expect((await say('eth.head', 'Ethiopia agrees.', 1)).says).toBe('ok')
  const peers = (await table('chair')).changes[1]!.assessments.filter((one) => one.side === 'peer')
  expect(peers.map((one) => one.delegationName)).toEqual(['Ethiopia', 'Germany'])
})

it('[CHANGE-3] nothing that is not in the table is assessed', async () => {
  const here = await new Things(stage, earlier).recommendationToAnswer('proposed')
  const said = { status: 'implemented', impact: 'none', words: 'Of another.', revision: 0, ...EN } as const
  const foreign = { reviewId, recommendationId: here.recommendationId, ...said }
  expect((await stage.call('secretariat', assessChange, foreign, how('secretariat'))).says).toBe('not-found')
})

it('[CHANGE-4] what the register merges in the round of the review keeps its row, with what was said of it', async () => {
  // What was closed leads on nowhere: it is taken up again first.
  const again = { roundId, recommendationIds: made.slice(1), act: 'carried' as const }
  await stage.done('secretariat', decideCarryOver, again, how('secretariat'))
  const before = await table('secretariat')
  const from = []
  for (const recommendationId of made.slice(1)) {
    const { revision } = await stage.done('secretariat', getRecommendation, { recommendationId }, how('secretariat'))
    from.push({ recommendationId, revision })
  }
  const whole = { kind: 'new' as const, title: 'Both', force: 'voluntary' as const, ...EN }
  const into = [{ ...whole, addresseeIds: [delegations.GHA!] }]
  const merged = { roundId, act: 'merged' as const, reason: 'The same course.', from, into }
  await stage.done('secretariat', succeedRecommendations, merged, how('secretariat'))
  const after = await table('secretariat')
  expect(after.figures).toEqual(before.figures)
  expect(after.changes.map(({ act }) => act)).toEqual([null, 'merged', 'merged'])
  expect(after.changes).toEqual(before.changes.map((one, at) => (at === 0 ? one : { ...one, act: 'merged' })))
  expect(after.changes[1]!.assessments).toHaveLength(4)
  const said = { status: 'implemented', impact: 'substantial', words: 'As part of both.', revision: 2, ...EN } as const
  const further = { reviewId, recommendationId: made[1]!, ...said }
  const { changes } = await stage.done('secretariat', assessChange, further, how('secretariat'))
  expect(changes[1]!.assessments).toContainEqual(expect.objectContaining({ no: 3, words: 'As part of both.' }))
})
