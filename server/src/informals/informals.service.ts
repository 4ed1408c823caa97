import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { closeInformal, getInformal, listInformals, offerInformal, openInformal } from '@multilogue/shared/informals'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { visibleDocument, type DocumentRow } from '../access/document.access.js'
import { mayConclude, visibleInformal, type InformalRow } from '../access/informal.access.js'
import { guides } from '../access/negotiation.access.js'
import { newId } from '../common/ids.js'
import { invalidInput } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { audienceOf } from '../documents/audience.js'
import { hashOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { Modes } from '../documents/modes.js'
import { placeIn } from '../negotiation/ground.js'
import { withBrackets } from '../negotiation/kept-brackets.js'
import { plainWords, Table } from '../negotiation/table.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { changesIn, type Taken } from './changes.js'
import { informalsOf } from './informals.views.js'
import { Offering } from './offering.js'
import { withTypedBrackets } from './typed-brackets.js'

@Injectable()
export class InformalsService {
  constructor(
    private readonly table: Table,
    private readonly modes: Modes,
    private readonly offering: Offering,
  ) {}

  @Handles(listInformals)
  async listInformals(work: Reading, { documentId }: InputOf<typeof listInformals>) {
    const { seat } = await visibleDocument(work, documentId)
    return informalsOf(work.db, seat, documentId, (await this.table.texts.contents(documentId)).contents)
  }

  @Handles(getInformal)
  async getInformal(work: Reading, { informalId }: InputOf<typeof getInformal>) {
    const { informal, seat } = await visibleInformal(work, informalId)
    return this.view(work, informal, seat)
  }

  @Handles(openInformal)
  async openInformal(work: Writing, input: InputOf<typeof openInformal>) {
    const { db, caller, now, record } = work
    const { document, seat, contents, no } = await this.table.text(work, input.documentId, 'lock')
    must(guides(seat, document), 'Facilitator and chair convene informal consultations on texts of the round.')
    this.table.mustMove(document)
    const invited = await this.mustBeOfRound(work, document, input.delegationIds)
    const taken = takenFrom(contents, input.paragraphIds)
    const id = newId()
    const officers = await row<{ read: boolean }>(
      db,
      `SELECT (rules->>'officersInInformals')::boolean AS read FROM round WHERE id = $1`,
      [document.round_id],
    )
    const shown = { visibility: 'invited', invited, convener_seat_id: seat.id, officers_read: officers!.read } as const
    const { round_id, language } = document
    await insert(db, 'document', {
      ...{ id, round_id, kind: 'informal', title: input.title, language, created_at: now },
      ...shown,
    })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    await insert(db, 'informal', { id, document_id: document.id, no, opened_at: now })
    for (const [place, { paragraph_id, hash, base }] of taken.entries())
      await insert(db, 'informal_paragraph', {
        ...{ informal_id: id, paragraph_id, hash, place, base: JSON.stringify(base) },
      })
    await this.table.texts.seed(db, id, caller, withTypedBrackets(taken.flatMap(({ base }) => base)))
    const audience = audienceOf({ ...document, ...shown, owner_delegation_id: null })
    record(round_id, 'document.opened', { documentId: id }, audience)
    record(round_id, 'informal.changed', { informalId: id, documentId: document.id }, audience)
    return (await informalsOf(db, seat, document.id, contents, id))[0]!
  }

  /** What the consultations began on may have moved since: then the proposal is outdated, and rebased like any other. */
  @Handles(offerInformal)
  async offerInformal(work: Writing, { informalId, reason }: InputOf<typeof offerInformal>) {
    const found = await visibleInformal(work, informalId)
    // The text of the round is locked first, as by every act of its negotiation.
    const { document, contents } = await this.table.text(work, found.informal.document_id, 'lock')
    const { informal, text, seat } = await this.toConclude(work, informalId)
    this.table.mustMove(document)
    const taken = await this.takenBy(work, informalId)
    const now = withBrackets((await this.table.texts.contents(informalId)).contents, new Set())
    const worded = now.filter((content) => plainWords([content]).trim() !== '')
    const first = placeIn(contents, taken[0]!.paragraph_id)
    const before = contents[first - 1]?.attributes.id
    const changes = changesIn(taken, worded, typeof before === 'string' ? before : undefined)
    mustBe(changes.length > 0, 'Nothing was changed: there is nothing to offer.')
    for (const change of changes) {
      const ground = contents[placeIn(contents, change.paragraphId)]
      if (change.operation !== 'insert' && ground) await this.table.mustBeOpen(work, document, [ground])
      await this.offering.table(work, { document, seat, informal }, change, reason)
    }
    await this.conclude(work, informal, text, seat)
    return this.view(work, informal, seat)
  }

  @Handles(closeInformal)
  async closeInformal(work: Writing, { informalId }: InputOf<typeof closeInformal>) {
    const { informal, text, seat } = await this.toConclude(work, informalId)
    await this.conclude(work, informal, text, seat)
    return this.view(work, informal, seat)
  }

  private async toConclude(work: Writing, informalId: string) {
    const found = await visibleInformal(work, informalId, 'lock')
    must(mayConclude(found.seat, found.text), 'Its convener or the chair concludes informal consultations.')
    mustBe(found.informal.closed_at === null, 'The consultations are closed.')
    return found
  }

  private async conclude(work: Writing, informal: InformalRow, text: DocumentRow, seat: ActingSeat): Promise<void> {
    await work.db.query(`UPDATE informal SET closed_at = $2, closed_by_seat_id = $3 WHERE id = $1`, [
      informal.id,
      work.now,
      seat.id,
    ])
    await this.modes.set(work, text, 'frozen')
    const { id: informalId, document_id: documentId } = informal
    work.record(text.round_id, 'informal.changed', { informalId, documentId }, audienceOf(text))
  }

  private takenBy({ db }: Reading, informalId: string): Promise<Taken[]> {
    return rows<Taken>(
      db,
      `SELECT paragraph_id, hash, base FROM informal_paragraph WHERE informal_id = $1 ORDER BY place`,
      [informalId],
    )
  }

  private async view(work: Reading, informal: InformalRow, seat: ActingSeat) {
    const { contents } = await this.table.texts.contents(informal.document_id)
    return (await informalsOf(work.db, seat, informal.document_id, contents, informal.id))[0]!
  }

  /** @throws Refusal invalid-input */
  private async mustBeOfRound({ db }: Writing, { round_id }: DocumentRow, delegationIds: string[]): Promise<string[]> {
    const asked = [...new Set(delegationIds)]
    const known = await rows(db, `SELECT 1 FROM delegation WHERE round_id = $1 AND id = ANY($2)`, [round_id, asked])
    if (known.length === asked.length) return asked
    throw invalidInput('delegationIds', 'Not a delegation of this round.')
  }
}

/** The paragraphs in the order of the text. @throws Refusal invalid-input when one is not there any more */
function takenFrom(contents: Content[], paragraphIds: string[]): Taken[] {
  const asked = new Set(paragraphIds)
  const taken = contents.filter(({ attributes }) => asked.has(String(attributes.id)))
  if (taken.length === asked.size)
    return taken.map((content) => ({
      ...{ paragraph_id: String(content.attributes.id), hash: hashOf(content), base: [content] },
    }))
  throw invalidInput('paragraphIds', 'The text has no such paragraph any more.')
}
