import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { exportText, MEDIA } from '@multilogue/shared/exchange'
import { visibleDocument } from '../../access/document.access.js'
import { row } from '../../common/sql.js'
import { FileAnswer } from '../../work/file-answer.js'
import { Handles } from '../../work/handles.js'
import type { Reading } from '../../work/work.js'
import { documentsOf } from '../documents.views.js'
import { HistoryReader } from '../history/history.reader.js'
import { Press } from './press.js'

/** Texts as files. Whoever may read a text may take it away as one. */
@Injectable()
export class ExchangeService {
  constructor(
    private readonly reader: HistoryReader,
    private readonly press: Press,
  ) {}

  @Handles(exportText)
  async exportText(work: Reading, { documentId, format, no }: InputOf<typeof exportText>): Promise<FileAnswer> {
    const { seat } = await visibleDocument(work, documentId)
    const [document] = await documentsOf(work.db, seat, documentId)
    const { title, symbol, language, visibility, changedAt, roundId } = document!
    const body = await row<{ title: string }>(work.db, `SELECT title FROM round WHERE id = $1`, [roundId])
    const standing = await this.reader.ask('content', { documentId, ...(no === undefined ? {} : { no }) })
    const heading = { language, title, symbol, visibility, body: body?.title ?? '' }
    const bytes = await this.press.run('write', { format, heading, openedAt: changedAt, text: standing.json })
    return new FileAnswer(bytes, MEDIA[format], symbol ?? title, format)
  }
}
