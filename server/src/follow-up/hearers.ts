import type { ReportRow } from '../access/report.access.js'
import type { ActingSeat } from '../access/caller.js'
import { row } from '../common/sql.js'
import type { Audience, Writing } from '../work/work.js'

/** Who hears of a report: of a validated one everybody, of another its delegation, which keeps its code from round to round, and the secretariat. */
export async function heardOf(
  { db }: Writing,
  seat: ActingSeat,
  { state, code }: Pick<ReportRow, 'state' | 'code'>,
): Promise<Audience | undefined> {
  if (state === 'validated') return undefined
  const owner = await row<{ id: string }>(db, `SELECT id FROM delegation WHERE round_id = $1 AND code = $2`, [
    seat.roundId,
    code,
  ])
  return { delegationIds: owner ? [owner.id] : [], secretariat: true }
}
