import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { getBoard } from '@multilogue/shared/actions'
import { draftListing } from '@multilogue/shared/assistance'
import { editMessage, getThread, listMessages, listWordings, postMessage } from '@multilogue/shared/dialogue'
import { endSeat } from '@multilogue/shared/seats'
import { listPositions, standOn } from '@multilogue/shared/message-positions'
import { listPrivateThreads, openPrivateThread } from '@multilogue/shared/private-threads'
import { listNotices } from '@multilogue/shared/notices'
import { getProceedings } from '@multilogue/shared/proceedings'
import { makeRecommendation } from '@multilogue/shared/recommendations'
import { search } from '@multilogue/shared/search'
import { addAgendaItem, formBody } from '@multilogue/shared/rounds'
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

const anItem = () =>
  stage.done('secretariat', addAgendaItem, { sessionId: round.sessionId, number: String(number++), title: 'Item' })
const say = (who: string, threadId: string, body: string) =>
  stage.done(who, postMessage, { threadId, body, language: 'en' })
const STRANGERS = ['eth.head', 'unctad.head', 'agi.head', 'chair', 'facilitator', 'secretariat', 'admin', 'outsider']

it('[TALK-1] what a delegation says among itself is found by nobody else, over no way', async () => {
  const { id: agendaItemId, threadId: room } = await anItem()
  const followers = await Promise.all(
    ['gha.adviser', 'eth.head', 'secretariat'].map((who) => stage.follow(who, round.roundId)),
  )
  const open = () => stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const [{ id: threadId }, again] = await Promise.all([open(), open()])
  expect(again.id).toBe(threadId)
  const { id: messageId } = await say('gha.head', threadId, 'We can live with it.')
  await stage.done('gha.head', editMessage, { messageId, body: 'We can live with half of it.', revision: 1 })
  await say('deu.head', room, 'Said before all.')

  for (const who of [...STRANGERS, 'deu.head']) {
    const answers = [
      await stage.call(who, getThread, { threadId }),
      await stage.call(who, listMessages, { threadId }),
      await stage.call(who, getProceedings, { threadId }),
      await stage.call(who, listWordings, { messageId }),
      await stage.call(who, listPositions, { messageId }),
      await stage.call(who, getTrace, { kind: 'thread', id: threadId }),
      await stage.call(who, getTrace, { kind: 'message', id: messageId }, { via: 'socket' }),
    ]
    expect([who, ...new Set(answers.map(({ says }) => says))]).toEqual([who, 'not-found'])
  }
  const listed = await stage.done('gha.adviser', listPrivateThreads, { agendaItemId })
  expect(listed).toEqual([{ id: threadId, visibility: 'delegation', bodyId: null, name: 'Ghana', statements: 1 }])

  const [adviser, ethiopia, secretariat] = followers
  const names = (heard: typeof adviser) => heard!.heard.map(({ name }) => name)
  await until('all have heard', () => followers.every((one) => names(one).includes('message.posted')))
  expect(names(adviser)).toEqual(['thread.opened', 'message.posted', 'message.edited', 'message.posted'])
  for (const one of [ethiopia, secretariat]) expect(names(one)).toEqual(['message.posted'])
  // Whoever was away is not told afterwards either.
  const back = await stage.follow('eth.head', round.roundId, 0)
  await until('all is heard again', () => back.heard.some(({ seq }) => seq === ethiopia!.heard.at(-1)!.seq))
  expect(JSON.stringify(back.heard)).not.toContain(threadId)
  for (const one of [...followers, back]) one.close()
})

