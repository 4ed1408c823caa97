import type { SessionRecord, WrittenRecord } from '@multilogue/shared/records'
import { directionOf } from '@multilogue/shared/language'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { keepsRecord, type ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import { mayIssue } from '../access/negotiation.access.js'
import { named } from '../common/acts.js'
import { rows } from '../common/sql.js'
import type { Reading } from '../work/work.js'
import { sectionsOf, type Section } from './facts.js'
import { happenedIn } from './happened.js'
import { linesOf } from './lines.js'
import { isTold } from './telling.js'

interface Stored {
  document: DocumentRow & { language: Language }
  form: WrittenRecord['form']
  issued: WrittenRecord['issued']
  known: string[]
}

const WRITTEN = `SELECT to_jsonb(d) AS document, r.form,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'symbol', i.symbol) ORDER BY i.issued_at, i.id), '[]')
       FROM issued_document i WHERE i.document_id = d.id) AS issued,
    ARRAY(SELECT f.fact FROM written_fact f WHERE f.document_id = d.id) AS known
  FROM written_record r JOIN document d ON d.id = r.document_id WHERE $1 IN (r.session_id, r.round_id) ORDER BY r.form`

export async function recordView(
  work: Pick<Reading, 'db' | 'now'>,
  seat: ActingSeat,
  { sessionId, language }: { sessionId: string; language: Language },
): Promise<SessionRecord> {
  const happened = await happenedIn(work, seat, sessionId)
  const sections = sectionsOf(happened, language)
  return {
    sessionId,
    sessionTitle: happened.session.title,
    language,
    dir: directionOf(language),
    sections: shownIn(sections, language),
    written: await writtenOf(work.db, seat, { ofId: sessionId, sections }),
    may: named({ write: sections.length > 0 && keepsRecord(seat) }),
  }
}

export const shownIn = (sections: Section[], language: Language): SessionRecord['sections'] =>
  sections.map(({ key, title, facts }) => ({ key, title, lines: linesOf(facts, { language, form: 'summary' }) }))

/** The texts that were made of what is told of a session or a round, and how far behind they are. */
export async function writtenOf(
  db: EntityManager,
  seat: ActingSeat,
  { ofId, sections }: { ofId: string; sections: Section[] },
): Promise<WrittenRecord[]> {
  const facts = sections.flatMap((section) => section.facts)
  const stored = await rows<Stored>(db, WRITTEN, [ofId])
  return stored.map(({ document, form, issued, known }) => {
    const missing = facts.filter((fact) => !isTold(fact, known)).length
    return {
      ...{ form, documentId: document.id, language: document.language, missing, issued },
      may: named({
        add: missing > 0 && document.mode !== 'frozen' && keepsRecord(seat),
        issue: mayIssue(seat, document),
      }),
    }
  })
}

/** The paragraph that each fact of a record was written into. */
export async function writtenFacts(db: EntityManager, documentId: string): Promise<Map<string, string>> {
  const found = await rows<{ fact: string; paragraph_id: string }>(
    db,
    `SELECT fact, paragraph_id FROM written_fact WHERE document_id = $1`,
    [documentId],
  )
  return new Map(found.map(({ fact, paragraph_id }) => [fact, paragraph_id]))
}
