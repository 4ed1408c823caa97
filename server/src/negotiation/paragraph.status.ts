import type { ParagraphStatus } from '@multilogue/shared/negotiation'
import type { ActingSeat } from '../access/caller.js'
import type { DocumentRow } from '../access/document.access.js'
import type { Writing } from '../work/work.js'

/** Says how far a paragraph is. It is bound to the words that the hash names: an edit since then takes it away. */
export async function setStatus(
  { db, caller, now }: Writing,
  { document, seat }: { document: DocumentRow; seat: ActingSeat },
  said: { paragraphId: string; status: ParagraphStatus; hash: string; reason: string | null },
): Promise<void> {
  const { paragraphId, status, hash, reason } = said
  await db.query(
    `INSERT INTO paragraph_status (document_id, paragraph_id, status, hash, reason, person_id, seat_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (document_id, paragraph_id) DO UPDATE SET status = $3, hash = $4, reason = $5, person_id = $6,
       seat_id = $7, at = $8, edited_at = NULL`,
    [document.id, paragraphId, status, hash, reason, caller.personId, seat.id, now],
  )
}
