import type { INestApplicationContext } from '@nestjs/common'
import { decideCarryOver, getCarryOver } from '@multilogue/shared/carrying'
import { moveRound } from '@multilogue/shared/rounds'
import { giveSeat } from '@multilogue/shared/seats'
import type { DataSource } from 'typeorm'
import { Clock, dayOf } from '../common/clock.js'
import { row } from '../common/sql.js'
import { countriesStory } from './countries-story.js'
import { calendarStory } from './calendar-story.js'
import { assistanceStory } from './assistance-story.js'
import { debateStory } from './debate-story.js'
import { decisionsStory } from './decisions-story.js'
import { dialogueStory } from './dialogue-story.js'
import { afterwards, earlierRound } from './earlier-round.js'
import { negotiationStory } from './negotiation-story.js'
import { noticesStory } from './notices-story.js'
import { MEMBERS, OBSERVERS, OFFICERS } from './people.js'
import { registerStory } from './register-story.js'
import { reviewsStory } from './reviews-story.js'
import { orderStory } from './order-story.js'
import { speakersStory } from './speakers-story.js'
import { talkStory } from './talk-story.js'
import { visionStory } from './vision-story.js'
import { World } from './world.js'

/** What a database holds: nothing, the demo accounts, or somebody's own work; a demo that was read from an archive has no passwords and is that. */
export async function demoState(source: DataSource): Promise<'empty' | 'demo' | 'own'> {
  const demo = await row(source, `SELECT 1 FROM person WHERE demo AND password_hash IS NOT NULL LIMIT 1`)
  if (demo) return 'demo'
  return (await row(source, `SELECT 1 FROM person LIMIT 1`)) ? 'own' : 'empty'
}

/** The keys under which the demo's people and things are found. */
export interface Demo {
  world: World
  roundId: string
  /** Delegation ids by code. */
  delegations: Record<string, string>
  day: (offset: number) => string
}

/**
 * The demo round: Round 3 with its members, in session today, and what was left of Round 2. All persons,
 * statements, amounts and dates are invented; dates stand relative to the day it is made.
 */
export async function makeDemo(app: INestApplicationContext): Promise<Demo> {
  const world = new World(app)
  const now = app.get(Clock).now()
  const day = (offset: number) => dayOf(new Date(now.getTime() + offset * 86_400_000))
  await enrolAll(world)
  const previousId = await earlierRound(world, day)
  const demo = await openRound(world, previousId, day)
  await afterwards(world, demo.roundId)
  await carryOver(demo)
  const told = await dialogueStory(demo, now)
  await debateStory(demo, told)
  await reviewsStory(demo, now)
  await orderStory(demo, told)
  await calendarStory(demo)
  await talkStory(demo, told)
  await speakersStory(demo, told)
  await assistanceStory(demo, told)
  await negotiationStory(demo)
  await visionStory(demo)
  await decisionsStory(demo, told.items.alignment.sessionId, now)
  await noticesStory(demo)
  await countriesStory(demo)
  await registerStory(demo)
  return demo
}

/** What Round 2 has left open goes on in Round 3. */
async function carryOver({ world, roundId }: Demo): Promise<void> {
  const { items } = await world.do('secretariat', getCarryOver, { roundId })
  const recommendationIds = items.filter(({ settled }) => !settled).map(({ id }) => id)
  await world.do('secretariat', decideCarryOver, { roundId, recommendationIds, act: 'carried' })
}

async function enrolAll(world: World): Promise<void> {
  await Promise.all([
    ...OFFICERS.map(({ key, name }) => world.person(key, name)),
    ...OBSERVERS.map(({ key, person }) => world.person(key, person)),
    ...MEMBERS.flatMap(({ code, head, adviser, language }) => [
      world.person(`${code.toLowerCase()}.head`, head, language),
      world.person(`${code.toLowerCase()}.adviser`, adviser, language),
    ]),
  ])
}

async function openRound(world: World, previousId: string, day: Demo['day']): Promise<Demo> {
  const roundId = await world.round({
    number: 3,
    title: 'Multilateral Industrial Policy Forum, third round',
    place: 'Vienna and online',
    opens: day(-1),
    closes: day(1),
    symbolPrefix: 'MIPF.3',
    previousId,
  })
  for (const { key, role } of OFFICERS) await world.seat(key, roundId, role)
  const delegations: Record<string, string> = {}
  for (const { code, name } of MEMBERS) {
    const kind = 'member' as const
    const id = await world.delegation(roundId, { code, name, kind }, code === 'ETH' ? 'provisional' : 'accepted')
    delegations[code] = id
    await world.seat(`${code.toLowerCase()}.head`, roundId, 'head', id)
    await world.seat(`${code.toLowerCase()}.adviser`, roundId, 'adviser', id)
  }
  await world.do('secretariat', giveSeat, {
    ...{ roundId, delegationId: delegations.KOR!, role: 'expert', language: 'en' },
    ...{ email: 'kor.expert@demo.test', name: 'Seo Ji-woo' },
  })
  for (const { key, code, name, kind } of OBSERVERS) {
    delegations[code] = await world.delegation(roundId, { code, name, kind })
    await world.seat(key, roundId, 'head', delegations[code])
  }
  await world.do('secretariat', moveRound, { roundId, status: 'open', revision: 1 })
  await world.do('secretariat', moveRound, { roundId, status: 'in_session', revision: 2 })
  return { world, roundId, delegations, day }
}
