import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { framesOf } from '@multilogue/shared/frames'
import {
  compareText,
  keepVersion,
  listAuthors,
  listRefusals,
  listSteps,
  listVersions,
  playTimeline,
  readText,
  restoreText,
} from '@multilogue/shared/history'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { aText, ids, Pen, told } from './pen.js'

/* What became of a text, read at the border: every edit below is sent the way a browser without WebSocket sends it. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())
beforeEach(() => stage.clock.moveTo('2027-06-08T09:00:00Z'))

const pens = (documentId: string) => ({
  ghana: new Pen(stage, 'gha.head', documentId),
  ethiopia: new Pen(stage, 'eth.head', documentId),
  germany: new Pen(stage, 'deu.head', documentId),
})

describe('Who wrote what', () => {
  it('[HIST-1] inserting, deleting and formatting by three delegations is told to the character', async () => {
    const documentId = await aText(stage, round)
    const { ghana, ethiopia, germany } = pens(documentId)
    const inserted = await ghana.write((pen) => pen.text(1).insert(8, 'and green '))
    stage.clock.moveTo('2027-06-08T09:05:00Z')
    const removed = await ethiopia.write((pen) => pen.text(1).delete(8, 4))
    stage.clock.moveTo('2027-06-08T09:06:00Z')
    const formatted = await germany.write((pen) => pen.text(2).format(0, 10, { bold: {} }))

    const { paragraphs, no, head } = await stage.done('unctad.head', readText, { documentId })
    expect([no, head]).toEqual([formatted, formatted])
    expect(told(paragraphs)).toEqual([
      ['facilitator Vision'],
      ['facilitator Digital ', 'GHA green ', 'facilitator tools change industry.'],
      ['facilitator Experience', 'facilitator  travels.'],
    ])
    expect(paragraphs.map(({ id, kind, level }) => [id, kind, level])).toEqual([
      [ids.title, 'heading', 1],
      [ids.first, 'paragraph', undefined],
      [ids.second, 'paragraph', undefined],
    ])
    const early = await stage.done('gha.head', readText, { documentId, at: inserted })
    expect(told(early.paragraphs)[1]).toEqual([
      'facilitator Digital ',
      'GHA and green ',
      'facilitator tools change industry.',
    ])
    expect(told((await stage.done('gha.head', readText, { documentId, at: 0 })).paragraphs)).toEqual([])

    const compared = await stage.done('deu.head', compareText, { documentId, from: inserted, to: formatted })
    expect(told(compared.paragraphs)[1]).toEqual([
      'facilitator Digital ',
      '-GHA/ETH and ',
      'GHA green ',
      'facilitator tools change industry.',
    ])
    expect(compared.paragraphs[1]!.runs[1]!.removed).toEqual({
      code: 'ETH',
      personId: stage.world.caller('eth.head').personId,
      seatId: round.seats['eth.head'],
      at: '2027-06-08T09:05:00.000Z',
    })
    expect(compared.paragraphs[2]!.runs[0]).toMatchObject({
      text: 'Experience',
      mark: 'kept',
      formats: ['bold'],
      reformatted: { before: [], by: { code: 'DEU', at: '2027-06-08T09:06:00.000Z' } },
    })
    expect(compared.paragraphs[2]!.runs[1]).not.toHaveProperty('formats')
    expect(removed).toBeLessThan(formatted)
  })

  it('[HIST-2] splitting, joining and moving a paragraph leaves the words with those who wrote them', async () => {
    const documentId = await aText(stage, round)
    const { ghana, ethiopia } = pens(documentId)
    const before = await ghana.write((pen) => pen.text(1).insert(30, ' Ghana adds this.'))
    const other = newId()
    const split = await ethiopia.write((pen) => {
      const words = 'industry. Ghana adds this.'
      pen.text(1).delete(21, words.length)
      const tail = new Y.XmlElement('paragraph')
      tail.setAttribute('id', other)
      tail.insert(0, [new Y.XmlText(words)])
      pen.blocks.insert(2, [tail])
    })
    const after = await stage.done('gha.head', readText, { documentId })
    expect(told(after.paragraphs).slice(1, 3)).toEqual([
      ['facilitator Digital tools change '],
      ['facilitator industry.', 'GHA  Ghana adds this.'],
    ])
    const compared = await stage.done('gha.head', compareText, { documentId, from: before, to: split })
    expect(told(compared.paragraphs).slice(1, 3)).toEqual([
      ['facilitator Digital tools change ', '-~facilitator/ETH industry.', '-~GHA/ETH  Ghana adds this.'],
      ['+~facilitator industry.', '+~GHA  Ghana adds this.'],
    ])
    const joined = await ethiopia.write((pen) => {
      pen.text(1).insert(21, 'industry. Ghana adds this.')
      pen.blocks.delete(2, 1)
    })
    expect(told((await stage.done('gha.head', readText, { documentId, at: joined })).paragraphs)[1]).toEqual([
      'facilitator Digital tools change industry.',
      'GHA  Ghana adds this.',
    ])
    const steps = (await stage.done('gha.head', listSteps, { documentId })).steps
    expect(steps[0]).toMatchObject({ written: 0, removed: 0, writer: { code: 'ETH' } })
  })

  it('[HIST-3] the authors are named with what stands of them', async () => {
    const documentId = await aText(stage, round)
    const { ghana, ethiopia } = pens(documentId)
    await ghana.write((pen) => pen.text(1).insert(0, 'Green and '))
    stage.clock.moveTo('2027-06-08T10:00:00Z')
    await ethiopia.write((pen) => pen.text(1).delete(5, 5))
    const authors = await stage.done('agi.head', listAuthors, { documentId })
    expect(authors.map(({ code, name, standing, clients }) => [code, name, standing, clients])).toEqual([
      ['facilitator', 'The facilitator', 55, 1],
      ['GHA', 'Ghana head', 5, 1],
      ['ETH', 'Ethiopia head', 0, 0],
    ])
    expect(authors[2]).toMatchObject({ delegationName: 'Ethiopia', first: '2027-06-08T10:00:00.000Z' })
  })
})

describe('The steps', () => {
  it('[HIST-4] are the consecutive edits of one person without a long pause, newest first, in pages', async () => {
    const documentId = await aText(stage, round)
    const { ghana, ethiopia } = pens(documentId)
    await ghana.write((pen) => pen.text(2).insert(0, 'abc'))
    stage.clock.moveTo('2027-06-08T09:09:59Z')
    await ghana.write((pen) => pen.text(2).delete(0, 1))
    stage.clock.moveTo('2027-06-08T09:19:59Z')
    await ghana.write((pen) => pen.text(2).insert(0, 'd'))
    await ethiopia.write((pen) => pen.text(2).insert(0, 'e'))
    const version = await stage.done('chair', keepVersion, { documentId, no: 3, name: 'Before Ethiopia' })
    const { steps, head, versions, next, may } = await stage.done('gha.head', listSteps, { documentId })
    expect(steps.map((s) => [s.fromNo, s.toNo, s.writer.code, s.written, s.removed])).toEqual([
      [5, 5, 'ETH', 1, 0],
      [4, 4, 'GHA', 1, 0],
      [2, 3, 'GHA', 3, 1],
      [1, 1, 'facilitator', 55, 0],
    ])
    expect([head, next]).toEqual([5, null])
    expect(versions).toEqual([version])
    expect(may).toEqual(['restore', 'keep-version'])
    const first = await stage.done('gha.head', listSteps, { documentId, limit: 2 })
    expect([first.steps.map((s) => s.fromNo), first.next, first.versions]).toEqual([[5, 4], 4, []])
    const second = await stage.done('gha.head', listSteps, { documentId, limit: 2, before: first.next! })
    expect([second.steps.map((s) => s.fromNo), second.next]).toEqual([[2, 1], null])
    expect(second.versions.map(({ name }) => name)).toEqual(['Before Ethiopia'])
  })

  it('[HIST-5] play as points with what changed between them', async () => {
    const documentId = await aText(stage, round)
    const { ghana } = pens(documentId)
    for (const letter of 'abcdefgh') await ghana.write((pen) => pen.text(2).insert(0, letter))
    const { points } = await stage.done('gha.head', playTimeline, { documentId, points: 3 })
    expect(points.map(({ no, changed, order }) => [no, changed.length, order?.length])).toEqual([
      [3, 3, 3],
      [6, 1, undefined],
      [9, 1, undefined],
    ])
    expect(points[2]!.changed[0]!.edits).toEqual([{ text: 'hgf', code: 'GHA' }])
    expect(framesOf(points)[2]![2]!.runs).toEqual([
      { text: 'hgfedcba', code: 'GHA' },
      { text: 'Experience travels.', code: 'facilitator' },
    ])
  })
})

it('[HIST-15] paragraphs are numbered as they were numbered at that point', async () => {
  const documentId = await aText(stage, round)
  const { ghana } = pens(documentId)
  const set = (block: number, name: string, value: string | number | boolean) =>
    (ghana.blocks.get(block) as Y.XmlElement<Record<string, string | number | boolean>>).setAttribute(name, value)
  const numbered = await ghana.write(() => {
    set(1, 'part', 'operative')
    set(2, 'part', 'operative')
  })
  await ghana.write(() => {
    set(2, 'depth', 1)
    set(2, 'bis', true)
  })
  const follows = async (at?: number) =>
    (await stage.done('gha.head', readText, at === undefined ? { documentId } : { documentId, at })).paragraphs.map(
      ({ part, depth, bis }) => [part, depth, bis].join(' ').trim(),
    )
  expect(await follows()).toEqual(['', 'operative', 'operative 1 true'])
  expect(await follows(numbered)).toEqual(['', 'operative', 'operative'])
  const { points } = await stage.done('gha.head', playTimeline, { documentId, points: 2 })
  expect(
    framesOf(points)
      .at(-1)!
      .map(({ part }) => part),
  ).toEqual([undefined, 'operative', 'operative'])
})

it("[HIST-9] nobody else learns anything of a delegation's own text", async () => {
  const documentId = await aText(stage, round, 'Ours', 'delegation')
  const follower = await stage.follow('secretariat', round.roundId)
  await stage.done('gha.adviser', keepVersion, { documentId, name: 'Ours alone' })
  for (const who of ['eth.head', 'chair', 'secretariat', 'outsider']) {
    const answers = await Promise.all([
      stage.call(who, listSteps, { documentId }),
      stage.call(who, readText, { documentId }),
      stage.call(who, compareText, { documentId, from: 0, to: 1 }),
      stage.call(who, playTimeline, { documentId }),
      stage.call(who, listAuthors, { documentId }),
      stage.call(who, listVersions, { documentId }),
      stage.call(who, listRefusals, { documentId }),
      stage.call(who, keepVersion, { documentId, name: 'Theirs' }),
      stage.call(who, restoreText, { documentId, no: 0, revision: 1 }),
    ])
    expect(answers.map(({ says }) => says)).toEqual(Array(9).fill('not-found'))
  }
  expect((await stage.done('gha.head', readText, { documentId })).paragraphs).toHaveLength(3)
  expect(follower.heard.filter(({ name }) => name.startsWith('document.'))).toEqual([])
  follower.close()
})

it('[HIST-10] what was refused is shown to chair and secretariat, and to nobody else', async () => {
  const documentId = await aText(stage, round)
  const { personId } = stage.world.caller('gha.head')
  await stage.source.query(
    `INSERT INTO document_refusal (document_id, problem, client_id, person_id, seat_id, at) VALUES ($1, 'too-large', 7, $2, $3, $4)`,
    [documentId, personId, round.seats['gha.head'], '2027-06-08T09:00:00Z'],
  )
  for (const who of ['chair', 'secretariat'])
    expect(await stage.done(who, listRefusals, { documentId })).toMatchObject([
      { problem: 'too-large', clientId: 7, writer: { code: 'GHA', name: 'Ghana head' } },
    ])
  expect((await stage.call('gha.head', listRefusals, { documentId })).says).toBe('not-allowed')
  expect((await stage.call('gha.head', compareText, { documentId, from: 1, to: 0 })).says).toBe('invalid-input')
  expect((await stage.call('gha.head', readText, { documentId, at: 2 })).says).toBe('invalid-input')
})
