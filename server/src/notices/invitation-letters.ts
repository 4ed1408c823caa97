import { Injectable } from '@nestjs/common'
import { directionOf } from '@multilogue/shared/language'
import type { Language } from '@multilogue/shared/values'
import { DataSource } from 'typeorm'
import { Clock } from '../common/clock.js'
import { row } from '../common/sql.js'
import { Invitations } from '../identity/invitations.js'
import { momentIn, say } from '../words/words.js'
import type { Words } from './letter-words.js'

interface Waiting {
  invitationId: string
  name: string
  email: string
  language: Language
  timeZone: string
  expiresAt: Date
  roundTitle: string | null
}

/** What is written to somebody who is to choose a password. */
@Injectable()
export class InvitationLetters {
  constructor(
    private readonly source: DataSource,
    private readonly invitations: Invitations,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined for a mail of another kind, and for a link that is good no longer */
  async words(
    mailId: string,
  ): Promise<{ to: { name: string; address: string }; subject: string; words: Words } | undefined> {
    const found = await row<Waiting>(
      this.source,
      `SELECT i.id AS "invitationId", p.name, p.email, p.language, coalesce(n.time_zone, 'UTC') AS "timeZone",
         i.expires_at AS "expiresAt", r.title AS "roundTitle"
       FROM mail m JOIN invitation i ON i.id = m.invitation_id JOIN person p ON p.id = i.person_id
       LEFT JOIN notice_setting n ON n.person_id = p.id
       LEFT JOIN seat s ON s.id = i.seat_id LEFT JOIN round r ON r.id = s.round_id
       WHERE m.id = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND (s.id IS NULL OR s.ended_at IS NULL)`,
      [mailId, this.clock.now()],
    )
    if (!found) return undefined
    const { language, name, email, roundTitle } = found
    const item = {
      words: say(language, roundTitle ? 'mail.invited' : 'mail.forgotten'),
      subject: say(language, 'mail.choosePassword'),
      when: say(language, 'mail.until', { when: momentIn(found.expiresAt, { language, zone: found.timeZone }) }),
      url: this.invitations.linkOf(found.invitationId),
    }
    return {
      to: { name, address: email },
      subject: roundTitle ? `${item.words}: ${roundTitle}` : item.subject,
      words: { language, dir: directionOf(language), greeting: name, items: [item], footer: [] },
    }
  }
}
