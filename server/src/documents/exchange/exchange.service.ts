import { isBracketed, withSigns } from '@multilogue/shared/brackets'
import { Injectable } from '@nestjs/common'
import { codesOf, isPending, textOf } from '@multilogue/shared/compilation'
import type { InputOf } from '@multilogue/shared/contract'
import { ENDINGS, exportText, importText, MEDIA, previewFile, proposeFromFile } from '@multilogue/shared/exchange'
import type { Proposal } from '@multilogue/shared/negotiation'
import { Paragraph } from '@multilogue/shared/values'
import { must, type ActingSeat } from '../../access/caller.js'
import { mayWriteDocument, visibleDocument, type DocumentRow } from '../../access/document.access.js'
import { mayPropose } from '../../access/negotiation.access.js'
import { instant } from '../../common/columns.js'
import { nothingHere, Refusal } from '../../common/problem.js'
import { mustStandAt } from '../../common/revision.js'
import { row, rows } from '../../common/sql.js'
import { seatIn } from '../../access/round.access.js'
import { commentsOf } from '../../comments/comments.views.js'
import { proceduresOf } from '../../decisions/decisions.views.js'
import { LanguageViews } from '../../languages/languages.views.js'
import { ProposalsService } from '../../negotiation/proposals.service.js'
import { proposalsOf } from '../../negotiation/proposals.views.js'
import { FileAnswer } from '../../work/file-answer.js'
import { Handles } from '../../work/handles.js'
import type { Reading, Writing } from '../../work/work.js'
import { blocksOf } from '../contents.js'
import { documentsOf } from '../documents.views.js'
import type { Content } from '../history/content.js'
import { HistoryReader } from '../history/history.reader.js'
import { sayingIn } from '../references.js'
import { Texts } from '../texts.js'
import type { Remarked } from './comment-edges.js'
import type { Pending } from './pending.js'
import type { Positions } from './positions.js'
import { Press } from './press.js'
import type { Rewording } from './rewordings.js'

/** Imports at once: each holds its file in memory, and one of the connections to the database until it is stored. */
const IMPORTING = 2

/** Proposals from one file; with more it was compared, not negotiated. */
const DRAFTS = 200

/** Texts as files. Whoever may read a text may take it away as one; whoever may write it may put one into it. */
@Injectable()
export class ExchangeService {
  private importing = 0

  constructor(
    private readonly texts: Texts,
    private readonly reader: HistoryReader,
    private readonly press: Press,
    private readonly proposals: ProposalsService,
    private readonly languages: LanguageViews,
  ) {}

  @Handles(exportText)
  async exportText(work: Reading, input: InputOf<typeof exportText>): Promise<FileAnswer> {
    const { documentId, format, language: asked } = input
    const { seat, document } = await visibleDocument(work, documentId)
    const [told] = await documentsOf(work.db, seat, documentId)
    const { language: original, changedAt, roundId } = told!
    const language = asked ?? original
    const issued = await issuedAs(work, input)
    const isOther = language !== original
    const other = isOther ? (issued ?? (await this.languages.inLanguage(work.db, document, language))) : undefined
    const title = (issued ?? other ?? told!).title
    const symbol = issued?.symbol ?? told!.symbol
    const distribution = issued?.distribution ?? (told!.visibility === 'participants' ? 'limited' : 'restricted')
    const body = await row<{ title: string }>(work.db, `SELECT title FROM round WHERE id = $1`, [roundId])
    const no = issued ? Number(issued.no) : input.no
    const text = other
      ? new TextEncoder().encode(JSON.stringify({ no, at: null, content: other.content }))
      : (await this.reader.ask('content', { documentId, ...(no === undefined ? {} : { no }) })).json
    const isUnofficial = other !== undefined && 'isOfficial' in other && !other.isOfficial
    const heading = {
      documentId,
      language,
      original,
      title,
      symbol,
      distribution,
      body: body?.title ?? '',
      isUnofficial,
      isInformal: document.kind === 'informal',
    }
    const isNegotiated = format === 'tracked' && no === undefined && !isOther
    const pending = isNegotiated ? await this.pendingOn(work, seat, document) : []
    const comments = isNegotiated ? await this.commentsOn(work, seat, document) : []
    const dates = { openedAt: changedAt, issuedAt: issued?.at ?? null }
    const positions = format === 'tracked' ? null : await positionsOn(work, seat, document, input)
    const bytes = await this.press.run('write', { format, heading, ...dates, text, pending, comments, positions })
    return new FileAnswer(bytes, MEDIA[format], symbol ?? title, ENDINGS[format])
  }

