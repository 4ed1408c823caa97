import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  breakSilence,
  cancelProcedure,
  extendSilence,
  getProcedure,
  listProcedures,
  openProcedure,
  releaseNames,
  takeStance,
} from '@multilogue/shared/decisions'
import { getDocument, setMode } from '@multilogue/shared/documents'
import { getIssued, listActs } from '@multilogue/shared/negotiation'
import { getSession } from '@multilogue/shared/rounds'
import { listWork } from '@multilogue/shared/follow-up'
import { getTrace } from '@multilogue/shared/trace'
import { rows } from '../../server/src/common/sql.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
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
beforeEach(() => moveTo('2027-06-08T09:00:00Z'))

/** Days later everybody signs in anew. */
function moveTo(instant: string): void {
  stage.clock.moveTo(instant)
  for (const who of ['chair', 'secretariat', 'facilitator']) stage.forget(who)
  for (const code of ['gha', 'eth', 'deu', 'pak', 'idn', 'mex', 'unctad', 'agi']) stage.forget(`${code}.head`)
  stage.forget('gha.adviser')
}
const seen = (who: string, procedureId: string) => stage.done(who, getProcedure, { procedureId })
const said = { text: 'Not without the appendix.', language: 'en' as const }

describe('Silence', () => {
  it('[DEC-1] is broken on a paragraph, carried on, and passes with the next revision, as the scenario has it', async () => {
    const { documentId, op } = await deciders.agreedText()
    const first = await deciders.issue(documentId)
    moveTo('2027-06-11T16:00:00Z')
    const silence = await deciders.ask({
      documentId,
      issuedId: first.id,
      method: 'silence',
      deadline: '2027-06-14T16:00:00Z',
    })
    expect(silence).toMatchObject({
      state: 'running',
      deadline: '2027-06-14T16:00:00.000Z',
      issued: { symbol: 'T.3/L.1' },
    })
    expect((await stage.done('chair', getDocument, { documentId })).mode).toBe('frozen')
    const opened = await stage.done('chair', getDocument, { documentId })
    const thaw = { documentId, mode: 'negotiating' as const, revision: opened.revision }
    expect((await stage.call('chair', setMode, thaw)).says).toBe('wrong-state')

    moveTo('2027-06-13T09:00:00Z')
    const others = await stage.follow('deu.head', round.roundId)
    const nowhere = { procedureId: silence.id, paragraphIds: [op[1]!, 'nowhere'], ...said }
    expect((await stage.call('pak.head', breakSilence, nowhere)).problem?.errors).toEqual([
      { pointer: '#/paragraphIds/1', detail: expect.any(String) },
    ])
    const broken = await stage.done('pak.head', breakSilence, { ...nowhere, paragraphIds: [op[1]!] })
    expect(broken).toMatchObject({ state: 'broken', result: 'not_adopted', endedAt: '2027-06-13T09:00:00.000Z' })

    // All are told which paragraph, and nobody who is not entitled to it learns whose break it was.
    await until('the others hear of it', () => others.heard.some(({ name }) => name === 'decision.moved'))
    others.close()
    expect(JSON.stringify(others.heard)).not.toMatch(/PAK|Pakistan|appendix/)
    for (const who of ['deu.head', 'facilitator', 'unctad.head', 'gha.adviser']) {
      const { objections, ...rest } = await seen(who, silence.id)
      expect(objections).toMatchObject([{ paragraphIds: [op[1]], by: null, text: '', own: false }])
      const list = await stage.done(who, listProcedures, { roundId: round.roundId })
      const acts = await stage.done(who, listActs, { documentId })
      const trace = await stage.done(who, getTrace, { kind: 'document', id: documentId })
      const work = await stage.done(who, listWork, { roundId: round.roundId })
      const items = await stage.done(who, getSession, { sessionId: round.sessionId })
      expect(JSON.stringify([rest, list, acts, trace, work, items])).not.toMatch(/PAK|Pakistan|appendix/)
    }
    for (const who of ['chair', 'secretariat', 'pak.head'])
      expect((await seen(who, silence.id)).objections).toMatchObject([{ by: { code: 'PAK' }, text: said.text }])
    const { revision } = await seen('chair', silence.id)
    await stage.done('chair', releaseNames, { procedureId: silence.id, revision })
    expect((await seen('deu.head', silence.id)).objections).toMatchObject([{ by: { code: 'PAK' }, text: said.text }])

    const { blocks, convergence, mode } = await deciders.negotiators.seen('chair', documentId)
    expect(blocks.find(({ id }) => id === op[1])!.status).toBe('bracketed')
    expect([convergence, mode]).toEqual([{ agreed: 8, live: 9 }, 'negotiating'])
    const { items } = await stage.done('gha.head', getSession, { sessionId: round.sessionId })
    expect(items.at(-1)).toMatchObject({ id: broken.carryOn!.itemId, title: 'T.3/L.1: 2', documentId })

    await deciders.negotiators.agree(documentId, op[1]!)
    const revised = await deciders.issue(documentId, { issuedId: first.id, modifier: 'Rev' })
    moveTo('2027-06-15T10:00:00Z')
    const second = await deciders.ask({
      documentId,
      issuedId: revised.id,
      method: 'silence',
      deadline: '2027-06-18T10:00:00Z',
    })
    moveTo('2027-06-18T10:00:01Z')
    const late = await stage.done('pak.head', breakSilence, { procedureId: second.id, paragraphIds: [op[1]!], ...said })
    expect(late).toMatchObject({
      state: 'passed',
      endedAt: '2027-06-18T10:00:00.000Z',
      decision: { symbol: 'T.3/Dec.1' },
      objections: [{ own: true, late: true }],
    })
    expect((await seen('deu.head', second.id)).objections).toEqual([])
    const adopted = await deciders.negotiators.seen('gha.head', documentId)
    expect(adopted).toMatchObject({ mode: 'frozen', convergence: { agreed: 9, live: 9 } })
    expect(new Set(adopted.blocks.map(({ status }) => status))).toEqual(new Set([null, 'agreed']))
    expect(await stage.done('gha.head', getIssued, { issuedId: late.decision!.id })).toMatchObject({
      symbol: 'T.3/Dec.1',
      issuedAt: '2027-06-18T10:00:00+00:00',
    })

    for (const [who, kind, paragraphId] of [
      ['idn.head', 'reservation', op[2]],
      ['mex.head', 'explanation', undefined],
    ] as const)
      await stage.done(who, takeStance, { procedureId: second.id, kind, paragraphId, ...said })
    const decided = await seen('deu.head', second.id)
    expect(decided).toMatchObject({
      state: 'passed',
      rules: { reservationPlace: 'annex' },
      stances: [
        { kind: 'reservation', paragraphId: op[2], by: { code: 'IDN' } },
        { kind: 'explanation', paragraphId: null, by: { code: 'MEX' } },
      ],
    })
    const flagged = decided.paragraphs.filter(({ agreedLanguage }) => agreedLanguage)
    expect(flagged.map(({ number }) => number)).toEqual(['PP1', 'PP2', 'PP3', '1', '2', '4', '5', '6'])
  })

  it('[DEC-2] goes on until the deadline by the rules, may be extended and not shortened, and is written down once', async () => {
    await deciders.rules({ breakEnds: 'at_deadline', silenceHours: 24 })
    const { documentId, issuedId, op } = await deciders.issuedText()
    const asked = { documentId, issuedId, method: 'silence' as const, sessionId: round.sessionId }
    const tooSoon = await stage.call('chair', openProcedure, { ...asked, deadline: '2027-06-09T08:59:59Z' })
    expect(tooSoon.problem?.errors?.[0]?.pointer).toBe('#/deadline')
    const silence = await stage.done('secretariat', openProcedure, { ...asked, deadline: '2027-06-09T09:00:00Z' })
    await deciders.rules({ breakEnds: 'at_once', silenceHours: 72 })
    const on = { procedureId: silence.id, revision: 1 }
    expect((await stage.call('chair', extendSilence, { ...on, deadline: '2027-06-09T08:00:00Z' })).says).toBe(
      'invalid-input',
    )
    await stage.done('chair', extendSilence, { ...on, deadline: '2027-06-10T09:00:00Z' })
    moveTo('2027-06-10T08:59:59Z')
    const once = { procedureId: silence.id, paragraphIds: [op[0]!], ...said }
    expect(await stage.done('gha.head', breakSilence, once)).toMatchObject({ state: 'running', endedAt: null })
    await stage.done('gha.head', breakSilence, { ...once, paragraphIds: [op[3]!] })
    moveTo('2027-06-10T09:00:00Z')
    const answers = await Promise.all(['chair', 'deu.head', 'agi.head', 'eth.head'].map((who) => seen(who, silence.id)))
    expect(new Set(answers.map(({ state, endedAt }) => `${state} ${endedAt}`))).toEqual(
      new Set(['broken 2027-06-10T09:00:00.000Z']),
    )
    const carried = await rows(stage.source, `SELECT 1 FROM agenda_item WHERE title LIKE $1`, [
      `${silence.issued!.symbol}:%`,
    ])
    expect(carried).toHaveLength(1)
    const { blocks } = await deciders.negotiators.seen('chair', documentId)
    expect(blocks.filter(({ status }) => status === 'bracketed').map(({ id }) => id)).toEqual([op[0], op[3]])
  })

  it('[DEC-3] knows wall clocks across daylight saving, and refuses an hour that a zone skips', async () => {
    const { documentId, issuedId } = await deciders.issuedText()
    const ask = (at: string, zone: string) =>
      stage.call('chair', openProcedure, {
        ...{ documentId, issuedId, method: 'silence', sessionId: round.sessionId },
        deadline: { at, zone },
      })
    for (const [at, zone] of [
      ['2028-03-26T02:30', 'Europe/Vienna'],
      ['2028-03-12T02:15', 'America/New_York'],
    ] as const) {
      const { says, problem } = await ask(at, zone)
      expect([says, problem?.errors?.[0]]).toEqual([
        'invalid-input',
        { pointer: '#/deadline', detail: expect.stringContaining(zone) },
      ])
    }
    // 02:30 is there twice when the clock is put back: the later one counts.
    const { output } = await ask('2027-10-31T02:30', 'Europe/Vienna')
    expect(output!.deadline).toBe('2027-10-31T01:30:00.000Z')
    const on = { procedureId: output!.id, revision: 1 }
    const extended = await stage.done('chair', extendSilence, {
      ...on,
      deadline: { at: '2027-11-07T01:30', zone: 'America/New_York' },
    })
    expect(extended.deadline).toBe('2027-11-07T06:30:00.000Z')
    const taken = { procedureId: output!.id, revision: 2, reason: 'Asked too early.' }
    expect(await stage.done('chair', cancelProcedure, taken)).toMatchObject({
      state: 'cancelled',
      reason: taken.reason,
    })
    expect((await stage.done('chair', getDocument, { documentId })).mode).toBe('negotiating')
  })
})
