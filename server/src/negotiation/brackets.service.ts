import { Injectable } from '@nestjs/common'
import { addAlternative, closeBracket, openBracket, type Bracket } from '@multilogue/shared/brackets'
import type { InputOf } from '@multilogue/shared/contract'
import { holdsPen, must, mustBe, type ActingSeat } from '../access/caller.js'
import { mayWriteDocument } from '../access/document.access.js'
import { mayBracket, mayCloseBracket } from '../access/negotiation.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { insert, row, rows } from '../common/sql.js'
import { bracketsIn } from '../documents/contents.js'
import type { Planned } from '../documents/texts.js'
import { elementWith, rangeOf } from '../documents/words-in.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { enclose, putBeside, strike, unwrap } from './bracketing.js'
import { bracketsOf, placesIn } from './bracket.rows.js'
import { proposalsOf } from './proposals.views.js'
import { Table, type Text } from './table.js'

interface BracketRow {
  id: string
  document_id: string
  alternative_of: string | null
  closed_at: Date | null
}

/** Opens and closes brackets: in the text, which shows them, and in the rows beside it, which say whose they are. */
@Injectable()
export class BracketsService {
  constructor(private readonly table: Table) {}

  @Handles(openBracket)
  openBracket(work: Writing, input: InputOf<typeof openBracket>) {
    return this.table.texts.inTurn(async () => {
      const { document, seat, contents } = await this.toBracket(work, input.documentId)
      const paragraphs = contents.filter(({ attributes }) => attributes.id === input.paragraphId)
      await this.table.mustBeOpen(work, document, paragraphs)
      const id = newId()
      const planned = await this.table.texts.planned(document.id, (doc) => {
        const fragment = doc.getXmlFragment('default')
        const block = elementWith(fragment, input.paragraphId)
        if (!block) throw nothingHere()
        const range = rangeOf(block, input)
        if (!range) throw new Refusal('text-moved-on')
        enclose(fragment, block, range, id)
      })
      await this.note(work, document, seat, { id, ...input, alternativeOf: null })
      return this.stored(work, document, seat, planned, id, 'bracket-opened', input.reason)
    })
  }

  @Handles(addAlternative)
  addAlternative(work: Writing, input: InputOf<typeof addAlternative>) {
    return this.table.texts.inTurn(async () => {
      const { bracket, document, seat } = await this.bracket(work, input.bracketId)
      const root = bracket.alternative_of ?? bracket.id
      const group = await this.group(work, root)
      const id = newId()
      const planned = await this.table.texts.planned(document.id, (doc) => {
        const words = input.words.replaceAll(/\s*\n\s*/g, ' ')
        mustBe(putBeside(doc.getXmlFragment('default'), group, id, words), 'The bracket stands in the text no more.')
      })
      await this.note(work, document, seat, { id, ...input, alternativeOf: root })
      return this.stored(work, document, seat, planned, id, 'alternative-added', input.reason)
    })
  }

  @Handles(closeBracket)
  closeBracket(work: Writing, { bracketId, outcome, reason }: InputOf<typeof closeBracket>) {
    return this.table.texts.inTurn(async () => {
      const { bracket, document, seat, contents } = await this.bracket(work, bracketId)
      must(mayCloseBracket(seat, await this.holders(work, bracketId)), 'Who holds the pen closes brackets of several.')
      const others = (await this.group(work, bracket.alternative_of ?? bracketId)).filter((id) => id !== bracketId)
      const { paragraphId, words } = placesIn(contents).get(bracketId) ?? {}
      const planned = await this.table.texts.planned(document.id, (doc) => {
        const fragment = doc.getXmlFragment('default')
        if (outcome === 'deleted') return strike(fragment, bracketId)
        unwrap(fragment, bracketId)
        for (const other of others) strike(fragment, other)
      })
      await work.db.query(
        `UPDATE bracket SET closed_at = $3, outcome = CASE WHEN id = $2 THEN $4 ELSE 'deleted' END
         WHERE document_id = $1 AND closed_at IS NULL AND id <> ALL($5)`,
        [document.id, bracketId, work.now, outcome, [...bracketsIn(planned.after)]],
      )
      await this.table.trace(work, document, seat, {
        act: `bracket-${outcome}`,
        note: reason,
        ...(paragraphId ? { paragraphId } : {}),
        ...(words ? { words } : {}),
        no: planned.no,
      })
      const { no } = await this.table.texts.carryOut(work.caller, planned)
      return { documentId: document.id, no }
    })
  }