  /** What waits for a decision, in the order in which it was tabled. */
  private async pendingOn({ db }: Reading, seat: ActingSeat, document: DocumentRow): Promise<Pending[]> {
    const { contents } = await this.texts.contents(document.id)
    const proposals = (await proposalsOf(db, seat, document, contents)).filter(isPending)
    return proposals.map((proposal) => ({
      operation: proposal.operation,
      paragraphId: proposal.paragraphId,
      otherId: proposal.otherId,
      content: proposal.content ?? [],
      author: codesOf(proposal).join(', '),
      at: proposal.tabledAt!,
    }))
  }

  /** What is said before everybody and not yet resolved: what is said to few does not leave with a file. */
  private async commentsOn({ db }: Reading, seat: ActingSeat, document: DocumentRow): Promise<Remarked[]> {
    const comments = await commentsOf(db, this.texts, seat, document)
    return comments.flatMap(({ place, resolved, visibility, remarks }) => {
      const said = remarks.filter(({ withdrawn }) => !withdrawn)
      const isForAll = visibility === 'room' || visibility === 'public'
      if (!place || resolved || !isForAll || said.length === 0) return []
      return [
        { place, remarks: said.map(({ by, at, body }) => ({ author: `${by.code}, ${by.name}`, at, words: body })) },
      ]
    })
  }

  @Handles(previewFile)
  async previewFile({ caller }: Reading, { roundId, file }: InputOf<typeof previewFile>) {
    seatIn(caller, roundId)
    return this.press.run('read', { file: bytesOf(file) })
  }

  @Handles(importText)
  importText(work: Writing, input: InputOf<typeof importText>) {
    return this.inTurn(() => this.import(work, input))
  }

  @Handles(proposeFromFile)
  proposeFromFile(work: Writing, input: InputOf<typeof proposeFromFile>) {
    return this.inTurn(() => this.propose(work, input))
  }

  private async inTurn<T>(act: () => Promise<T>): Promise<T> {
    // Before any lock: those who wait for the same text hold connections too.
    if (this.importing >= IMPORTING) throw new Refusal('unavailable')
    this.importing += 1
    try {
      return await act()
    } finally {
      this.importing -= 1
    }
  }

  /** The text's row stays locked, so nobody freezes the text between the question and the edit. */
  private async import(work: Writing, { documentId, file, revision }: InputOf<typeof importText>) {
    const { document, seat } = await visibleDocument(work, documentId, 'lock')
    if (!mayWriteDocument(seat, document)) throw new Refusal('text-not-writable')
    mustStandAt(document.revision, revision)
    const { updates, no } = await this.texts.engine.read(documentId)
    const { edit, found } = await this.press.run('import', { file: bytesOf(file), updates })
    return { ...found, no: edit ? await this.texts.write(documentId, work.caller, edit) : no }
  }