it('[TALK-2] nothing is carried out of a private thread, and its own people trace what was said in it', async () => {
  const { id: agendaItemId } = await anItem()
  const { id: threadId } = await stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const { id: messageId } = await say('gha.head', threadId, 'Among us.')
  const recommendation = {
    ...({ roundId: round.roundId, title: 'Share', language: 'en', force: 'voluntary', owner: 'Ghana' } as const),
    ...{ addresseeIds: [round.delegations.GHA], from: { kind: 'message', messageId } as const },
  }
  const listing = {
    ...({
      roundId: round.roundId,
      side: 'offer',
      title: 'Advisers',
      description: 'Sixty.',
      language: 'en',
      messageId,
    } as const),
    ...{ cooperationType: 'technical_cooperation' as const, modalities: ['expert' as const] },
  }
  expect((await stage.call('gha.head', makeRecommendation, recommendation)).says).toBe('wrong-state')
  expect((await stage.call('gha.head', draftListing, listing)).says).toBe('wrong-state')
  expect((await stage.done('gha.head', getBoard, { agendaItemId })).actions).toEqual([])
  const trace = await stage.done('gha.adviser', getTrace, { kind: 'message', id: messageId })
  expect(trace.map(({ href }) => href).at(-1)).toContain(`thread=${threadId}#m-${messageId}`)
})

it('[TALK-3] a group talks among its members, who take positions; a seat that has ended finds nothing', async () => {
  const { id: agendaItemId } = await anItem()
  const delegationIds = [round.delegations.GHA, round.delegations.DEU]
  const group = await stage.done('secretariat', formBody, {
    roundId: round.roundId,
    code: 'Two',
    name: 'Two',
    delegationIds,
  })
  const input = { agendaItemId, visibility: 'group' as const, bodyId: group.id }
  const { id: threadId } = await stage.done('gha.head', openPrivateThread, input)
  const { id: messageId } = await say('gha.head', threadId, 'Shall we?')
  const forGroup = { threadId, body: 'For all.', language: 'en' as const, onBehalfOf: group.id }
  expect((await stage.call('gha.head', postMessage, forGroup)).says).toBe('wrong-state')
  expect(await stage.done('deu.head', standOn, { messageId, kind: 'supports', revision: 1 })).toHaveLength(1)
  for (const who of STRANGERS) expect((await stage.call(who, listMessages, { threadId })).says).toBe('not-found')

  const heard = await stage.follow('deu.adviser', round.roundId)
  await stage.done('secretariat', endSeat, { seatId: round.seats['deu.adviser']! })
  await say('gha.head', threadId, 'The adviser has left.')
  expect((await stage.call('deu.adviser', listMessages, { threadId })).says).not.toBe('ok')
  expect((await stage.done('deu.head', listMessages, { threadId })).length).toBe(2)
  expect(JSON.stringify(heard.heard)).not.toContain('The adviser has left.')
  heard.close()
})

it('[TALK-4] who is mentioned is told, unless the thread is not theirs, and what is quoted keeps the words that were read', async () => {
  const { id: agendaItemId, threadId } = await anItem()
  const { id: messageId } = await say('deu.head', threadId, 'Results are measured from the start.')
  const mentions = [
    { kind: 'delegation' as const, id: round.delegations.ETH },
    { kind: 'seat' as const, id: round.seats['deu.head']! },
  ]
  const quote = { messageId, revision: 1, words: 'measured from the start' }
  const said = { threadId, body: '@Ethiopia and @Germany head: agreed.', language: 'en' as const }
  const posted = await stage.done('gha.head', postMessage, { ...said, mentions, quote })
  expect(posted.mentions.map(({ name }) => name)).toEqual(['Ethiopia', 'Germany head'])
  await stage.done('deu.head', editMessage, { messageId, body: 'Results are measured later.', revision: 1 })
  const after = (await stage.done('eth.head', listMessages, { threadId })).at(-1)!
  expect(after.quote).toMatchObject({ ...quote, speaker: 'Germany', reworded: true })
  expect(after.quote!.href).toMatch(new RegExp(`#m-${messageId}$`))
  const late = { ...said, quote: { ...quote, revision: 2 } }
  expect((await stage.call('gha.head', postMessage, late)).says).toBe('invalid-input')
  const elsewhere = { ...said, mentions: [{ kind: 'seat' as const, id: round.seats.outsider! }] }
  expect((await stage.call('gha.head', postMessage, elsewhere)).says).toBe('invalid-input')

  const mentionsOf = async (who: string) =>
    (await stage.done(who, listNotices, {})).filter(({ kind }) => kind === 'mention')
  for (const who of ['eth.head', 'eth.adviser', 'deu.head']) expect(await mentionsOf(who)).toHaveLength(1)
  expect((await mentionsOf('eth.head'))[0]!.href).toMatch(new RegExp(`#m-${posted.id}$`))

  const own = await stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const inPrivate = await stage.done('gha.head', postMessage, { ...said, threadId: own.id, mentions, quote })
  expect(await mentionsOf('eth.head')).toHaveLength(1)
  const leak = { ...said, quote: { messageId: inPrivate.id, revision: 1, words: 'agreed' } }
  expect((await stage.call('gha.head', postMessage, leak)).says).toBe('wrong-state')
  expect((await stage.call('eth.head', postMessage, leak)).says).toBe('not-found')
})

