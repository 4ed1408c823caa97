import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { setMode } from '@multilogue/shared/documents'
import { compareText, listSteps, restoreText } from '@multilogue/shared/history'
import { setField } from '@multilogue/shared/plan-text'
import {
  adoptPlan,
  checkPlan,
  draftFromRecommendations,
  listGaps,
  listPlanItems,
  readPlan,
  type Finding,
} from '@multilogue/shared/plans'
import { adoptRecommendation, makeRecommendation, respond } from '@multilogue/shared/recommendations'
import { StockClient } from '../realtime/stock-client.js'
import { aPlan } from '../support/a-plan.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let plan: Awaited<ReturnType<typeof aPlan>>

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())
beforeEach(async () => {
  plan = await aPlan(stage, round)
})

const read = (documentId = plan.documentId, who = 'deu.head') => stage.done(who, readPlan, { documentId })
/** The tables have followed the text to this number. */
const followed = (no: number, documentId = plan.documentId) =>
  until('the tables have followed', async () => (await read(documentId, 'gha.head')).no >= no)
const write = (edit: (pen: Pen) => void, who = 'gha.head', documentId = plan.documentId) =>
  new Pen(stage, who, documentId).write(edit)

async function supported(title: string, response: 'supported' | 'supported_in_part' = 'supported') {
  const { id, revision } = await stage.done('gha.head', makeRecommendation, {
    roundId: round.roundId,
    language: 'en',
    title,
    action: `${title}, once for all.`,
    force: 'voluntary',
    owner: 'Ministry',
    dueOn: '2027-12-01',
    measure: 'One data set',
    sdgTargets: ['9.3'],
    addresseeIds: [round.delegations.GHA, round.delegations.DEU],
  })
  await stage.done('chair', adoptRecommendation, { recommendationId: id, revision })
  await stage.done('gha.head', respond, { recommendationId: id, response, text: 'All but the cost.' })
  return id
}

describe('What a plan says', () => {
  it('[PLAN-10] is in the tables within a second of the keystroke, and everybody is told', async () => {
    await followed(1)
    const germany = await stage.follow('deu.head', round.roundId)
    const ghana = await StockClient.connect(stage, 'gha.head', plan.documentId)
    await until('Ghana has the plan', () => ghana.provider.synced)
    const begun = performance.now()
    setField(ghana.doc, 'items', plan.item, 'lead', 'ETH')
    await until('it is told', () => germany.heard.some(({ name }) => name === 'plan.projected'))
    expect(performance.now() - begun).toBeLessThan(1000)
    expect((await read()).items).toMatchObject([{ id: plan.item, lead: 'ETH', activity: 'Survey' }])
    const { payload } = germany.heard.find(({ name }) => name === 'plan.projected')!
    expect(payload).toEqual({ documentId: plan.documentId, no: (await read()).no })
    ghana.close()
    germany.close()
  })

  it('[PLAN-10] keeps out what is invalid and says so', async () => {
    const no = await write(({ doc }) => setField(doc, 'items', plan.item, 'due', 'next year'))
    await followed(no)
    expect((await read()).items).toMatchObject([{ due: null, problems: [{ field: 'due', problem: 'invalid' }] }])
  })

  it('[PLAN-11] is found by lane, lead, recommendation, target and due date, over all plans', async () => {
    const recommendationId = await supported('Share a survey')
    const no = await write(({ doc }) => {
      setField(doc, 'items', plan.item, 'lane.5c', 'credit')
      setField(doc, 'items', plan.item, 'lead', 'KOR')
      setField(doc, 'items', plan.item, 'targets', ['9.b'])
      setField(doc, 'items', plan.item, 'due', '2027-09-09')
      setField(doc, 'items', plan.item, 'recommendations', [recommendationId])
    })
    await followed(no)
    const found = async (filter: object) =>
      (await stage.done('deu.head', listPlanItems, { roundId: round.roundId, ...filter })).map(({ id }) => id)
    for (const filter of [{ lane: 'credit' }, { lead: 'kor' }, { recommendationId }, { target: '9.b' }])
      expect(await found(filter)).toEqual([plan.item])
    expect(await found({ dueBefore: '2027-09-10' })).toContain(plan.item)
    expect(await found({ dueBefore: '2027-09-09' })).not.toContain(plan.item)
    expect(await found({ lane: 'connect' })).toEqual([])
  })

  it("[PLAN-11] a delegation's own plan is in nobody else's list", async () => {
    const own = await aPlan(stage, round, { visibility: 'delegation' })
    await followed(1, own.documentId)
    const listed = async (who: string) =>
      (await stage.done(who, listPlanItems, { roundId: round.roundId })).some(({ id }) => id === own.item)
    expect([await listed('gha.adviser'), await listed('deu.head'), await listed('secretariat')]).toEqual([
      true,
      false,
      false,
    ])
    expect((await stage.call('deu.head', readPlan, { documentId: own.documentId })).says).toBe('not-found')
    expect((await stage.call('chair', checkPlan, { documentId: own.documentId })).says).toBe('not-found')
  })

  it('[PLAN-12] stands beside the narrative and its history', async () => {
    const no = await write(({ doc }) => setField(doc, 'items', plan.item, 'lead', 'ETH'))
    const { steps } = await stage.done('gha.head', listSteps, { documentId: plan.documentId })
    expect(steps[0]).toMatchObject({ toNo: no, written: 0, removed: 0 })
    expect(await stage.done('gha.head', compareText, { documentId: plan.documentId, from: 0, to: no })).toBeTruthy()
    const restored = await stage.done('gha.head', restoreText, {
      documentId: plan.documentId,
      no: 1,
      revision: plan.revision,
    })
    expect(restored).toEqual({ no, changed: false })
  })
})

