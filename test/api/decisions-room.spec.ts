import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import {
  castVote,
  gavel,
  getProcedure,
  giveReason,
  objectTo,
  openProcedure,
  takeStance,
} from '@multilogue/shared/decisions'
import { getDocument } from '@multilogue/shared/documents'
import { row, rows } from '../../server/src/common/sql.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { Deciders } from './deciders.js'

let stage: Stage
let round: SmallRound
let deciders: Deciders

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  deciders = new Deciders(stage, round)
  for (const [code, name] of [
    ['PAK', 'Pakistan'],
    ['IDN', 'Indonesia'],
    ['MEX', 'Mexico'],
  ] as const)
    await deciders.member(code, name)
})
afterAll(() => stage.close())
beforeEach(() => stage.clock.moveTo('2027-06-08T09:00:00Z'))

const seen = (who: string, procedureId: string) => stage.done(who, getProcedure, { procedureId })
const said = { text: 'Not without the appendix.', language: 'en' as const }

it('[DEC-4] what nobody objects to is adopted with the gavel, and not before the time for objections is over', async () => {
  const { documentId, issuedId } = await deciders.issuedText()
  const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'consensus' })
  expect((await stage.call('chair', gavel, { procedureId })).says).toBe('wrong-state')
  stage.clock.moveTo('2027-06-08T09:00:30Z')
  const adopted = await stage.done('chair', gavel, { procedureId })
  expect(adopted).toMatchObject({ state: 'passed', result: 'adopted', endedAt: '2027-06-08T09:00:30.000Z' })
  expect(adopted.decision!.symbol).toMatch(/^T\.3\/Dec\.\d+$/)
  expect((await stage.call('gha.head', objectTo, { procedureId, language: 'en' })).says).toBe('wrong-state')
})

it('[DEC-5] a gavel and an objection of the same moment have one outcome, and both are told it', async () => {
  for (let attempt = 0; attempt < 4; attempt++) {
    stage.clock.moveTo('2027-06-08T09:00:00Z')
    const { documentId, issuedId } = await deciders.issuedText()
    const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'consensus' })
    stage.clock.moveTo('2027-06-08T09:00:30Z')
    const acts = [
      () => stage.call('chair', gavel, { procedureId }),
      () => stage.call('gha.head', objectTo, { procedureId, language: 'en' }),
    ]
    const answers = await Promise.all((attempt % 2 ? acts.toReversed() : acts).map((act) => act()))
    expect(answers.map(({ says }) => says).sort()).toEqual(['ok', 'wrong-state'])
    const state = answers.find(({ output }) => output)!.output!.state
    expect(await seen('deu.head', procedureId)).toMatchObject({
      state,
      objections: state === 'broken' ? [{ by: { code: 'GHA' } }] : [],
    })
    const { mode } = await stage.done('chair', getDocument, { documentId })
    expect(mode).toBe(state === 'passed' ? 'frozen' : 'negotiating')
  }
})

it('[DEC-6] an objection stops it, and its reason may follow', async () => {
  const { documentId, issuedId } = await deciders.issuedText()
  const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'consensus' })
  const { objections } = await stage.done('eth.head', objectTo, { procedureId, language: 'en' })
  const reason = { objectionId: objections[0]!.id, ...said }
  expect((await stage.call('gha.head', giveReason, reason)).says).toBe('not-allowed')
  await stage.done('eth.head', giveReason, reason)
  expect((await seen('deu.head', procedureId)).objections).toMatchObject([{ by: { code: 'ETH' }, text: said.text }])
})

it('[DEC-7] is voted on only where the rules allow it; one voice each, the last one before the gavel', async () => {
  const { documentId, issuedId, op } = await deciders.issuedText()
  const asked = {
    documentId,
    issuedId,
    sessionId: round.sessionId,
    method: 'vote' as const,
    ballot: 'recorded' as const,
  }
  expect((await stage.call('chair', openProcedure, asked)).says).toBe('wrong-state')
  await deciders.rules({ decision: 'vote', majority: 'two_thirds', quorum: 'majority' })
  const { id: procedureId, quorum } = await stage.done('chair', openProcedure, asked)
  expect(quorum).toBe(4)
  const vote = (who: string, choice: 'yes' | 'no' | 'abstain') => stage.done(who, castVote, { procedureId, choice })
  for (const who of ['gha.head', 'eth.head', 'deu.head', 'pak.head']) await vote(who, 'yes')
  await vote('idn.head', 'no')
  expect(await vote('pak.head', 'no')).toMatchObject({ ownVote: 'no', tally: null, roll: null })
  await vote('mex.head', 'abstain')
  const closed = await stage.done('chair', gavel, { procedureId })
  // Three of five is less than two thirds: abstentions do not count.
  expect(closed).toMatchObject({ state: 'broken', result: 'not_adopted', tally: { yes: 3, no: 2, abstain: 1 } })
  expect(closed.roll!.map(({ code, choice }) => `${code} ${choice}`)).toEqual([
    ...['ETH yes', 'DEU yes', 'GHA yes', 'IDN no', 'MEX abstain', 'PAK no'],
  ])
  expect((await stage.call('gha.head', castVote, { procedureId, choice: 'yes' })).says).toBe('wrong-state')

  // A separate vote on a paragraph is bound to the words that were voted on.
  const hash = await deciders.negotiators.hashOf(documentId, op[0]!)
  const separate = await deciders.ask({
    documentId,
    paragraph: { id: op[0]!, hash },
    method: 'vote',
    ballot: 'roll_call',
  })
  for (const who of ['gha.head', 'eth.head', 'deu.head', 'pak.head'])
    await stage.done(who, castVote, { procedureId: separate.id, choice: 'yes' })
  expect((await seen('unctad.head', separate.id)).tally).toEqual({ yes: 4, no: 0, abstain: 0 })
  expect(await stage.done('chair', gavel, { procedureId: separate.id })).toMatchObject({
    result: 'adopted',
    decision: null,
  })
  const { blocks } = await deciders.negotiators.seen('chair', documentId)
  expect(blocks.find(({ id }) => id === op[0])!.status).toBe('agreed_ad_ref')
})

