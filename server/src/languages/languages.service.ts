import { Injectable } from '@nestjs/common'
import { saysSomething } from '@multilogue/shared/concordance'
import type { InputOf } from '@multilogue/shared/contract'
import {
  beginRendering,
  changeLanguageVersion,
  dropRendering,
  getConcordance,
  listLanguageVersions,
  markRendering,
  openLanguageVersion,
} from '@multilogue/shared/languages'
import { directionOf, type Language } from '@multilogue/shared/language'
import { must, mustBe } from '../access/caller.js'
import { visibleDocument, type DocumentRow } from '../access/document.access.js'
import { mayTranslate, visibleVersion } from '../access/language.access.js'
import { newId } from '../common/ids.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert, row } from '../common/sql.js'
import { blocksOf } from '../documents/contents.js'
import { Texts } from '../documents/texts.js'
import { Bus } from '../work/bus.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { hashed, LanguageViews, unfinishedIn } from './languages.views.js'
import { drop, place } from './rendered.js'

type Named = DocumentRow & { language: Language; title: string }

const NOT_TRANSLATED = 'The secretariat and those who hold the pen write a text in other languages.'

/** Texts in other languages: opened, written paragraph by paragraph, marked against the source, closed as official. */
@Injectable()
export class LanguagesService {
  constructor(
    private readonly views: LanguageViews,
    private readonly texts: Texts,
    private readonly bus: Bus,
  ) {}

  @Handles(listLanguageVersions)
  async listLanguageVersions(work: Reading, { documentId }: InputOf<typeof listLanguageVersions>) {
    const { document, seat } = await visibleDocument(work, documentId)
    const { language, title } = document as Named
    const source = await this.views.source(document)
    const versions = await this.views.versions(work.db, seat, source)
    const may = mayTranslate(seat, document) ? ['open'] : []
    return { documentId, language, dir: directionOf(language), title, versions, may }
  }

  @Handles(getConcordance)
  async getConcordance(work: Reading, { versionId }: InputOf<typeof getConcordance>) {
    const { source, seat } = await visibleVersion(work, versionId)
    return this.views.concordance(work.db, seat, await this.views.source(source), versionId)
  }

  @Handles(openLanguageVersion)
  async openLanguageVersion(work: Writing, { documentId, language, title }: InputOf<typeof openLanguageVersion>) {
    const { db, now, record } = work
    const { document, seat } = await visibleDocument(work, documentId, 'lock')
    must(mayTranslate(seat, document), NOT_TRANSLATED)
    const isThere = await row(db, `SELECT 1 FROM language_version WHERE source_id = $1 AND language = $2`, [
      documentId,
      language,
    ])
    if (isThere || (document as Named).language === language) throw new Refusal('already-exists')
    const id = newId()
    await insert(db, 'document', {
      id,
      round_id: document.round_id,
      kind: 'translation',
      title,
      visibility: document.visibility,
      language,
      created_at: now,
    })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    await insert(db, 'language_version', { id, source_id: documentId, language, opened_at: now })
    record(document.round_id, 'language.moved', { documentId, versionId: id })
    return this.views.version(db, seat, await this.views.source(document), id, [])
  }

  @Handles(changeLanguageVersion)
  async changeLanguageVersion(work: Writing, input: InputOf<typeof changeLanguageVersion>) {
    const { db, now } = work
    const { versionId, title, official } = input
    const { text, source: document, version, seat } = await visibleVersion(work, versionId, 'lock')
    must(mayTranslate(seat, document), NOT_TRANSLATED)
    mustStandAt(text.revision, input.revision)
    const source = await this.views.source(document)
    const isClosed = version.official_at !== null
    if (official === true && !isClosed) {
      const aligned = await this.views.aligned(db, source, versionId)
      const paragraphs = unfinishedIn(aligned, source)
      if (paragraphs.length > 0) throw new Refusal('rendering-incomplete', undefined, { paragraphs })
      mustBe(aligned.pairs.length > 0, 'The text is empty.')
      await db.query(
        `UPDATE paragraph_rendering SET status = 'official', was = NULL, person_id = $2, seat_id = $3, at = $4
         WHERE version_id = $1 AND status <> 'official'`,
        [versionId, work.caller.personId, seat.id, now],
      )
    }
    if (official !== undefined && official !== isClosed) {
      await db.query(`UPDATE language_version SET official_at = $2 WHERE id = $1`, [versionId, official ? now : null])
      await db.query(`UPDATE document SET mode = $2 WHERE id = $1`, [versionId, official ? 'frozen' : 'drafting'])
      await this.bus.wakeOnCommit(db, 'rights', `document:${versionId}`)
    }
    await db.query(`UPDATE document SET title = coalesce($2, title), revision = revision + 1 WHERE id = $1`, [
      versionId,
      title ?? null,
    ])
    this.tell(work, document, versionId)
    return this.views.version(db, seat, source, versionId)
  }

