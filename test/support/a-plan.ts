import { openDocument, syncDocument } from '@multilogue/shared/documents'
import { addRow, setPrinciple, type Value } from '@multilogue/shared/plan-text'
import { PRINCIPLES } from '@multilogue/shared/plans'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import type { SmallRound } from './small-round.js'
import type { Stage } from './stage.js'

export interface PlanIds {
  item: string
  impact: string
  activity: string
  indicator: string
}

const INDICATOR: Record<string, Value> = {
  title: 'Firms reached',
  unit: 'number',
  baseline: '0',
  target: '40',
  method: 'Count',
  source: 'Register',
  responsible: 'GHA',
  frequency: 'yearly',
  disaggregation: 'sex of owner',
}

/** A plan of one action that can be adopted. @param without  fields of the indicator that are left out */
export function writePlan(doc: Y.Doc, without: string[] = []): PlanIds {
  const ids = { item: newId(), impact: newId(), activity: newId(), indicator: newId() }
  const indicator = Object.fromEntries(Object.entries(INDICATOR).filter(([field]) => !without.includes(field)))
  doc.transact(() => {
    addRow(doc, 'results', ids.impact, { level: 'impact', statement: 'Firms earn more', order: 'V' })
    addRow(doc, 'results', ids.activity, {
      level: 'activity',
      parentId: ids.impact,
      statement: 'Run a survey',
      order: 'W',
    })
    addRow(doc, 'items', ids.item, {
      activity: 'Survey',
      lead: 'GHA',
      due: '2027-12-01',
      resultId: ids.activity,
      order: 'V',
    })
    addRow(doc, 'indicators', ids.indicator, { ...indicator, resultId: ids.activity, order: 'V' })
    for (const principle of PRINCIPLES) setPrinciple(doc, principle, true)
  })
  return ids
}

/** An action plan of the round with that content; a delegation's own by Ghana. */
export async function aPlan(
  stage: Stage,
  round: SmallRound,
  {
    visibility = 'participants',
    without = [],
  }: { visibility?: 'participants' | 'delegation'; without?: string[] } = {},
) {
  const by = visibility === 'delegation' ? 'gha.head' : 'facilitator'
  const { id, revision } = await stage.done(by, openDocument, {
    roundId: round.roundId,
    kind: 'action_plan',
    title: 'Plan',
    language: 'en',
    visibility,
  })
  const doc = new Y.Doc()
  const ids = writePlan(doc, without)
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
  await stage.done(by, syncDocument, { documentId: id, update })
  return { documentId: id, revision, ...ids }
}
