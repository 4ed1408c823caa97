import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { figuresOf } from '@multilogue/shared/figures'
import {
  listReports,
  restoreEvidence,
  reviewReport,
  reviseReport,
  submitReport,
  withdrawEvidence,
} from '@multilogue/shared/follow-up'
import { listNotices } from '@multilogue/shared/notices'
import { listRecommendations, type ImplementationStatus } from '@multilogue/shared/recommendations'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* Only what is proven counts as done. */

let stage: Stage
let round: SmallRound
let things: Things

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new Things(stage, round)
})
afterAll(() => stage.close())

async function sharesSeenBy(who: string) {
  const all = await stage.done(who, listRecommendations, { roundId: round.roundId })
  const adopted = all.filter(({ state }) => state === 'adopted')
  const ofGhana = adopted.flatMap(({ addressees }) => addressees).filter(({ code }) => code === 'GHA')
  const { base, implemented, triggered } = figuresOf(ofGhana)
  return { base, implemented, triggered }
}

const progress = (recommendationId: string, proposedStatus: ImplementationStatus) => ({
  ...{ recommendationId, narrative: 'As it stands.', language: 'en' as const, proposedStatus },
  ...{ evidenceUrl: 'https://example.org/note', evidenceTitle: 'Note' },
})

/** A report of Ghana on a recommendation of its own, validated. */
async function standing(status: ImplementationStatus) {
  const { recommendationId } = await things.recommendationToAnswer('adopted')
  const report = await stage.done('gha.head', submitReport, progress(recommendationId, status))
  return stage.done('secretariat', reviewReport, { reportId: report.id, verdict: 'validated', revision: 1 })
}

it('[SCENE-20] [SCENE-21] three of nine are implemented, two when evidence is withdrawn, three when it is back', async () => {
  await things.recommendationToAnswer('adopted')
  const { id: reportId, revision } = await standing('implemented')
  for (const status of [
    ...(['implemented', 'implemented', 'partially_implemented', 'partially_implemented'] as const),
    ...(['in_progress', 'in_progress', 'in_progress', 'no_longer_applicable'] as const),
  ])
    await standing(status)
  const readers = ['chair', 'gha.head', 'agi.head']
  for (const who of readers) expect(await sharesSeenBy(who)).toEqual({ base: 9, implemented: 3, triggered: 8 })

  const withdrawn = await stage.done('gha.head', withdrawEvidence, {
    ...{ reportId, reason: 'The note was of another year.', revision },
  })
  expect(withdrawn.evidenceWithdrawn).toMatchObject({ reason: 'The note was of another year.' })
  for (const who of readers) expect(await sharesSeenBy(who)).toEqual({ base: 9, implemented: 2, triggered: 8 })
  const told = await stage.done('gha.adviser', listNotices, {})
  expect(told.map(({ kind }) => kind)).toContain('evidence_withdrawn')

  await stage.done('secretariat', restoreEvidence, { reportId, revision: revision + 1 })
  expect(await sharesSeenBy('chair')).toEqual({ base: 9, implemented: 3, triggered: 8 })
})

it('[EVID-1] evidence that is withdrawn while it is being validated is not validated', async () => {
  const { reportId, revision } = await things.reportWithEvidence('submitted')
  const verdict = { reportId, verdict: 'validated' as const, revision }
  await stage.done('gha.head', withdrawEvidence, { reportId, reason: 'Wrong file.', revision })
  expect((await stage.call('secretariat', reviewReport, verdict)).says).toBe('stale-revision')
  const now = await stage.call('secretariat', reviewReport, { ...verdict, revision: revision + 1 })
  expect(now.says).toBe('wrong-state')
  const twice = { reportId, reason: 'Again.', revision: revision + 1 }
  expect((await stage.call('gha.head', withdrawEvidence, twice)).says).toBe('wrong-state')
})

it('[EVID-2] what a later report has proven stands, whatever becomes of an earlier one', async () => {
  const { recommendationId, id: reportId, revision } = await standing('in_progress')
  stage.clock.moveTo('2027-06-08T12:00:00Z')
  const later = await stage.done('gha.head', submitReport, progress(recommendationId!, 'implemented'))
  await stage.done('secretariat', reviewReport, { reportId: later.id, verdict: 'validated', revision: 1 })
  await stage.done('gha.head', withdrawEvidence, { reportId, reason: 'It was replaced.', revision })
  const found = await stage.done('chair', listRecommendations, { roundId: round.roundId })
  const place = found.find(({ id }) => id === recommendationId)!.addressees.find(({ code }) => code === 'GHA')
  expect(place).toMatchObject({ status: 'implemented', assurance: 'validated' })
})

it('[EVID-3] a report without evidence has none to withdraw', async () => {
  const { recommendationId } = await things.recommendationToAnswer('adopted')
  const report = await stage.done('gha.head', submitReport, {
    ...{ ...progress(recommendationId, 'in_progress'), evidenceUrl: null, evidenceTitle: '' },
  })
  const withdrawing = { reportId: report.id, reason: 'Wrong file.', revision: 1 }
  expect((await stage.call('gha.head', withdrawEvidence, withdrawing)).says).toBe('wrong-state')
  const reports = await stage.done('gha.head', listReports, { roundId: round.roundId })
  expect(reports.find(({ id }) => id === report.id)?.may).not.toContain('withdraw-evidence')
})

it('[EVID-4] other evidence in place of what was withdrawn can be validated', async () => {
  const { reportId, revision } = await things.reportWithEvidence('submitted')
  const taken = await stage.done('gha.head', withdrawEvidence, { reportId, reason: 'Wrong file.', revision })
  const returned = await stage.done('secretariat', reviewReport, {
    ...{ reportId, verdict: 'returned' as const, note: 'Which file?', revision: taken.revision },
  })
  const again = await stage.done('gha.head', reviseReport, {
    ...{ reportId, narrative: 'As it stands.', proposedStatus: 'implemented' as const, revision: returned.revision },
    ...{ evidenceUrl: 'https://example.org/other', evidenceTitle: 'The right file' },
  })
  expect(again.evidenceWithdrawn).toBeNull()
  const verdict = { reportId, verdict: 'validated' as const, revision: again.revision }
  expect((await stage.done('secretariat', reviewReport, verdict)).state).toBe('validated')
})