describe('Adoption', () => {
  const adopt = (who: string, { documentId, revision } = plan) => stage.call(who, adoptPlan, { documentId, revision })

  it('[PLAN-13] is refused with everything that is missing', async () => {
    const incomplete = await aPlan(stage, round, { without: ['frequency', 'unit'] })
    const { says, status, problem } = await adopt('chair', incomplete)
    expect([says, status]).toEqual(['plan-incomplete', 409])
    const findings = problem!.findings as Finding[]
    expect(findings.map(({ field, what }) => [field, what])).toEqual([
      ['unit', 'missing'],
      ['frequency', 'missing'],
    ])
    const checked = await stage.done('gha.head', checkPlan, { documentId: incomplete.documentId })
    expect(checked.findings).toEqual(findings)
    expect((await read(incomplete.documentId)).adoption).toBeNull()
    await write(
      ({ doc }) => setField(doc, 'indicators', incomplete.indicator, 'unit', 'x'),
      'gha.head',
      incomplete.documentId,
    )
  })

  it('[PLAN-14] is recorded, freezes the text at once and for good', async () => {
    const ghana = await StockClient.connect(stage, 'gha.head', plan.documentId)
    await until('Ghana has the plan', () => ghana.provider.synced)
    const { output } = await adopt('chair')
    expect(output).toMatchObject({ code: 'chair', no: 1, by: 'The chair' })
    expect((await read()).adoption).toEqual(output)
    expect((await read()).may).toEqual([])
    setField(ghana.doc, 'items', plan.item, 'lead', 'ETH')
    const other = await aPlan(stage, round)
    await followed(1, other.documentId)
    expect((await read()).items[0]!.lead).toBe('GHA')
    const again = { documentId: plan.documentId, revision: plan.revision + 1 }
    expect((await stage.call('chair', adoptPlan, again)).says).toBe('wrong-state')
    expect((await stage.call('chair', setMode, { ...again, mode: 'drafting' })).says).toBe('wrong-state')
    ghana.close()
  })
})

describe('Recommendations and actions', () => {
  it('[PLAN-15] every supported one without action gets one, and once', async () => {
    const recommendationId = await supported('Train trainers')
    const gaps = async () =>
      (await stage.done('deu.head', listGaps, { roundId: round.roundId })).map((gap) => gap.recommendationId)
    expect(await gaps()).toContain(recommendationId)
    const draft = () => stage.call('gha.head', draftFromRecommendations, { documentId: plan.documentId })
    const both = await Promise.all([draft(), draft()])
    const added = both.reduce((sum, { output }) => sum + (output?.added ?? 0), 0)
    const { no } = both[0].output!
    await followed(no)
    const items = (await read()).items.filter(({ recommendations }) => recommendations.includes(recommendationId))
    expect(items).toMatchObject([{ activity: 'Train trainers, once for all.', lead: 'GHA', due: '2027-12-01' }])
    expect((await read()).items).toHaveLength(1 + added)
    expect(await gaps()).toEqual([])
    expect((await draft()).output!.added).toBe(0)
    expect((await read()).items.at(-1)!.id).not.toBe(plan.item)
  })

  it('[PLAN-16] what is supported in part is in force like what is supported', async () => {
    const recommendationId = await supported('Lend machines', 'supported_in_part')
    expect(await stage.done('deu.head', listGaps, { roundId: round.roundId })).toEqual([
      expect.objectContaining({ recommendationId, supportedBy: ['GHA'] }),
    ])
    const { no } = await stage.done('gha.head', draftFromRecommendations, { documentId: plan.documentId })
    await followed(no)
    expect(
      (await read()).items.find(({ recommendations }) => recommendations.includes(recommendationId)),
    ).toMatchObject({ activity: 'Lend machines, once for all.', lead: 'GHA' })
  })
})
