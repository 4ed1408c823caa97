/** The faces of an action plan on its text page; progress when it is adopted. */
export const PLAN_TABS = ['narrative', 'grid', 'board', 'chain', 'checks', 'progress'] as const
export type PlanTab = (typeof PLAN_TABS)[number]

export const isPlanTab = (name: string | null): name is PlanTab => PLAN_TABS.some((tab) => tab === name)
