import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { decideCarryOver } from '@multilogue/shared/carrying'
import { gavel } from '@multilogue/shared/decisions'
import { getDocument } from '@multilogue/shared/documents'
import { reviewReport, submitReport, withdrawEvidence, restoreEvidence } from '@multilogue/shared/follow-up'
import { issueDocument } from '@multilogue/shared/negotiation'
import { getPublicRound } from '@multilogue/shared/portal'
import {
  getRecommendation,
  respond,
  succeedRecommendations,
  type SuccessionAct,
} from '@multilogue/shared/recommendations'
import { addToRecord } from '@multilogue/shared/records'
import { getRoundReport, writeRoundReport } from '@multilogue/shared/round-report'
import { CarryingThings } from '../access/carrying-things.js'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { Deciders } from './deciders.js'

/* The report of a round writes itself, once; what comes later is added, and figures again when they are others. */

let stage: Stage
let round: SmallRound
let roundId: string
let things: Things
let kept: string
let gone: string
let made: string

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  roundId = round.roundId
  things = new Things(stage, round)
  const carrying = new CarryingThings(stage, round, things)
  kept = await carrying.left()
  gone = await carrying.left()
  await stage.done('secretariat', decideCarryOver, { roundId, recommendationIds: [kept], act: 'carried' })
  const closed = { roundId, recommendationIds: [gone], act: 'closed' as const, reason: 'It is out of date.' }
  await stage.done('secretariat', decideCarryOver, closed)
  made = (await things.recommendationToAnswer('adopted')).recommendationId
  await stage.done('gha.head', respond, { recommendationId: made, response: 'supported', text: 'With pleasure.' })
  const deciders = new Deciders(stage, round)
  await deciders.rules({ objectionSeconds: 0, quorum: 'none' })
  const { documentId, issuedId } = await deciders.issuedText()
  const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'consensus' })
  await stage.done('chair', gavel, { procedureId })
})
afterAll(() => stage.close())

const read = async (who = 'rapporteur') => {
  const report = await stage.done(who, getRoundReport, { roundId, language: 'en' })
  const told = report.sections.flatMap(({ title, lines }) => [title, ...lines.map(({ text }) => text)])
  return { ...report, told }
}
const NONE = { carried: 0, closed: 0, merged: 0, split: 0, superseded: 0 }
const wordsOf = async (documentId: string) =>
  (await stage.done('gha.head', getDocument, { documentId })).paragraphs.map(({ text }) => text)

it('[RREP-1] tells what was done, with the figures of every other page, beside the rounds before it', async () => {
  const { told, rounds, may } = await read()
  expect(may).toEqual(['write'])
  expect((await read('gha.head')).may).toEqual([])
  expect(told).toEqual([
    'The round',
    'Round 3: Vienna, 8 June 2027 to 10 June 2027.',
    'Members: 4; observers: 1; stakeholders: 1.',
    'What was adopted',
    'T.3/L.1, Outcome: adopted by consensus. Members present: 0 of 3; quorum: 0. Symbol: T.3/Dec.1.',
    'Recommendations and responses',
    expect.stringMatching(/^R3-\d .*Addressed to: .*Ghana/),
    expect.stringMatching(/^Ghana supports R3-\d\. With pleasure\.$/),
    'Implementation',
    expect.stringMatching(/^As at 8 June 2027, implemented and validated: 0 of \d \(0%\)/),
    'What earlier rounds left',
    expect.stringMatching(/^R2-1 .*: carried over\.$/),
    expect.stringMatching(/^R2-2 .*: closed\. Reason: It is out of date\.$/),
    'Round by round',
    expect.stringMatching(/^Round 2, as at 8 June 2027\. Recommendations adopted: 2/),
    expect.stringMatching(/^Round 3, as at 8 June 2027\. Recommendations adopted: 1; responses in support: 1 of/),
  ])
  expect(rounds.map(({ number, made, acts }) => [number, made, acts])).toEqual([
    [2, 2, NONE],
    [3, 1, { ...NONE, carried: 1, closed: 1 }],
  ])
  const { output } = await stage.call(null, getPublicRound, { roundId })
  expect(rounds[1]!.figures).toEqual(output!.figures)
})

it('[RREP-2] is written once, by whoever keeps the record, and figures are added again when they have changed', async () => {
  const both = await Promise.all(
    (['chair', 'rapporteur'] as const).map((who) => stage.call(who, writeRoundReport, { roundId, language: 'en' })),
  )
  expect(both.map(({ says }) => says).sort()).toEqual(['ok', 'wrong-state'])
  const { documentId } = both.find(({ says }) => says === 'ok')!.output!
  const before = await wordsOf(documentId)
  expect(before).toEqual(['Report of the round: Round 3', ...(await read()).told])

  // A day later nothing has changed, and there is nothing to add.
  const later = async (day: string) => {
    stage.clock.moveTo(`2027-06-${day}T09:00:00Z`)
    // Sign-ins do not last as long.
    for (const who of ['secretariat', 'chair', 'rapporteur', 'gha.head']) stage.forget(who)
    return (await read()).written!.missing
  }
  expect(await later('09')).toBe(0)
  const report = await stage.done('gha.head', submitReport, {
    ...{ recommendationId: made, narrative: 'Done.', language: 'en', proposedStatus: 'implemented' },
    evidenceUrl: 'https://example.org/proof',
  })
  const at = { reportId: report.id, reason: 'Of another year.' }
  await stage.done('secretariat', reviewReport, { reportId: report.id, verdict: 'validated', revision: 1 })
  // The round's own figures, and those of its line among the rounds.
  expect(await later('10')).toBe(2)
  const add = async () => (await stage.done('chair', addToRecord, { documentId })).added
  expect(await add()).toBe(2)
  await stage.done('secretariat', withdrawEvidence, { ...at, revision: 2 })
  await later('11')
  expect(await add()).toBe(2)
  // Back to figures that were told before: they are told again, as they are the last ones now.
  await stage.done('secretariat', restoreEvidence, { reportId: report.id, revision: 3 })
  await later('12')
  expect(await add()).toBe(2)
  expect(await add()).toBe(0)
  const after = await wordsOf(documentId)
  const figures = after.filter((line) => line.includes('implemented and validated:'))
  expect(figures.map((line) => line.match(/As at (\d+) June 2027, .*validated: (\d) of/)!.slice(1))).toEqual([
    ['8', '0'],
    ['10', '1'],
    ['11', '0'],
    ['12', '1'],
  ])
  // They stand in their section; nothing else was touched.
  expect(after.indexOf(figures[3]!)).toBe(after.indexOf('Implementation') + 4)
  expect(after.filter((line) => before.includes(line))).toEqual(before)
  const issued = await stage.done('secretariat', issueDocument, { documentId, series: '' })
  expect((await read()).written).toMatchObject({ missing: 0, issued: [{ symbol: issued.symbol }] })
})

