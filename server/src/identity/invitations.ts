import { Inject, Injectable } from '@nestjs/common'
import type { Invitation } from '@multilogue/shared/seats'
import type { Language } from '@multilogue/shared/values'
import type { EntityManager } from 'typeorm'
import { publicAddress } from '../common/address.js'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { Signing } from '../common/signing.js'
import { insert, row } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { Bus } from '../work/bus.js'
import type { Writing } from '../work/work.js'

const HOUR = 3_600_000
/** Invited people may be on a mission; who has asked for a link is at the screen. */
const GOOD_FOR = { seat: 14 * 24 * HOUR, asked: 2 * HOUR }

/** Whom a link is for. */
export interface Invited {
  id: string
  personId: string
  name: string
  email: string
  language: Language
  roundTitle: string | null
}

/** Links by which people choose a password: one at a time for each, good once and for a while. */
@Injectable()
export class Invitations {
  private readonly address: string

  constructor(
    private readonly signing: Signing,
    private readonly bus: Bus,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {
    this.address = publicAddress(settings)
  }

  /**
   * A new link, in the mail. Earlier ones end.
   * @param seatId  to which the person is invited; null: the person has asked for it
   * @param handOver  without a mail server, the link is answered, for whoever is to hand it over
   */
  async invite(
    { db, now }: Writing,
    { personId, seatId, handOver }: { personId: string; seatId: string | null; handOver: boolean },
  ): Promise<Invitation> {
    const { SMTP_URL } = this.settings
    if (!SMTP_URL && !handOver) return { mailed: false, link: null }
    await db.query(
      `UPDATE invitation SET expires_at = $2 WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2`,
      [...[personId, now]],
    )
    const id = newId()
    const expires_at = new Date(now.getTime() + (seatId ? GOOD_FOR.seat : GOOD_FOR.asked))
    await insert(db, 'invitation', { id, person_id: personId, seat_id: seatId, made_at: now, expires_at })
    if (!SMTP_URL) return { mailed: false, link: this.linkOf(id) }
    await insert(db, 'mail', { id: newId(), person_id: personId, kind: 'invitation', invitation_id: id, due_at: now })
    await this.bus.wakeOnCommit(db, 'mail', '')
    return { mailed: true, link: null }
  }

  linkOf(invitationId: string): string {
    return `${this.address}/welcome/${this.signing.tokenOf('invitation', invitationId)}`
  }

  /** @throws Refusal not-found for a token that was not made here, link-expired for one that is good no longer */
  async invited(db: EntityManager, token: string, now: Date): Promise<Invited> {
    const id = this.signing.idIn('invitation', token)
    const found = await row<Invited & { isGood: boolean }>(
      db,
      `SELECT i.id, p.id AS "personId", p.name, p.email, p.language, r.title AS "roundTitle",
         i.used_at IS NULL AND i.expires_at > $2 AS "isGood"
       FROM invitation i JOIN person p ON p.id = i.person_id
       LEFT JOIN seat s ON s.id = i.seat_id LEFT JOIN round r ON r.id = s.round_id
       WHERE i.id = $1`,
      [id ?? null, now],
    )
    if (!found) throw new Refusal('not-found')
    const { isGood, ...invited } = found
    if (!isGood) throw new Refusal('link-expired')
    return invited
  }
}
