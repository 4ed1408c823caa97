import { Injectable } from '@nestjs/common'
import { NOBODY } from '../access/caller.js'
import { row } from '../common/sql.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import { Invitations } from './invitations.js'
import { People } from './people.js'

/** How an empty database comes to somebody who may plan rounds and give seats. */
@Injectable()
export class FirstAccount {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly people: People,
    private readonly invitations: Invitations,
  ) {}

  /**
   * Enrols the address if there is nobody at all.
   * @returns what to say at the start: a new link until a password was chosen with one, then undefined
   */
  make(email: string): Promise<string | undefined> {
    return this.unit.write(NOBODY, async (work) => {
      const known = await this.people.known(work, email)
      if (known?.hasPassword) return undefined
      if (!known && (await row(work.db, `SELECT 1 FROM person LIMIT 1`))) return undefined
      const name = email.split('@')[0]!
      const personId = known?.id ?? (await this.people.enrol(work, { email, name, language: 'en', administers: true }))
      const { link } = await this.invitations.invite(work, { personId, seatId: null, handOver: true })
      return link ? `Choose a password for ${email}: ${link}` : `A link to choose a password was sent to ${email}.`
    })
  }
}
