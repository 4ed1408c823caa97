import { Injectable } from '@nestjs/common'
import { hash } from '@node-rs/argon2'
import type { Role } from '@multilogue/shared/identity'
import { newId } from '../common/ids.js'
import { insert, row } from '../common/sql.js'
import type { Writing } from '../work/work.js'

export interface NewPerson {
  email: string
  name: string
  language: string
  /** Left out, the person chooses one with a link. */
  password?: string
  demo?: boolean
  administers?: boolean
}

/** Enrolling people and giving them seats. Who may is asked before. */
@Injectable()
export class People {
  /** Whoever has this mail address; two who enrol it at once wait for each other here. */
  async known({ db }: Writing, email: string): Promise<{ id: string; name: string; hasPassword: boolean } | undefined> {
    await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('person ' || lower($1), 0))`, [email])
    return row(
      db,
      `SELECT id, name, password_hash IS NOT NULL AS "hasPassword" FROM person WHERE lower(email) = lower($1)`,
      [email],
    )
  }

  /** @param person.password kept as argon2id with the library's recommended cost; @returns the person's id */
  async enrol({ db, now }: Writing, { password, demo = false, administers = false, ...person }: NewPerson) {
    const id = newId()
    const { email, name, language } = person
    const password_hash = password === undefined ? null : await hash(password)
    await insert(db, 'person', { id, email, name, language, demo, administers, password_hash, created_at: now })
    return id
  }

  /** @returns the seat's id */
  async seat(
    { db, now }: Writing,
    seat: { personId: string; roundId: string; role: Role; delegationId?: string },
  ): Promise<string> {
    const id = newId()
    const { personId, roundId, role, delegationId } = seat
    await insert(db, 'seat', {
      id,
      person_id: personId,
      round_id: roundId,
      role,
      delegation_id: delegationId ?? null,
      starts_at: now,
    })
    return id
  }
}
