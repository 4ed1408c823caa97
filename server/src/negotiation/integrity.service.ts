import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { checkIntegrity, type Fault } from '@multilogue/shared/integrity'
import type { EntityManager } from 'typeorm'
import { must } from '../access/caller.js'
import { mayReadRefusals } from '../access/document.access.js'
import { rows } from '../common/sql.js'
import { bracketsIn, blocksOf } from '../documents/contents.js'
import type { Content } from '../documents/history/content.js'
import { deletedReferences, faultsIn } from '../documents/soundness.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { openIn, placesIn } from './bracket.rows.js'
import { Table } from './table.js'

/** Says whether a text is sound: for those who answer for it, and after each step of what tests do to one. */
@Injectable()
export class IntegrityService {
  constructor(private readonly table: Table) {}

  @Handles(checkIntegrity)
  async checkIntegrity(work: Reading, { documentId }: InputOf<typeof checkIntegrity>) {
    const { document, seat, contents, no } = await this.table.text(work, documentId, 'look')
    must(mayReadRefusals(seat, document), 'What is wrong with a text is shown to the chair and the secretariat.')
    return {
      no,
      faults: [...faultsIn(contents), ...(await faultsBeside(work.db, documentId, contents))],
      deletedReferences: deletedReferences(contents),
    }
  }
}

/** What is kept beside the text without anything in it that it belongs to, and the other way round. */
async function faultsBeside(db: EntityManager, documentId: string, contents: Content[]): Promise<Fault[]> {
  const places = placesIn(contents)
  const [standing, open] = [bracketsIn(contents), new Set(await openIn(db, documentId))]
  const ids = blocksOf(contents).map(({ block }) => block.id)
  // What was once said of a paragraph outlives it; then the trail knows of it.
  const lost = await rows<{ id: string }>(
    db,
    `SELECT paragraph_id AS id FROM paragraph_status s WHERE document_id = $1 AND paragraph_id <> ALL($2)
       AND NOT EXISTS (SELECT 1 FROM negotiation_act a
         WHERE a.document_id = s.document_id AND a.paragraph_id = s.paragraph_id)`,
    [documentId, ids],
  )
  const fault = (name: Fault['fault'], what: string): Fault => ({
    fault: name,
    paragraphId: places.get(what)?.paragraphId ?? null,
    what,
  })
  return [
    ...[...standing].filter((id) => !open.has(id)).map((id) => fault('bracket-without-row', id)),
    ...[...open].filter((id) => !standing.has(id)).map((id) => fault('bracket-not-in-text', id)),
    ...lost.map(({ id }) => fault('status-of-nothing', id)),
  ]
}
