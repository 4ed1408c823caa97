import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { placeBetween } from '@multilogue/shared/order'
import { findingsOf } from '@multilogue/shared/plan-checks'
import { addRow, readPlanText, type Value } from '@multilogue/shared/plan-text'
import {
  adoptPlan,
  checkPlan,
  draftFromRecommendations,
  listGaps,
  listPlanItems,
  readPlan,
} from '@multilogue/shared/plans'
import { isAccepted, type Recommendation } from '@multilogue/shared/recommendations'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { mayAdoptPlan, mayWritePlan, visiblePlan } from '../access/plan.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { audienceOf } from '../documents/audience.js'
import { Modes } from '../documents/modes.js'
import { Texts } from '../documents/texts.js'
import { recommendationsOf } from '../recommendations/recommendations.views.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { actedOn, adoptionOf, planIndicatorsOf, planItemsOf, planResultsOf, projectedNo } from './plans.views.js'

const ENDED = new Set(['implemented', 'not_pursued', 'no_longer_applicable'])

/** Action plans: texts whose actions, results and indicators are drafted in the text and read in tables. */
@Injectable()
export class PlansService {
  constructor(
    private readonly texts: Texts,
    private readonly modes: Modes,
  ) {}

  @Handles(listPlanItems)
  listPlanItems({ db, caller }: Reading, { roundId, ...filter }: InputOf<typeof listPlanItems>) {
    return planItemsOf(db, seatIn(caller, roundId), filter)
  }

  @Handles(readPlan)
  async readPlan(work: Reading, { documentId }: InputOf<typeof readPlan>) {
    const { document, seat } = await visiblePlan(work, documentId)
    const { db } = work
    const isOpen = document.adopted_at === null
    return {
      documentId,
      no: await projectedNo(db, documentId),
      items: await planItemsOf(db, seat, {}, documentId),
      results: await planResultsOf(db, documentId),
      indicators: await planIndicatorsOf(db, documentId),
      adoption: await adoptionOf(db, documentId),
      may: [
        ...(mayWritePlan(seat, document) ? ['write'] : []),
        ...(isOpen && mayAdoptPlan(seat, document) ? ['adopt'] : []),
      ],
    }
  }

  @Handles(checkPlan)
  async checkPlan(work: Reading, { documentId }: InputOf<typeof checkPlan>) {
    await visiblePlan(work, documentId)
    const { seen: plan, no } = await this.texts.look(documentId, readPlanText)
    return { no, findings: findingsOf(plan) }
  }

  /** What is adopted is the text at the log number that is recorded, whatever was under way in the same moment. */
  @Handles(adoptPlan)
  async adoptPlan(work: Writing, { documentId, revision }: InputOf<typeof adoptPlan>) {
    const { document, seat } = await visiblePlan(work, documentId, 'lock')
    must(mayAdoptPlan(seat, document), 'A plan of the participants is adopted by the chair.')
    mustBe(document.adopted_at === null, 'The plan is adopted already.')
    mustBe(document.procedure_id === null, 'A decision is being taken on the text.')
    mustStandAt(document.revision, revision)
    const { seen: plan, no } = await this.texts.look(documentId, readPlanText)
    const findings = findingsOf(plan)
    if (findings.length > 0) throw new Refusal('plan-incomplete', undefined, { findings })
    await this.modes.adopt(work, document, { seatId: seat.id, no })
    work.record(document.round_id, 'plan.adopted', { documentId, no }, audienceOf(document))
    return (await adoptionOf(work.db, documentId))!
  }

  /** The text's row stays locked, so two who ask at once do not both find the same recommendation without action. */
  @Handles(draftFromRecommendations)
  draftFromRecommendations(work: Writing, { documentId }: InputOf<typeof draftFromRecommendations>) {
    return this.texts.inTurn(() => this.draft(work, documentId))
  }

  @Handles(listGaps)
  async listGaps(work: Reading, { roundId }: InputOf<typeof listGaps>) {
    const seat = seatIn(work.caller, roundId)
    const acted = await actedOn(work.db, seat)
    return (await supported(work, seat))
      .filter(({ id }) => !acted.has(id))
      .map(({ id, roundNumber, number, title, addressees }) => ({
        recommendationId: id,
        roundNumber,
        number,
        title,
        supportedBy: addressees.filter(({ response }) => isAccepted(response)).map(({ code }) => code),
      }))
  }

  private async draft(work: Writing, documentId: string) {
    const { document, seat } = await visiblePlan(work, documentId, 'lock')
    if (!mayWritePlan(seat, document)) throw new Refusal('text-not-writable')
    const { seen: plan, no } = await this.texts.look(documentId, readPlanText)
    const acted = await actedOn(work.db, seat)
    for (const { recommendations } of plan.items) for (const id of recommendations) acted.add(id)
    const wanted = (await supported(work, seat)).filter(({ id }) => !acted.has(id))
    if (wanted.length === 0) return { added: 0, no }
    const written = await this.texts.edit(documentId, work.caller, (doc) => {
      let order = plan.items.at(-1)?.order ?? null
      for (const recommendation of wanted) {
        order = placeBetween(order, null)
        addRow(doc, 'items', newId(), fieldsOf(recommendation, order))
      }
    })
    return { added: wanted.length, no: written.no }
  }
}

/** Adopted, supported by an addressee, wholly or in part, and not at its end. */
async function supported({ db, now }: Reading, seat: ActingSeat): Promise<Recommendation[]> {
  const all = await recommendationsOf(db, seat, now)
  return all.filter(
    ({ state, status, addressees }) =>
      state === 'adopted' && !ENDED.has(status) && addressees.some(({ response }) => isAccepted(response)),
  )
}

function fieldsOf({ id, title, action, addressees, dueOn, sdgTargets }: Recommendation, order: string) {
  const [lead, ...partners] = addressees.filter(({ response }) => isAccepted(response)).map(({ code }) => code)
  const fields: Record<string, Value> = { order, activity: (action || title).slice(0, 2000), recommendations: [id] }
  if (lead) fields.lead = lead
  if (partners.length > 0) fields.partners = partners.slice(0, 50)
  if (dueOn) fields.due = dueOn
  if (sdgTargets.length > 0) fields.targets = sdgTargets
  return fields
}
