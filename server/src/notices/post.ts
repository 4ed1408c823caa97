import { Inject, Injectable } from '@nestjs/common'
import { DEADLINES, type NoticeKind } from '@multilogue/shared/notices'
import { newId } from '../common/ids.js'
import { rows } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { Bus } from '../work/bus.js'
import type { Writing } from '../work/work.js'
import { afterQuiet, nextHour } from './hours.js'

/** Whom a mail goes to, and when the person wants it. */
export interface Addressee {
  personId: string
  mail: boolean
  quietFrom: number | null
  quietTo: number | null
  digestHour: number
  timeZone: string
}

/** A notice, and the person and the way by which it goes. */
export interface Item extends Addressee {
  number: string
  kind: NoticeKind
  way: 'direct' | 'digest'
}

/** Puts notices into mails, in the transaction in which they are made. Who sends them is `MailSender`. */
@Injectable()
export class Post {
  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly bus: Bus,
  ) {}

  /**
   * Each into a mail of its own, or into the person's next digest. Without a mail server nothing is put by.
   * @param items  one for each person
   */
  async take({ db, now }: Writing, items: readonly Item[]): Promise<void> {
    if (!this.settings.SMTP_URL || items.length === 0) return
    const mails = await rows<{ id: string; person_id: string }>(
      db,
      `INSERT INTO mail (id, person_id, kind, due_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
       ON CONFLICT (person_id) WHERE kind = 'digest' AND state = 'waiting' DO UPDATE SET due_at = mail.due_at
       RETURNING id, person_id`,
      [
        items.map(() => newId()),
        items.map(({ personId }) => personId),
        items.map(({ way }) => way),
        items.map((item) => dueAt(item, now)),
      ],
    )
    const mailOf = new Map(mails.map(({ id, person_id }) => [person_id, id]))
    await db.query(
      `UPDATE notice n SET mail_id = t.mail_id FROM unnest($1::bigint[], $2::uuid[]) AS t (number, mail_id)
       WHERE n.number = t.number`,
      [items.map(({ number }) => number), items.map(({ personId }) => mailOf.get(personId)!)],
    )
    await this.bus.wakeOnCommit(db, 'mail', '')
  }
}

function dueAt(item: Item, now: Date): Date {
  return item.way === 'digest' ? nextHour(now, item.digestHour, item.timeZone) : soon(item, now)
}

/** At once, or when the quiet hours are over; a deadline waits for nobody. */
export const soon = (item: Addressee & { kind: NoticeKind }, now: Date): Date =>
  DEADLINES.includes(item.kind) ? now : afterQuiet(now, item, item.timeZone)
