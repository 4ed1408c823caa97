import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  compareText,
  keepVersion,
  listAuthors,
  listRefusals,
  listSteps,
  listVersions,
  playTimeline,
  readText,
  restoreText,
  type Writer,
} from '@multilogue/shared/history'
import { must } from '../../access/caller.js'
import { mayKeepVersion, mayReadRefusals, mayWriteDocument, visibleDocument } from '../../access/document.access.js'
import { Refused } from '../../collab/refused.js'
import { instant } from '../../common/columns.js'
import { newId } from '../../common/ids.js'
import { invalidInput, nothingHere, Refusal } from '../../common/problem.js'
import { mustStandAt } from '../../common/revision.js'
import { insert, row, rows } from '../../common/sql.js'
import { Handles } from '../../work/handles.js'
import type { Reading, Writing } from '../../work/work.js'
import { audienceOf } from '../audience.js'
import { holderOf, Texts } from '../texts.js'
import { HistoryReader } from './history.reader.js'
import { versionsOf } from './versions.js'
import { joinWriter, writerOf } from './writers.js'

/** The life of a text. Whoever may read the text may read its history, with the names of those who wrote. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly reader: HistoryReader,
    private readonly texts: Texts,
  ) {}

  @Handles(listSteps)
  async listSteps(work: Reading, { documentId, before, limit }: InputOf<typeof listSteps>) {
    const { document, seat } = await visibleDocument(work, documentId)
    const page = await this.reader.ask('steps', { documentId, before, limit })
    const oldest = page.next === null ? 0 : (page.steps.at(-1)?.fromNo ?? 0)
    const versions = (await versionsOf(work.db, documentId)).filter(
      ({ no }) => no >= oldest && (before === undefined || no < before),
    )
    const may = [
      ...(mayWriteDocument(seat, document) ? (['restore'] as const) : []),
      ...(mayKeepVersion(seat, document) ? (['keep-version'] as const) : []),
      ...(mayReadRefusals(seat, document) ? (['read-refusals'] as const) : []),
    ]
    return { ...page, versions, may }
  }

  @Handles(readText)
  async readText(work: Reading, input: InputOf<typeof readText>) {
    await visibleDocument(work, input.documentId)
    return this.reader.ask('text', input)
  }

  @Handles(listAuthors)
  async listAuthors(work: Reading, { documentId }: InputOf<typeof listAuthors>) {
    await visibleDocument(work, documentId)
    return this.reader.ask('authors', { documentId })
  }

  @Handles(compareText)
  async compareText(work: Reading, input: InputOf<typeof compareText>) {
    await visibleDocument(work, input.documentId)
    return this.reader.ask('compare', input)
  }

  @Handles(playTimeline)
  async playTimeline(work: Reading, input: InputOf<typeof playTimeline>) {
    await visibleDocument(work, input.documentId)
    return this.reader.ask('timeline', input)
  }

  @Handles(listVersions)
  async listVersions(work: Reading, { documentId }: InputOf<typeof listVersions>) {
    await visibleDocument(work, documentId)
    return versionsOf(work.db, documentId)
  }

  @Handles(keepVersion)
  async keepVersion(work: Writing, { documentId, no, name }: InputOf<typeof keepVersion>) {
    const { db, caller, now, record } = work
    const { document, seat } = await visibleDocument(work, documentId)
    must(mayKeepVersion(seat, document), 'Your seat keeps no versions of this text.')
    const log = await row<{ no: string }>(db, `SELECT no FROM document_log WHERE document_id = $1`, [documentId])
    const head = Number(log?.no ?? 0)
    if (no !== undefined && no > head) throw invalidInput('no', `The text goes as far as ${head}.`)
    const id = newId()
    await insert(db, 'document_version', {
      id,
      document_id: documentId,
      no: no ?? head,
      name,
      person_id: caller.personId,
      seat_id: seat.id,
      at: now,
    })
    record(document.round_id, 'document.versionKept', { documentId, versionId: id, name }, audienceOf(document))
    return (await versionsOf(db, documentId, id))[0]!
  }

  /**
   * The text's row stays locked, so nobody freezes the text between the question and the edit. The edit goes
   * through the log like any other; sent again, it finds that nothing differs any more.
   */
  @Handles(restoreText)
  restoreText(work: Writing, input: InputOf<typeof restoreText>) {
    return this.texts.inTurn(() => this.restore(work, input))
  }

  private async restore(work: Writing, { documentId, no, versionId, revision }: InputOf<typeof restoreText>) {
    const { document, seat } = await visibleDocument(work, documentId, 'lock')
    const [version] = versionId ? await versionsOf(work.db, documentId, versionId) : []
    if (versionId && !version) throw nothingHere()
    const restored = version?.no ?? no
    if (restored === undefined) throw invalidInput('no', 'Name a log number or a version.')
    if (!mayWriteDocument(seat, document)) throw new Refusal('text-not-writable')
    mustStandAt(document.revision, revision)
    const { edit, head } = await this.reader.ask('rewriting', { documentId, no: restored })
    if (!edit) return { no: head, changed: false }
    const written = await this.write(documentId, work, edit)
    work.record(
      document.round_id,
      'document.restored',
      { documentId, no: written.no, restored, version: version?.name ?? null },
      audienceOf(document),
    )
    return { no: written.no, changed: true }
  }

  @Handles(listRefusals)
  async listRefusals(work: Reading, { documentId }: InputOf<typeof listRefusals>) {
    const { document, seat } = await visibleDocument(work, documentId)
    must(mayReadRefusals(seat, document), 'Refused edits are shown to the chair and the secretariat.')
    const found = await rows<Writer & { id: string; problem: string; client: string | null; at: string }>(
      work.db,
      `SELECT r.id, r.problem, r.client_id AS client, ${instant('r.at')} AS at, ${writerOf('r')}
       FROM document_refusal r ${joinWriter('r')} WHERE r.document_id = $1 ORDER BY r.id DESC LIMIT 100`,
      [documentId],
    )
    return found.map(({ id, problem, client, at, ...writer }) => ({
      id,
      problem,
      clientId: client === null ? null : Number(client),
      writer,
      at,
    }))
  }

  private async write(documentId: string, { caller }: Writing, edit: Uint8Array): Promise<{ no: number }> {
    try {
      return await this.texts.engine.apply(documentId, holderOf(caller), edit)
    } catch (thrown) {
      throw thrown instanceof Refused ? new Refusal(thrown.problem) : thrown
    }
  }
}
