import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openDocument } from '@multilogue/shared/documents'
import { getIssued } from '@multilogue/shared/negotiation'
import {
  answerInWriting,
  askInWriting,
  assess,
  getReview,
  prepareReview,
  submitStatement,
  type Review,
} from '@multilogue/shared/reviews'
import { conductSession, getSession, issueAgenda, scheduleSession } from '@multilogue/shared/rounds'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

const ALL = 24
const EN = { language: 'en' as const }
let stage: Stage
let round: SmallRound
let review: Review

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  const times = { startsAt: '2027-06-09T08:00:00Z', endsAt: '2027-06-09T10:00:00Z', timeZone: 'Africa/Accra' }
  const place = { roundId: round.roundId, kind: 'plenary' as const, title: 'Ghana', venue: 'Boardroom D' }
  const { id: sessionId } = await stage.done('secretariat', scheduleSession, { ...place, ...times })
  const questions = Array.from({ length: ALL }, (_, at) => `Question ${at + 1}`)
  const asked = { sessionId, delegationId: round.delegations.GHA, questions }
  review = await stage.done('secretariat', prepareReview, asked)
  expect((await stage.call('secretariat', prepareReview, asked)).says).toBe('already-exists')
})
afterAll(() => stage.close())

const open = async () => {
  const { revision } = await stage.done('chair', getSession, { sessionId: review.sessionId })
  return stage.call('chair', conductSession, { sessionId: review.sessionId, status: 'live', revision })
}
const answer = (no: number, revision = 1) =>
  stage.call('gha.adviser', assess, { reviewId: review.id, no, answer: `Answer ${no}`, revision })

it('[REVIEW-1] a session opens once statement and self-assessment are on file; questions in writing are answered', async () => {
  const { roundId } = round
  await stage.done('secretariat', issueAgenda, { roundId, ...EN })
  for (let no = 1; no < ALL; no++) await answer(no)
  expect(await open()).toMatchObject({
    says: 'wrong-state',
    problem: {
      detail:
        'The review of Ghana cannot begin: the policy statement is not submitted, and 1 of 24 questions of the self-assessment are not answered.',
    },
  })

  const text = {
    roundId,
    kind: 'policy_statement',
    title: 'Policy statement',
    visibility: 'delegation',
    ...EN,
  } as const
  const { id: documentId } = await stage.done('gha.head', openDocument, text)
  const submit = () => stage.call('gha.head', submitStatement, { reviewId: review.id, documentId })
  expect(await submit()).toMatchObject({ says: 'wrong-state', problem: { detail: 'The text is empty.' } })
  await stage.world.begin('gha.head', documentId, [{ kind: 'paragraph', text: 'We add value at home.' }])
  const { heard, close } = await stage.follow('deu.head', roundId)
  const submitted = await stage.done('gha.head', submitStatement, { reviewId: review.id, documentId })
  expect(submitted.statement).toMatchObject({ symbol: 'T.3/2', title: 'Policy statement' })
  expect((await submit()).says).toBe('wrong-state')
  expect(await open()).toMatchObject({
    says: 'wrong-state',
    problem: { detail: expect.not.stringContaining('statement') },
  })
  const { issuedId } = submitted.statement!
  expect((await stage.done('deu.head', getIssued, { issuedId })).blocks).toHaveLength(1)

  await answer(ALL)
  const ask = (body: string) => stage.done('unctad.head', askInWriting, { reviewId: review.id, body, ...EN })
  const { written } = [await ask('Which clusters?'), await ask('By when?')][1]!
  for (const { id: questionId } of written)
    await stage.done('gha.head', answerInWriting, { questionId, body: 'As planned.', ...EN })
  const again = { questionId: written[0]!.id, body: 'Other words.', ...EN }
  expect((await stage.call('gha.head', answerInWriting, again)).says).toBe('wrong-state')
  const full = await stage.done('deu.head', getReview, { sessionId: review.sessionId })
  expect(full).toMatchObject({ answered: ALL, may: ['ask'] })
  expect(full.written.map(({ code, answer }) => [code, answer?.body])).toEqual([
    ['UNCTAD', 'As planned.'],
    ['UNCTAD', 'As planned.'],
  ])
  expect(heard.filter(({ name }) => name === 'review.changed').length).toBeGreaterThan(4)
  close()
  expect((await open()).says).toBe('ok')
  expect((await answer(1, 2)).says).toBe('wrong-state')
})

it('[REVIEW-2] two members answer one question: the second is told, and nothing is lost', async () => {
  const times = { startsAt: '2027-06-09T12:00:00Z', endsAt: '2027-06-09T13:00:00Z', timeZone: 'Africa/Accra' }
  const place = { roundId: round.roundId, kind: 'plenary' as const, title: 'Ethiopia', venue: 'Boardroom D' }
  const { id: sessionId } = await stage.done('secretariat', scheduleSession, { ...place, ...times })
  const asked = { sessionId, delegationId: round.delegations.ETH, questions: ['What next?'] }
  const { id: reviewId } = await stage.done('secretariat', prepareReview, asked)
  const say = (who: string, words: string) =>
    stage.call(who, assess, { reviewId, no: 1, answer: words, revision: 1, source: 'https://example.org/note' })
  const says = (await Promise.all([say('eth.head', 'One.'), say('eth.adviser', 'Two.')])).map((one) => one.says)
  expect(says.sort()).toEqual(['ok', 'stale-revision'])
  const bad = { reviewId, no: 1, answer: 'x', revision: 2 }
  expect((await stage.call('eth.head', assess, { ...bad, source: 'javascript:alert(1)' })).says).toBe('invalid-input')
  expect((await stage.call('eth.head', assess, { ...bad, no: 7 })).says).toBe('not-found')
})
