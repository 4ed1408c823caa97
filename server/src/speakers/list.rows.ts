import type { EntityManager } from 'typeorm'
import type { ItemRow } from '../access/speaker.access.js'
import { rows } from '../common/sql.js'
import type { Audience, Writing } from '../work/work.js'
import type { Turn } from './speaking-order.js'

/** Who is listed on an item, in order. */
export const listedOn = (db: EntityManager, agendaItemId: string): Promise<(Turn & { id: string })[]> =>
  rows<Turn & { id: string }>(
    db,
    `SELECT id, kind, body_id IS NOT NULL AS "forGroup" FROM speaker_slot
     WHERE agenda_item_id = $1 AND state = 'listed' ORDER BY place`,
    [agendaItemId],
  )

/** Places count from 1 without a gap; whoever changed the order on the one that stood before is told. */
export async function renumber(db: EntityManager, agendaItemId: string, order?: string[]): Promise<void> {
  const ids = order ?? (await listedOn(db, agendaItemId)).map(({ id }) => id)
  await db.query(
    `UPDATE speaker_slot s SET place = o.place FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, place)
     WHERE s.id = o.id AND s.place <> o.place`,
    [ids],
  )
  await db.query(`UPDATE speakers_list SET revision = revision + 1 WHERE agenda_item_id = $1`, [agendaItemId])
}

export const heard = ({ record }: Writing, item: ItemRow, audience?: Audience): void =>
  record(item.round_id, 'speakers.changed', { sessionId: item.session_id, agendaItemId: item.agenda_item_id }, audience)
