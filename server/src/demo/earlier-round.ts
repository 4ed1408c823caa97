import { reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { getCarryOver } from '@multilogue/shared/carrying'
import { issueDocument } from '@multilogue/shared/negotiation'
import { writeRoundReport } from '@multilogue/shared/round-report'
import { endSeat } from '@multilogue/shared/seats'
import {
  adoptRecommendation,
  makeRecommendation,
  respond,
  type ImplementationStatus,
} from '@multilogue/shared/recommendations'
import { moveRound, RoundStatus } from '@multilogue/shared/rounds'
import { recordStory } from './record-story.js'
import type { World } from './world.js'

interface Carried {
  party: 'GHA' | 'MAR' | 'PAK'
  title: string
  action: string
  measure: string
  owner: string
  due: number
  targets: string[]
  report?: { status: ImplementationStatus; narrative: string; evidence: string }
}

type Told = NonNullable<Carried['report']>

/** What Ghana has done since the round was closed. */
const SINCE: Told = {
  status: 'implemented',
  narrative: 'The desk has been working for two years; both yearly series are published. (Invented for the demo.)',
  evidence: 'https://example.org/demo/ghana-industrial-statistics',
}

/** Three recommendations of Round 2: one begun, one implemented in part, one past its date without a report. */
const CARRIED: Carried[] = [
  {
    party: 'GHA',
    title: 'Open a single desk for industrial statistics',
    action: 'Bring the three surveys of manufacturing firms under one desk and publish one yearly series.',
    measure: 'One series published for two years in a row',
    owner: 'Ghana Statistical Service',
    due: -60,
    targets: ['9.2'],
    report: {
      status: 'in_progress',
      narrative: 'The desk is open; the first yearly series is being checked. (Invented for the demo.)',
      evidence: 'https://example.org/demo/ghana-statistics-desk',
    },
  },
  {
    party: 'MAR',
    title: 'Extend traceability to women’s argan cooperatives',
    action: 'Train cooperatives in lot records and bring them to the first conformity check.',
    measure: '60 cooperatives pass the check',
    owner: 'Ministry of Industry and Trade, Morocco',
    due: 120,
    targets: ['5.5', '9.3'],
    report: {
      status: 'partially_implemented',
      narrative: '31 of 60 cooperatives have passed; training goes on in two provinces. (Invented for the demo.)',
      evidence: 'https://example.org/demo/argan-traceability',
    },
  },
  {
    party: 'PAK',
    title: 'Train cluster managers in every province',
    action: 'Set up a yearly course for managers of industrial clusters with a common certificate.',
    measure: '40 managers certified',
    owner: 'Ministry of Industries and Production, Pakistan',
    due: -45,
    targets: ['4.4', '9.3'],
  },
]

/** @returns the id of Round 2, closed */
export async function earlierRound(world: World, day: (offset: number) => string): Promise<string> {
  const roundId = await world.round({
    number: 2,
    title: 'Multilateral Industrial Policy Forum, second round',
    place: 'Vienna',
    opens: day(-371),
    closes: day(-369),
    symbolPrefix: 'MIPF.2',
  })
  await world.seat('secretariat', roundId, 'secretariat')
  const chairSeat = await world.seat('chair', roundId, 'chair')
  const seats = [chairSeat]
  const delegations: Record<string, string> = {}
  for (const [code, name] of [
    ['GHA', 'Ghana'],
    ['MAR', 'Morocco'],
    ['PAK', 'Pakistan'],
  ] as const) {
    delegations[code] = await world.delegation(roundId, { code, name, kind: 'member' })
    seats.push(await world.seat(`${code.toLowerCase()}.head`, roundId, 'head', delegations[code]))
  }
  for (const carried of CARRIED) await recommend(world, roundId, delegations[carried.party]!, carried, day(carried.due))
  await recordStory(world, roundId, { delegations, day: day(-370) })
  for (const [step, status] of RoundStatus.options.slice(1).entries())
    await world.do('secretariat', moveRound, { roundId, status, revision: step + 1 })
  const { documentId } = await world.do('chair', writeRoundReport, { roundId, language: 'en' })
  await world.do('secretariat', issueDocument, { documentId, series: '' })
  for (const seatId of seats) await world.do('secretariat', endSeat, { seatId })
  return roundId
}

async function recommend(
  world: World,
  roundId: string,
  addresseeId: string,
  carried: Carried,
  dueOn: string,
): Promise<void> {
  const { party, title, action, measure, owner, targets, report } = carried
  const head = `${party.toLowerCase()}.head`
  const made = await world.do('chair', makeRecommendation, {
    roundId,
    language: 'en',
    title,
    action,
    measure,
    owner,
    dueOn,
    force: 'agreed_commitment',
    sdgTargets: targets,
    addresseeIds: [addresseeId],
    rationale: 'Follows from the second round’s dialogue on industrial capabilities. (Invented for the demo.)',
  })
  const recommendationId = made.id
  await world.do('chair', adoptRecommendation, { recommendationId, revision: made.revision })
  await world.do(head, respond, { recommendationId, response: 'supported', text: '' })
  if (report) await reported(world, head, { recommendationId, ...report })
}

/** What became of it before the next round takes it up. */
export async function afterwards(world: World, roundId: string): Promise<void> {
  const { items } = await world.do('secretariat', getCarryOver, { roundId })
  const { id: recommendationId } = items.find(({ addressees }) => addressees.includes('GHA'))!
  await reported(world, 'gha.head', { recommendationId, ...SINCE })
}

async function reported(world: World, who: string, told: Told & { recommendationId: string }): Promise<void> {
  const { recommendationId, status, narrative, evidence } = told
  const { id: reportId, revision } = await world.do(who, submitReport, {
    ...{ recommendationId, narrative, language: 'en', proposedStatus: status },
    ...{ evidenceUrl: evidence, evidenceTitle: 'Progress note (demo)' },
  })
  await world.do('secretariat', reviewReport, { reportId, verdict: 'validated', note: '', revision })
}