it('[DEC-8] a secret ballot says who has voted and keeps nothing of what', async () => {
  await deciders.rules({ decision: 'vote', majority: 'simple', quorum: 'third' })
  const { documentId, issuedId } = await deciders.issuedText()
  const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'vote', ballot: 'secret' })
  const key = 'a-key-of-a-ballot'
  await stage.done('gha.head', castVote, { procedureId, choice: 'no' }, { key })
  expect((await stage.call('gha.head', castVote, { procedureId, choice: 'yes' })).says).toBe('already-exists')
  await stage.done('eth.head', castVote, { procedureId, choice: 'yes' })
  await stage.done('deu.head', castVote, { procedureId, choice: 'yes' })
  expect(await seen('gha.head', procedureId)).toMatchObject({
    voted: ['ETH', 'DEU', 'GHA'],
    ownVote: null,
    tally: null,
    roll: null,
  })
  expect(await stage.done('chair', gavel, { procedureId })).toMatchObject({
    ...{ state: 'passed', result: 'adopted', tally: { yes: 2, no: 1, abstain: 0 }, roll: null },
  })
  const kept = (choice: string) => stage.call('gha.head', castVote, { procedureId, choice: choice as 'yes' }, { key })
  // The same key is the same request, whatever was chosen: not even a hash of it was kept.
  expect([(await kept('yes')).says, (await kept('no')).says]).toEqual(['ok', 'ok'])
  expect(await rows(stage.source, `SELECT 1 FROM stance WHERE procedure_id = $1`, [procedureId])).toEqual([])
})

it('[DEC-9] a straw poll counts and has no effect', async () => {
  const { documentId, issuedId } = await deciders.issuedText()
  const poll = await deciders.ask({ documentId, issuedId, method: 'straw_poll' })
  await stage.done('gha.head', castVote, { procedureId: poll.id, choice: 'yes' })
  expect(await stage.done('chair', gavel, { procedureId: poll.id })).toMatchObject({
    ...{ state: 'passed', result: 'polled', decision: null, tally: { yes: 1, no: 0, abstain: 0 }, roll: null },
  })
  expect((await stage.done('chair', getDocument, { documentId })).mode).toBe('negotiating')
  const stance = { procedureId: poll.id, kind: 'reservation' as const, ...said }
  expect((await stage.call('gha.head', takeStance, stance)).says).toBe('wrong-state')
})

it('[DEC-10] 193 delegations vote in the same second, and none is lost', async () => {
  await deciders.rules({ decision: 'vote', majority: 'simple', quorum: 'majority' })
  const known = (await row<{ count: number }>(
    stage.source,
    `SELECT count(*)::int FROM delegation WHERE round_id = $1 AND kind = 'member' AND credentials IN ('accepted', 'provisional')`,
    [round.roundId],
  ))!.count
  const names = Array.from({ length: 193 - known }, (_, at) => `M${at + 100}`)
  // One person in all their seats: passwords take long to make.
  const envoy = await stage.world.person('envoy', 'An envoy')
  for (const name of names) {
    stage.world.people.set(`${name.toLowerCase()}.head`, envoy)
    await deciders.member(name, name)
  }
  const { documentId, issuedId } = await deciders.issuedText()
  const { id: procedureId, members } = await deciders.ask({
    documentId,
    issuedId,
    method: 'vote',
    ballot: 'recorded',
  })
  expect(members).toBe(193)
  const all = ['gha', 'eth', 'deu', 'pak', 'idn', 'mex', ...names.map((name) => name.toLowerCase())]
  const vote = (code: string, at: number) =>
    stage.world.do(`${code}.head`, castVote, { procedureId, choice: at % 3 === 0 ? 'no' : 'yes' })
  await Promise.all(all.map(vote))
  expect(await stage.done('chair', gavel, { procedureId })).toMatchObject({
    ...{ state: 'passed', tally: { yes: 128, no: 65, abstain: 0 } },
  })
})
