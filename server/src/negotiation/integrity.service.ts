import { DOCUMENT_KINDS } from '@multilogue/shared/documents'
import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { checkIntegrity, type Fault } from '@multilogue/shared/integrity'
import type { EntityManager } from 'typeorm'
import { must } from '../access/caller.js'
import { mayReadRefusals } from '../access/document.access.js'
import { row, rows } from '../common/sql.js'
import { bracketsIn, blocksOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { deletedReferences, faultsIn } from '../documents/soundness.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { openIn, placesIn } from './bracket.rows.js'
import { Table } from './table.js'

/** Texts whose brackets are looked at after every edit (bracket.keeping.ts). */
const PROJECTED = new Set<string>(DOCUMENT_KINDS)

/** Says whether a text is sound: for those who answer for it, and after each step of what tests do to one. */
@Injectable()
export class IntegrityService {
  constructor(private readonly table: Table) {}

  @Handles(checkIntegrity)
  async checkIntegrity(work: Reading, { documentId }: InputOf<typeof checkIntegrity>) {
    const { document, seat, contents, no } = await this.table.text(work, documentId, 'look')
    must(mayReadRefusals(seat, document), 'What is wrong with a text is shown to the chair and the secretariat.')
    const followed = !PROJECTED.has(document.kind) || (await reached(work.db, documentId)) === no
    return {
      no,
      followed,
      faults: [
        ...faultsIn(contents),
        ...(followed ? await faultsOfBrackets(work.db, documentId, contents) : []),
        ...(await faultsOfStatuses(work.db, documentId, contents)),
      ],
      deletedReferences: deletedReferences(contents),
    }
  }
}

/** The log number up to which the rows of brackets follow the text. */
async function reached(db: EntityManager, documentId: string): Promise<number> {
  const known = await row<{ no: string }>(
    db,
    `SELECT no FROM document_projection WHERE document_id = $1 AND name = 'brackets'`,
    [documentId],
  )
  return Number(known?.no ?? 0)
}

async function faultsOfBrackets(db: EntityManager, documentId: string, contents: Content[]): Promise<Fault[]> {
  const places = placesIn(contents)
  const [standing, open] = [bracketsIn(contents), new Set(await openIn(db, documentId))]
  const fault = (name: Fault['fault'], what: string): Fault => ({
    fault: name,
    paragraphId: places.get(what)?.paragraphId ?? null,
    what,
  })
  return [
    ...[...standing].filter((id) => !open.has(id)).map((id) => fault('bracket-without-row', id)),
    ...[...open].filter((id) => !standing.has(id)).map((id) => fault('bracket-not-in-text', id)),
  ]
}

/** What was once said of a paragraph outlives it; then the trail knows of it. */
async function faultsOfStatuses(db: EntityManager, documentId: string, contents: Content[]): Promise<Fault[]> {
  const ids = blocksOf(contents).map(({ block }) => block.id)
  const lost = await rows<{ id: string }>(
    db,
    `SELECT paragraph_id AS id FROM paragraph_status s WHERE document_id = $1 AND paragraph_id <> ALL($2)
       AND NOT EXISTS (SELECT 1 FROM negotiation_act a
         WHERE a.document_id = s.document_id AND a.paragraph_id = s.paragraph_id)`,
    [documentId, ids],
  )
  return lost.map(({ id }) => ({ fault: 'status-of-nothing', paragraphId: null, what: id }))
}
