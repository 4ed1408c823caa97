import { setJustification, setPrinciple } from '@multilogue/shared/plan-text'
import { PRINCIPLES, type GenderMarker } from '@multilogue/shared/plans'
import type { Doc } from 'yjs'
import type { z } from 'zod'
import type { Demo } from './demo.js'
import { filled } from './plan-story.js'

type Item = { activity: string; lane: string; partners: string[]; gender: z.infer<typeof GenderMarker>; budget: string }

interface ClusterPlan {
  lead: string
  title: string
  outcome: string
  output: string
  items: Item[]
  frequency?: string
}

const IMPACT = 'Small producers earn more from what they can prove about their products.'

/** Ten actions; the gender marker is 2 on three of them. Invented. */
const PLANS: ClusterPlan[] = [
  {
    lead: 'MAR',
    title: 'Plan of Morocco: argan and cosmetics cluster 2027–2029',
    outcome: 'Cooperatives sell under their own traceable name.',
    output: 'Fifteen cooperatives keep lot records.',
    frequency: 'half_yearly',
    items: [
      {
        activity: 'Set up the joint secretariat of the cluster',
        lane: 'coordinate',
        partners: [],
        gender: 1,
        budget: '30000',
      },
      {
        activity: 'Keep lot records in Tamazight and Arabic',
        lane: 'conform',
        partners: ['TUN'],
        gender: 2,
        budget: '60000',
      },
      { activity: 'Open a shared laboratory', lane: 'compete', partners: ['CHE'], gender: 1, budget: '210000' },
      {
        activity: 'Guarantee fund for cooperatives led by women',
        lane: 'credit',
        partners: [],
        gender: 2,
        budget: '150000',
      },
    ],
  },
  {
    lead: 'GHA',
    title: 'Plan of Ghana: shea and cosmetics 2027–2029',
    outcome: 'Processors reach buyers without an intermediary.',
    output: 'Twenty processors are certified.',
    // It is not said how often this is collected, so the plan cannot be adopted yet.
    items: [
      {
        activity: 'Survey of buyers with Colombia and the Republic of Korea',
        lane: 'connect',
        partners: ['COL', 'KOR'],
        gender: 1,
        budget: '85000',
      },
      { activity: 'Certify processors of shea butter', lane: 'conform', partners: [], gender: 2, budget: '70000' },
      { activity: 'Share packaging lines', lane: 'compete', partners: [], gender: 0, budget: '95000' },
    ],
  },
  {
    lead: 'ETH',
    title: 'Plan of Ethiopia: one baseline for two strategies 2027–2029',
    outcome: 'Both strategies are steered by one set of figures.',
    output: 'Ten indicators are published.',
    frequency: 'yearly',
    items: [
      {
        activity: 'Joint working group of two ministries',
        lane: 'coordinate',
        partners: ['IND'],
        gender: 1,
        budget: '20000',
      },
      {
        activity: 'One questionnaire in two pilot sectors',
        lane: 'connect',
        partners: ['IND'],
        gender: 1,
        budget: '120000',
      },
      { activity: 'Credit line for digital equipment', lane: 'credit', partners: [], gender: 0, budget: '300000' },
    ],
  },
]

/** @returns the ids of those plans that can be adopted */
export async function clusterPlans({ world, day }: Demo, open: (key: string, title: string) => Promise<string>) {
  const made: Record<string, string> = {}
  for (const plan of PLANS) {
    const key = `${plan.lead.toLowerCase()}.head`
    const documentId = await open(key, plan.title)
    await world.edit(key, documentId, ({ doc }) => write(doc!, plan, day))
    made[plan.lead] = documentId
  }
  return { morocco: made.MAR!, ethiopia: made.ETH! }
}

function write(doc: Doc, { lead, items, outcome, output, frequency }: ClusterPlan, day: Demo['day']): void {
  const { impact } = filled(doc, 'results', { impact: { level: 'impact', statement: IMPACT } })
  const above = filled(doc, 'results', { outcome: { level: 'outcome', parentId: impact, statement: outcome } })
  const { result } = filled(doc, 'results', {
    result: { level: 'output', parentId: above.outcome, statement: output },
  })
  const { activity } = filled(doc, 'results', {
    activity: { level: 'activity', parentId: result, statement: 'Joint actions of the cluster.' },
  })
  for (const [at, { lane, partners, gender, budget, activity: words }] of items.entries())
    filled(doc, 'items', {
      item: {
        ...{ activity: words, lead, partners, start: day(20 + 30 * at), due: day(240 + 30 * at), budget },
        ...{ currency: 'EUR', genderMarker: gender, 'lane.5c': lane, resultId: activity, targets: ['9.3'] },
      },
    })
  filled(doc, 'indicators', {
    indicator: {
      ...{
        title: `${output} (Invented.)`,
        unit: 'number',
        baseline: '0',
        target: '15',
        method: 'Count',
        source: 'Register',
      },
      ...{ responsible: lead, disaggregation: 'sex of members', resultId: result, ...(frequency ? { frequency } : {}) },
    },
  })
  for (const principle of PRINCIPLES) setPrinciple(doc, principle, principle !== 'institutions')
  setJustification(doc, 'institutions', 'A host institution is to be agreed within the year. (Invented.)')
}
