import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { getDocument, listDocuments, openDocument, setMode, syncDocument } from '@multilogue/shared/documents'
import { TEXT_SCHEMA } from '@multilogue/shared/text-schema'
import { must, mustBe } from '../access/caller.js'
import { maySetMode, visibleDocument } from '../access/document.access.js'
import { seatIn } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { invalidInput, nothingHere } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { insert } from '../common/sql.js'
import { mayOpenDocument } from '../rounds/rounds.views.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { audienceOf } from './audience.js'
import { documentsOf } from './documents.views.js'
import { Modes } from './modes.js'
import { Texts } from './texts.js'

@Injectable()
export class DocumentsService {
  constructor(
    private readonly texts: Texts,
    private readonly modes: Modes,
  ) {}

  @Handles(listDocuments)
  listDocuments({ db, caller }: Reading, { roundId }: InputOf<typeof listDocuments>) {
    return documentsOf(db, seatIn(caller, roundId))
  }

  @Handles(getDocument)
  async getDocument(work: Reading, { documentId }: InputOf<typeof getDocument>) {
    const { seat } = await visibleDocument(work, documentId)
    const [document] = await documentsOf(work.db, seat, documentId)
    return { ...document!, paragraphs: await this.texts.paragraphs(documentId, document!.language) }
  }

  @Handles(openDocument)
  async openDocument({ db, caller, now, record }: Writing, input: InputOf<typeof openDocument>) {
    const seat = seatIn(caller, input.roundId)
    must(mayOpenDocument(seat), 'Your seat opens no texts.')
    if (input.visibility === 'delegation' && !seat.delegationId)
      throw invalidInput('visibility', 'Only a delegation has texts of its own.')
    const id = newId()
    const { roundId, kind, title, language, visibility } = input
    const owner = visibility === 'delegation' ? seat.delegationId : null
    await insert(db, 'document', {
      id,
      round_id: roundId,
      kind,
      title,
      visibility,
      owner_delegation_id: owner,
      language,
      created_at: now,
    })
    await insert(db, 'document_log', { document_id: id, changed_at: now })
    record(roundId, 'document.opened', { documentId: id }, audienceOf({ visibility, owner_delegation_id: owner }))
    return (await documentsOf(db, seat, id))[0]!
  }

  @Handles(setMode)
  async setMode(work: Writing, { documentId, mode, revision }: InputOf<typeof setMode>) {
    const { document, seat } = await visibleDocument(work, documentId, 'lock')
    must(maySetMode(seat, document), 'Your seat does not say who holds the pen.')
    mustBe(document.adopted_at === null, 'An adopted text stays as it was adopted.')
    mustBe(document.procedure_id === null, 'The text is frozen for a decision that is being taken on it.')
    mustStandAt(document.revision, revision)
    await this.modes.set(work, document, mode)
    return (await documentsOf(work.db, seat, documentId))[0]!
  }

  @Handles(syncDocument)
  async syncDocument(work: Writing, { documentId, vector, update }: InputOf<typeof syncDocument>) {
    await visibleDocument(work, documentId)
    return { ...(await this.texts.sync(documentId, work.caller, { vector, update })), schema: TEXT_SCHEMA }
  }

  /** The words of one paragraph as they stand now, for what is made from it. */
  async quote(work: Reading, documentId: string, paragraphId: string): Promise<string> {
    const { document } = await visibleDocument(work, documentId)
    mustBe(document.kind !== 'informal', 'Nothing is quoted from informal consultations.')
    const paragraph = (await this.texts.paragraphs(documentId, document.language)).find((p) => p.id === paragraphId)
    if (!paragraph) throw nothingHere()
    return paragraph.text
  }
}
