import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { addToRecord, getRecord, writeRecord } from '@multilogue/shared/records'
import type { Language } from '@multilogue/shared/values'
import { keepsRecord, must, mustBe } from '../access/caller.js'
import { lockedRecord } from '../access/record.access.js'
import { inRound } from '../access/round.access.js'
import { row } from '../common/sql.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { say } from '../words/words.js'
import { sectionsOf } from './facts.js'
import { happenedIn } from './happened.js'
import { RecordTexts } from './record-texts.js'
import { recordView } from './records.views.js'
import { roundSectionsOf } from './round-facts.js'
import { roundTold } from './round-told.js'

export const KEEP = 'Rapporteur, chair and secretariat write the record.'

/** The record of a session: it writes itself, and is then the rapporteur's. */
@Injectable()
export class RecordsService {
  constructor(
    private readonly records: RecordTexts,
    private readonly links: TraceLinks,
  ) {}

  @Handles(getRecord)
  async getRecord(work: Reading, input: InputOf<typeof getRecord>) {
    const { seat } = await inRound(work, 'session', input.sessionId)
    return recordView(work, seat, input)
  }

  @Handles(writeRecord)
  async writeRecord(work: Writing, { sessionId, form, language }: InputOf<typeof writeRecord>) {
    const { found, seat } = await inRound(work, 'session', sessionId, 'lock')
    must(keepsRecord(seat), KEEP)
    const of = { session_id: sessionId }
    const known = await row(work.db, `SELECT 1 FROM written_record WHERE session_id = $1 AND form = $2`, [
      ...[sessionId, form],
    ])
    mustBe(!known, 'The record is written; what is new is added to it.')
    const happened = await happenedIn(work, seat, sessionId)
    const sections = sectionsOf(happened, language)
    mustBe(sections.length > 0, 'Nothing has happened yet.')
    const title = say(language, `record.title.${form}`, { session: happened.session.title })
    const documentId = await this.records.write(work, { of, roundId: found.round_id, form, language, title, sections })
    await this.links.add(work, { kind: 'session', id: sessionId }, { kind: 'document', id: documentId })
    work.record(found.round_id, 'record.changed', { sessionId })
    return { documentId }
  }

  /** To what is told of a session, and of a round. */
  @Handles(addToRecord)
  addToRecord(work: Writing, { documentId }: InputOf<typeof addToRecord>) {
    return this.records.inTurn(async () => {
      const { record, document, seat } = await lockedRecord(work, documentId)
      must(keepsRecord(seat), KEEP)
      const language = document.language as Language
      const { session_id: sessionId, form } = record
      const sections =
        sessionId === null
          ? roundSectionsOf(await roundTold(work, seat), language)
          : sectionsOf(await happenedIn(work, seat, sessionId), language)
      const added = await this.records.add(work, { document, form, sections }, () =>
        work.record(document.round_id, 'record.changed', { sessionId }),
      )
      return { documentId, added }
    })
  }
}
