import { z } from 'zod'
import { query } from './contract.js'
import { CountryLine, Flow } from './countries.js'
import { Figures, figuresOf, type Counted } from './figures.js'
import type { Addressee } from './recommendations.js'
import { Id } from './values.js'

/* What a round looks like: the figures of all other pages, laid out to be drawn. */

const Count = z.int().nonnegative()

/** How many recommendations, counted once for each addressee, have come how far. */
export const Stages = z.object({ addressed: Count, answered: Count, begun: Count, implemented: Count })
export type Stages = z.infer<typeof Stages>
export const STAGES = ['addressed', 'answered', 'begun', 'implemented'] as const satisfies (keyof Stages)[]

/** Of the recommendations that serve one of the Sustainable Development Goals, 1 to 17. */
export const GoalLine = z.object({ goal: z.int().min(1).max(17), figures: Figures })
export type GoalLine = z.infer<typeof GoalLine>

/** What is addressed to one party for one goal. */
export const GoalCell = GoalLine.extend({ code: z.string() })
export type GoalCell = z.infer<typeof GoalCell>

export const Charts = z.object({
  stages: Stages,
  figures: Figures,
  /** Those that some recommendation serves. */
  goals: z.array(GoalLine),
  cells: z.array(GoalCell),
  countries: z.array(CountryLine),
})
export type Charts = z.infer<typeof Charts>

/** The charts that can be shown alone, on pages of others too. */
export const CHART_NAMES = ['stages', 'goals', 'map', 'heat', 'scatter'] as const
export type ChartName = (typeof CHART_NAMES)[number]

export const isChartName = (name: string): name is ChartName => CHART_NAMES.some((known) => known === name)

/** What is counted, with what it is counted by. */
export type Charted = Counted & { code: string; response: Addressee['response']; goals: readonly number[] }

/** Of targets such as `9.3`, the goals. */
export const goalsOf = (targets: readonly string[]): number[] =>
  [...new Set(targets.map((target) => Number.parseInt(target, 10)))].sort((a, b) => a - b)

export function stagesOf(all: readonly Charted[]): Stages {
  const { base, implemented, triggered } = figuresOf(all)
  const isAnswered = ({ status, response }: Charted) => status !== 'no_longer_applicable' && response !== 'pending'
  return { addressed: base, answered: all.filter(isAnswered).length, begun: triggered, implemented }
}

export function goalLinesOf(all: readonly Charted[]): GoalLine[] {
  const goals = [...new Set(all.flatMap((one) => one.goals))].sort((a, b) => a - b)
  return goals.map((goal) => ({ goal, figures: figuresOf(all.filter((one) => one.goals.includes(goal))) }))
}

/** In the order of the goals, then of the parties. */
export function goalCellsOf(all: readonly Charted[]): GoalCell[] {
  const codes = [...new Set(all.map(({ code }) => code))].sort()
  return codes
    .flatMap((code) => goalLinesOf(all.filter((one) => one.code === code)).map((line) => ({ ...line, code })))
    .sort((a, b) => a.goal - b.goal)
}

export const getCharts = query('charts.getCharts', 'GET /rounds/:roundId/charts', {
  summary: 'The figures of a round, by stage, by goal and by party, and what passes between parties.',
  input: z.object({ roundId: Id }),
  output: Charts.extend({ flows: z.array(Flow) }),
})
