import { assessChange, getChangeTable } from '@multilogue/shared/change-table'
import { openDocument } from '@multilogue/shared/documents'
import { answerInWriting, askInWriting, assess, prepareReview } from '@multilogue/shared/reviews'
import { addAgendaItem, scheduleSession } from '@multilogue/shared/rounds'
import type { Demo } from './demo.js'

/** What Ghana is asked of itself, with what it has answered so far. Answers and addresses are invented. */
const ASSESSMENT: [question: string, answer?: string, source?: string][] = [
  ['Which document sets out the industrial policy in force?', 'The Industrial Transformation Plan of 2023.'],
  ['Which body coordinates it, and to whom does it report?', 'A council of six ministries, to the Cabinet.'],
  ['How often does that body meet?', 'Every quarter; it met four times last year.'],
  ['Which sectors are named as priorities?', 'Agro-processing, garments, pharmaceuticals and vehicles.'],
  ['By which evidence were they chosen?', 'A diagnostic of 2021 and a survey of 800 firms.'],
  ['Which targets for value added have been set?', 'Fifteen per cent of output by 2030, from eleven.'],
  ['Which targets for jobs have been set?', '120,000 new jobs in manufacturing by 2030.'],
  ['How are women and young people reached?', 'A third of places in training is kept for each.'],
  ['Which share of the budget is spent on industry?', '2.1 per cent of expenditure.', 'https://example.org/budget'],
  ['Which incentives are granted, and for how long?', 'Tax credits for five years, reviewed in the third.'],
  ['What is published about who receives them?', 'Names and amounts, once a year.', 'https://example.org/register'],
  ['How is small industry financed?', 'A guarantee scheme covers half of each loan.'],
  ['Which standards and tests can be had in the country?', 'Food, textiles and cement; medicines from next year.'],
  ['How are skills matched with what firms need?', 'Nine sector councils revise curricula every two years.'],
  ['How is technology acquired and adapted?', 'Two applied institutes, and a voucher for small firms.'],
  ['Which digital services do firms use?', 'Registration, customs and tax are online.'],
  ['How is energy for industry secured?', 'Two industrial parks have supply of their own.'],
  ['How is pollution by industry measured?', 'Reports of firms, audited in one case of five.'],
  ['Which regional agreements shape the policy?', 'The continental free trade area, since 2021.'],
  ['How are local suppliers linked with large firms?', 'A supplier programme with 140 firms.'],
  ['How are firms and workers consulted?', 'Through the council, and hearings in each region.'],
  ['How is progress measured, and by whom?', 'Twelve indicators, by the statistical service.'],
  ['What has been changed after an evaluation?'],
  ['Where is help from other countries wanted most?'],
]

/** A session that reviews Ghana tomorrow: its statement is drafted, two answers and one in writing are to come. */
export async function reviewsStory({ world, roundId, delegations }: Demo, now: Date): Promise<void> {
  const at = (hours: number) => new Date((Math.floor(now.getTime() / 3_600_000) + hours) * 3_600_000).toISOString()
  const { id: sessionId } = await world.do('secretariat', scheduleSession, {
    ...{ roundId, kind: 'plenary', title: 'Review: industrial policy in Ghana', startsAt: at(17), endsAt: at(19) },
    ...{ timeZone: 'Europe/Vienna', venue: 'Boardroom D and online' },
  })
  await world.do('secretariat', addAgendaItem, { sessionId, number: '4', title: 'Industrial policy in Ghana' })
  const questions = ASSESSMENT.map(([question]) => question)
  const { id: reviewId } = await world.do('secretariat', prepareReview, {
    ...{ sessionId, delegationId: delegations.GHA!, discussantId: delegations.COL!, questions },
  })
  for (const [index, [, answer, source]] of ASSESSMENT.entries())
    if (answer) await world.do('gha.adviser', assess, { reviewId, no: index + 1, answer, source, revision: 1 })
  const { id: documentId } = await world.do('gha.head', openDocument, {
    ...{ roundId, kind: 'policy_statement', title: 'Policy statement of Ghana', language: 'en' },
    visibility: 'delegation',
  })
  await world.begin('gha.head', documentId, [
    { kind: 'paragraph', text: 'Ghana adds value at home before it exports.' },
    { kind: 'paragraph', text: 'Clusters are chosen with the firms that work in them.' },
  ])
  const ask = (body: string) => world.do('unctad', askInWriting, { reviewId, body, language: 'en' })
  await ask('Which of the incentives has been ended after a review, and why?')
  const { written } = await ask('How do cooperatives without electricity use the services that are online?')
  await world.do('gha.head', answerInWriting, {
    questionId: written[0]!.id,
    body: 'The credit for assembly without local suppliers, after an evaluation found no new jobs.',
    language: 'en',
  })
  await lookBack(world, { reviewId, sessionId })
}

/** What came of the recommendation of Round 2, as the secretariat and Colombia see it. */
async function lookBack(world: Demo['world'], at: { reviewId: string; sessionId: string }): Promise<void> {
  const { changes } = await world.do('secretariat', getChangeTable, { sessionId: at.sessionId })
  const on = { reviewId: at.reviewId, recommendationId: changes[0]!.id, language: 'en' as const }
  await world.do('secretariat', assessChange, {
    ...{ ...on, status: 'implemented', impact: 'limited', revision: 0 },
    words: 'Both series are out on time. Ministries use them; few firms know them yet. (Invented for the demo.)',
  })
  await world.do('col.head', assessChange, {
    ...{ ...on, status: 'implemented', impact: 'substantial', revision: 0 },
    words: 'One desk has ended three surveys of the same firms. We are copying it. (Invented for the demo.)',
  })
}
