import { it } from '@jest/globals'
import { pick, randomFrom } from '../collab/random.js'
import { killTrial } from '../system/kill-trial.js'
import { MortalServer } from '../system/mortal-server.js'

const FIRST = Number(process.env.SOAK_FIRST ?? 1)
const COUNT = Number(process.env.SOAK_COUNT ?? 100)

const say = (sentence: string): boolean => process.stdout.write(`${sentence}\n`)

it(
  'kill -9 takes nothing that another had seen',
  async () => {
    const server = await MortalServer.open()
    const lost: string[] = []
    try {
      for (let trial = FIRST; trial < FIRST + COUNT; trial++) {
        const random = randomFrom(trial)
        const victim = pick(random, ['server', 'server and database', 'database'] as const)
        const { typed, seen, missing } = await killTrial(server, victim, random, `k${trial}`)
        lost.push(...missing)
        say(
          `${trial}: kill -9 of the ${victim}: ${typed} words typed, ${seen} seen by another, ${missing.length} missing`,
        )
      }
    } finally {
      await server.close()
    }
    if (lost.length > 0) throw new Error(`missing: ${lost.join(' ')}`)
  },
  2 ** 31 - 1,
)
