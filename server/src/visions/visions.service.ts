import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { adoptVision, listVisions, makeVision, readVision, serveVision, type Vision } from '@multilogue/shared/visions'
import type { EntityManager } from 'typeorm'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import { visiblePlan } from '../access/plan.access.js'
import { seatIn } from '../access/round.access.js'
import { mayAdoptVision, visibleVision } from '../access/vision.access.js'
import { dayOf } from '../common/clock.js'
import { newId } from '../common/ids.js'
import { invalidInput, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert } from '../common/sql.js'
import { audienceOf } from '../documents/audience.js'
import { contentsOf, paragraphsOf } from '../documents/contents.js'
import { DocumentsService } from '../documents/documents.service.js'
import { Modes } from '../documents/modes.js'
import { Texts } from '../documents/texts.js'
import { IssuingService } from '../negotiation/issuing.service.js'
import type { Text } from '../negotiation/table.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { findingsOf, questionsOf } from './diagnosis.views.js'
import { firstWords } from './first-words.js'
import { gapsIn } from './vision.gaps.js'
import { isOrigin, originsOf, plansServing, visionsOf } from './visions.views.js'

/** Vision statements: made from a diagnosis, adopted with a day of review, served by plans. */
@Injectable()
export class VisionsService {
  constructor(
    private readonly texts: Texts,
    private readonly documents: DocumentsService,
    private readonly issuing: IssuingService,
    private readonly modes: Modes,
  ) {}

  @Handles(listVisions)
  listVisions({ db, caller, now }: Reading, { roundId }: InputOf<typeof listVisions>) {
    return visionsOf(db, seatIn(caller, roundId), now)
  }

  @Handles(readVision)
  async readVision(work: Reading, { documentId }: InputOf<typeof readVision>) {
    const { document, seat } = await visibleVision(work, documentId)
    return this.vision(work, document, seat)
  }

  @Handles(makeVision)
  async makeVision(work: Writing, input: InputOf<typeof makeVision>) {
    const { findingIds, questionIds, ...opening } = input
    const { db, caller, now } = work
    const seat = seatIn(caller, input.roundId)
    await this.mustBeThere(db, seat, 'finding', findingIds)
    await this.mustBeThere(db, seat, 'question', questionIds)
    const document = await this.documents.openDocument(work, { ...opening, kind: 'vision_statement' })
    const { contents, origins } = firstWords(
      input.title,
      (await questionsOf(db, seat)).filter(({ id }) => questionIds.includes(id)),
      (await findingsOf(db, seat)).filter(({ id }) => findingIds.includes(id)),
    )
    await this.texts.seed(db, document.id, caller, contents)
    const by = { person_id: caller.personId, seat_id: seat.id, at: now }
    for (const { kind, targetId, paragraphId } of origins)
      await insert(db, 'paragraph_origin', {
        ...{ id: newId(), document_id: document.id, paragraph_id: paragraphId },
        ...{ [`${kind}_id`]: targetId, ...by },
      })
    if (document.visibility === 'participants')
      work.record(input.roundId, 'diagnosis.changed', { roundId: input.roundId })
    return document
  }

  /** What is adopted and issued is the text at the log number that is recorded, whatever was under way in that moment. */
  @Handles(adoptVision)
  async adoptVision(work: Writing, { documentId, revision, reviewOn }: InputOf<typeof adoptVision>) {
    const { db, now, record } = work
    const { document, seat } = await visibleVision(work, documentId, 'lock')
    must(
      mayAdoptVision(seat, document),
      'The chair adopts a vision of the participants, the head that of a delegation.',
    )
    mustBe(document.adopted_at === null, 'The vision statement is adopted already.')
    mustBe(document.procedure_id === null, 'A decision is being taken on the text.')
    mustStandAt(document.revision, revision)
    const { seen, no } = await this.texts.look(documentId, (doc) => ({
      paragraphs: paragraphsOf(doc, document.language),
      contents: contentsOf(doc),
    }))
    const { paragraphs, contents } = seen
    const origins = await originsOf(db, documentId, new Set(paragraphs.map(({ id }) => id)))
    const gaps = gapsIn({ paragraphs, origins, reviewOn, today: dayOf(now) })
    if (gaps.length > 0) throw new Refusal('vision-incomplete', undefined, { gaps })
    await db.query(`UPDATE document SET review_on = $2 WHERE id = $1`, [documentId, reviewOn])
    const issue = { content: contents, no, series: '', distribution: 'general' } as const
    await this.issuing.freeze(work, { document: document as Text, seat, base: undefined, ...issue })
    await this.modes.adopt(work, document, { seatId: seat.id, no })
    // That it is adopted and what it was issued as is known to all.
    record(document.round_id, 'vision.changed', { documentId })
    return this.vision(work, { ...document, mode: 'frozen', adopted_at: now }, seat)
  }

  @Handles(serveVision)
  async serveVision(work: Writing, { documentId, visionId }: InputOf<typeof serveVision>) {
    const { document: plan, seat } = await visiblePlan(work, documentId, 'lock')
    if (!mayWriteDocument(seat, plan)) throw new Refusal('text-not-writable')
    if (visionId !== null) await visibleVision(work, visionId)
    await work.db.query(`UPDATE document SET vision_id = $2 WHERE id = $1`, [documentId, visionId])
    work.record(plan.round_id, 'vision.changed', { documentId: visionId ?? documentId }, audienceOf(plan))
    return { done: true as const }
  }

  /** A vision as the seat sees it. */
  async vision({ db, now }: Reading, document: DocumentRow, seat: ActingSeat): Promise<Vision> {
    const paragraphs = await this.texts.paragraphs(document.id, document.language)
    const [facts] = await visionsOf(db, seat, now, document.id)
    const { open: _, planIds: __, ...shown } = facts!
    return {
      ...shown,
      plans: await plansServing(db, seat, document.id),
      origins: await originsOf(db, document.id, new Set(paragraphs.map(({ id }) => id))),
      may: [
        ...(mayWriteDocument(seat, document) ? ['link'] : []),
        ...(document.adopted_at === null && mayAdoptVision(seat, document) ? ['adopt'] : []),
      ],
    }
  }

  private async mustBeThere(db: EntityManager, seat: ActingSeat, kind: 'finding' | 'question', ids: string[]) {
    for (const [at, id] of ids.entries())
      if (!(await isOrigin(db, seat, kind, id))) throw invalidInput(`${kind}Ids/${at}`, `No ${kind} of this round.`)
  }
}