  private async propose(work: Writing, { documentId, file }: InputOf<typeof proposeFromFile>) {
    const { document, seat } = await visibleDocument(work, documentId)
    must(mayPropose(seat, document), 'Proposals are made by delegations, on texts of the participants.')
    const { contents } = await this.texts.contents(documentId)
    const blocks = blocksOf(contents, sayingIn(contents, document.language)).flatMap(({ block, isTop }) =>
      isTop ? [{ ...block, runs: block.runs.filter(({ footnote }) => footnote === undefined) }] : [],
    )
    const text = blocks.map((block) => ({ id: block.id, words: withSigns([block]) }))
    const bracketed = new Set(blocks.filter(isBracketed).map(({ id }) => id))
    const codes = await rows<{ id: string; code: string }>(
      work.db,
      `SELECT id, code FROM delegation WHERE round_id = $1`,
      [document.round_id],
    )
    const code = codes.find(({ id }) => id === seat.delegationId)!.code
    const reader = { code, codes: codes.map((each) => each.code) }
    const found = await this.press.run('reword', { file: bytesOf(file), text, reader })
    if (found.rewordings.length > DRAFTS) throw new Refusal('too-large', 'The file changes too many paragraphs.')
    const own = (await proposalsOf(work.db, seat, document, contents)).filter(
      (proposal) => isPending(proposal) && codesOf(proposal).includes(code),
    )
    const isKnown = (rewording: Rewording) => own.some((proposal) => isOf(proposal, rewording))
    const proposals: Proposal[] = []
    const told = { known: 0, agreed: 0, ofOthers: found.ofOthers, unplaced: found.unplaced }
    for (const rewording of found.rewordings) {
      if (isKnown(rewording)) told.known++
      else if (!Paragraph.safeParse(rewording.words || '-').success) told.unplaced.push(rewording.words)
      else {
        const { words: printed, ...on } = rewording
        // The signs in the file are those of the text's brackets, which come and go by acts alone.
        const words = bracketed.has(rewording.paragraphId) ? printed.replaceAll(/[[\]]/g, '') : printed
        const input = { documentId, ...on, ...(words ? { words } : {}) }
        const drafted = await this.proposals.draftProposal(work, input).catch(orAgreed)
        if (drafted) proposals.push(drafted)
        else told.agreed++
      }
    }
    return { proposals, ...told }
  }
}

interface Issued {
  symbol: string
  title: string
  distribution: 'general' | 'limited' | 'restricted'
  no: string
  at: string
  language: string
  /** In another language than the original one. */
  content: Content[] | null
}

/** What goes with an adopted text: with the decision as it was issued, and with the text from then on. */
async function positionsOn(
  work: Reading,
  seat: ActingSeat,
  document: DocumentRow,
  { issuedId, no }: InputOf<typeof exportText>,
): Promise<Positions | null> {
  if (!issuedId && !document.adopted_at) return null
  const decided = (await proceduresOf(work, seat)).find(
    (one) =>
      one.document.id === document.id &&
      one.decision !== null &&
      (issuedId ? one.decision.id === issuedId : no === undefined || no >= one.no),
  )
  if (!decided) return null
  const { rules, stances } = decided
  return rules.reservationPlace === 'record' ? null : { place: rules.reservationPlace, stances }
}

/** @throws Refusal not-found when it is not of this text, or was not issued in the language */
async function issuedAs(
  { db }: Reading,
  { documentId, issuedId, language }: InputOf<typeof exportText>,
): Promise<Issued | undefined> {
  if (!issuedId) return undefined
  const issued = await row<Issued>(
    db,
    `SELECT i.symbol, coalesce(r.title, i.title) AS title, i.distribution, i.no, ${instant('i.issued_at')} AS at,
       i.language, r.content
     FROM issued_document i LEFT JOIN issued_rendering r ON r.issued_id = i.id AND r.language = $3
     WHERE i.id = $1 AND i.document_id = $2`,
    [issuedId, documentId, language ?? null],
  )
  if (!issued || (language && language !== issued.language && !issued.content)) throw nothingHere()
  return issued
}

/** A proposal may be several changes in a file: a split is other words and a new paragraph. */
function isOf({ operation, paragraphId, otherId, base, content }: Proposal, on: Rewording): boolean {
  if (paragraphId === on.paragraphId)
    return [textOf(content ?? []), ...(content ?? []).map((block) => textOf([block]))].includes(on.words)
  if (otherId !== on.paragraphId) return false
  return operation === 'merge' ? on.words === '' : on.operation === 'insert' && textOf(base) === on.words
}

/** It is refused before anything is written. */
function orAgreed(thrown: unknown): undefined {
  if (!(thrown instanceof Refusal && thrown.problem === 'paragraph-agreed')) throw thrown
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
