import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { draftListing, listListings, moveListing } from '@multilogue/shared/assistance'
import { listCommitments } from '@multilogue/shared/commitments'
import { listMessages, postMessage } from '@multilogue/shared/dialogue'
import { listReports, listWork, reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { acceptMatch, listMatches, proposeMatch } from '@multilogue/shared/matches'
import { adoptRecommendation, getRecommendation, makeRecommendation, respond } from '@multilogue/shared/recommendations'
import { getTrace, type TraceKind } from '@multilogue/shared/trace'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* The chain from a statement to a proven result, one step per test. The steps build on each other. */

let stage: Stage
let round: SmallRound
/** Ids of what the steps have made. */
const made = {} as Record<TraceKind, string> & { request: string; offer: string }
let seen = 0

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  made.session = round.sessionId
  made.thread = round.item.threadId
  await told()
})
afterAll(() => stage.close())

/** The names of what happened since it was last asked, in order; that people were told of it is tried elsewhere. */
async function told(): Promise<string[]> {
  const rows = await stage.source.query<{ seq: string; name: string }[]>(
    `SELECT seq, name FROM event WHERE stream = $1 AND seq > $2 ORDER BY seq`,
    [`round:${round.roundId}`, seen],
  )
  seen = Number(rows.at(-1)?.seq ?? seen)
  return rows.map((row) => row.name).filter((name) => name !== 'notice.made')
}

const workOf = async (who: string, kind?: string) => {
  const items = await stage.done(who, listWork, { roundId: round.roundId })
  return items.filter((item) => !kind || item.kind === kind)
}
const kindsOf = async (who: string) => (await workOf(who)).map((item) => item.kind)
const traceOf = (who: string, kind: TraceKind, id: string) => stage.call(who, getTrace, { kind, id })
/** The strip as `kind distance` lines, in the order in which it is shown. */
const strip = async (who: string, kind: TraceKind, id: string) =>
  (await stage.done(who, getTrace, { kind, id })).map((node) => `${node.distance} ${node.kind}`).sort(byDistance)
const byDistance = (a: string, b: string) => parseInt(a) - parseInt(b) || a.localeCompare(b)