  @Handles(beginRendering)
  beginRendering(work: Writing, input: InputOf<typeof beginRendering>) {
    return this.texts.inTurn(async () => {
      const { versionId, paragraphId, words, status } = input
      const { seat, document, source } = await this.toWrite(work, versionId)
      const paragraph = paragraphIn(source.contents, paragraphId)
      if (!paragraph) throw nothingHere()
      const own = await this.texts.contents(versionId)
      const there = paragraphIn(own.contents, paragraphId)
      const isWritten = there !== undefined && saysSomething(there)
      mustBe(!words || !isWritten, 'The paragraph has words in this language.')
      // Somebody else was faster: they write it together.
      if (isWritten) return this.views.concordance(work.db, seat, source, versionId)
      const against = { source: { ...paragraph, no: source.no }, no: own.no, hash: '' }
      await this.mark(work, versionId, { paragraphId, status, ...against })
      this.tell(work, document, versionId)
      await this.texts.edit(versionId, work.caller, (doc) => place(doc, source.contents, paragraphId, oneLine(words)))
      return this.views.concordance(work.db, seat, source, versionId)
    })
  }

  @Handles(markRendering)
  async markRendering(work: Writing, input: InputOf<typeof markRendering>) {
    const { versionId, paragraphId, status } = input
    const { seat, document, source } = await this.toWrite(work, versionId)
    const paragraph = paragraphIn(source.contents, paragraphId)
    const own = await this.texts.contents(versionId)
    const rendering = paragraphIn(own.contents, paragraphId)
    if (!paragraph || !rendering) throw nothingHere()
    mustBe(saysSomething(rendering), 'The paragraph has no words in this language yet.')
    if (paragraph.hash !== input.sourceHash || rendering.hash !== input.hash) throw new Refusal('text-moved-on')
    const against = { source: { ...paragraph, no: source.no }, no: own.no, hash: rendering.hash }
    await this.mark(work, versionId, { paragraphId, status, ...against })
    this.tell(work, document, versionId)
    return this.views.concordance(work.db, seat, source, versionId)
  }

  @Handles(dropRendering)
  dropRendering(work: Writing, { versionId, paragraphId }: InputOf<typeof dropRendering>) {
    return this.texts.inTurn(async () => {
      const { seat, document, source } = await this.toWrite(work, versionId)
      const { contents } = await this.texts.contents(versionId)
      if (!paragraphIn(contents, paragraphId)) throw nothingHere()
      const paragraph = paragraphIn(source.contents, paragraphId)
      mustBe(!paragraph || !saysSomething(paragraph), 'The paragraph is in the source.')
      await work.db.query(`DELETE FROM paragraph_rendering WHERE version_id = $1 AND paragraph_id = $2`, [
        versionId,
        paragraphId,
      ])
      this.tell(work, document, versionId)
      await this.texts.edit(versionId, work.caller, (doc) => drop(doc, paragraphId))
      return this.views.concordance(work.db, seat, source, versionId)
    })
  }

  /** @throws Refusal text-not-writable when it is closed as official */
  private async toWrite(work: Writing, versionId: string) {
    const { source: document, text, seat } = await visibleVersion(work, versionId, 'lock')
    must(mayTranslate(seat, document), NOT_TRANSLATED)
    if (text.mode === 'frozen') throw new Refusal('text-not-writable')
    return { seat, document, source: await this.views.source(document) }
  }

  /** @param marked.hash  of the rendering as it was seen; empty: it is about to be written */
  private async mark(
    { db, caller, now }: Writing,
    versionId: string,
    marked: { paragraphId: string; status: string; source: { hash: string; no: number }; no: number; hash: string },
  ): Promise<void> {
    await db.query(
      `INSERT INTO paragraph_rendering
         (version_id, paragraph_id, status, source_no, source_hash, no, hash, person_id, seat_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (version_id, paragraph_id) DO UPDATE SET status = excluded.status, was = NULL,
         source_no = excluded.source_no, source_hash = excluded.source_hash, no = excluded.no, hash = excluded.hash,
         person_id = excluded.person_id, seat_id = excluded.seat_id, at = excluded.at`,
      [
        versionId,
        marked.paragraphId,
        marked.status,
        marked.source.no,
        marked.source.hash,
        marked.no,
        marked.hash,
        caller.personId,
        caller.seat?.id ?? null,
        now,
      ],
    )
  }

  private tell({ record }: Writing, document: DocumentRow, versionId: string): void {
    record(document.round_id, 'language.moved', { documentId: document.id, versionId })
  }
}

function paragraphIn(contents: Parameters<typeof blocksOf>[0], id: string) {
  const found = blocksOf(contents).find(({ block }) => block.id === id)
  return found && hashed(found)
}

/** A paragraph is one line. */
const oneLine = (words: string): string => words.replaceAll(/\s*\n\s*/g, ' ')
