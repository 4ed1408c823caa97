import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { closeItem, getBoard, park } from '@multilogue/shared/actions'
import { draftListing } from '@multilogue/shared/assistance'
import { conductThread, editMessage, listMessages, postMessage } from '@multilogue/shared/dialogue'
import { EVENTS, type Happening } from '@multilogue/shared/events'
import { listPositions, standDown, standOn } from '@multilogue/shared/message-positions'
import { followThread, listNotices } from '@multilogue/shared/notices'
import { draftSummary, getProceedings, publishKeyPoint, publishSummary } from '@multilogue/shared/proceedings'
import { makeRecommendation } from '@multilogue/shared/recommendations'
import { addAgendaItem } from '@multilogue/shared/rounds'
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

const anItem = (questions: string[] = []) =>
  stage.done('secretariat', addAgendaItem, {
    ...{ sessionId: round.sessionId, number: String(number++), title: 'Aligning digital and industrial policy' },
    questions,
  })
const say = (who: string, threadId: string, body = 'Said.', language: 'ar' | 'en' | 'es' | 'fr' = 'en') =>
  stage.done(who, postMessage, { threadId, body, language })

it('[DIALOGUE-1] nine statements in four languages: the summary cites all, and those who follow are told, nobody else', async () => {
  const { threadId } = await anItem(['Where do they conflict?', 'Which data is needed?'])
  await stage.done('chair', conductThread, { threadId, floor: 'all', revision: 1 })
  for (const who of ['gha.head', 'unctad.head']) await stage.done(who, followThread, { threadId, follow: true })
  const [ghana, germany] = [
    await stage.follow('gha.head', round.roundId),
    await stage.follow('deu.head', round.roundId),
  ]
  const said = [
    await say('chair', threadId),
    await say('gha.head', threadId),
    await say('eth.head', threadId, 'تحتاج التعاونيات إلى أدوات بسيطة.', 'ar'),
    await say('deu.head', threadId, 'L’Allemagne peut appuyer.', 'fr'),
    await say('gha.adviser', threadId, 'Sin reglas claras.', 'es'),
    await say('unctad.head', threadId),
    await say('agi.head', threadId),
    await say('facilitator', threadId),
    await stage.done('deu.head', postMessage, { threadId, body: 'The first.', language: 'en', question: 1 }),
  ]
  expect(said[2]).toMatchObject({ language: 'ar', dir: 'rtl' })
  expect(said[3]).toMatchObject({ language: 'fr', dir: 'ltr' })
  const cites = said.map(({ id }) => id)

  const text = 'Ministries work from different data.'
  await stage.done('rapporteur', publishKeyPoint, { threadId, text, language: 'en', cites: cites.slice(0, 2) })
  const first = { threadId, body: 'Eight of them.', language: 'en' as const, cites: cites.slice(0, 8), revision: null }
  const draft = await stage.done('rapporteur', draftSummary, first)
  expect((await stage.call('rapporteur', draftSummary, first)).says).toBe('stale-revision')
  expect((await stage.done('chair', getProceedings, { threadId })).draft).toMatchObject({ no: null })
  expect((await stage.done('deu.head', getProceedings, { threadId })).draft).toBeNull()
  await stage.done('rapporteur', publishSummary, { threadId, revision: draft.revision })
  expect(await stage.done('deu.head', getProceedings, { threadId })).toMatchObject({
    ...{ statements: 9, uncited: [cites[8]], summaries: [{ no: 1 }], keyPoints: [{ text, cites: cites.slice(0, 2) }] },
    questions: [
      { no: 1, statements: [cites[8]], keyPoints: 0 },
      { no: 2, statements: [], keyPoints: 0 },
    ],
  })
  const second = await stage.done('rapporteur', draftSummary, { ...first, body: 'All nine.', cites })
  await stage.done('rapporteur', publishSummary, { threadId, revision: second.revision })
  const after = await stage.done('gha.head', getProceedings, { threadId })
  expect(after.summaries.map(({ no, body }) => [no, body])).toEqual([
    [2, 'All nine.'],
    [1, 'Eight of them.'],
  ])
  expect(after).toMatchObject({ uncited: [], following: true, followers: 2, summaries: [{ cites }, {}] })

  const isProceedings = ({ name, payload }: Happening) =>
    name === 'notice.made' && EVENTS['notice.made'].parse(payload).kind !== 'statement'
  const told = (of: typeof ghana) => of.heard.filter(isProceedings).length
  await until('the summary is heard of', () => germany.heard.filter((h) => h.name === 'summary.published').length === 2)
  await until('Ghana is told', () => told(ghana) === 3)
  expect(told(germany)).toBe(0)
  const toldIn = async (who: string) => {
    const all = await stage.done(who, listNotices, {})
    return all.map(({ kind }) => kind).filter((kind) => kind === 'summary' || kind === 'key_point')
  }
  expect(await toldIn('gha.head')).toEqual(['summary', 'summary', 'key_point'])
  expect(await toldIn('deu.head')).toEqual([])
  for (const one of [ghana, germany]) one.close()

  const { threadId: other } = await anItem()
  const foreign = { ...first, threadId: other }
  expect((await stage.call('rapporteur', draftSummary, foreign)).says).toBe('invalid-input')
})

