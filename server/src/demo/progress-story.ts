import { getDocument } from '@multilogue/shared/documents'
import { reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { indicatorsOf } from '@multilogue/shared/on-the-way'
import { adoptPlan } from '@multilogue/shared/plans'
import { readProgress } from '@multilogue/shared/progress'
import type { Demo } from './demo.js'

/** Ethiopia's plan is adopted; one action has begun and is measured, another waits to be validated. Values are invented. */
export async function progressStory({ world, day }: Demo, documentId: string): Promise<void> {
  const { revision } = await world.do('chair', getDocument, { documentId })
  await world.do('chair', adoptPlan, { documentId, revision })
  await world.settle(documentId)
  const plan = await world.do('chair', readProgress, { documentId })
  const report = (at: number, narrative: string, value: number) => {
    const action = plan.actions[at]!
    const [indicator] = indicatorsOf(action, plan)
    return world.do('eth.head', submitReport, {
      ...{ action: { documentId, itemId: action.id }, narrative, language: 'en', proposedStatus: 'in_progress' },
      ...{ evidenceUrl: 'https://example.org/working-group', evidenceTitle: 'Terms of reference (invented)' },
      measurements: [
        {
          ...{ indicatorId: indicator!.id, on: day(0), value },
          parts: [
            { name: 'women', value: Math.floor(value / 2) },
            { name: 'men', value: Math.ceil(value / 2) },
          ],
        },
      ],
    })
  }
  const begun = await report(0, 'The working group has met twice. (Invented for the demo.)', 3)
  await world.do('secretariat', reviewReport, { reportId: begun.id, verdict: 'validated', revision: begun.revision })
  await report(1, 'The questionnaire is being tried in one sector. (Invented for the demo.)', 4)
}
