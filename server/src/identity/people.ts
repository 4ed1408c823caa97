import { Injectable } from '@nestjs/common'
import { hash } from '@node-rs/argon2'
import type { Role } from '@multilogue/shared/identity'
import { newId } from '../common/ids.js'
import { insert } from '../common/sql.js'
import type { Writing } from '../work/work.js'

/** Enrolling people and giving them seats. Called by administration and by the demo round, never by a request. */
@Injectable()
export class People {
  /** @param password kept as argon2id with the library's recommended cost; @returns the person's id */
  async enrol(
    { db, now }: Writing,
    person: { email: string; name: string; language: string; password: string; demo: boolean },
  ): Promise<string> {
    const id = newId()
    const { email, name, language, demo } = person
    await insert(db, 'person', {
      id,
      email,
      name,
      language,
      demo,
      password_hash: await hash(person.password),
      created_at: now,
    })
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
