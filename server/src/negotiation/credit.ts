import type { EntityManager } from 'typeorm'
import type { Planned } from '../documents/texts.js'

/**
 * The words of a proposal stay those of who tabled it when the facilitator writes them into the text. The log still says
 * whose hand it was.
 */
export async function credit(db: EntityManager, proposalId: string, { documentId, clientId }: Planned): Promise<void> {
  await db.query(
    `INSERT INTO document_credit (document_id, client_id, person_id, seat_id)
     SELECT $1, $2, person_id, seat_id FROM negotiation_act
     WHERE proposal_id = $3 AND act = 'tabled' ORDER BY id DESC LIMIT 1`,
    [documentId, clientId, proposalId],
  )
}
