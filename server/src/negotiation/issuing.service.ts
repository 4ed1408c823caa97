import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getIssued, issueDocument } from '@multilogue/shared/negotiation'
import { directionOf, type Language } from '@multilogue/shared/language'
import { must, mustBe, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { isBeforeAll, mayIssue } from '../access/negotiation.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import type { Content } from '../documents/history/content.js'
import { LanguageViews } from '../languages/languages.views.js'
import { sayingIn } from '../documents/references.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { issuedOf, negotiationOf } from './negotiation.views.js'
import { blocksIn } from './proposals.views.js'
import { settleNumbers } from './rewording.js'
import { nextSymbol } from './symbols.js'
import { Table, type Text } from './table.js'

interface IssuedRow {
  id: string
  round_id: string
  document_id: string
  symbol: string
  series: string
  title: string
  language: string
  content: Content[]
}

type ToFreeze = Pick<InputOf<typeof issueDocument>, 'series' | 'base' | 'distribution'> & {
  document: Text
  seat: ActingSeat
  content: Content[]
  no: number
}

/** Issued documents: immutable, under the symbols of the round. */
@Injectable()
export class IssuingService {
  constructor(
    private readonly table: Table,
    private readonly languages: LanguageViews,
  ) {}

  @Handles(issueDocument)
  issueDocument(work: Writing, input: InputOf<typeof issueDocument>) {
    return this.table.texts.inTurn(() => this.issue(work, input))
  }

  @Handles(getIssued)
  async getIssued(work: Reading, { issuedId, language }: InputOf<typeof getIssued>) {
    const found = await row<IssuedRow>(work.db, `SELECT round_id FROM issued_document WHERE id = $1`, [issuedId])
    // What is issued is before the whole round, also when the text that it was made from is a delegation's own.
    seatIn(work.caller, found?.round_id)
    return this.shown(work, issuedId, language)
  }

  /** An issued document as it is read; who may was asked before. @throws Refusal not-found */
  async shown(work: Reading, issuedId: string, language?: Language) {
    const found = await row<IssuedRow>(work.db, `SELECT * FROM issued_document WHERE id = $1`, [issuedId])
    if (!found) throw nothingHere()
    const [issued] = await issuedOf(work.db, { issuedId })
    const shownIn = language ?? issued!.language
    const { title, content } = await this.issuedIn(work, found, shownIn)
    const shown = { language: shownIn, dir: directionOf(shownIn), title }
    return { ...issued!, shown, blocks: blocksIn(content, sayingIn(content, shownIn)) }
  }

  private async issue(work: Writing, { documentId, series, base, distribution }: InputOf<typeof issueDocument>) {
    const { document, seat, contents, no } = await this.table.text(work, documentId, 'lock')
    must(mayIssue(seat, document), 'The secretariat issues documents.')
    if ((series === undefined) === (base === undefined))
      throw invalidInput('series', 'Name a series, or the document that this one revises.')
    mustBe(contents.length > 0, 'The text is empty.')
    const { blocks, proposals } = await negotiationOf(work.db, seat, document, { contents, no })
    const isClear =
      !proposals.some(isBeforeAll) && blocks.every(({ status }) => status !== 'open' && status !== 'bracketed')
    const settles = isClear && blocks.some(({ bis }) => bis)
    const content = settles ? contents.map(settled) : contents
    const issued = await this.freeze(work, { document, seat, content, no, series, base, distribution })
    // When all is agreed, what stood beside a number gets one of its own, here as in what is issued.
    if (settles) await this.table.texts.edit(documentId, work.caller, settleNumbers)
    return issued
  }

  /** Puts a content under the next symbol. Whether the seat may has been asked; the text is locked. */
  async freeze(work: Writing, { document, seat, content, no, series, base, distribution }: ToFreeze) {
    const { db, caller, now } = work
    const revised = base ? await this.revised(work, document, base.issuedId) : undefined
    const symbol = await nextSymbol(
      db,
      document.round_id,
      base && revised ? { base: revised.symbol, modifier: base.modifier } : { series: series ?? '' },
    )
    const id = newId()
    await insert(db, 'issued_document', {
      id,
      round_id: document.round_id,
      document_id: document.id,
      symbol,
      series: series ?? revised?.series ?? '',
      base_id: revised?.id ?? null,
      modifier: base?.modifier ?? null,
      supersedes_id: base?.modifier === 'Rev' ? await this.last(work, document.id) : null,
      title: document.title,
      distribution,
      language: document.language,
      no,
      content: JSON.stringify(content),
      person_id: caller.personId,
      seat_id: seat.id,
      issued_at: now,
    })
    for (const rendering of await this.languages.official(db, { document, contents: content, no }))
      await insert(db, 'issued_rendering', {
        issued_id: id,
        language: rendering.language,
        title: rendering.title,
        content: JSON.stringify(rendering.content),
      })
    await db.query(`UPDATE document SET symbol = $2 WHERE id = $1`, [document.id, symbol])
    await this.table.trace(work, document, seat, { act: 'issued', words: symbol, no })
    work.record(document.round_id, 'document.issued', { documentId: document.id, issuedId: id, symbol })
    const [issued] = await issuedOf(db, { issuedId: id })
    return issued!
  }

  /** @throws Refusal not-found when it was not issued in the language */
  private async issuedIn({ db }: Reading, issued: IssuedRow, language: string) {
    if (language === issued.language) return issued
    const rendering = await row<Pick<IssuedRow, 'title' | 'content'>>(
      db,
      `SELECT title, content FROM issued_rendering WHERE issued_id = $1 AND language = $2`,
      [issued.id, language],
    )
    if (!rendering) throw nothingHere()
    return rendering
  }

  /** The document at the root: Rev.2 is a revision of L.1, not of L.1/Rev.1. */
  private async revised({ db }: Writing, document: Text, issuedId: string): Promise<IssuedRow> {
    const found = await row<IssuedRow>(
      db,
      `SELECT r.* FROM issued_document i JOIN issued_document r ON r.id = coalesce(i.base_id, i.id)
       WHERE i.id = $1 AND i.document_id = $2`,
      [issuedId, document.id],
    )
    if (!found) throw nothingHere()
    return found
  }

  private async last({ db }: Writing, documentId: string): Promise<string | null> {
    const last = await row<{ id: string }>(
      db,
      `SELECT id FROM issued_document WHERE document_id = $1 AND modifier IS DISTINCT FROM 'Corr'
         AND modifier IS DISTINCT FROM 'Add' ORDER BY issued_at DESC, id DESC LIMIT 1`,
      [documentId],
    )
    return last?.id ?? null
  }
}

function settled({ attributes: { bis: _, ...attributes }, ...content }: Content): Content {
  return { ...content, attributes }
}
