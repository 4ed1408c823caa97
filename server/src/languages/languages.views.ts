import { Injectable } from '@nestjs/common'
import { signed } from '@multilogue/shared/brackets'
import { align, progressOf, signsIn, versionStateOf } from '@multilogue/shared/concordance'
import type { Concordance, ConcordanceRow, LanguageVersion, Rendering, Unfinished } from '@multilogue/shared/languages'
import { numbersOf } from '@multilogue/shared/numbering'
import { directionOf, type Language } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import { mayTranslate } from '../access/language.access.js'
import { instant } from '../common/columns.js'
import { nothingHere } from '../common/problem.js'
import { rows } from '../common/sql.js'
import { blocksOf, hashOf, type FoundBlock } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { HistoryReader } from '../documents/history/history.reader.js'
import { Texts } from '../documents/texts.js'
import { inLanguage } from './rendered.js'

interface Mark extends Pick<Rendering, 'was' | 'by' | 'at'> {
  paragraphId: string
  status: NonNullable<Rendering['status']>
  sourceHash: string
  sourceNo: string
}

export interface SourceText {
  document: DocumentRow
  contents: Content[]
  no: number
}

type Bare = Pick<LanguageVersion, 'id' | 'documentId' | 'language' | 'title' | 'openedAt' | 'officialAt' | 'revision'>

const MARKS = `
  SELECT h.paragraph_id AS "paragraphId", h.status, h.was, h.source_hash AS "sourceHash", h.source_no AS "sourceNo",
    ${instant('h.at')} AS at,
    jsonb_build_object('code', coalesce(hd.code, hs.role, ''), 'name', hp.name) AS by
  FROM paragraph_rendering h JOIN person hp ON hp.id = h.person_id LEFT JOIN seat hs ON hs.id = h.seat_id
    LEFT JOIN delegation hd ON hd.id = hs.delegation_id
  WHERE h.version_id = $1`

const VERSIONS = `
  SELECT v.id, v.source_id AS "documentId", v.language, d.title, ${instant('v.opened_at')} AS "openedAt",
    ${instant('v.official_at')} AS "officialAt", d.revision
  FROM language_version v JOIN document d ON d.id = v.id
  WHERE v.source_id = $1 AND ($2::uuid IS NULL OR v.id = $2) ORDER BY v.language`

/** With the signs of brackets that are printed in each: those of marks, and those that somebody has typed. */
export function sourceParagraphs(contents: Content[]) {
  const blocks = blocksOf(contents).map(hashed)
  const printed = signed(blocks)
  return blocks.map((block, place) => {
    const signs = printed[place]!.map(({ run, opens, closes }) => opens.length + closes.length + signsIn(run.text))
    return { ...block, signs: signs.reduce((sum, count) => sum + count, 0) }
  })
}

export const hashed = ({ block, content }: FoundBlock) => ({ ...block, hash: hashOf(content) })

/** What is seen of texts in other languages. Nothing of it is stored: it follows from both texts and what was marked. */
@Injectable()
export class LanguageViews {
  constructor(
    private readonly texts: Texts,
    private readonly reader: HistoryReader,
  ) {}

  async source(document: DocumentRow): Promise<SourceText> {
    return { document, ...(await this.texts.contents(document.id)) }
  }

  /** All languages of a text, in the order of their codes. */
  async versions(db: EntityManager, seat: ActingSeat, source: SourceText): Promise<LanguageVersion[]> {
    const versions: LanguageVersion[] = []
    for (const bare of await rows<Bare>(db, VERSIONS, [source.document.id, null]))
      versions.push(told(bare, seat, source, await this.aligned(db, source, bare.id)))
    return versions
  }

  /** The languages of the round's texts in which something is missing, stale or not official yet. */
  async behindIn(db: EntityManager, seat: ActingSeat): Promise<LanguageVersion[]> {
    const sources = await rows<DocumentRow>(
      db,
      `SELECT d.* FROM document d WHERE d.round_id = $1 AND d.visibility = 'participants'
         AND EXISTS (SELECT 1 FROM language_version v WHERE v.source_id = d.id) ORDER BY d.created_at, d.id`,
      [seat.roundId],
    )
    const versions: LanguageVersion[] = []
    for (const document of sources) versions.push(...(await this.versions(db, seat, await this.source(document))))
    return versions.filter(({ state }) => state !== 'official')
  }