  private async toBracket(work: Writing, documentId: string) {
    const found = await this.table.text(work, documentId, 'lock')
    must(mayBracket(found.seat), 'Member delegations and the facilitator put words into brackets.')
    if (!mayWriteDocument(found.seat, found.document)) throw new Refusal('text-not-writable')
    return found
  }

  /** @throws Refusal not-found, for hidden and absent alike; wrong-state when it is closed */
  private async bracket(work: Writing, bracketId: string) {
    const known = await row<BracketRow>(work.db, `SELECT * FROM bracket WHERE id = $1`, [bracketId])
    if (!known) throw nothingHere()
    const found = await this.toBracket(work, known.document_id)
    const bracket = await row<BracketRow>(work.db, `SELECT * FROM bracket WHERE id = $1 FOR UPDATE`, [bracketId])
    mustBe(bracket?.closed_at === null, 'The bracket is closed.')
    return { ...found, bracket: bracket }
  }

  private async group({ db }: Writing, root: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      db,
      `SELECT id FROM bracket WHERE (id = $1 OR alternative_of = $1) AND closed_at IS NULL`,
      [root],
    )
    return found.map(({ id }) => id)
  }

  private async holders({ db }: Writing, bracketId: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      db,
      `SELECT delegation_id AS id FROM bracket_delegation WHERE bracket_id = $1`,
      [bracketId],
    )
    return found.map(({ id }) => id)
  }

  /** Writes down who holds it. Only who holds the pen speaks for others. */
  private async note(
    { db, caller, now }: Writing,
    document: Text,
    seat: ActingSeat,
    bracket: { id: string; alternativeOf: string | null; reason: string; delegationIds?: string[] | undefined },
  ): Promise<void> {
    const own = seat.delegationId ? [seat.delegationId] : []
    const holders = [...new Set(bracket.delegationIds ?? (holdsPen(seat) ? [] : own))]
    must(holdsPen(seat) || holders.every((id) => own.includes(id)), 'A delegation brackets for itself.')
    const members = await rows(
      db,
      `SELECT 1 FROM delegation WHERE id = ANY($1) AND round_id = $2 AND kind = 'member'`,
      [holders, document.round_id],
    )
    if (members.length < holders.length) throw nothingHere()
    await insert(db, 'bracket', {
      id: bracket.id,
      document_id: document.id,
      alternative_of: bracket.alternativeOf,
      reason: bracket.reason || null,
      person_id: caller.personId,
      seat_id: seat.id,
      opened_at: now,
    })
    for (const delegation_id of holders)
      await insert(db, 'bracket_delegation', { bracket_id: bracket.id, delegation_id })
  }

  /** The last of its transaction. What happens in a proposal's own text is told to those who may see it. */
  private async stored(
    work: Writing,
    document: Text,
    seat: ActingSeat,
    planned: Planned,
    id: string,
    act: string,
    note: string,
  ): Promise<Bracket> {
    const place = placesIn(planned.after).get(id)!
    await this.table.trace(work, document, seat, { act, ...place, note, no: planned.no })
    const proposals = await proposalsOf(work.db, seat, document, planned.after)
    const all = await bracketsOf(work.db, seat, document, planned.after, proposals)
    await this.table.texts.carryOut(work.caller, planned)
    return all.find((one) => one.id === id)!
  }
}