it('[DIALOGUE-2] a delegation has one position, on the words that it read; only what the chair puts on record is kept', async () => {
  const { threadId } = await anItem()
  const { id: messageId } = await say('gha.head', threadId)
  const stand = (who: string, kind: 'supports' | 'has_concerns', revision: number) =>
    stage.call(who, standOn, { messageId, kind, revision })
  await stand('deu.head', 'supports', 1)
  await stand('deu.head', 'has_concerns', 1)
  const standing = async () => (await stage.done('eth.head', listMessages, { threadId }))[0]!.positions
  expect(await standing()).toMatchObject([{ code: 'DEU', kind: 'has_concerns', onRecord: false, revision: 1 }])
  expect(await stage.done('eth.head', listPositions, { messageId })).toHaveLength(1)

  await stage.done('gha.head', editMessage, { messageId, body: 'Said better.', revision: 1 })
  expect((await stand('eth.head', 'supports', 1)).says).toBe('stale-revision')
  const recording = { threadId, positionsOnRecord: true, revision: 1 }
  expect((await stage.call('secretariat', conductThread, recording)).says).toBe('not-allowed')
  await stage.done('chair', conductThread, recording)
  await stand('eth.head', 'has_concerns', 2)
  await stand('eth.head', 'supports', 2)
  await stage.done('eth.head', standDown, { messageId })
  expect((await standing()).map(({ code }) => code)).toEqual(['DEU'])
  const ever = await stage.done('deu.head', listPositions, { messageId })
  expect(ever.map(({ code, kind, onRecord, endedAt }) => [code, kind, onRecord, endedAt !== null])).toEqual([
    ['DEU', 'has_concerns', false, false],
    ['ETH', 'has_concerns', true, true],
    ['ETH', 'supports', true, true],
  ])
  expect((await stage.call('eth.head', standDown, { messageId })).says).toBe('wrong-state')
})

it('[DIALOGUE-3] what comes of a statement stands on the board, and an item is closed over an unowned action only with a reason', async () => {
  const { roundId, delegations } = round
  const { id: agendaItemId, threadId } = await anItem()
  const { id: messageId } = await say('gha.head', threadId)
  await stage.done('gha.head', makeRecommendation, {
    ...{ roundId, title: 'Share a survey', language: 'en', force: 'voluntary', owner: 'Ghana' },
    ...{ addresseeIds: [delegations.GHA], from: { kind: 'message', messageId } },
  })
  const offer = await stage.done('deu.head', draftListing, {
    ...{ roundId, side: 'offer', title: 'Advisers', description: 'Sixty days.', language: 'en', messageId },
    ...{ cooperationType: 'technical_cooperation', modalities: ['expert'] },
  })
  await stage.done('rapporteur', park, { messageId, title: 'Who measures', reason: 'Nobody could say.' })
  const kinds = async (who: string) =>
    (await stage.done(who, getBoard, { agendaItemId })).actions.map(({ kind, unowned }) => [kind, unowned])
  expect(await kinds('deu.head')).toEqual([
    ['recommendation', false],
    ['offer', false],
    ['parked', true],
  ])
  // A draft is its owner's alone, on the board as everywhere.
  expect((await kinds('eth.head')).map(([kind]) => kind)).toEqual(['recommendation', 'parked'])
  const trace = await stage.done('deu.head', getTrace, { kind: 'listing', id: offer.id })
  expect(trace.some(({ kind, id, distance }) => kind === 'message' && id === messageId && distance === -1)).toBe(true)

  const close = { agendaItemId, state: 'closed' as const, revision: 1 }
  const refused = await stage.call('chair', closeItem, close)
  expect(refused).toMatchObject({ says: 'action-unowned', problem: { actions: [{ title: 'Who measures' }] } })
  const reason = 'The next session names an owner.'
  expect(await stage.done('chair', closeItem, { ...close, reason })).toMatchObject({
    ...{ state: 'closed', closedReason: reason },
  })
  const late = { threadId, body: 'Late.', language: 'en' as const }
  expect((await stage.call('gha.head', postMessage, late)).says).toBe('wrong-state')
  const opening = { threadId, state: 'open' as const, revision: 2 }
  expect((await stage.call('chair', conductThread, opening)).says).toBe('wrong-state')
  await stage.done('chair', closeItem, { agendaItemId, state: 'open', revision: 2 })
  expect((await stage.call('gha.head', postMessage, late)).says).toBe('ok')
})
