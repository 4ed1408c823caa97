import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { getDocument, setMode } from '@multilogue/shared/documents'
import { getIssued } from '@multilogue/shared/negotiation'
import {
  adoptVision,
  linkOrigin,
  listVisions,
  readDiagnosis,
  readVision,
  serveVision,
  unlinkOrigin,
  withdrawFinding,
} from '@multilogue/shared/visions'
import { VisionThings } from '../access/vision-things.js'
import { aPlan } from '../support/a-plan.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let things: VisionThings
let vision: Awaited<ReturnType<VisionThings['vision']>>

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new VisionThings(stage, round)
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.clock.moveTo('2027-06-08T09:00:00Z')
  vision = await things.vision('participants')
})

const read = (who = 'deu.head', documentId = vision.documentId) => stage.done(who, readVision, { documentId })
const finding = async (who: string, id = vision.findingId) =>
  (await stage.done(who, readDiagnosis, { roundId: round.roundId })).findings.find((one) => one.id === id)!
const adopt = (who: string, reviewOn: string | null, { documentId, revision } = vision) =>
  stage.call(who, adoptVision, { documentId, revision, reviewOn })

describe('A vision statement', () => {
  it('[VIS-1] is made from findings and questions, and says which paragraph came from which', async () => {
    const { paragraphs } = await stage.done('deu.head', getDocument, { documentId: vision.documentId })
    expect(paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: Vision',
      'paragraph: Few test reports. Two of nine buyers accept them.',
      'heading: What do buyers ask for?',
      'paragraph: Proof of origin.',
    ])
    expect((await read()).origins).toMatchObject([
      { kind: 'finding', paragraphId: paragraphs[1]!.id, title: 'Few test reports', orphaned: false },
      { kind: 'question', paragraphId: paragraphs[2]!.id, title: 'What do buyers ask for?', orphaned: false },
    ])
    expect((await finding('agi.head')).paragraphs).toEqual([
      { documentId: vision.documentId, documentTitle: 'Vision', paragraphId: paragraphs[1]!.id },
    ])
  })

  it('[VIS-2] keeps a link when the paragraph is edited, and shows it as orphaned when it is gone', async () => {
    const pen = new Pen(stage, 'eth.head', vision.documentId)
    await pen.write(() => pen.text(1).insert(0, 'Too '))
    expect((await read()).origins[0]).toMatchObject({ orphaned: false })
    await pen.write(() => pen.blocks.delete(1, 1))
    expect((await read()).origins[0]).toMatchObject({ orphaned: true, title: 'Few test reports' })
  })

  it('[VIS-3] can be linked to one thing once only, and no longer to what was withdrawn', async () => {
    const { documentId, origins } = vision
    const paragraphId = origins[1]!.paragraphId
    const link = { documentId, paragraphId, kind: 'finding' as const, targetId: vision.findingId }
    await stage.done('eth.head', linkOrigin, link)
    expect((await stage.done('gha.head', linkOrigin, link)).origins).toHaveLength(3)
    await stage.done('gha.head', withdrawFinding, { findingId: vision.findingId, revision: 1 })
    expect(await finding('deu.head')).toMatchObject({ withdrawn: true, may: [] })
    expect((await finding('deu.head')).paragraphs).toHaveLength(2)
    const other = { ...link, paragraphId: origins[0]!.paragraphId }
    expect((await stage.call('eth.head', linkOrigin, other)).says).toBe('not-found')
    const third = (await read()).origins[2]!
    await stage.done('eth.head', unlinkOrigin, { documentId, originId: third.id })
    expect((await read()).origins).toHaveLength(2)
  })

  it('[VIS-4] is refused with everything that is missing', async () => {
    const bare = await things.vision('participants', { answered: false })
    const refused = await adopt('chair', null, bare)
    expect(refused).toMatchObject({ says: 'vision-incomplete', status: 409 })
    expect(refused.problem?.gaps).toEqual([
      { what: 'no-review-date', name: '' },
      { what: 'unanswered', name: 'What do buyers ask for?' },
    ])
    expect((await adopt('chair', '2027-06-08')).problem?.gaps).toEqual([{ what: 'review-date-past', name: '' }])
    expect(await read()).toMatchObject({ state: 'drafting', issued: null })
  })

  it('[VIS-5] is adopted with a review date: frozen, issued, and due when the day comes', async () => {
    const others = await stage.follow('deu.head', round.roundId)
    const { output } = await adopt('chair', '2028-06-01')
    expect(output).toMatchObject({ state: 'adopted', reviewOn: '2028-06-01', adoptedBy: 'The chair', may: [] })
    expect(output!.issued!.symbol).toMatch(/^T\.3\/\d+$/)
    await until('it is told', () => others.heard.some(({ name }) => name === 'vision.changed'))
    expect(others.heard.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['document.issued', 'document.moved', 'vision.changed']),
    )
    others.close()
    const moved = { documentId: vision.documentId, mode: 'drafting' as const, revision: vision.revision + 1 }
    expect((await stage.call('chair', setMode, moved)).says).toBe('wrong-state')
    const pen = new Pen(stage, 'facilitator', vision.documentId)
    await pen.sync()
    await expect(pen.write(() => pen.text(1).insert(0, 'Late '))).rejects.toThrow()
    const { documentId } = vision
    // Nobody stays signed in for that long.
    const stateThen = async () => (await stage.world.do('eth.head', readVision, { documentId })).state
    stage.clock.moveTo('2028-05-31T23:59:00Z')
    expect(await stateThen()).toBe('adopted')
    stage.clock.moveTo('2028-06-01T00:00:00Z')
    expect(await stateThen()).toBe('due')
  })

  it('[VIS-6] of a delegation is adopted by its head; others read what was issued and not how it was written', async () => {
    const own = await things.vision('delegation')
    const listed = async (who: string) =>
      (await stage.done(who, listVisions, { roundId: round.roundId })).find((one) => one.documentId === own.documentId)
    expect(await listed('eth.head')).toBeUndefined()
    expect((await finding('eth.head', own.findingId)).paragraphs).toEqual([])
    expect((await finding('gha.adviser', own.findingId)).paragraphs).toHaveLength(1)
    expect((await adopt('gha.head', '2028-06-01', own)).says).toBe('ok')
    for (const who of ['eth.head', 'secretariat'])
      expect(await listed(who)).toMatchObject({ open: false, code: 'GHA', state: 'adopted', reviewOn: '2028-06-01' })
    const seen = await listed('eth.head')
    const issued = await stage.done('eth.head', getIssued, { issuedId: seen!.issued!.id })
    expect(issued.blocks.map(({ runs }) => runs.map(({ text }) => text).join(''))).toContain('Proof of origin.')
    expect((await stage.call('eth.head', readVision, { documentId: own.documentId })).says).toBe('not-found')
    expect((await stage.call('outsider', getIssued, { issuedId: seen!.issued!.id })).says).toBe('not-found')
  })

  it('[VIS-7] lists the plans that name it, of those that the reader may see', async () => {
    const plan = await aPlan(stage, round)
    const own = await aPlan(stage, round, { visibility: 'delegation' })
    for (const { documentId } of [plan, own])
      await stage.done('gha.head', serveVision, { documentId, visionId: vision.documentId })
    expect((await read('gha.adviser')).plans.map(({ documentId }) => documentId)).toEqual([
      plan.documentId,
      own.documentId,
    ])
    expect((await read('deu.head')).plans).toMatchObject([{ documentId: plan.documentId, adopted: false }])
    await stage.done('eth.head', serveVision, { documentId: plan.documentId, visionId: null })
    expect((await read('deu.head')).plans).toEqual([])
  })
})
