import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { listPrivateThreads, openPrivateThread, type PrivateThread } from '@multilogue/shared/private-threads'
import { accredited, must } from '../access/caller.js'
import { groupsOf } from '../access/comment.access.js'
import { itemOf } from '../access/dialogue.access.js'
import { mayOpenThread } from '../access/thread.access.js'
import { newId } from '../common/ids.js'
import { invalidInput } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { bareThread, withThreadActs } from './dialogue.views.js'
import { tellIn } from './hearers.js'

/** $1: the item, $2: the reader's delegation, null for those who have none. */
const PLACES = `WITH place AS (
    SELECT 'delegation' AS visibility, NULL::uuid AS body_id, d.name, 1 AS rank FROM delegation d WHERE d.id = $2
    UNION ALL
    SELECT 'group', b.id, b.name, 2 FROM body b JOIN body_member m ON m.body_id = b.id WHERE m.delegation_id = $2
    UNION ALL SELECT 'bureau', NULL, '', 3 WHERE $3)
  SELECT t.id, p.visibility, p.body_id AS "bodyId", p.name,
    (SELECT count(*)::int FROM message WHERE thread_id = t.id) AS statements
  FROM place p LEFT JOIN thread t ON t.agenda_item_id = $1 AND t.visibility = p.visibility
    AND t.delegation_id IS NOT DISTINCT FROM CASE p.visibility WHEN 'delegation' THEN $2 END
    AND t.body_id IS NOT DISTINCT FROM p.body_id
  ORDER BY p.rank, p.name`

/** What a delegation, a group or the bureau says among itself on an agenda item. */
@Injectable()
export class PrivateThreadsService {
  @Handles(listPrivateThreads)
  async listPrivateThreads(work: Reading, { agendaItemId }: InputOf<typeof listPrivateThreads>) {
    const { seat } = await itemOf(work, agendaItemId)
    const mine = [agendaItemId, seat.delegationId, mayOpenThread(seat, { visibility: 'bureau' }, new Set())]
    const found = await rows<PrivateThread>(work.db, PLACES, mine)
    return found.filter(({ id, visibility }) => id !== null || visibility === 'bureau' || accredited(seat))
  }

  /** Two who open it at the same time find the same one. */
  @Handles(openPrivateThread)
  async openPrivateThread(work: Writing, { agendaItemId, visibility, bodyId }: InputOf<typeof openPrivateThread>) {
    const { db } = work
    if (bodyId && visibility !== 'group') throw invalidInput('bodyId', 'Only the thread of a group names one.')
    const { item, seat } = await itemOf(work, agendaItemId)
    const allowed = mayOpenThread(seat, { visibility, bodyId }, await groupsOf(db, seat))
    must(allowed, 'A private thread is opened by those whom it is for.')
    const place = {
      ...{ agenda_item_id: item.id, visibility },
      delegation_id: visibility === 'delegation' ? seat.delegationId : null,
      body_id: visibility === 'group' ? bodyId : null,
    }
    const opened = await row<{ id: string }>(
      db,
      `INSERT INTO thread (id, round_id, agenda_item_id, title, visibility, delegation_id, body_id)
       SELECT $1, $2, id, title, $4, $5, $6 FROM agenda_item WHERE id = $3 ON CONFLICT DO NOTHING RETURNING id`,
      [newId(), item.round_id, ...Object.values(place)],
    )
    if (opened) await tellIn(work, opened.id, 'thread.opened', { agendaItemId, threadId: opened.id })
    const thread = await row<{ id: string }>(
      db,
      `SELECT id FROM thread WHERE agenda_item_id = $1 AND visibility = $2
         AND delegation_id IS NOT DISTINCT FROM $3 AND body_id IS NOT DISTINCT FROM $4`,
      Object.values(place),
    )
    return withThreadActs((await bareThread(db, thread!.id))!, seat)
  }
}
