import { createHmac, randomBytes } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { hash, verify } from '@node-rs/argon2'
import type { Me } from '@multilogue/shared/identity'
import { DataSource, type EntityManager } from 'typeorm'
import type { Caller } from '../access/caller.js'
import { Clock } from '../common/clock.js'
import { isUuid, newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { prepared, row, rows } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SESSION_KEY, SETTINGS_TOKEN } from '../config/token.js'
import { Bus } from '../work/bus.js'
import { seatHeld, seatsOf } from './seats.js'

export interface SignedIn {
  sessionId: string
  personId: string
  personName: string
}

/** How exactly it is known when a session was used last, in milliseconds: a write with every request would cost more. */
const TOUCH_AFTER = 60_000

const FIND = `
  SELECT s.id AS "sessionId", p.id AS "personId", p.name AS "personName", s.used_at AS "usedAt"
  FROM web_session s JOIN person p ON p.id = s.person_id
  WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.used_at > $2`

/** Server-side sessions. The cookie holds a random token; the table only its keyed hash. */
@Injectable()
export class WebSessions {
  /** Compared when the account is unknown, so that the answer takes as long as for a known one. */
  private readonly nobody = hash(randomBytes(16))

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly bus: Bus,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(SESSION_KEY) private readonly key: string,
  ) {}

  /** @returns the token for the cookie. @throws Refusal wrong-credentials, the same for both reasons */
  async begin(email: string, password: string): Promise<{ token: string; personId: string }> {
    const person = await row<{ id: string; password_hash: string | null }>(
      this.source,
      `SELECT id, password_hash FROM person WHERE lower(email) = lower($1)`,
      [email],
    )
    const right = await verify(person?.password_hash ?? (await this.nobody), password).catch(() => false)
    if (!person || !right) throw new Refusal('wrong-credentials')
    const token = randomBytes(32).toString('base64url')
    const now = this.clock.now()
    await this.source.query(
      `INSERT INTO web_session (id, person_id, token_hash, created_at, used_at) VALUES ($1, $2, $3, $4, $4)`,
      [newId(), person.id, this.keyed(token), now],
    )
    return { token, personId: person.id }
  }

  /** @throws Refusal not-signed-in for a forged, expired or ended session */
  async find(token: string | undefined): Promise<SignedIn> {
    if (!token) throw new Refusal('not-signed-in')
    const [found] = await prepared<SignedIn & { usedAt: Date }>(this.source, 'session', FIND, [
      this.keyed(token),
      this.oldest(),
    ])
    if (!found) throw new Refusal('not-signed-in')
    const { usedAt, ...signedIn } = found
    if (usedAt < this.touchedAfter()) {
      await this.source.query(`UPDATE web_session SET used_at = greatest(used_at, $2) WHERE id = $1`, [
        signedIn.sessionId,
        this.clock.now(),
      ])
    }
    return signedIn
  }

  /** Whether a session that was found before still stands; asked when a right is used on an open connection. */
  async stands(sessionId: string): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `SELECT 1 FROM web_session WHERE id = $1 AND ended_at IS NULL AND used_at > $2`,
      [sessionId, this.oldest()],
    )
    return rows.length > 0
  }

  async end(sessionId: string): Promise<void> {
    await this.source.transaction(async (db) => {
      await db.query(`UPDATE web_session SET ended_at = $2 WHERE id = $1`, [sessionId, this.clock.now()])
      await this.bus.wakeOnCommit(db, 'rights', sessionId)
    })
  }

  /** Ends all sign-ins of a person, in the transaction of whatever is the reason. */
  async endAll(db: EntityManager, personId: string): Promise<void> {
    const ended = await rows<{ id: string }>(
      db,
      `UPDATE web_session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL RETURNING id`,
      [personId, this.clock.now()],
    )
    for (const { id } of ended) await this.bus.wakeOnCommit(db, 'rights', id)
  }

  /**
   * Who asks, and for which seat.
   * @param seatId the seat named in the request; left out, the person's first one
   * @throws Refusal not-allowed when the named seat is not held by this person now
   */
  async caller(signedIn: SignedIn, seatId: string | undefined): Promise<Caller> {
    const { manager } = this.source
    if (!seatId) return { ...signedIn, seat: (await seatsOf(manager, signedIn.personId))[0] ?? null }
    const seat = isUuid(seatId) ? await seatHeld(manager, signedIn.personId, seatId) : undefined
    if (!seat) throw new Refusal('not-allowed', 'This seat is not yours, or it has ended.')
    return { ...signedIn, seat }
  }

  async me(personId: string): Promise<Me> {
    const person = await row<Me['person'] & Pick<Me, 'demo' | 'administers'>>(
      this.source,
      `SELECT id, name, email, language, demo, administers FROM person WHERE id = $1`,
      [personId],
    )
    if (!person) throw new Refusal('not-signed-in')
    const { demo, administers, ...rest } = person
    return { person: rest, seats: await seatsOf(this.source.manager, personId), demo, administers }
  }

  /** A session that was not used since has expired. */
  oldest(): Date {
    return new Date(this.clock.now().getTime() - this.settings.SESSION_HOURS * 3_600_000)
  }

  /** A session that was used before this is marked as used again. */
  touchedAfter(): Date {
    return new Date(this.clock.now().getTime() - TOUCH_AFTER)
  }

  /** The hash under which a token is kept. */
  keyed(token: string): Buffer {
    return createHmac('sha256', this.key).update(token).digest()
  }
}