it('[RREP-4] answers and carry-overs are told again when they have changed, back to what they were included', async () => {
  const { documentId } = (await read()).written!
  const change = async (
    day: string,
    [response, text]: ['supported' | 'supported_in_part' | 'noted', string],
    decided: object,
  ) => {
    stage.clock.moveTo(`2027-06-${day}T09:00:00Z`)
    for (const who of ['secretariat', 'chair', 'rapporteur', 'gha.head']) stage.forget(who)
    await stage.done('gha.head', respond, { recommendationId: made, response, text })
    const decision = { roundId, recommendationIds: [gone], act: 'merged' as const, ...decided }
    await stage.done('secretariat', decideCarryOver, decision)
    await stage.done('chair', addToRecord, { documentId })
  }
  await change('13', ['noted', 'We shall see.'], { intoId: kept, reason: 'The same course.' })
  await change('14', ['noted', 'We have seen.'], { intoId: kept, reason: 'Nearly the same course.' })
  await change('15', ['supported_in_part', 'The survey alone.'], { intoId: kept, reason: 'The course of both.' })
  const parted = (await read()).rounds.find(({ id }) => id === roundId)!
  expect(parted.responses).toEqual({ pending: 0, supported: 0, supported_in_part: 1, noted: 0 })
  expect((await read()).told).toContainEqual(
    expect.stringMatching(/^Round 3, .*; responses in support: 1 of 1 \(of which in part: 1\)\./),
  )
  await change('16', ['supported', 'With pleasure.'], { act: 'closed', reason: 'It is out of date.' })
  const told = (await wordsOf(documentId)).filter((line) => /^(Ghana|R2-2) /.test(line))
  const [first, second] = ['Ghana supports R3-1. With pleasure.', /^R2-2 .*: closed\. Reason: It is out of date\.$/]
  expect(told).toEqual([
    ...[
      first,
      expect.stringMatching(/We shall see\.$/),
      expect.stringMatching(/We have seen\.$/),
      'Ghana supports R3-1 in part. The survey alone.',
      first,
    ],
    ...[
      second,
      /merged into R2-1\. Reason: The same/,
      /merged into R2-1\. Reason: Nearly/,
      /Reason: The course of both/,
      second,
    ].map((line) => expect.stringMatching(line)),
  ])
  expect((await stage.done('chair', addToRecord, { documentId })).added).toBe(0)
})

it('[RREP-3] what the register puts in the place of others is told, and counted as its figures count it', async () => {
  const succeed = async (act: SuccessionAct, { from, into }: { from: string; into: object[] }) => {
    const { revision } = await stage.done('secretariat', getRecommendation, { recommendationId: from })
    await stage.done('secretariat', succeedRecommendations, {
      ...{ roundId, act, reason: 'It says more.', from: [{ recommendationId: from, revision }], into: into as [] },
    })
  }
  const { recommendationId: next } = await things.recommendationToAnswer('adopted')
  await succeed('superseded', { from: kept, into: [{ kind: 'standing', recommendationId: next }] })
  const addressed = { force: 'voluntary', addresseeIds: [round.delegations.GHA] }
  const half = (title: string) => ({ kind: 'new', language: 'en', title, ...addressed })
  await succeed('split', { from: made, into: [half('One half'), half('The other half')] })

  const { told, rounds } = await read()
  const among = (title: string) => told.slice(told.indexOf(title) + 1)
  expect(among('Recommendations and responses').slice(0, 3)).toEqual([
    expect.stringMatching(/^R3-2 .*Addressed to: .*Ghana/),
    expect.stringMatching(/^R3-1 .*: split into R3-3 and R3-4\. Reason: It says more\.$/),
    'Implementation',
  ])
  expect(among('What earlier rounds left').slice(0, 2)).toEqual([
    expect.stringMatching(/^R2-2 .*: closed\./),
    expect.stringMatching(/^R2-1 .*: superseded by R3-2\. Reason: It says more\.$/),
  ])
  expect(rounds.map((one) => [one.number, one.made, one.responses.supported, one.acts])).toEqual([
    [2, 2, 0, NONE],
    [3, 1, 0, { ...NONE, closed: 1, superseded: 1 }],
  ])
  const { output } = await stage.call(null, getPublicRound, { roundId })
  expect(rounds[1]!.figures).toEqual(output!.figures)
})
