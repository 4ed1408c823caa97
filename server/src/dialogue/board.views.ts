import type { Action, Board } from '@multilogue/shared/actions'
import type { EntityManager } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { keepsBoard, mayCloseItem, mayRaiseLater, type ItemRow } from '../access/dialogue.access.js'
import { mayRecommend, mayList } from '../rounds/rounds.views.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'

type Bare = Omit<Action, 'may' | 'unowned'>

/** $1: the item, $2: the reader's delegation. A listing that is not published is shown to its owner alone. */
const MADE_ELSEWHERE = `
  SELECT 'recommendation' AS kind, c.id, c.title, c.owner, c.due_on, c.state, c.rationale AS reason,
    '/recommendations/' || c.id AS href, m.id AS message_id, c.created_at AS at, c.revision, NULL::uuid AS item_id
  FROM said m JOIN link l ON l.from_kind = 'message' AND l.from_id = m.id::text AND l.to_kind = 'recommendation'
  JOIN recommendation c ON c.id::text = l.to_id WHERE c.state <> 'withdrawn'
  UNION ALL
  SELECT o.side, o.id, o.title, d.name, NULL, o.state, '', '/assistance#l-' || o.id, m.id, o.created_at, o.revision, NULL
  FROM said m JOIN link l ON l.from_kind = 'message' AND l.from_id = m.id::text AND l.to_kind = 'listing'
  JOIN listing o ON o.id::text = l.to_id JOIN delegation d ON d.id = o.delegation_id
  WHERE o.state IN ('published', 'matched') OR (o.state = 'draft' AND o.delegation_id = $2)`

const ACTIONS = `WITH said AS (
    SELECT m.id FROM message m JOIN thread t ON t.id = m.thread_id WHERE t.agenda_item_id = $1 AND t.visibility = 'room'),
  made AS (${MADE_ELSEWHERE}
    UNION ALL
    SELECT a.kind, a.id, a.title, a.owner, a.due_on, a.state, a.reason, NULL, a.message_id, a.at, a.revision,
      CASE WHEN a.to_item_id = $1 THEN a.agenda_item_id ELSE a.to_item_id END
    FROM item_action a WHERE a.agenda_item_id = $1 OR a.to_item_id = $1)
  SELECT x.kind, x.id, x.title, x.owner, x.due_on::text AS "dueOn", x.state, x.reason, x.href, x.message_id AS "messageId",
    d.code, x.revision, x.kind = 'arising' AND t.agenda_item_id <> $1 AS arrived,
    CASE WHEN i.id IS NOT NULL THEN json_build_object('id', i.id, 'number', i.number, 'title', i.title,
      'sessionId', i.session_id, 'startsAt', z.starts_at) END AS item
  FROM made x JOIN message m ON m.id = x.message_id JOIN thread t ON t.id = m.thread_id JOIN seat s ON s.id = m.seat_id
  LEFT JOIN delegation d ON d.id = s.delegation_id
  LEFT JOIN agenda_item i ON i.id = x.item_id LEFT JOIN session z ON z.id = i.session_id
  WHERE $3::uuid IS NULL OR x.id = $3 ORDER BY x.at, x.id`

/** A matter that was sent to a later session has its date by that. */
const isUnowned = ({ kind, owner, dueOn, state }: Bare): boolean =>
  kind !== 'arising' && state !== 'done' && owner === '' && dueOn === null

export async function actionsOf(
  db: EntityManager,
  agendaItemId: string,
  seat: ActingSeat,
  id?: string,
): Promise<Action[]> {
  const found = await rows<Bare>(db, ACTIONS, [agendaItemId, seat.delegationId, id ?? null])
  return found.map((action) => ({
    ...action,
    unowned: isUnowned(action),
    may: named({ settle: action.href === null && !action.arrived && keepsBoard(seat) }),
  }))
}

export async function boardOf(db: EntityManager, item: ItemRow, seat: ActingSeat): Promise<Board> {
  const closing = await row<Pick<Board, 'state' | 'closedAt' | 'closedReason' | 'revision'>>(
    db,
    `SELECT state, ${instant('closed_at')} AS "closedAt", closed_reason AS "closedReason", revision
     FROM agenda_item WHERE id = $1`,
    [item.id],
  )
  return {
    agendaItemId: item.id,
    ...closing!,
    actions: await actionsOf(db, item.id, seat),
    later: await laterThan(db, item),
    may: named({
      recommend: mayRecommend(seat),
      list: mayList(seat),
      park: keepsBoard(seat),
      'raise-later': mayRaiseLater(seat),
      close: mayCloseItem(seat),
    }),
  }
}

/** Open items of sessions of the round that begin after that of `item` and are not over. */
export const laterThan = (db: EntityManager, { session_id, round_id }: ItemRow): Promise<Board['later']> =>
  rows<Board['later'][number]>(
    db,
    `SELECT i.id, i.number, i.title, s.title AS "sessionTitle" FROM agenda_item i JOIN session s ON s.id = i.session_id
     WHERE s.round_id = $2 AND s.starts_at > (SELECT starts_at FROM session WHERE id = $1)
       AND s.status NOT IN ('ended', 'cancelled') AND i.state = 'open'
     ORDER BY s.starts_at, string_to_array(i.number, '.')::int[]`,
    [session_id, round_id],
  )
