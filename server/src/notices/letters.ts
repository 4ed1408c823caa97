import { Inject, Injectable } from '@nestjs/common'
import { NOTICE_WORDS } from '@multilogue/shared/notice-words'
import type { NoticeKind } from '@multilogue/shared/notices'
import { directionOf } from '@multilogue/shared/language'
import type { Language } from '@multilogue/shared/values'
import { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod } from 'ical-generator'
import type { SendMailOptions } from 'nodemailer'
import { DataSource } from 'typeorm'
import { addSession, calendarOf } from '../calendar/events.js'
import { publicAddress } from '../common/address.js'
import { Clock } from '../common/clock.js'
import { Signing } from '../common/signing.js'
import { row, rows } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { say } from '../words/words.js'
import { InvitationLetters } from './invitation-letters.js'
import { sessionTold, whenOf } from './letter-times.js'
import { pageOf, textOf, type Words } from './letter-words.js'

interface Mail {
  kind: 'direct' | 'digest'
  personId: string
  name: string
  email: string
  language: Language
  timeZone: string
}
interface Told {
  kind: NoticeKind
  topic: string
  subject: string
  href: string
}

type InvitationWords = Awaited<ReturnType<InvitationLetters['words']>>

/** Writes the mails: in the language of whom they go to, as the things stand when they are sent. */
@Injectable()
export class Letters {
  private readonly address: string
  private readonly from: { name: string; address: string }

  constructor(
    private readonly source: DataSource,
    private readonly signing: Signing,
    private readonly clock: Clock,
    private readonly invitations: InvitationLetters,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    this.address = publicAddress(settings)
    const [, name, address] = /^(?:(.+) <)?([^<>]+?)>?$/.exec(settings.MAIL_FROM ?? '') ?? []
    this.from = { name: name ?? 'Multilogue', address: address ?? '' }
  }

  /** @returns undefined when there is nothing left to say, or nobody to say it to */
  async letter(mailId: string): Promise<SendMailOptions | undefined> {
    const invitation = await this.invitations.words(mailId)
    return invitation ? this.invite(mailId, invitation) : this.told(mailId)
  }

  private invite(mailId: string, { to, subject, words }: NonNullable<InvitationWords>): SendMailOptions {
    return {
      ...{ from: this.from, to, subject: subject.replace(/\s+/g, ' ') },
      ...{ messageId: this.messageId(mailId), date: this.clock.now(), text: textOf(words), html: pageOf(words) },
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': words.language },
    }
  }

  private async told(mailId: string): Promise<SendMailOptions | undefined> {
    const mail = await row<Mail>(
      this.source,
      `SELECT m.kind, p.id AS "personId", p.name, p.email, p.language, coalesce(n.time_zone, 'UTC') AS "timeZone"
       FROM mail m JOIN person p ON p.id = m.person_id LEFT JOIN notice_setting n ON n.person_id = p.id
       WHERE m.id = $1 AND coalesce(n.mail, true)`,
      [mailId],
    )
    // Who has seen a matter in the application needs no digest of it; who has lost the seat is told nothing more.
    const told = await rows<Told>(
      this.source,
      `SELECT n.kind, n.topic, n.subject, n.href FROM notice n JOIN seat s ON s.id = n.seat_id
       WHERE n.mail_id = $1 AND s.ended_at IS NULL AND ($2 OR n.seen_at IS NULL) ORDER BY n.number`,
      [mailId, mail?.kind === 'direct'],
    )
    if (!mail || told.length === 0) return undefined
    const { language } = mail
    const token = this.signing.tokenOf('mail', mail.personId)
    const words: Words = {
      language,
      dir: directionOf(language),
      greeting: mail.name,
      items: await Promise.all(
        told.map(async (one) => ({
          words: NOTICE_WORDS[language][one.kind],
          ...{ subject: one.subject, url: `${this.address}${one.href}`, when: await whenOf(this.source, one, mail) },
        })),
      ),
      footer: [
        { words: say(language, 'mail.choose'), url: `${this.address}/notices` },
        { words: say(language, 'mail.stop'), url: `${this.address}/unsubscribe/${token}` },
      ],
    }
    const first = told[0]!
    const subject =
      mail.kind === 'digest'
        ? say(language, 'mail.digest', { count: String(told.length) })
        : `${NOTICE_WORDS[language][first.kind]}: ${first.subject}`
    const thread = this.messageId(mail.kind === 'digest' ? `digest.${mail.personId}` : first.topic.replaceAll(':', '.'))
    return {
      ...{ from: this.from, to: { name: mail.name, address: mail.email }, subject: subject.replace(/\s+/g, ' ') },
      ...{ messageId: this.messageId(mailId), references: thread, inReplyTo: thread, date: this.clock.now() },
      ...{ text: textOf(words), html: pageOf(words) },
      headers: {
        ...{ 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        'List-Unsubscribe': { prepared: true, value: `<${this.address}/api/unsubscribe/${token}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      ...(await this.invitation(mail, first)),
    }
  }

  private messageId(of: string): string {
    return `<${of}@${new URL(this.address).hostname}>`
  }

  /** The session as it stands now: a request, or its end, under the UID of all before it. */
  private async invitation(mail: Mail, told: Told): Promise<Pick<SendMailOptions, 'icalEvent'>> {
    const session = mail.kind === 'direct' ? await sessionTold(this.source, told) : undefined
    if (!session) return {}
    const isCancelled = session.status === 'cancelled'
    const calendar = calendarOf('Multilogue', isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST)
    const { address, from } = this
    const event = addSession(calendar, session, { address, language: mail.language, now: this.clock.now() })
    event.organizer({ name: from.name, email: from.address })
    event.createAttendee({
      ...{ name: mail.name, email: mail.email, rsvp: false },
      ...{ role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION },
    })
    const method = isCancelled ? 'CANCEL' : 'REQUEST'
    return { icalEvent: { method, filename: 'invitation.ics', content: calendar.toString() } }
  }
}
