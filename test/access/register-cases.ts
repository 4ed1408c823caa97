import { succeedRecommendations } from '@multilogue/shared/recommendations'
import { readIn } from '@multilogue/shared/register'
import { CONDUCT, kase, type Case, type Here } from './roles.js'

/** The register of recommendations. */
export const registerCases = (here: Here): Case[] => {
  const replaced = async (state: 'proposed' | 'adopted') => {
    const { id: recommendationId, revision } = await here.things.recommendation(state)
    const { roundId, ...fields } = here.things.recommendationInput()
    return {
      ...{ roundId, act: 'superseded' as const, reason: 'Better words.', from: [{ recommendationId, revision }] },
      into: [{ kind: 'new' as const, ...fields }],
    }
  }
  const table = (title: string) => ({
    ...{ roundId: here.round.roundId, language: 'en' as const, fileName: 'register.csv' },
    file: Buffer.from(`title,addressees\n${title},GHA\n`).toString('base64'),
  })
  return [
    kase({
      act: readIn,
      state: 'a table without mistakes',
      may: ['chair', 'rapporteur', 'secretariat'],
      given: () => Promise.resolve(table(here.unique('Read in '))),
    }),
    kase({
      act: readIn,
      state: 'a table with mistakes',
      may: [],
      no: 'sheet-faulty',
      entitled: 'secretariat',
      given: () => Promise.resolve(table('')),
    }),
    ...(['proposed', 'adopted'] as const).map((state) =>
      kase({ act: succeedRecommendations, state, may: CONDUCT, given: () => replaced(state) }),
    ),
    kase({
      act: succeedRecommendations,
      state: 'superseded already',
      may: [],
      no: 'wrong-state',
      entitled: 'secretariat',
      given: async () => {
        const input = await replaced('adopted')
        await here.things.superseded(input)
        return input
      },
    }),
  ]
}
