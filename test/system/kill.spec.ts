import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomFrom } from '../collab/random.js'
import { killTrial } from './kill-trial.js'
import { MortalServer } from './mortal-server.js'

describe('kill -9 while people type', () => {
  const random = randomFrom(Date.now() % 2 ** 31)
  let server: MortalServer

  beforeAll(async () => {
    server = await MortalServer.open()
  }, 120_000)
  afterAll(() => server.close())

  it.each([
    ['server', 1],
    ['server and database', 2],
    ['database', 3],
    ['server', 4],
    ['server and database', 5],
  ] as const)(
    '[ENGINE-1] of the %s (trial %i) takes nothing that another had seen',
    async (victim, trial) => {
      const { seen, missing } = await killTrial(server, victim, random, `k${trial}`)
      expect(seen).toBeGreaterThan(0)
      expect(missing).toEqual([])
    },
    60_000,
  )
})
