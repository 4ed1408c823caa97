import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { getCharts } from '@multilogue/shared/charts'
import { listCountries } from '@multilogue/shared/countries'
import { getPublicCharts, getPublicRound } from '@multilogue/shared/portal'
import { AssistanceThings } from '../access/assistance-things.js'
import { Things } from '../access/things.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* What a round looks like is what all other pages say. */

let stage: Stage
let round: SmallRound

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  const things = new Things(stage, round)
  await things.reportWithEvidence('validated')
  await things.recommendationToAnswer('adopted')
  await things.recommendationToAnswer('proposed')
  await new AssistanceThings(stage, round, things).commitment('confirmed')
})
afterAll(() => stage.close())

it('[CHART-7] a round that is only planned shows nothing to the public', async () => {
  const { roundId } = round
  const [{ status } = { status: '' }] = await stage.source.query<{ status: string }[]>(
    `SELECT status FROM round WHERE id = $1`,
    [roundId],
  )
  const stand = (as: string) => stage.source.query(`UPDATE round SET status = $2 WHERE id = $1`, [roundId, as])
  await stand('planned')
  expect((await stage.call(null, getPublicCharts, { roundId })).says).toBe('not-found')
  await stand(status)
  expect((await stage.call(null, getPublicCharts, { roundId })).says).toBe('ok')
})

it('[CHART-5] has the figures of the countries page and of the public one, and the goals of what is recommended', async () => {
  const { roundId } = round
  const charts = await stage.done('deu.head', getCharts, { roundId })
  const { countries, flows } = await stage.done('chair', listCountries, { roundId })
  expect(charts).toMatchObject({ countries, flows })
  expect(flows.length).toBeGreaterThan(0)
  const { figures, recommendations } = (await stage.call(null, getPublicRound, { roundId })).output!
  expect(charts.figures).toEqual(figures)
  expect(figures.triggered).toBeGreaterThan(0)
  expect(charts.stages).toMatchObject({
    ...{ addressed: figures.base, begun: figures.triggered, implemented: figures.implemented },
  })
  const goals = new Set(
    recommendations.flatMap(({ sdgTargets }) => sdgTargets.map((target) => Number.parseInt(target, 10))),
  )
  expect(new Set(charts.goals.map(({ goal }) => goal))).toEqual(goals)
  for (const { goal, figures: of } of charts.goals) {
    const cells = charts.cells.filter((cell) => cell.goal === goal)
    expect(cells.reduce((all, cell) => all + cell.figures.base, 0)).toBe(of.base)
  }
})

it('[CHART-6] everybody may see it but for what passes between parties', async () => {
  const { roundId } = round
  const { flows: _, ...charts } = await stage.done('gha.adviser', getCharts, { roundId })
  const { round: of, ...open } = (await stage.call(null, getPublicCharts, { roundId })).output!
  expect(open).toEqual(charts)
  expect(of.id).toBe(roundId)
  expect((await stage.call(null, getCharts, { roundId })).says).toBe('not-signed-in')
})
