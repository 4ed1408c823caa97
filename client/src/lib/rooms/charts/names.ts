/** The charts that can be shown alone, on pages of others too. */
export const CHART_NAMES = ['stages', 'goals', 'map', 'heat', 'scatter'] as const
export type ChartName = (typeof CHART_NAMES)[number]

export const isChartName = (name: string): name is ChartName => CHART_NAMES.some((known) => known === name)
