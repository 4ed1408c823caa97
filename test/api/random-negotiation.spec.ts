import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { integrityOf } from '../support/integrity.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Negotiators } from './negotiators.js'
import { bracketsOfNobody, RandomNegotiation } from './random-negotiation.js'

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
})
afterAll(() => stage.close())

/** Milliseconds. */
const MINUTES = 60_000
it.each([1, 2, 3, 4])(
  '[NEGO-10] nothing breaks, whatever delegations do (seed %i)',
  async (seed) => {
    const { documentId } = await new Negotiators(stage, round).zeroDraft()
    const negotiation = new RandomNegotiation(stage, documentId, seed)
    for (let step = 0; step < 50; step++) {
      await negotiation.step()
      // The rows of brackets follow a text that others than their acts have changed, within a second.
      await until('every bracket is known', async () => bracketsOfNobody(await negotiation.seen()).length === 0)
      const faults = [
        ...negotiation.faultsOf(await negotiation.seen()),
        ...(step % 10 === 9 ? await negotiation.faultsOfFile() : []),
        ...(await integrityOf(stage, documentId)).faults,
      ]
      expect({ seed, step, faults }).toEqual({ seed, step, faults: [] })
    }
  },
  2 * MINUTES,
)
