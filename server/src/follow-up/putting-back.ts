import type { ActingSeat } from '../access/caller.js'
import type { Writing } from '../work/work.js'

/** The evidence of a report counts again: it was looked at once more, or is another. */
export const putBack = ({ db, now }: Writing, seat: ActingSeat, reportId: string) =>
  db.query(
    `UPDATE evidence_withdrawal SET restored_at = $2, restored_by = $3 WHERE report_id = $1 AND restored_at IS NULL`,
    [reportId, now, seat.id],
  )
