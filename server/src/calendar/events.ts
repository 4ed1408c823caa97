import type { Language } from '@multilogue/shared/values'
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { momentIn, say } from '../words/words.js'

/** A session as a calendar tells it. */
export interface CalendarSession {
  id: string
  title: string
  startsAt: Date
  endsAt: Date
  timeZone: string
  venue: string
  status: string
  sequence: number
}

/** Something that has to be done by then: to the minute, or by the end of a day. */
export type CalendarDeadline = { id: string; words: string; href: string } & ({ at: Date } | { day: string })

interface Setting {
  /** Where the links lead. */
  address: string
  language: Language
  now: Date
}

const STATUS: Record<string, ICalEventStatus> = {
  draft: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
}

export const calendarOf = (name: string, method: ICalCalendarMethod): ICalCalendar =>
  new ICalCalendar({ name, method, prodId: { company: 'Multilogue', product: 'Multilogue', language: 'EN' }, ttl: 900 })

/**
 * Instants are told in UTC, which is right in every zone and across every change of the clock; the zone of the session
 * stands in the description. The UID is the session's id for ever, so that a calendar knows it again.
 */
export function addSession(calendar: ICalCalendar, session: CalendarSession, { address, language, now }: Setting) {
  const isCancelled = session.status === 'cancelled'
  const url = `${address}/sessions/${session.id}`
  const local = momentIn(session.startsAt, { language, zone: session.timeZone })
  return calendar.createEvent({
    id: session.id,
    sequence: session.sequence,
    stamp: now,
    start: session.startsAt,
    end: session.endsAt,
    summary: isCancelled ? say(language, 'calendar.cancelled', { title: session.title }) : session.title,
    location: session.venue,
    description: `${local}\n${url}`,
    url,
    status: STATUS[session.status] ?? ICalEventStatus.CONFIRMED,
    transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
}

export function addDeadline(calendar: ICalCalendar, deadline: CalendarDeadline, { address, now }: Setting): void {
  const url = `${address}${deadline.href}`
  const times =
    'day' in deadline
      ? { start: new Date(`${deadline.day}T00:00:00Z`), allDay: true, timezone: 'UTC' }
      : { start: deadline.at, end: deadline.at }
  calendar.createEvent({
    id: deadline.id,
    stamp: now,
    ...times,
    summary: deadline.words,
    description: url,
    url,
    transparency: ICalEventTransparency.TRANSPARENT,
  })
}
