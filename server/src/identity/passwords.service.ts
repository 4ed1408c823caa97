import { Injectable } from '@nestjs/common'
import { hash } from '@node-rs/argon2'
import type { InputOf } from '@multilogue/shared/contract'
import { askForLink, choosePassword, readLink } from '@multilogue/shared/passwords'
import { row, rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { Invitations } from './invitations.js'
import { WebSessions } from './web-sessions.js'

/** Nobody is sent a second letter within so many milliseconds, however often somebody asks for it. */
const ONCE_IN = 5 * 60_000

/** For people who are not signed in: a link to choose a password, and what is done with it. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly invitations: Invitations,
    private readonly sessions: WebSessions,
  ) {}

  @Handles(askForLink)
  async askForLink(work: Writing, { email }: InputOf<typeof askForLink>) {
    const { db, now } = work
    const person = await row<{ id: string }>(
      db,
      `SELECT id FROM person p WHERE lower(email) = lower($1) AND NOT EXISTS (
         SELECT 1 FROM invitation i WHERE i.person_id = p.id AND i.made_at > $2 AND i.used_at IS NULL)
       FOR UPDATE`,
      [email, new Date(now.getTime() - ONCE_IN)],
    )
    if (person) await this.invitations.invite(work, { personId: person.id, seatId: null, handOver: false })
    return { done: true as const }
  }

  @Handles(readLink)
  async readLink({ db, now }: Reading, { token }: InputOf<typeof readLink>) {
    const { name, email, language, roundTitle } = await this.invitations.invited(db, token, now)
    return { name, email, language, roundTitle }
  }

  @Handles(choosePassword)
  async choosePassword({ db, now, record }: Writing, { token, password }: InputOf<typeof choosePassword>) {
    const { id, personId, email } = await this.invitations.invited(db, token, now)
    // Whoever was faster with the same link has used it.
    const used = await row(db, `UPDATE invitation SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id`, [
      ...[id, now],
    ])
    if (!used) await this.invitations.invited(db, token, now)
    const arrived = await rows<{ id: string; roundId: string }>(
      db,
      `SELECT s.id, s.round_id AS "roundId" FROM seat s JOIN person p ON p.id = s.person_id
       WHERE p.id = $1 AND p.password_hash IS NULL AND s.ended_at IS NULL`,
      [personId],
    )
    for (const seat of arrived) record(seat.roundId, 'seat.taken', { seatId: seat.id })
    await db.query(`UPDATE person SET password_hash = $2 WHERE id = $1`, [personId, await hash(password)])
    await this.sessions.endAll(db, personId)
    return { email }
  }
}
