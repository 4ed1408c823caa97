import { Inject, Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import {
  countNotices,
  getNoticeSetting,
  keepNoticeSetting,
  listNotices,
  seeNotice,
  seeNotices,
  unsubscribe,
  type Notice,
  type NoticeSetting,
} from '@multilogue/shared/notices'
import { instant } from '../common/columns.js'
import { nothingHere } from '../common/problem.js'
import { Signing } from '../common/signing.js'
import { row, rows } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { PushKeys } from './push.keys.js'

const SHOWN = 200

/** Shown to the person, from whichever seat, as long as the seat that was told lasts. */
const OF_THE_PERSON = `n.is_shown AND n.person_id = $1
  AND EXISTS (SELECT 1 FROM seat s WHERE s.id = n.seat_id AND s.ended_at IS NULL)`

/** What a person was told, and what the person wants to be told. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly signing: Signing,
    private readonly keys: PushKeys,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Handles(listNotices)
  listNotices({ db, caller }: Reading): Promise<Notice[]> {
    return rows<Notice>(
      db,
      `SELECT n.number::int, n.kind, n.subject, n.href, n.seat_id AS "seatId", ${instant('n.at')} AS at,
         ${instant('n.seen_at')} AS "seenAt"
       FROM notice n WHERE ${OF_THE_PERSON} ORDER BY n.number DESC LIMIT ${SHOWN}`,
      [caller.personId],
    )
  }

  @Handles(countNotices)
  async countNotices({ db, caller }: Reading) {
    const found = await row<{ unseen: number }>(
      db,
      `SELECT count(*)::int AS unseen FROM notice n WHERE ${OF_THE_PERSON} AND n.seen_at IS NULL`,
      [caller.personId],
    )
    return found!
  }

  @Handles(seeNotices)
  async seeNotices(work: Writing, { upTo }: InputOf<typeof seeNotices>) {
    const { db, caller, now } = work
    await db.query(`UPDATE notice SET seen_at = $3 WHERE person_id = $1 AND number <= $2 AND seen_at IS NULL`, [
      caller.personId,
      upTo,
      now,
    ])
    return seen(work)
  }

  @Handles(seeNotice)
  async seeNotice(work: Writing, { number }: InputOf<typeof seeNotice>) {
    const { db, caller, now } = work
    const found = await row<Pick<Notice, 'href' | 'seatId'>>(
      db,
      `UPDATE notice SET seen_at = coalesce(seen_at, $3) WHERE person_id = $1 AND number = $2
       RETURNING href, seat_id AS "seatId"`,
      [caller.personId, number, now],
    )
    if (!found) throw nothingHere()
    seen(work)
    return found
  }

  @Handles(getNoticeSetting)
  async getNoticeSetting({ db, caller }: Reading) {
    const kept = await row<NoticeSetting>(
      db,
      `SELECT ways, mail, digest_hour AS "digestHour", time_zone AS "timeZone",
         CASE WHEN quiet_from IS NOT NULL THEN json_build_object('from', quiet_from, 'to', quiet_to) END AS quiet
       FROM notice_setting WHERE person_id = $1`,
      [caller.personId],
    )
    const usual: NoticeSetting = { ways: {}, mail: true, quiet: null, digestHour: 7, timeZone: 'UTC' }
    return { ...(kept ?? usual), canMail: this.settings.SMTP_URL !== undefined, pushKey: this.keys.publicKey }
  }

  @Handles(keepNoticeSetting)
  async keepNoticeSetting({ db, caller }: Writing, input: InputOf<typeof keepNoticeSetting>) {
    const { ways, mail, quiet, digestHour, timeZone } = input
    await db.query(
      `INSERT INTO notice_setting (person_id, ways, mail, quiet_from, quiet_to, digest_hour, time_zone)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (person_id) DO UPDATE SET ways = $2, mail = $3, quiet_from = $4, quiet_to = $5, digest_hour = $6,
         time_zone = $7`,
      [caller.personId, ways, mail, quiet?.from ?? null, quiet?.to ?? null, digestHour, timeZone],
    )
    return { done: true as const }
  }

  /** A token that was not made here leads nowhere. What waits for the person is not sent any more. */
  @Handles(unsubscribe)
  async unsubscribe({ db }: Writing, { token }: InputOf<typeof unsubscribe>) {
    const personId = this.signing.idIn('mail', token)
    if (!personId || !(await row(db, `SELECT 1 FROM person WHERE id = $1`, [personId]))) throw nothingHere()
    await db.query(
      `INSERT INTO notice_setting (person_id, mail) VALUES ($1, false)
       ON CONFLICT (person_id) DO UPDATE SET mail = false`,
      [personId],
    )
    await db.query(`UPDATE mail SET state = 'dropped' WHERE person_id = $1 AND state = 'waiting'`, [personId])
    return { done: true as const }
  }
}

/** Heard by every browser that the person has open. */
function seen({ caller: { seat }, record }: Writing) {
  if (seat) record(seat.roundId, 'notice.seen', {}, { delegationIds: [], secretariat: false, seatIds: [seat.id] })
  return { done: true as const }
}
