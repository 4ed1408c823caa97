import { Injectable } from '@nestjs/common'
import type { RecordForm } from '@multilogue/shared/records'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import type { DocumentRow } from '../access/document.access.js'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { insert } from '../common/sql.js'
import { Texts } from '../documents/texts.js'
import type { Writing } from '../work/work.js'
import { addParts, type Part } from './adding.js'
import type { Section } from './facts.js'
import { linesOf, writtenHeading, writtenLine, type Written } from './lines.js'
import { writtenFacts } from './records.views.js'
import { headingOf, isTold, toldOf } from './telling.js'

interface New {
  /** Whose record it is. */
  of: { session_id: string } | { round_id: string }
  roundId: string
  form: RecordForm
  language: Language
  title: string
  sections: Section[]
}

/** Facts as a text: written once, then added to. What people have made of it is not touched. */
@Injectable()
export class RecordTexts {
  constructor(private readonly texts: Texts) {}

  /** @returns the id of the text, one paragraph for each line */
  async write({ db, caller, now, record }: Writing, made: New): Promise<string> {
    const { of, roundId, form, language, title, sections } = made
    const documentId = newId()
    await insert(db, 'document', {
      ...{ id: documentId, round_id: roundId, kind: 'report', title },
      ...{ visibility: 'participants', language, created_at: now },
    })
    await insert(db, 'document_log', { document_id: documentId, changed_at: now })
    await insert(db, 'written_record', { document_id: documentId, form, ...of })
    const written = [
      writtenHeading('title', 1, title),
      ...sections.flatMap((section) => newIn(section, [], { language, form })),
    ]
    await keep(db, documentId, written)
    const contents = written.flatMap((line) => line.contents)
    await this.texts.seed(db, documentId, caller, contents)
    record(roundId, 'document.opened', { documentId })
    return documentId
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.texts.inTurn(work)
  }

  /**
   * What is written down is every fact once, whatever has become of its paragraph since. Call it in turn, as the last
   * thing but `told`.
   * @returns how many facts were added
   */
  async add(
    { db, caller }: Writing,
    { document, form, sections }: { document: DocumentRow; form: RecordForm; sections: Section[] },
    told: () => void,
  ): Promise<number> {
    if (document.mode === 'frozen') throw new Refusal('text-not-writable')
    const paragraphOf = await writtenFacts(db, document.id)
    const known = [...paragraphOf.keys()]
    const missing = sections.flatMap(({ facts }) => facts).filter((fact) => !isTold(fact, known)).length
    if (missing === 0) return 0
    const how = { language: document.language as Language, form }
    const added = sections.map((section) => newIn(section, known, how))
    const parts = sections.map((section, at): Part => ({
      paragraphIds: toldOf(section, known).map((fact) => paragraphOf.get(fact)!),
      contents: added[at]!.flatMap(({ contents }) => contents),
    }))
    const planned = await this.texts.planned(document.id, (doc) => addParts(doc, parts))
    await keep(db, document.id, added.flat())
    told()
    await this.texts.carryOut(caller, planned)
    return missing
  }
}

/** What of a section is not written yet, with its heading when none of it is. */
function newIn(section: Section, known: string[], how: { language: Language; form: RecordForm }): Written[] {
  const lines = linesOf(
    section.facts.filter((fact) => !isTold(fact, known)),
    how,
  ).map(writtenLine)
  const heading = headingOf(section)
  return lines.length === 0 || known.includes(heading) ? lines : [writtenHeading(heading, 2, section.title), ...lines]
}

/** Which paragraph tells which fact. */
async function keep(db: EntityManager, documentId: string, written: Written[]): Promise<void> {
  const facts = written.flatMap(({ id, facts: told }) => told.map((fact) => ({ fact, id })))
  await db.query(
    `INSERT INTO written_fact (document_id, fact, paragraph_id) SELECT $1, f.fact, f.id
     FROM unnest($2::text[], $3::text[]) AS f(fact, id)`,
    [documentId, facts.map(({ fact }) => fact), facts.map(({ id }) => id)],
  )
}
