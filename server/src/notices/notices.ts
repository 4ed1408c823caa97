import { Injectable } from '@nestjs/common'
import { wayOf, type NoticeKind, type NoticeSetting } from '@multilogue/shared/notices'
import { rows } from '../common/sql.js'
import type { Writing } from '../work/work.js'
import { Post, type Addressee } from './post.js'
import { IS_TOLD, Push } from './push.js'

/** Something that concerns people. */
export interface Telling {
  roundId: string
  kind: NoticeKind
  /** Names what happened, once for ever: nobody is told of it twice. */
  source: string
  /** What it is about: mails about the same thing stand together. */
  topic: string
  subject: string
  href: string
}

type Row = Addressee & { seatId: string; hasBrowser: boolean; ways: NoticeSetting['ways'] }

/** The one way in which people are told of what concerns them, in the application, by mail and in their browsers. */
@Injectable()
export class Notices {
  constructor(
    private readonly post: Post,
    private readonly push: Push,
  ) {}

  /**
   * Tells the people in these seats, each of them once and by the ways that they have chosen; never who acts, and nobody
   * whose seat has ended. Whether they may know of it has been asked before.
   */
  async tell(work: Writing, telling: Telling, seatIds: readonly string[]): Promise<void> {
    if (seatIds.length === 0) return
    const { db, caller, now } = work
    const { roundId, kind, source, topic, subject, href } = telling
    const people = await rows<Row>(
      db,
      `SELECT DISTINCT ON (s.person_id) s.person_id AS "personId", s.id AS "seatId", coalesce(n.ways, '{}') AS ways,
         coalesce(n.mail, true) AS mail, n.quiet_from AS "quietFrom", n.quiet_to AS "quietTo",
         coalesce(n.digest_hour, 7) AS "digestHour", coalesce(n.time_zone, 'UTC') AS "timeZone",
         EXISTS (SELECT 1 FROM push_browser b WHERE b.person_id = s.person_id AND ${IS_TOLD}) AS "hasBrowser"
       FROM seat s LEFT JOIN notice_setting n ON n.person_id = s.person_id
       WHERE s.id = ANY($1) AND s.ended_at IS NULL AND s.person_id IS DISTINCT FROM $2::uuid
       ORDER BY s.person_id, s.starts_at, s.id`,
      [seatIds, caller.personId || null],
    )
    const told = people
      .map((person) => ({ ...person, way: wayOf(kind, person.ways) }))
      .filter(({ way, mail, hasBrowser }) => way.app || (mail && way.mail !== 'none') || (hasBrowser && way.push))
    if (told.length === 0) return
    const made = await rows<{ number: string; person_id: string }>(
      db,
      `INSERT INTO notice (person_id, seat_id, is_shown, kind, source, topic, subject, href, at)
       SELECT *, $4, $5, $6, $7, $8, $9 FROM unnest($1::uuid[], $2::uuid[], $3::boolean[])
       ON CONFLICT (person_id, source) DO NOTHING RETURNING number, person_id`,
      [
        ...[told.map(({ personId }) => personId), told.map(({ seatId }) => seatId), told.map(({ way }) => way.app)],
        ...[kind, source, topic, subject, href, now],
      ],
    )
    const numbers = new Map(made.map(({ person_id, number }) => [person_id, number]))
    const news = told.filter(({ personId }) => numbers.has(personId))
    const seen = news.filter(({ way }) => way.app).map(({ seatId }) => seatId)
    if (seen.length > 0)
      work.unsigned(roundId, 'notice.made', { kind }, { delegationIds: [], secretariat: false, seatIds: seen })
    await this.post.take(
      work,
      news.flatMap(({ way, ...person }) =>
        person.mail && way.mail !== 'none'
          ? [{ ...person, kind, number: numbers.get(person.personId)!, way: way.mail }]
          : [],
      ),
    )
    await this.push.take(
      work,
      news.flatMap(({ way, ...person }) =>
        person.hasBrowser && way.push ? [{ ...person, kind, number: numbers.get(person.personId)! }] : [],
      ),
    )
  }
}
