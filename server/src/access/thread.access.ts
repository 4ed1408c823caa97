import type { ThreadVisibility } from '@multilogue/shared/dialogue'
import type { EntityManager } from 'typeorm'
import { row } from '../common/sql.js'
import type { Audience } from '../work/work.js'
import { accredited, type ActingSeat } from './caller.js'

/*
 * Who has a private thread
 *
 * A delegation's own thread is seen by its seats, a group's by the seats of its members, the bureau's by chair,
 * facilitator, rapporteur and secretariat. A seat that has ended sees none. Every other seat finds nothing, the
 * secretariat and the chair too.
 */
const BUREAU = `('chair', 'facilitator', 'rapporteur', 'secretariat')`

/** SQL: whether a seat sees the thread `t`. @param seat  placeholder of the seat's id */
export const SEES_THREAD = (seat: string): string => `(t.visibility = 'room' OR EXISTS (
  SELECT 1 FROM seat reader WHERE reader.id = ${seat}::uuid AND reader.ended_at IS NULL AND CASE t.visibility
    WHEN 'delegation' THEN reader.delegation_id = t.delegation_id
    WHEN 'group' THEN reader.delegation_id IN (SELECT delegation_id FROM body_member WHERE body_id = t.body_id)
    ELSE reader.role IN ${BUREAU} END))`

const isOfBureau = ({ role }: ActingSeat): boolean =>
  role === 'chair' || role === 'facilitator' || role === 'rapporteur' || role === 'secretariat'

/** @param groups  those that the seat's delegation belongs to */
export const mayOpenThread = (
  seat: ActingSeat,
  { visibility, bodyId }: { visibility: ThreadVisibility; bodyId?: string | null },
  groups: ReadonlySet<string>,
): boolean => {
  if (visibility === 'bureau') return isOfBureau(seat)
  return accredited(seat) && (visibility === 'delegation' || groups.has(bodyId ?? ''))
}

interface Place {
  round_id: string
  visibility: ThreadVisibility
  delegation_id: string | null
  body_id: string | null
}

/** Who hears of what happens in a thread: those who see it. */
export async function hearersOf(db: EntityManager, thread: Place): Promise<Audience | undefined> {
  if (thread.visibility === 'room') return undefined
  if (thread.visibility === 'delegation') return { delegationIds: [thread.delegation_id!], secretariat: false }
  if (thread.visibility === 'group') {
    const members = await row<{ ids: string[] }>(
      db,
      `SELECT coalesce(array_agg(delegation_id::text), '{}') AS ids FROM body_member WHERE body_id = $1`,
      [thread.body_id],
    )
    return { delegationIds: members!.ids, secretariat: false }
  }
  const bureau = await row<{ ids: string[] }>(
    db,
    `SELECT coalesce(array_agg(id::text), '{}') AS ids FROM seat
     WHERE round_id = $1 AND ended_at IS NULL AND role IN ${BUREAU}`,
    [thread.round_id],
  )
  return { delegationIds: [], secretariat: false, seatIds: bureau!.ids }
}
