import type { FeedScope } from '@multilogue/shared/calendar'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import { say } from '../words/words.js'
import type { CalendarDeadline, CalendarSession } from './events.js'

/** A calendar whose seat is held; when the seat has ended, there is none. */
export interface FeedRow {
  id: string
  scope: FeedScope
  personId: string
  roundId: string
  delegationId: string | null
  language: Language
  name: string
}

export const feedById = (db: EntityManager, id: string): Promise<FeedRow | undefined> =>
  row<FeedRow>(
    db,
    `SELECT f.id, f.scope, s.person_id AS "personId", s.round_id AS "roundId", s.delegation_id AS "delegationId",
       p.language, concat_ws(' · ', 'Multilogue', CASE f.scope WHEN 'person' THEN p.name ELSE r.title END,
         CASE f.scope WHEN 'delegation' THEN d.name END) AS name
     FROM calendar_feed f JOIN seat s ON s.id = f.seat_id JOIN person p ON p.id = s.person_id
     JOIN round r ON r.id = s.round_id LEFT JOIN delegation d ON d.id = s.delegation_id
     WHERE f.id = $1 AND s.ended_at IS NULL`,
    [id],
  )

export const feedsOf = (
  db: EntityManager,
  seatId: string,
): Promise<{ id: string; scope: FeedScope; madeAt: string }[]> =>
  rows(db, `SELECT id, scope, ${instant('made_at')} AS "madeAt" FROM calendar_feed WHERE seat_id = $1`, [seatId])

/** The seats that a calendar is read with. */
const SEATS = `SELECT round_id, delegation_id FROM seat WHERE person_id = $1 AND ended_at IS NULL
  AND ($2 = 'person' OR (round_id = $3 AND delegation_id IS NOT DISTINCT FROM $4))`

const seatsOf = ({ personId, scope, roundId, delegationId }: FeedRow) => [personId, scope, roundId, delegationId]

export const calendarSessions = (db: EntityManager, feed: FeedRow): Promise<CalendarSession[]> =>
  rows<CalendarSession>(
    db,
    `SELECT id, title, starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone", venue, status, sequence
     FROM session WHERE round_id IN (SELECT round_id FROM (${SEATS}) held) ORDER BY starts_at, id`,
    seatsOf(feed),
  )

/** What is due: silence that runs, for everybody; reports, for those they are asked of. */
export async function calendarDeadlines(db: EntityManager, feed: FeedRow): Promise<CalendarDeadline[]> {
  const silences = await rows<{ id: string; title: string; at: Date }>(
    db,
    `SELECT p.id, concat_ws(' ', i.symbol, d.title) AS title, p.deadline AS at FROM procedure p
     JOIN document d ON d.id = p.document_id LEFT JOIN issued_document i ON i.id = p.issued_id
     WHERE p.method = 'silence' AND p.ended_at IS NULL AND p.round_id IN (SELECT round_id FROM (${SEATS}) held)
     ORDER BY p.deadline`,
    seatsOf(feed),
  )
  const reports =
    feed.scope === 'round'
      ? []
      : await rows<{ id: string; title: string; day: string }>(
          db,
          `SELECT DISTINCT r.id, r.title, r.due_on::text AS day FROM recommendation r
           JOIN recommendation_addressee a ON a.recommendation_id = r.id
           WHERE r.state = 'adopted' AND r.due_on IS NOT NULL AND a.assurance <> 'validated'
             AND a.status NOT IN ('not_pursued', 'no_longer_applicable')
             AND NOT EXISTS (SELECT 1 FROM succession s WHERE s.from_id = r.id)
             AND a.delegation_id IN (SELECT delegation_id FROM (${SEATS}) held)`,
          seatsOf(feed),
        )
  const { language } = feed
  return [
    ...silences.map(({ id, title, at }) => ({
      ...{ id, at, href: `/decisions/${id}` },
      words: say(language, 'calendar.silence', { title }),
    })),
    ...reports.map(({ id, title, day }) => ({
      ...{ id, day, href: `/recommendations/${id}` },
      words: say(language, 'calendar.report', { title }),
    })),
  ]
}
