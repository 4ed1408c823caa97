import { Injectable } from '@nestjs/common'
import { codesOf, isPending } from '@multilogue/shared/compilation'
import type { InputOf } from '@multilogue/shared/contract'
import { ENDINGS, exportText, importText, MEDIA, previewFile } from '@multilogue/shared/exchange'
import type { ActingSeat } from '../../access/caller.js'
import { mayWriteDocument, visibleDocument, type DocumentRow } from '../../access/document.access.js'
import { Refusal } from '../../common/problem.js'
import { mustStandAt } from '../../common/revision.js'
import { row } from '../../common/sql.js'
import { seatIn } from '../../access/round.access.js'
import { proposalsOf } from '../../negotiation/proposals.views.js'
import { FileAnswer } from '../../work/file-answer.js'
import { Handles } from '../../work/handles.js'
import type { Reading, Writing } from '../../work/work.js'
import { documentsOf } from '../documents.views.js'
import { HistoryReader } from '../history/history.reader.js'
import { Texts } from '../texts.js'
import type { Pending } from './pending.js'
import { Press } from './press.js'

/**
 * Imports at once. Each holds one of the pool's connections until the engine, which needs others, has stored its
 * edit: as many as there are connections would wait for each other, and everybody else for them.
 */
const IMPORTING = 2

/** Texts as files. Whoever may read a text may take it away as one; whoever may write it may put one into it. */
@Injectable()
export class ExchangeService {
  private importing = 0

  constructor(
    private readonly texts: Texts,
    private readonly reader: HistoryReader,
    private readonly press: Press,
  ) {}

  @Handles(exportText)
  async exportText(work: Reading, { documentId, format, no }: InputOf<typeof exportText>): Promise<FileAnswer> {
    const { seat, document } = await visibleDocument(work, documentId)
    const [told] = await documentsOf(work.db, seat, documentId)
    const { title, symbol, language, visibility, changedAt, roundId } = told!
    const body = await row<{ title: string }>(work.db, `SELECT title FROM round WHERE id = $1`, [roundId])
    const standing = await this.reader.ask('content', { documentId, ...(no === undefined ? {} : { no }) })
    const heading = { documentId, language, title, symbol, visibility, body: body?.title ?? '' }
    const pending = format === 'tracked' ? await this.pendingOn(work, seat, document) : []
    const given = { format, heading, openedAt: changedAt, text: standing.json, pending }
    const bytes = await this.press.run('write', given)
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

  @Handles(previewFile)
  async previewFile({ caller }: Reading, { roundId, file }: InputOf<typeof previewFile>) {
    seatIn(caller, roundId)
    return this.press.run('read', { file: bytesOf(file) })
  }

  @Handles(importText)
  async importText(work: Writing, input: InputOf<typeof importText>) {
    // Before the lock: those who wait for the same text hold connections too.
    if (this.importing >= IMPORTING) throw new Refusal('unavailable')
    this.importing += 1
    try {
      return await this.import(work, input)
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
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
