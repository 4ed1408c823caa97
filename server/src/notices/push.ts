import { Injectable } from '@nestjs/common'
import type { NoticeKind } from '@multilogue/shared/notices'
import { Bus } from '../work/bus.js'
import type { Writing } from '../work/work.js'
import { soon, type Addressee } from './post.js'

/** A browser `b` is told as long as the person has not signed out there. */
export const IS_TOLD = `EXISTS (SELECT 1 FROM web_session w WHERE w.id = b.session_id AND w.ended_at IS NULL)`

/** Puts notices by for the browsers of people, in the transaction in which they are made. Who sends them is `PushSender`. */
@Injectable()
export class Push {
  constructor(private readonly bus: Bus) {}

  /** @param items  one for each person, into every browser in which the person is told */
  async take(
    { db, now }: Writing,
    items: readonly (Addressee & { number: string; kind: NoticeKind })[],
  ): Promise<void> {
    if (items.length === 0) return
    await db.query(
      `INSERT INTO push (notice_number, browser_id, due_at)
       SELECT t.number, b.id, t.due_at FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[]) AS t (number, person_id, due_at)
       JOIN push_browser b ON b.person_id = t.person_id AND ${IS_TOLD}`,
      [items.map(({ number }) => number), items.map(({ personId }) => personId), items.map((item) => soon(item, now))],
    )
    await this.bus.wakeOnCommit(db, 'push', '')
  }
}
