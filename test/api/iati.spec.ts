import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { confirmCommitment, deliverCommitment, withdrawCommitment } from '@multilogue/shared/commitments'
import {
  acceptMatch,
  activateMatch,
  addOutcome,
  cancelMatch,
  proposeMatch,
  type Match,
} from '@multilogue/shared/matches'
import { shares } from '../../server/src/assistance/iati/to-iati.js'
import { activitiesIn, faultsOfIati } from '../support/iati.js'
import { published, type ListingTerms } from '../support/published.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* What was agreed as activities of IATI, judged by the schema of the standard. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

const publish = (who: string, side: 'request' | 'offer', more: ListingTerms = {}) =>
  published({ stage, round }, who, side, more)

async function agree(requestId: string, offers: [who: string, offerId: string][]): Promise<Match> {
  let match = await stage.done('secretariat', proposeMatch, {
    ...{ requestId, offers: offers.map(([, offerId]) => ({ offerId })), dueOn: '2027-12-01', interest: 'None.' },
    ...{ scope: 'Training <for> "managers" & peers', overrideReason: 'For a test.' },
  })
  for (const who of ['gha.head', ...offers.map(([one]) => one)])
    match = await stage.done(who, acceptMatch, { matchId: match.id, gains: 'Experience.', revision: match.revision })
  return match
}

const fetched = async () =>
  fetch(`${stage.address}/api/rounds/${round.roundId}/iati`, { headers: { cookie: await stage.cookieOf('agi.head') } })

async function exported() {
  const response = await fetched()
  const xml = await response.text()
  expect(await faultsOfIati(xml)).toEqual([])
  expect(response.headers.get('content-type')).toMatch('application/xml')
  expect(response.headers.get('content-disposition')).toMatch(/IATI 2027-06-08\.xml"/)
  return activitiesIn(xml)
}
const money = (match: Match) => match.commitments.find(({ unit }) => unit === 'EUR')!

it('[IATI-1] there is no file while nothing is agreed, since the standard knows none', async () => {
  expect((await fetched()).status).toBe(409)
})

it('[IATI-2] what is agreed, begun, confirmed in part and delivered is said by the codes of the standard', async () => {
  const requestId = await publish('gha.head', 'request', {
    ...{ title: 'Course for “managers” <1>', outcome: 'Twenty managers lead.', genderMarker: 2 },
    ...{ sectors: ['32110', '32130', '11330'], sdgTargets: ['9.b', '5.5'], modalities: ['expert'] },
  })
  const days = await publish('eth.head', 'offer', { inKind: { quantity: 30, unit: 'days' } })
  const fund = await publish('deu.head', 'offer', {
    ...{ cooperationType: 'finance', modalities: ['funding'], money: { amount: 1000.5, currency: 'EUR' } },
  })
  const match = await agree(requestId, [
    ['eth.head', days],
    ['deu.head', fund],
  ])
  const of = async () => (await exported()).find((one) => one.includes(match.id))!
  expect(await of()).toContain('<activity-status code="1"/>')
  expect(await of()).toContain('<transaction-type code="12"/>')

  await stage.done('gha.head', addOutcome, { matchId: match.id, outcome: 'A method is known.', goal: 'SDG 9.b' })
  await stage.done('gha.head', activateMatch, { matchId: match.id, revision: match.revision })
  const { id: commitmentId, revision } = money(match)
  const confirmed = await stage.done('deu.head', confirmCommitment, { commitmentId, amount: 800.25, revision })
  await stage.done('gha.head', deliverCommitment, { commitmentId, amount: 200, revision: confirmed.revision })

  const said = await of()
  for (const words of [
    `<iati-identifier>ZZZ-MULTILOGUE-${match.id}</iati-identifier>`,
    '<narrative>Course for “managers” &lt;1&gt;</narrative>',
    '<description type="2"><narrative>Twenty managers lead.</narrative></description>',
    'In kind: Ethiopia: 30 days',
    '<participating-org role="2" type="10"><narrative xml:lang="en">Ghana</narrative>',
    '<participating-org role="1" type="10"><narrative xml:lang="en">Germany</narrative>',
    '<activity-status code="2"/>',
    '<activity-date type="2" iso-date="2027-06-08"/><activity-date type="3" iso-date="2027-12-01"/>',
    '<recipient-country code="GH" percentage="100"/>',
    '<sector vocabulary="1" code="32110" percentage="34"/>',
    '<tag vocabulary="3" code="9.b"/>',
    '<policy-marker vocabulary="1" code="1" significance="2"/>',
    '<collaboration-type code="8"/>',
    '<default-aid-type code="D01"/>',
    '<value currency="EUR" value-date="2027-06-08">800.25</value>',
    '<value currency="EUR" value-date="2027-06-08">200</value>',
    '<result type="2" aggregation-status="0"><title><narrative>A method is known.</narrative></title>',
  ])
    expect(said).toContain(words)
  expect(said).not.toContain('<transaction-type code="12"/>')
  expect(said).not.toContain('1000.5')
})

it('[IATI-3] what was withdrawn or cancelled is not promised any more; what had arrived stays', async () => {
  const fund = await publish('deu.head', 'offer', {
    ...{ cooperationType: 'finance', modalities: ['funding'], money: { amount: 500, currency: 'EUR' } },
  })
  const match = await agree(await publish('gha.head', 'request'), [['deu.head', fund]])
  const { id: commitmentId, revision } = money(match)
  const confirmed = await stage.done('deu.head', confirmCommitment, { commitmentId, amount: 500, revision })
  const delivered = await stage.done('gha.head', deliverCommitment, {
    ...{ commitmentId, amount: 120, revision: confirmed.revision },
  })
  await stage.done('deu.head', withdrawCommitment, { commitmentId, reason: 'Budget.', revision: delivered.revision })
  await stage.done('gha.head', cancelMatch, { matchId: match.id, reason: 'No need.', revision: match.revision })
  const said = (await exported()).find((one) => one.includes(match.id))!
  expect(said).toContain('<activity-status code="5"/>')
  expect(said).toContain('<collaboration-type code="1"/>')
  expect(said.match(/>120<\/value>/g)).toHaveLength(2)
  expect(said).not.toContain('>500</value>')
  expect(said).not.toContain('<sector')
})

it('[IATI-4] percentages of sectors are whole and add up', () => {
  for (const count of [1, 2, 3, 7, 10]) {
    const made = shares(count)
    expect(made).toHaveLength(count)
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(100)
  }
})
