import { placeBetween } from '@multilogue/shared/order'
import { addRow, readPlanText, setJustification, setPrinciple, type Value } from '@multilogue/shared/plan-text'
import { PRINCIPLES } from '@multilogue/shared/plans'
import type { Doc } from 'yjs'
import { newId } from '../common/ids.js'
import type { Demo } from './demo.js'

/** What the plan builds on: recommendations by their key. */
export interface Serves {
  baseline: string
  traceable: string
}

type Row = Record<string, Value>

/**
 * Four actions with their chain of results and their indicators, as the facilitator put them into the demo's plan.
 * All amounts, baselines and targets are invented. One indicator does not say how often it is collected, so the plan
 * cannot be adopted yet.
 */
export async function planStory({ world, day }: Demo, documentId: string, serves: Serves): Promise<void> {
  await world.edit('facilitator', documentId, ({ doc }) => {
    const results = resultsOf(doc!)
    const items = itemsOf(doc!, results, serves, day)
    indicatorsOf(doc!, results, items)
    for (const principle of PRINCIPLES) setPrinciple(doc!, principle, principle !== 'institutions')
    setJustification(doc!, 'institutions', 'A joint secretariat is to be agreed in the next round. (Invented.)')
  })
}

/** Adds rows one below the other. @returns their ids by key */
export function filled<K extends string>(doc: Doc, table: 'items' | 'results' | 'indicators', all: Record<K, Row>) {
  const ids = {} as Record<K, string>
  let order = readPlanText(doc)[table].at(-1)?.order ?? null
  for (const [key, row] of Object.entries(all) as [K, Row][]) {
    order = placeBetween(order, null)
    addRow(doc, table, (ids[key] = newId()), { ...row, order })
  }
  return ids
}

function resultsOf(doc: Doc) {
  const { impact } = filled(doc, 'results', {
    impact: {
      level: 'impact',
      statement: 'Small manufacturers earn more from what they can prove about their products.',
    },
  })
  const { policy, market } = filled(doc, 'results', {
    policy: { level: 'outcome', parentId: impact, statement: 'Both strategies are steered by one set of figures.' },
    market: { level: 'outcome', parentId: impact, statement: 'Cooperatives sell under their own traceable name.' },
  })
  const { figures, lots } = filled(doc, 'results', {
    figures: { level: 'output', parentId: policy, statement: 'Ten indicators are published for two pilot sectors.' },
    lots: {
      level: 'output',
      parentId: market,
      statement: 'Fifteen cooperatives keep lot records in their own language.',
    },
  })
  return filled(doc, 'results', {
    survey: { level: 'activity', parentId: figures, statement: 'Choose indicators and run one questionnaire.' },
    training: { level: 'activity', parentId: lots, statement: 'Adapt one open tool and train trainers.' },
  })
}

function itemsOf(doc: Doc, { survey, training }: Record<string, string>, serves: Serves, day: Demo['day']) {
  const at = (result: string | undefined) => ({ resultId: result ?? '' })
  return filled(doc, 'items', {
    baseline: {
      activity: 'Agree on ten indicators and a common questionnaire for two pilot sectors',
      ...{ lead: 'ETH', partners: ['IND', 'UNCTAD'], start: day(10), due: day(150) },
      ...{ budget: '120000', currency: 'EUR', genderMarker: 1, targets: ['9.b', '17.18'] },
      ...{ 'lane.5c': 'coordinate', 'lane.axis': 'governance', recommendations: [serves.baseline], ...at(survey) },
    },
    survey: {
      activity: 'Shared market survey for cosmetics and shea',
      ...{ lead: 'GHA', partners: ['COL', 'KOR'], start: day(30), due: day(240) },
      ...{ budget: '85000', currency: 'USD', genderMarker: 1, targets: ['9.3'] },
      ...{ 'lane.5c': 'compete', 'lane.axis': 'marketing', ...at(survey) },
    },
    tool: {
      activity: 'Adapt an open traceability tool to Arabic, French and Tamazight',
      ...{ lead: 'MAR', partners: ['TUN', 'CHE'], start: day(20), due: day(210) },
      ...{ budget: '60000', currency: 'EUR', genderMarker: 2, targets: ['5.5', '9.3'] },
      ...{ 'lane.5c': 'conform', 'lane.axis': 'quality', recommendations: [serves.traceable], ...at(training) },
    },
    trainers: {
      activity: 'Train trainers in fifteen cooperatives led by women',
      ...{ lead: 'TUN', partners: ['MAR'], start: day(120), due: day(330) },
      ...{ budget: '45000', currency: 'EUR', genderMarker: 2, targets: ['5.5'] },
      ...{ 'lane.5c': 'connect', 'lane.axis': 'linkages', recommendations: [serves.traceable], ...at(training) },
    },
  })
}

function indicatorsOf(doc: Doc, { survey, training }: Record<string, string>, items: Record<string, string>): void {
  filled(doc, 'indicators', {
    indicators: {
      title: 'Indicators adopted by both ministries (invented)',
      ...{ unit: 'number', baseline: '0', target: '10', method: 'Count of indicators in the joint decision' },
      ...{ source: 'Joint decision of the two ministries', responsible: 'ETH', frequency: 'half_yearly' },
      ...{ disaggregation: 'sector', resultId: survey ?? '' },
    },
    firms: {
      title: 'Firms that answered the questionnaire (invented)',
      ...{ unit: 'number', baseline: '0', target: '400', method: 'Count of complete answers' },
      ...{ source: 'Survey data set', responsible: 'GHA', frequency: 'once' },
      ...{ disaggregation: 'size of firm, sex of owner', itemId: items.survey ?? '' },
    },
    cooperatives: {
      title: 'Cooperatives that sell traceable lots (invented)',
      ...{ unit: 'number', baseline: '2', target: '15', method: 'Count of cooperatives with lot records' },
      ...{ source: 'Register of the training partners', responsible: 'MAR' },
      ...{ disaggregation: 'country, sex of members', resultId: training ?? '' },
    },
  })
}
