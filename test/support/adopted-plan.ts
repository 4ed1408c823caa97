import { openDocument, syncDocument } from '@multilogue/shared/documents'
import { addRow, setPrinciple } from '@multilogue/shared/plan-text'
import { adoptPlan, PRINCIPLES, readPlan } from '@multilogue/shared/plans'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import type { SmallRound } from './small-round.js'
import { until, type Stage } from './stage.js'

/** An adopted plan with actions of Ghana and two indicators: diagnostics from 0 to 40, producers from 25 to 60. */
export async function anAdoptedPlan(
  stage: Stage,
  round: SmallRound,
  { lead = 'GHA', actions = 1, due = '2027-12-01' } = {},
) {
  const { id: documentId, revision } = await stage.done('facilitator', openDocument, {
    ...{ roundId: round.roundId, kind: 'action_plan' as const, title: 'Plan of the cluster', language: 'en' as const },
  })
  const ids = { output: newId(), activity: newId(), impact: newId(), diagnostics: newId(), producers: newId() }
  const items = Array.from({ length: actions }, () => newId())
  const doc = new Y.Doc()
  doc.transact(() => {
    addRow(doc, 'results', ids.impact, { level: 'impact', statement: 'Firms earn more', order: 'V' })
    addRow(doc, 'results', ids.output, {
      level: 'output',
      parentId: ids.impact,
      statement: 'Producers comply',
      order: 'W',
    })
    addRow(doc, 'results', ids.activity, { level: 'activity', parentId: ids.output, statement: 'Coach', order: 'X' })
    for (const [at, id] of items.entries())
      addRow(doc, 'items', id, {
        ...{ activity: `Action ${at + 1}`, lead, due, resultId: ids.activity },
        order: String.fromCharCode(65 + at),
      })
    const shared = { unit: 'number', method: 'Count', source: 'Register', responsible: lead, frequency: 'half_yearly' }
    addRow(doc, 'indicators', ids.diagnostics, {
      ...{ title: 'Diagnostics', baseline: '0', target: '40', disaggregation: 'sex of owner', resultId: ids.output },
      ...{ ...shared, order: 'V' },
    })
    addRow(doc, 'indicators', ids.producers, {
      ...{ title: 'Compliant producers', baseline: '25', target: '60', disaggregation: 'sex', itemId: items[0]! },
      ...{ ...shared, order: 'W' },
    })
    for (const principle of PRINCIPLES) setPrinciple(doc, principle, true)
  })
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
  await stage.done('facilitator', syncDocument, { documentId, update })
  await until('the tables have followed', async () => (await stage.done('gha.head', readPlan, { documentId })).no >= 1)
  await stage.done('chair', adoptPlan, { documentId, revision })
  return { documentId, items, ...ids }
}
