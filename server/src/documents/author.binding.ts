import type { EntityManager } from 'typeorm'
import type { NewUpdate } from '../collab/ports.js'
import { rows } from '../common/sql.js'

/**
 * Gives client ids that are used for the first time to their authors [ENGINE-3]. Under the row locks of the logs, so
 * that of two servers that saw the same id first only one is right.
 * @returns for each update whether all of its client ids are its author's
 */
export async function bindAuthors(db: EntityManager, batch: NewUpdate[], now: Date): Promise<boolean[]> {
  const uses = batch.flatMap(({ documentId, personId, seatId, clientIds }, at) =>
    clientIds.map((clientId) => ({ at, documentId, personId, seatId, clientId })),
  )
  await db.query(`SELECT 1 FROM document_log WHERE document_id = ANY($1::uuid[]) ORDER BY document_id FOR UPDATE`, [
    batch.map(({ documentId }) => documentId),
  ])
  const columns = [
    uses.map((use) => use.documentId),
    uses.map((use) => use.clientId),
    uses.map((use) => use.personId),
    uses.map((use) => use.seatId),
  ]
  const USES = `unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[]) WITH ORDINALITY AS u(document_id, client_id, person_id, seat_id, ord)`
  await db.query(
    `INSERT INTO document_author (document_id, client_id, person_id, seat_id, at)
     SELECT u.document_id, u.client_id, u.person_id, nullif(u.seat_id, '')::uuid, $5 FROM ${USES} ORDER BY u.ord
     ON CONFLICT DO NOTHING`,
    [...columns, now],
  )
  const foreign = await rows<{ ord: string }>(
    db,
    `SELECT u.ord FROM ${USES} JOIN document_author a USING (document_id, client_id)
     WHERE a.person_id <> u.person_id OR a.seat_id IS DISTINCT FROM nullif(u.seat_id, '')::uuid`,
    columns,
  )
  const refused = new Set(foreign.map(({ ord }) => uses[Number(ord) - 1]?.at))
  return batch.map((_, at) => !refused.has(at))
}