it('[TALK-5] every language finds its words, marked, and a search finds nothing that its reader may not read', async () => {
  const { id: agendaItemId, threadId } = await anItem()
  const own = await stage.done('gha.head', openPrivateThread, { agendaItemId, visibility: 'delegation' })
  const said = async (threadOf: string, language: 'ar' | 'en' | 'es' | 'fr' | 'ru' | 'zh', body: string) =>
    (await stage.done('gha.head', postMessage, { threadId: threadOf, language, body })).id
  const words = {
    ar: ['التعاونيات', await said(threadId, 'ar', 'تحتاج التعاونيات النسائية إلى أدوات بسيطة.')],
    es: ['cooperativa', await said(threadId, 'es', 'Las cooperativas necesitan herramientas.')],
    fr: ['coopérative', await said(threadId, 'fr', 'Un premier groupe de coopératives.')],
    ru: ['кооперативы', await said(threadId, 'ru', 'Нужна поддержка женских кооперативов.')],
    zh: ['产业政策', await said(threadId, 'zh', '我们支持数字转型与产业政策的协调。')],
    en: ['survey', await said(threadId, 'en', 'Two surveys were made of the clusters.')],
  } as const
  const find = (who: string, asked: object) =>
    stage.done(who, search, { roundId: round.roundId, ...(asked as { words: string }) })
  for (const [language, [asked, id]] of Object.entries(words)) {
    // Kindred words of another language may stand beside it.
    const found = (await find('eth.head', { words: asked })).find((one) => one.id === id)
    expect([language, found?.language]).toEqual([language, language])
    expect(found!.excerpt.some(({ hit }) => hit)).toBe(true)
    expect(found!.href).toContain(`#m-${id}`)
  }
  const [chinese] = await find('eth.head', { words: '产业政策' })
  expect(chinese!.excerpt.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')).toBe(
    '我们支持数字转型与[产业政策]的协调。',
  )

  const secret = await said(own.id, 'en', 'A surveyed secret.')
  expect((await find('gha.adviser', { words: 'surveys' })).map(({ id }) => id)).toContain(secret)
  // What can be cited before the whole round.
  expect((await find('gha.adviser', { words: 'surveys', readBy: 'round' })).map(({ id }) => id)).toEqual([words.en[1]])
  for (const who of ['eth.head', 'agi.head', 'chair', 'secretariat'])
    expect((await find(who, { words: 'surveys' })).map(({ id }) => id)).toEqual([words.en[1]])
  const elsewhere = await stage.call('outsider', search, { roundId: round.roundId, words: 'surveys' })
  expect(elsewhere.says).toBe('not-found')

  const kinds = async (asked: object) => (await find('deu.head', { words: 'surveys', ...asked })).length
  expect(await kinds({ kind: 'statement', delegationId: round.delegations.GHA, agendaItemId })).toBe(1)
  for (const filter of [
    { kind: 'paragraph' },
    { delegationId: round.delegations.DEU },
    { agendaItemId: round.item.id },
  ])
    expect(await kinds(filter)).toBe(0)
})
