import type { Document } from '@multilogue/shared/documents'
import { directionOf } from '@multilogue/shared/language'
import type { EntityManager } from 'typeorm'
import { conducts, type ActingSeat } from '../access/caller.js'
import { maySetMode, mayWriteDocument, seenByInvitation, type DocumentRow } from '../access/document.access.js'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'

type Bare = Omit<Document, 'dir' | 'may' | 'adoptedAt'> & {
  adoptedAt: Date | null
  procedureId: string | null
  invited: string[] | null
  convenerSeatId: string | null
  officersRead: boolean | null
}

/** The texts that a seat may see; hidden ones are filtered in the query, so they are in no list and no count. */
export async function documentsOf(db: EntityManager, seat: ActingSeat, id?: string): Promise<Document[]> {
  const found = await rows<Bare>(
    db,
    `SELECT d.id, d.round_id AS "roundId", d.kind, v.source_id AS "sourceId", d.title, d.symbol, d.mode, d.visibility,
       d.owner_delegation_id AS "ownerDelegationId", d.language, ${instant('g.changed_at')} AS "changedAt", d.revision,
       d.adopted_at AS "adoptedAt", d.procedure_id AS "procedureId",
       d.invited, d.convener_seat_id AS "convenerSeatId", d.officers_read AS "officersRead"
     FROM document d JOIN document_log g ON g.document_id = d.id LEFT JOIN language_version v ON v.id = d.id
     WHERE d.round_id = $1 AND CASE WHEN $2::uuid IS NULL THEN d.kind NOT IN ('proposal', 'translation', 'agenda') ELSE d.id = $2 END
       AND (d.visibility = 'participants' OR d.owner_delegation_id = $3
         OR ${seenByInvitation('d', { delegation: '$3', seat: '$4', officer: '$5' })}) ORDER BY d.created_at, d.id`,
    [seat.roundId, id ?? null, seat.delegationId, seat.id, conducts(seat)],
  )
  return found.map(({ adoptedAt, procedureId, invited, convenerSeatId, officersRead, ...document }) => {
    const asRow: DocumentRow = {
      ...document,
      round_id: document.roundId,
      owner_delegation_id: document.ownerDelegationId,
      adopted_at: adoptedAt,
      procedure_id: procedureId,
      invited,
      convener_seat_id: convenerSeatId,
      officers_read: officersRead,
    }
    const may = [
      ...(mayWriteDocument(seat, asRow) ? ['write'] : []),
      ...(!adoptedAt && !procedureId && maySetMode(seat, asRow) ? ['set-mode'] : []),
    ]
    return { ...document, adoptedAt: adoptedAt?.toISOString() ?? null, dir: directionOf(document.language), may }
  })
}