  /** @param own  its text; left out, as it is stored now */
  async version(db: EntityManager, seat: ActingSeat, source: SourceText, versionId: string, own?: Content[]) {
    const [bare] = await rows<Bare>(db, VERSIONS, [source.document.id, versionId])
    return told(bare!, seat, source, await this.aligned(db, source, versionId, own))
  }

  async concordance(db: EntityManager, seat: ActingSeat, source: SourceText, versionId: string): Promise<Concordance> {
    const [bare] = await rows<Bare>(db, VERSIONS, [source.document.id, versionId])
    const aligned = await this.aligned(db, source, versionId)
    const since = Object.fromEntries(
      aligned.pairs.flatMap(({ source: { id }, state, mark }) =>
        state === 'stale' && mark ? [[id, Number(mark.sourceNo)]] : [],
      ),
    )
    const isBehind = Object.keys(since).length > 0
    const edits = isBehind
      ? await this.reader.ask('edits', { documentId: source.document.id, since, to: source.no })
      : {}
    return {
      ...told(bare!, seat, source, aligned),
      no: source.no,
      rows: aligned.pairs.map(({ source: paragraph, rendering, mark, state }): ConcordanceRow => ({
        source: paragraph,
        rendering: rendering && {
          runs: rendering.runs,
          hash: rendering.hash,
          status: mark?.status ?? null,
          was: mark?.was ?? null,
          by: mark?.by ?? null,
          at: mark?.at ?? null,
          sourceNo: mark ? Number(mark.sourceNo) : null,
        },
        state,
        behind: state === 'stale' ? Math.max(1, edits[paragraph.id] ?? 1) : 0,
      })),
      surplus: aligned.surplus.map(({ id, runs }) => ({ id, runs })),
    }
  }

  /** The languages in which the whole text is official, with its words in each of them. */
  async official(db: EntityManager, source: SourceText) {
    const found: { language: string; title: string; content: Content[] }[] = []
    for (const { id, language, title, officialAt } of await rows<Bare>(db, VERSIONS, [source.document.id, null])) {
      if (officialAt === null) continue
      const { contents } = await this.texts.contents(id)
      const progress = progressOf(await this.aligned(db, source, id, contents))
      if (versionStateOf(true, progress) === 'official')
        found.push({ language, title, content: inLanguage(source.contents, contents) })
    }
    return found
  }

  /** A text as it stands in another language. @throws Refusal not-found when it was never asked for in it */
  async inLanguage(db: EntityManager, document: DocumentRow, language: Language) {
    const versions = await rows<Bare>(db, VERSIONS, [document.id, null])
    const version = versions.find((bare) => bare.language === language)
    if (!version) throw nothingHere()
    const [source, own] = [await this.source(document), await this.texts.contents(version.id)]
    const isOfficial = version.officialAt !== null
    return { title: version.title, isOfficial, content: inLanguage(source.contents, own.contents) }
  }

  async aligned(db: EntityManager, source: SourceText, versionId: string, own?: Content[]) {
    const contents = own ?? (await this.texts.contents(versionId)).contents
    const marks = await rows<Mark>(db, MARKS, [versionId])
    return align(
      sourceParagraphs(source.contents),
      blocksOf(contents).map(hashed),
      new Map(marks.map((mark) => [mark.paragraphId, mark])),
    )
  }
}

type Aligned = Awaited<ReturnType<LanguageViews['aligned']>>

function told(bare: Bare, seat: ActingSeat, source: SourceText, aligned: Aligned): LanguageVersion {
  const progress = progressOf(aligned)
  const isClosed = bare.officialAt !== null
  const may = mayTranslate(seat, source.document) ? (isClosed ? ['reopen'] : ['write', 'mark', 'close']) : []
  return {
    ...bare,
    language: bare.language,
    dir: directionOf(bare.language),
    state: versionStateOf(isClosed, progress),
    progress,
    may,
  }
}

/** What stands between a language version and being official, in the order of the source. */
export function unfinishedIn({ pairs, surplus }: Aligned, source: SourceText): Unfinished[] {
  const numbers = numbersOf(
    blocksOf(source.contents).map(({ block }) => block),
    'working',
  )
  return [
    ...pairs.flatMap(({ source: { id }, state, mark }): Unfinished[] => {
      const isMachine = state === 'current' && mark?.status === 'machine'
      if (state === 'current' && !isMachine) return []
      return [{ id, number: numbers.get(id) ?? '', state: state === 'current' ? 'machine' : state }]
    }),
    ...surplus.map(({ id }): Unfinished => ({ id, number: '', state: 'surplus' })),
  ]
}
