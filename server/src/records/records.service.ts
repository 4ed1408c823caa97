import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { addToRecord, getRecord, writeRecord, type RecordForm } from '@multilogue/shared/records'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { keepsRecord, must, mustBe } from '../access/caller.js'
import { lockedRecord } from '../access/record.access.js'
import { inRound } from '../access/round.access.js'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import { Texts } from '../documents/texts.js'
import { TraceLinks } from '../trace/trace-links.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { say } from '../words/words.js'
import { addParts, type Part } from './adding.js'
import { sectionsOf, type Section } from './facts.js'
import { happenedIn } from './happened.js'
import { linesOf, writtenHeading, writtenLine, type Written } from './lines.js'
import { recordView, writtenFacts } from './records.views.js'

const KEEP = 'Rapporteur, chair and secretariat write the record.'

/** The record of a session: it writes itself, and is then the rapporteur's. */
@Injectable()
export class RecordsService {
  constructor(
    private readonly texts: Texts,
    private readonly links: TraceLinks,
  ) {}

  @Handles(getRecord)
  async getRecord(work: Reading, input: InputOf<typeof getRecord>) {
    const { seat } = await inRound(work, 'session', input.sessionId)
    return recordView(work, seat, input)
  }

  @Handles(writeRecord)
  async writeRecord(work: Writing, { sessionId, form, language }: InputOf<typeof writeRecord>) {
    const { db, caller, now } = work
    const { found, seat } = await inRound(work, 'session', sessionId, 'lock')
    must(keepsRecord(seat), KEEP)
    const known = await row(db, `SELECT 1 FROM session_record WHERE session_id = $1 AND form = $2`, [sessionId, form])
    mustBe(!known, 'The record is written; what is new is added to it.')
    const happened = await happenedIn(work, seat, sessionId)
    const sections = sectionsOf(happened, language)
    mustBe(sections.length > 0, 'Nothing has happened yet.')
    const documentId = newId()
    const title = say(language, `record.title.${form}`, { session: happened.session.title })
    await insert(db, 'document', {
      ...{ id: documentId, round_id: found.round_id, kind: 'report', title },
      ...{ visibility: 'participants', language, created_at: now },
    })
    await insert(db, 'document_log', { document_id: documentId, changed_at: now })
    await insert(db, 'session_record', { document_id: documentId, session_id: sessionId, form })
    const written = [
      writtenHeading('title', 1, title),
      ...sections.flatMap((section) => newIn(section, new Map(), { language, form })),
    ]
    await keep(db, documentId, written)
    const contents = written.flatMap((line) => line.contents)
    await this.texts.seed(db, documentId, caller, contents)
    await this.links.add(work, { kind: 'session', id: sessionId }, { kind: 'document', id: documentId })
    work.record(found.round_id, 'document.opened', { documentId })
    work.record(found.round_id, 'record.changed', { sessionId })
    return { documentId }
  }

  @Handles(addToRecord)
  addToRecord(work: Writing, { documentId }: InputOf<typeof addToRecord>) {
    return this.texts.inTurn(() => this.add(work, documentId))
  }

  /** What is written down is every fact once, whatever has become of its paragraph since. */
  private async add(work: Writing, documentId: string) {
    const { record, document, seat } = await lockedRecord(work, documentId)
    must(keepsRecord(seat), KEEP)
    if (document.mode === 'frozen') throw new Refusal('text-not-writable')
    const known = await writtenFacts(work.db, documentId)
    const language = document.language as Language
    const sections = sectionsOf(await happenedIn(work, seat, record.session_id), language)
    const missing = sections.flatMap(({ facts }) => facts).filter(({ key }) => !known.has(key)).length
    if (missing === 0) return { documentId, added: 0 }
    const added = sections.map((section) => newIn(section, known, { language, form: record.form }))
    const parts = sections.map((section, at): Part => ({
      paragraphIds: factsOf(section).flatMap((fact) => known.get(fact) ?? []),
      contents: added[at]!.flatMap(({ contents }) => contents),
    }))
    const planned = await this.texts.planned(documentId, (doc) => addParts(doc, parts))
    await keep(work.db, documentId, added.flat())
    work.record(document.round_id, 'record.changed', { sessionId: record.session_id })
    await this.texts.carryOut(work.caller, planned)
    return { documentId, added: missing }
  }
}

const headingOf = ({ key }: Section): string => `section:${key}`
const factsOf = (section: Section): string[] => [headingOf(section), ...section.facts.map(({ key }) => key)]

/** What of a section is not written yet, with its heading when none of it is. */
function newIn(section: Section, known: Map<string, string>, how: { language: Language; form: RecordForm }): Written[] {
  const lines = linesOf(
    section.facts.filter(({ key }) => !known.has(key)),
    how,
  ).map(writtenLine)
  const heading = headingOf(section)
  return lines.length === 0 || known.has(heading) ? lines : [writtenHeading(heading, 2, section.title), ...lines]
}

/** Which paragraph tells which fact. */
async function keep(db: EntityManager, documentId: string, written: Written[]): Promise<void> {
  const facts = written.flatMap(({ id, facts: told }) => told.map((fact) => ({ fact, id })))
  await db.query(
    `INSERT INTO session_record_fact (document_id, fact, paragraph_id) SELECT $1, f.fact, f.id
     FROM unnest($2::text[], $3::text[]) AS f(fact, id)`,
    [documentId, facts.map(({ fact }) => fact), facts.map(({ id }) => id)],
  )
}
