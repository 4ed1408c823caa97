import {
  addAgendaItem,
  conductSession,
  formBody,
  moveRound,
  scheduleSession,
  type AgendaItem,
} from '../../shared/src/rounds.js'
import type { World } from '../../server/src/demo/world.js'

export interface SmallRound {
  roundId: string
  sessionId: string
  item: AgendaItem
  bodyId: string
  delegations: Record<'GHA' | 'ETH' | 'DEU' | 'REJ' | 'UNCTAD' | 'AGI', string>
  seats: Record<string, string>
}

const OFFICERS = ['secretariat', 'chair', 'facilitator', 'rapporteur', 'admin'] as const
const DELEGATIONS = [
  ['GHA', 'Ghana', 'member', 'accepted'],
  ['ETH', 'Ethiopia', 'member', 'provisional'],
  ['DEU', 'Germany', 'member', 'accepted'],
  ['REJ', 'Rejected', 'member', 'rejected'],
  ['UNCTAD', 'UNCTAD', 'observer', 'accepted'],
  ['AGI', 'Association of Ghana Industries', 'stakeholder', 'accepted'],
] as const

/** One person for every role, in a round with one live session and one item; and `outsider`, who sits in another round. */
export async function smallRound(world: World): Promise<SmallRound> {
  const plan = (number: number) =>
    world.round({
      number,
      title: `Round ${number}`,
      place: 'Vienna',
      opens: '2027-06-08',
      closes: '2027-06-10',
      symbolPrefix: `T.${number}`,
    })
  const roundId = await plan(3)
  const elsewhere = await plan(9)
  const seats: Record<string, string> = {}
  for (const key of OFFICERS) {
    await world.person(key, `The ${key}`)
    seats[key] = await world.seat(key, roundId, key)
  }
  await world.person('outsider', 'The outsider')
  seats.outsider = await world.seat('outsider', elsewhere, 'secretariat')
  const delegations = {} as SmallRound['delegations']
  for (const [code, name, kind, credentials] of DELEGATIONS) {
    delegations[code] = await world.delegation(roundId, { code, name, kind }, credentials)
    for (const role of ['head', 'adviser'] as const) {
      const key = `${code.toLowerCase()}.${role}`
      await world.person(key, `${name} ${role}`)
      seats[key] = await world.seat(key, roundId, role, delegations[code])
    }
  }
  await world.do('secretariat', moveRound, { roundId, status: 'open', revision: 1 })
  const session = await world.do('secretariat', scheduleSession, {
    roundId,
    kind: 'plenary',
    title: 'Plenary',
    startsAt: '2027-06-08T08:00:00Z',
    endsAt: '2027-06-08T11:00:00Z',
    timeZone: 'Europe/Vienna',
    venue: 'Boardroom D',
  })
  const item = await world.do('secretariat', addAgendaItem, {
    sessionId: session.id,
    number: '1',
    title: 'Data for industry',
  })
  await world.do('secretariat', conductSession, {
    sessionId: session.id,
    status: 'live',
    currentItemId: item.id,
    revision: 1,
  })
  const body = await world.do('secretariat', formBody, {
    roundId,
    code: 'LDCs',
    name: 'Least developed',
    delegationIds: [delegations.ETH],
  })
  return { roundId, sessionId: session.id, item, bodyId: body.id, delegations, seats }
}