describe('The chain', () => {
  it('[CHAIN-1] a delegate makes a statement', async () => {
    const message = await stage.done('gha.head', postMessage, {
      threadId: made.thread,
      body: 'We ask for one shared survey of industry.',
      language: 'en',
    })
    made.message = message.id
    expect(message).toMatchObject({
      delegationCode: 'GHA',
      role: 'head',
      dir: 'ltr',
      revision: 1,
      onBehalfOf: null,
      editedAt: null,
    })
    expect(await told()).toEqual(['message.posted'])
    expect(await stage.done('unctad.head', listMessages, { threadId: made.thread })).toEqual([message])
  })

  it('[CHAIN-2] the chair makes a recommendation from it; what is missing is named', async () => {
    const input = { roundId: round.roundId, language: 'en', title: 'Share one survey', force: 'voluntary' } as const
    const vague = await stage.done('chair', makeRecommendation, {
      ...input,
      addresseeIds: [round.delegations.GHA],
      from: { kind: 'message', messageId: made.message },
    })
    expect(vague.missing).toEqual(['owner', 'action', 'date', 'measure'])
    expect(vague.flags).toEqual(['no_owner'])
    expect(await told()).toEqual(['recommendation.made'])
    expect(await kindsOf('secretariat')).toContain('recommendation_incomplete')
    const refused = await stage.call('chair', adoptRecommendation, { recommendationId: vague.id, revision: 1 })
    expect(refused.problem).toMatchObject({ status: 409, missing: ['owner', 'action', 'date', 'measure'] })
    expect(await told()).toEqual([])
  })

  it('[CHAIN-3] one that is complete waits for the chair and is adopted', async () => {
    const proposed = await stage.done('chair', makeRecommendation, {
      roundId: round.roundId,
      language: 'en',
      title: 'Share two surveys',
      action: 'Run the survey once for all.',
      force: 'voluntary',
      owner: 'Ministry of Industry',
      dueOn: '2027-12-01',
      measure: 'One data set published',
      sdgTargets: ['9.3'],
      addresseeIds: [round.delegations.GHA, round.delegations.ETH],
      from: { kind: 'message', messageId: made.message },
    })
    made.recommendation = proposed.id
    expect(proposed).toMatchObject({
      number: 2,
      state: 'proposed',
      status: 'not_started',
      missing: [],
      quote: 'We ask for one shared survey of industry.',
    })
    expect(await workOf('chair', 'recommendation_to_adopt')).toHaveLength(1)
    expect(await workOf('gha.head', 'respond')).toEqual([])
    const adopted = await stage.done('chair', adoptRecommendation, { recommendationId: proposed.id, revision: 1 })
    expect(adopted).toMatchObject({ state: 'adopted', revision: 2, flags: ['no_response'] })
    expect(await told()).toEqual(['recommendation.made', 'recommendation.changed'])
    expect(await workOf('chair', 'recommendation_to_adopt')).toEqual([])
  })

  it('[CHAIN-4] the addressee is asked, responds, and is asked no more', async () => {
    expect(await workOf('gha.head', 'respond')).toMatchObject([
      { title: 'Share two surveys', href: `/recommendations/${made.recommendation}`, flag: 'no_response' },
    ])
    expect(await workOf('gha.adviser', 'respond')).toEqual([])
    expect((await workOf('secretariat', 'no_response')).map((item) => item.delegationCode)).toEqual(['ETH', 'GHA'])
    const answered = await stage.done('gha.head', respond, {
      recommendationId: made.recommendation,
      response: 'supported',
      text: 'Gladly.',
    })
    expect(answered.addressees.find((a) => a.code === 'GHA')).toMatchObject({
      response: 'supported',
      responseText: 'Gladly.',
      flags: [],
    })
    expect(await told()).toEqual(['recommendation.changed'])
    expect(await workOf('gha.head', 'respond')).toEqual([])
    expect((await workOf('secretariat', 'no_response')).map((item) => item.delegationCode)).toEqual(['ETH'])
  })

  it('[CHAIN-5] a request and an offer are drafted unseen and published for all', async () => {
    const listing = {
      roundId: round.roundId,
      title: 'Advisers',
      description: 'Two advisers for a month.',
      language: 'en' as const,
      cooperationType: 'technical_cooperation' as const,
      modalities: ['expert' as const],
    }
    const request = await stage.done('gha.head', draftListing, {
      ...listing,
      side: 'request',
      recommendationId: made.recommendation,
    })
    const offer = await stage.done('deu.head', draftListing, {
      ...listing,
      side: 'offer',
      money: { amount: 1000.5, currency: 'EUR' },
      inKind: { quantity: 20, unit: 'days' },
    })
    made.request = request.id
    made.offer = made.listing = offer.id
    expect(await told()).toEqual(['listing.changed', 'listing.changed'])

    for (const stranger of ['eth.head', 'secretariat', 'chair']) {
      expect((await stage.done(stranger, listListings, { roundId: round.roundId })).listings).toEqual([])
      expect(await strip(stranger, 'recommendation', made.recommendation)).not.toContain('1 listing')
      expect((await traceOf(stranger, 'listing', request.id)).says).toBe('not-found')
    }
    expect(await strip('gha.adviser', 'recommendation', made.recommendation)).toContain('1 listing')
    expect((await stage.call('deu.head', proposeMatch, matchInput())).says).toBe('not-found')
    expect((await stage.call('gha.head', proposeMatch, matchInput())).says).toBe('wrong-state')

    await stage.done('gha.head', moveListing, { listingId: request.id, state: 'published', revision: 1 })
    expect(await workOf('secretariat', 'request_without_taker')).toMatchObject([{ delegationCode: 'GHA' }])
    await stage.done('deu.head', moveListing, { listingId: offer.id, state: 'published', revision: 1 })
    expect(await told()).toEqual(['listing.changed', 'listing.changed'])
    expect((await stage.done('eth.head', listListings, { roundId: round.roundId })).listings).toMatchObject([
      { id: request.id, side: 'request', state: 'published', may: [] },
      { id: offer.id, side: 'offer', money: { amount: 1000.5, currency: 'EUR' }, may: [] },
    ])
    expect(await strip('eth.head', 'recommendation', made.recommendation)).toContain('1 listing')
  })

  const matchInput = () => ({
    recommendationId: made.recommendation,
    offers: [{ offerId: made.offer }],
    requestId: made.request,
    beneficiaryId: round.delegations.GHA,
    dueOn: '2027-11-01',
  })

  it('[CHAIN-6] a match stands when both sides have accepted; until then others see nothing of it', async () => {
    const proposed = await stage.done('deu.head', proposeMatch, matchInput())
    made.match = proposed.id
    expect(proposed.parties.map((p) => p.acceptedAt)).toEqual([null, null])
    for (const party of ['deu.head', 'gha.head'])
      expect(await workOf(party, 'match_to_accept')).toMatchObject([
        { href: `/assistance#m-${proposed.id}`, dueOn: '2027-11-01' },
      ])
    expect(await workOf('secretariat', 'request_without_taker')).toEqual([])

    const first = await stage.done('deu.head', acceptMatch, { matchId: proposed.id, gains: 'Experience.', revision: 1 })
    expect(first).toMatchObject({ state: 'proposed', commitments: [], revision: 1, may: ['decline', 'revise'] })
    expect(await told()).toEqual(['match.changed', 'match.changed'])
    for (const stranger of ['eth.head', 'chair', 'unctad.head']) {
      expect((await stage.done(stranger, listMatches, { roundId: round.roundId })).matches).toEqual([])
      expect((await traceOf(stranger, 'match', proposed.id)).says).toBe('not-found')
      expect(await strip(stranger, 'recommendation', made.recommendation)).not.toContain('1 match')
      expect(await strip(stranger, 'listing', made.offer)).toEqual(['0 listing'])
    }
    expect(await strip('secretariat', 'listing', made.offer)).toEqual(['0 listing', '1 match'])

    const agreed = await stage.done('gha.head', acceptMatch, {
      matchId: proposed.id,
      gains: 'Experience.',
      revision: 1,
    })
    expect(agreed).toMatchObject({ state: 'agreed', revision: 2, may: ['outcome', 'cancel'] })
    const pledged = { provider: { code: 'DEU' }, beneficiary: { code: 'GHA' }, state: 'pledged', dueOn: '2027-11-01' }
    expect(agreed.commitments).toHaveLength(2)
    expect(agreed.commitments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ unit: 'EUR', pledged: 1000.5, confirmed: null, delivered: 0 }),
        expect.objectContaining({ unit: 'days', pledged: 20, confirmed: null, delivered: 0 }),
      ]),
    )
    for (const commitment of agreed.commitments) expect(commitment).toMatchObject(pledged)
    made.commitment = agreed.commitments[0]!.id
    expect(await told()).toEqual([
      ...['listing.changed', 'listing.changed', 'commitment.changed', 'commitment.changed', 'match.changed'],
    ])
    expect(await workOf('gha.head', 'match_to_accept')).toEqual([])
    expect(await workOf('deu.head', 'commitment_to_confirm')).toHaveLength(2)
    expect((await stage.done('unctad.head', listCommitments, { roundId: round.roundId })).commitments).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: made.commitment, recommendationId: made.recommendation })]),
    )
  })

  it('[CHAIN-7] near and after the due day the work lists say so, from the clock alone', async () => {
    const dueOf = async (who: string) =>
      (await workOf(who, 'report_due')).map((item) => [item.delegationCode, item.flag])
    const stand = (day: string) => {
      stage.clock.moveTo(`${day}T09:00:00Z`)
      for (const who of stage.world.people.keys()) stage.forget(who)
    }
    expect(await dueOf('gha.head')).toEqual([])
    stand('2027-11-15')
    expect(await dueOf('gha.head')).toEqual([[null, 'due_soon']])
    expect(await dueOf('secretariat')).toEqual([])
    stand('2027-12-02')
    expect(await dueOf('gha.head')).toEqual([[null, 'overdue']])
    expect(await dueOf('secretariat')).toEqual([
      ['ETH', 'overdue'],
      ['GHA', 'overdue'],
    ])
    expect(await told()).toEqual([])
  })

  it('[CHAIN-8] the delegate reports with evidence; only the secretariat sees it yet', async () => {
    const report = await stage.done('gha.head', submitReport, {
      recommendationId: made.recommendation,
      narrative: 'The survey was run once.',
      language: 'en',
      proposedStatus: 'implemented',
      evidenceUrl: 'https://example.org/survey',
      evidenceTitle: 'Survey',
    })
    made.report = report.id
    expect(report).toMatchObject({ state: 'submitted', delegationCode: 'GHA', reviewNote: '', reviewedAt: null })
    expect(await told()).toEqual(['report.changed'])
    expect(await workOf('secretariat', 'report_to_validate')).toMatchObject([{ delegationCode: 'GHA' }])
    for (const stranger of ['eth.head', 'chair', 'deu.head']) {
      expect(await stage.done(stranger, listReports, { roundId: round.roundId })).toEqual([])
      expect((await traceOf(stranger, 'report', report.id)).says).toBe('not-found')
      expect(await strip(stranger, 'commitment', made.commitment)).not.toContain('1 report')
    }
    const status = await stage.done('eth.head', getRecommendation, { recommendationId: made.recommendation })
    expect(status.addressees.find((a) => a.code === 'GHA')?.status).toBe('not_started')
  })

  it('[CHAIN-9] the secretariat validates; status and assurance stand and nothing is due any more', async () => {
    const reviewed = await stage.done('secretariat', reviewReport, {
      reportId: made.report,
      verdict: 'validated',
      note: 'Seen.',
      revision: 1,
    })
    expect(reviewed).toMatchObject({ state: 'validated', reviewNote: 'Seen.', revision: 2, may: ['withdraw-evidence'] })
    expect(await told()).toEqual(['recommendation.changed', 'report.changed'])
    expect(await workOf('secretariat', 'report_to_validate')).toEqual([])
    expect(await workOf('gha.head', 'report_due')).toEqual([])
    const now = await stage.done('eth.head', getRecommendation, { recommendationId: made.recommendation })
    expect(now.addressees.find((a) => a.code === 'GHA')).toMatchObject({
      status: 'implemented',
      assurance: 'validated',
    })
    // Ethiopia has not begun, so the whole has not either.
    expect(now.status).toBe('not_started')
    expect(await stage.done('eth.head', listReports, { roundId: round.roundId })).toHaveLength(1)
  })
})
